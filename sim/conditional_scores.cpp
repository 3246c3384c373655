#include "sim/conditional_scores.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "models/replicated_draws.hpp"
#include "models/scores.hpp"
#include "sim/backtest_scores.hpp"
#include "sim/loss_means.hpp"

namespace plimsoll {
namespace {

using F = ConditionalForecast;

struct Score {
  const char* name;
  std::function<double(const F&)> loss;
  std::function<double(const F&, std::size_t)> of_replicate;
  bool root, compared;
};

double squared(double x) { return x * x; }

const std::vector<Score>& score_list() {
  const auto median = [](const F& f, std::size_t r) { return f.median_of_replicate[r] - f.actual_pct; };
  static const std::vector<Score> list{
      {"rmse_median", [](const F& f) { return squared(f.quantile_pct[F::kMedian] - f.actual_pct); },
       [=](const F& f, std::size_t r) { return squared(median(f, r)); }, true, true},
      {"crps", [](const F& f) { return f.crps_pp; }, [](const F& f, std::size_t r) { return f.crps_of_replicate[r]; },
       false, true},
      {"mae_median", [](const F& f) { return std::abs(f.quantile_pct[F::kMedian] - f.actual_pct); },
       [=](const F& f, std::size_t r) { return std::abs(median(f, r)); }, false, false},
      {"bias_median", [](const F& f) { return f.quantile_pct[F::kMedian] - f.actual_pct; }, median, false, false},
      {"coverage_90",
       [](const F& f) { return f.actual_pct >= f.quantile_pct[0] && f.actual_pct <= f.quantile_pct[4] ? 1 : 0; },
       nullptr, false, false},
  };
  return list;
}

/// The forecasts of one model of one flow, by origin and horizon; null where there is none.
struct Table {
  TradeFlow flow{};
  std::string model;
  std::vector<const F*> at;
};

std::vector<Table> tables(const std::vector<F>& forecasts, std::size_t horizons) {
  std::map<TradeFlow, std::map<Month, std::size_t>> origins;
  for (const F& f : forecasts) origins[f.flow].emplace(f.origin, 0);
  for (auto& [flow, by_month] : origins) {
    std::size_t next = 0;
    for (auto& [month, at] : by_month) at = next++;
  }
  std::vector<Table> out;
  for (const F& f : forecasts) {
    auto found =
        std::find_if(out.begin(), out.end(), [&](const Table& t) { return t.flow == f.flow && t.model == f.model; });
    if (found == out.end()) {
      out.push_back({f.flow, f.model, std::vector<const F*>(origins[f.flow].size() * horizons, nullptr)});
      found = out.end() - 1;
    }
    found->at[origins[f.flow][f.origin] * horizons + static_cast<std::size_t>(f.horizon - 1)] = &f;
  }
  return out;
}

/// Losses of the window's targets; with `beside`, only where that has a forecast too.
Losses losses_of(const Table& table, const Table& beside, std::size_t horizons, const ScoreWindow& window,
                 const std::function<double(const F&)>& loss) {
  Losses out{horizons, std::vector<double>(table.at.size(), ConditionalScore::kNone)};
  for (std::size_t k = 0; k < table.at.size(); ++k) {
    const F* f = table.at[k];
    if (f == nullptr || beside.at[k] == nullptr || std::isnan(f->actual_pct)) continue;
    if (f->target >= window.from && f->target <= window.to) out.value[k] = loss(*f);
  }
  return out;
}

/// Values over the base's less 1, by horizon, of every resample.
void add_change(const Losses& own, const Losses& base, const Score& score, const OriginSample& sample,
                std::vector<ConditionalScore>& rows) {
  const auto shown = score.root ? as_root : as_it_is;
  const auto change = [&](const std::vector<std::size_t>& origins) {
    std::vector<double> a = loss_means(own, origins);
    const std::vector<double> b = loss_means(base, origins);
    for (std::size_t k = 0; k < a.size(); ++k) a[k] = shown(a[k]) / shown(b[k]) - 1;
    return a;
  };
  const std::vector<double> all = change(sample.origins);
  std::vector<std::vector<double>> drawn(all.size());
  for (const auto& origins : sample.resamples) {
    const std::vector<double> one = change(origins);
    for (std::size_t k = 0; k < one.size(); ++k) {
      if (std::isfinite(one[k])) drawn[k].push_back(one[k]);
    }
  }
  for (ConditionalScore& row : rows) {
    const auto k = static_cast<std::size_t>(row.horizon);
    row.change_frac = all[k];
    if (drawn[k].size() < 2) continue;
    std::sort(drawn[k].begin(), drawn[k].end());
    row.change_low = quantile_of(drawn[k], 0.05);
    row.change_high = quantile_of(drawn[k], 0.95);
  }
}

void add_scores(const Table& table, const Table& base, std::size_t horizons, const ScoreWindow& window,
                std::vector<ConditionalScore>& out) {
  for (const Score& score : score_list()) {
    const Losses own = losses_of(table, base, horizons, window, score.loss);
    const OriginSample sample = origin_sample(own);
    if (sample.origins.empty()) return;
    const std::vector<double> mean = loss_means(own, sample.origins);
    const auto shown = score.root ? as_root : as_it_is;
    const std::vector<Spread> spread = loss_spreads(own, sample, shown);
    std::vector<std::vector<double>> of_replicate;
    for (std::size_t r = 0; score.of_replicate && r < F::kReplicates; ++r) {
      const auto loss = [&](const F& f) { return score.of_replicate(f, r); };
      of_replicate.push_back(loss_means(losses_of(table, base, horizons, window, loss), sample.origins));
    }
    std::vector<ConditionalScore> rows;
    for (std::size_t k = 0; k < mean.size(); ++k) {
      ConditionalScore row{table.flow, table.model, window.id, static_cast<int>(k), score.name};
      row.value = shown(mean[k]);
      row.se = spread[k].se;
      row.low = spread[k].low;
      row.high = spread[k].high;
      for (std::size_t at = 0; at < own.value.size(); ++at)
        row.forecasts += (k == 0 || at % horizons + 1 == k) && !std::isnan(own.value[at]) ? 1U : 0U;
      std::vector<double> parts;
      for (const auto& one : of_replicate) parts.push_back(shown(one[k]));
      if (!parts.empty()) row.mc_se = se_of_mean(parts);
      if (row.forecasts > 0) rows.push_back(row);
    }
    if (score.compared && table.model != kUnconditional)
      add_change(own, losses_of(base, table, horizons, window, score.loss), score, sample, rows);
    out.insert(out.end(), rows.begin(), rows.end());
  }
}

/// Difference of two medians, with the error of paths that they share.
MissRow::Part difference(const F& a, const F& b) {
  MissRow::Part out{a.quantile_pct[F::kMedian] - b.quantile_pct[F::kMedian], 0};
  std::vector<double> parts;
  for (std::size_t r = 0; r < F::kReplicates; ++r) parts.push_back(a.median_of_replicate[r] - b.median_of_replicate[r]);
  out.se = se_of_mean(parts);
  return out;
}

std::vector<MissRow> misses_of(const std::vector<F>& forecasts) {
  std::vector<MissRow> out;
  std::map<std::tuple<TradeFlow, Month, int>, std::map<std::string, const F*>> runs;
  for (const F& f : forecasts) {
    if (!std::isnan(f.actual_pct)) runs[{f.flow, f.origin, f.horizon}][f.model] = &f;
  }
  for (const auto& [key, run] : runs) {
    const F &u = *run.at(kUnconditional), &c = *run.at(kConditional);
    MissRow row;
    row.flow = u.flow;
    row.origin = u.origin;
    row.target = u.target;
    row.horizon = u.horizon;
    row.actual_pct = u.actual_pct;
    row.unconditional_pct = u.quantile_pct[F::kMedian];
    row.unconditional_se = u.quantile_se_pp[F::kMedian];
    row.conditional_pct = c.quantile_pct[F::kMedian];
    row.conditional_se = c.quantile_se_pp[F::kMedian];
    row.jointly = difference(c, u);
    for (const TotalsDriver driver : kTotalsDrivers) {
      const auto only = run.find(only_driver(driver));
      if (only == run.end()) continue;
      const auto k = static_cast<std::size_t>(driver);
      row.in[k] = true;
      row.driver[k] = difference(*only->second, u);
      row.jointly.pp -= row.driver[k].pp;
      row.jointly.se = std::hypot(row.jointly.se, row.driver[k].se);
    }
    out.push_back(row);
  }
  return out;
}

}  // namespace

ConditionalResults score_conditional(ConditionalForecasts runs, const BacktestOptions& options) {
  ConditionalResults out{std::move(runs), {}, {}};
  const auto horizons = static_cast<std::size_t>(options.horizons);
  const std::vector<Table> all = tables(out.runs.forecasts, horizons);
  for (const Table& table : all) {
    const auto base = std::find_if(all.begin(), all.end(),
                                   [&](const Table& t) { return t.flow == table.flow && t.model == kUnconditional; });
    for (const ScoreWindow& window : score_windows()) add_scores(table, *base, horizons, window, out.scores);
  }
  out.misses = misses_of(out.runs.forecasts);
  return out;
}

const ConditionalScore* find_score(const std::vector<ConditionalScore>& scores, TradeFlow flow,
                                   const std::string& model, const std::string& window, int horizon,
                                   const std::string& score) {
  for (const ConditionalScore& row : scores) {
    if (row.flow == flow && row.model == model && row.window == window && row.horizon == horizon && row.score == score)
      return &row;
  }
  return nullptr;
}

}  // namespace plimsoll
