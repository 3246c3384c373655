#include "sim/group_conditional_scores.hpp"

#include <algorithm>
#include <cmath>

#include "sim/forecast_losses.hpp"
#include "sim/origin_sums.hpp"

namespace plimsoll {
namespace {

using F = ScoredForecast;
constexpr auto kReplicates = static_cast<std::size_t>(TotalsPaths::kReplicates);

bool compared(const std::string& score) { return score == "rmse_median" || score == "crps"; }

/// Losses of one run over a window, and the same of each replicate.
struct Losses {
  OriginSums all;
  std::vector<OriginSums> of_replicate;
};

Losses losses_of(const GroupSample& sample, const std::string& model, const ForecastLoss& score) {
  const std::vector<const F*>& all = sample.of(model);
  Losses out{sample.sums([&](std::size_t k) { return score.loss(*all[k]); }), {}};
  for (std::size_t r = 0; score.of_replicate && r < kReplicates; ++r)
    out.of_replicate.push_back(sample.sums([&](std::size_t k) { return score.of_replicate(*all[k], r); }));
  return out;
}

using Figures = std::vector<double>;  // all horizons, then each

Figures shown(Figures mean, bool root) {
  for (double& one : mean) one = root ? std::sqrt(one) : one;
  return mean;
}
Figures change(const Figures& own, const Figures& base) {
  Figures out;
  for (std::size_t k = 0; k < own.size(); ++k) out.push_back(own[k] / base[k] - 1);
  return out;
}

void add_scores(const GroupSample& sample, const GroupKnownScore& blank, std::vector<GroupKnownScore>& out) {
  for (const ForecastLoss& score : forecast_losses()) {
    const Losses own = losses_of(sample, blank.model, score), base = losses_of(sample, kUnconditional, score);
    const auto told = [&](const OriginSums& sums, const std::vector<std::size_t>& chosen) {
      return shown(sums.means(chosen), score.root);
    };
    const Figures value = shown(own.all.means(), score.root);
    const std::vector<Spread> spread =
        origin_spreads(own.all, [&](const std::vector<std::size_t>& chosen) { return told(own.all, chosen); });
    const bool changes = compared(score.name) && blank.model != kUnconditional;
    const Figures base_value = shown(base.all.means(), score.root);
    const std::vector<Spread> change_spread =
        !changes ? std::vector<Spread>(value.size())
                 : origin_spreads(own.all, [&](const std::vector<std::size_t>& chosen) {
                     return change(told(own.all, chosen), told(base.all, chosen));
                   });
    std::vector<Figures> parts, change_parts;
    for (std::size_t r = 0; r < own.of_replicate.size(); ++r) {
      parts.push_back(shown(own.of_replicate[r].means(), score.root));
      change_parts.push_back(change(parts.back(), shown(base.of_replicate[r].means(), score.root)));
    }
    const Figures mc = replicate_errors(parts, value.size()), change_mc = replicate_errors(change_parts, value.size());
    for (std::size_t k = 0; k < value.size(); ++k) {
      GroupKnownScore row = blank;
      row.horizon = static_cast<int>(k);
      row.score = score.name;
      row.forecasts = own.all.count(k);
      if (row.forecasts == 0) continue;
      const Spread own_spread = where_known(spread[k], own.all, k), moved = where_known(change_spread[k], own.all, k);
      row.value = value[k];
      row.se = own_spread.se;
      row.low = own_spread.low;
      row.high = own_spread.high;
      row.mc_se = mc[k];
      if (changes) {
        row.change_frac = value[k] / base_value[k] - 1;
        row.change_mc_se = change_mc[k];
        row.change_low = moved.low;
        row.change_high = moved.high;
      }
      out.push_back(row);
    }
  }
}

}  // namespace

GroupConditionalResults score_group_conditional(GroupConditional made) {
  GroupConditionalResults out{std::move(made), {}, {}, {}};
  std::vector<std::string> groups{kAllGroups};
  for (const PrintedGroup& group : out.made.runs.data.groups) groups.push_back(group.id);
  for (const std::string& group : groups) {
    std::vector<std::pair<const GroupWindow*, GroupSample>> samples;
    for (const GroupWindow& window : group_windows())
      samples.emplace_back(&window, GroupSample(out.made, group, window));
    std::erase_if(samples, [](const auto& one) { return one.second.empty(); });
    for (const std::string& model : out.made.models) {
      for (const auto& [window, sample] : samples)
        add_scores(sample, {.group = group, .model = model, .window = window->id, .score = {}}, out.scores);
    }
    for (const auto& [window, sample] : samples)
      add_miss_means(sample, {.group = group, .window = window->id, .part = {}}, out.means);
  }
  out.misses = group_misses(out.made);
  return out;
}

const GroupKnownScore* find_score(const GroupConditionalResults& results, const std::string& group,
                                  const std::string& model, const std::string& window, int horizon,
                                  const std::string& score) {
  for (const GroupKnownScore& row : results.scores) {
    if (row.group == group && row.model == model && row.window == window && row.horizon == horizon &&
        row.score == score)
      return &row;
  }
  return nullptr;
}

const GroupMissMean* find_part(const GroupConditionalResults& results, const std::string& group,
                               const std::string& window, const std::string& part) {
  for (const GroupMissMean& row : results.means) {
    if (row.group == group && row.window == window && row.part == part) return &row;
  }
  return nullptr;
}

}  // namespace plimsoll
