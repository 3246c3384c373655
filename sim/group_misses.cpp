#include "sim/group_misses.hpp"

#include <functional>
#include <map>

#include "models/replicated_draws.hpp"
#include "sim/conditional_backtest.hpp"

namespace plimsoll {
namespace {

using F = ScoredForecast;
constexpr auto kReplicates = static_cast<std::size_t>(TotalsPaths::kReplicates);

double middle(const F& f) { return f.quantile_pct[F::kMedian]; }

/// A part of a miss as a weighted sum of medians of runs that share their random numbers, plus what came.
struct Part {
  std::string name;
  std::vector<std::pair<std::string, double>> weight;  ///< by model
  double came = 0;

  double of(const std::function<double(const std::string&)>& median_of, double actual) const {
    double sum = came * actual;
    for (const auto& [model, w] : weight) sum += w * median_of(model);
    return sum;
  }
};

std::vector<Part> parts() {
  std::vector<Part> out{{"missed", {{kUnconditional, -1}}, 1}};
  Part jointly{"jointly", {{kConditional, 1}, {kUnconditional, static_cast<double>(kKnownDriverCount) - 1}}};
  for (const KnownDriver driver : kKnownDrivers) {
    out.push_back({to_string(driver), {{only_driver(driver), 1}, {kUnconditional, -1}}});
    jointly.weight.emplace_back(only_driver(driver), -1);
  }
  out.push_back(jointly);
  out.push_back({"left", {{kConditional, -1}}, 1});
  return out;
}

}  // namespace

void add_miss_means(const GroupSample& sample, const GroupMissMean& blank, std::vector<GroupMissMean>& out) {
  for (const Part& part : parts()) {
    const auto number = [&](std::size_t k, const std::function<double(const F&)>& median_of) {
      return part.of([&](const std::string& model) { return median_of(*sample.of(model)[k]); },
                     sample.of(kUnconditional)[k]->final_level.actual_pct);
    };
    const OriginSums all = sample.sums([&](std::size_t k) { return number(k, middle); });
    const std::vector<Spread> spread =
        origin_spreads(all, [&](const std::vector<std::size_t>& chosen) { return all.means(chosen); });
    std::vector<std::vector<double>> of_replicate;
    for (std::size_t r = 0; r < kReplicates; ++r)
      of_replicate.push_back(
          sample.sums([&](std::size_t k) { return number(k, [r](const F& f) { return f.median_of_replicate[r]; }); })
              .means());
    GroupMissMean row = blank;
    row.part = part.name;
    row.forecasts = sample.size();
    row.value = all.means()[0];
    const Spread own = where_known(spread[0], all, 0);
    row.se = own.se;
    row.low = own.low;
    row.high = own.high;
    row.mc_se = replicate_errors(of_replicate, 1)[0];
    out.push_back(row);
  }
}

std::vector<GroupMiss> group_misses(const GroupConditional& made) {
  std::map<std::tuple<Month, std::size_t, int>, std::map<std::string, const F*>> runs;
  for (const GroupForecast& f : made.runs.forecasts)
    runs[{f.scored.origin, f.group, f.scored.horizon}][f.scored.model] = &f.scored;
  const std::vector<Part> all = parts();
  std::vector<GroupMiss> out;
  for (const auto& [key, run] : runs) {
    const F &u = *run.at(kUnconditional), &c = *run.at(kConditional);
    GroupMiss row;
    row.group = std::get<1>(key);
    row.origin = u.origin;
    row.target = u.target;
    row.horizon = u.horizon;
    row.actual_pct = u.final_level.actual_pct;
    row.unconditional_pct = middle(u);
    row.unconditional_se = u.quantile_se_pp[F::kMedian];
    row.conditional_pct = middle(c);
    row.conditional_se = c.quantile_se_pp[F::kMedian];
    const auto told = [&, &run = run](const Part& part) {
      std::vector<double> of_replicate;
      for (std::size_t r = 0; r < kReplicates; ++r)
        of_replicate.push_back(
            part.of([&](const std::string& model) { return run.at(model)->median_of_replicate[r]; }, row.actual_pct));
      return MissRow::Part{part.of([&](const std::string& model) { return middle(*run.at(model)); }, row.actual_pct),
                           se_of_mean(of_replicate)};
    };
    for (std::size_t k = 0; k < kKnownDriverCount; ++k) row.driver[k] = told(all[1 + k]);
    row.jointly = told(all[1 + kKnownDriverCount]);
    out.push_back(row);
  }
  return out;
}

}  // namespace plimsoll
