#include "sim/backtest_scores.hpp"

#include <algorithm>
#include <cmath>

#include "models/score_comparison.hpp"
#include "models/scores.hpp"
#include "sim/consensus_scores.hpp"
#include "sim/for_each_task.hpp"
#include "sim/forecast_table.hpp"
#include "sim/loss_means.hpp"

namespace plimsoll {
namespace {

using Against = ScoredForecast::Against;

constexpr std::size_t kMedian = ScoredForecast::kMedian;

double covered(const ScoredForecast& f, double actual, std::size_t low, std::size_t high) {
  return actual >= f.quantile_pct[low] && actual <= f.quantile_pct[high] ? 1 : 0;
}

struct Score {
  const char* name;
  double (*loss)(const ScoredForecast&, const Against&);
  bool root;  ///< the mean is told as its root
};

double pinball_of(const ScoredForecast& f, const Against& a, std::size_t q) {
  return pinball(f.quantile_pct[q], ScoredForecast::kProbabilities[q], a.actual_pct);
}

// Quantiles by position: 1 is 5%, 2 10%, 3 25%, 4 50%, 5 75%, 6 90%, 7 95%.
const std::vector<Score>& score_list() {
  using F = const ScoredForecast&;
  using A = const Against&;
  static const std::vector<Score> list{
      {"crps", [](F, A a) { return a.crps_pp; }, false},
      {"log_score", [](F, A a) { return a.log_score; }, false},
      {"pinball_05", [](F f, A a) { return pinball_of(f, a, 1); }, false},
      {"pinball_50", [](F f, A a) { return pinball_of(f, a, kMedian); }, false},
      {"pinball_95", [](F f, A a) { return pinball_of(f, a, 7); }, false},
      {"coverage_50", [](F f, A a) { return covered(f, a.actual_pct, 3, 5); }, false},
      {"coverage_80", [](F f, A a) { return covered(f, a.actual_pct, 2, 6); }, false},
      {"coverage_90", [](F f, A a) { return covered(f, a.actual_pct, 1, 7); }, false},
      {"rmse_median", [](F f, A a) { return std::pow(f.quantile_pct[kMedian] - a.actual_pct, 2); }, true},
      {"mae_median", [](F f, A a) { return std::abs(f.quantile_pct[kMedian] - a.actual_pct); }, false},
      {"bias_median", [](F f, A a) { return f.quantile_pct[kMedian] - a.actual_pct; }, false},
  };
  return list;
}

/// Rows of one score: horizon 0 (all), then each.
class ScoreRows {
 public:
  ScoreRows(const ForecastTable& own, const ForecastTable* pool, const ScoreWindow& window, bool first_print)
      : own_(own), pool_(pool), window_(window), first_print_(first_print) {}

  void add(const Score& score, std::vector<ScoreRow>& out) const {
    const Losses losses = own_.losses(window_, first_print_, score.loss);
    const OriginSample sample = origin_sample(losses);
    if (sample.origins.empty()) return;
    const auto shown = score.root ? as_root : as_it_is;
    const std::vector<double> mean = loss_means(losses, sample.origins);
    const std::vector<Spread> spread = loss_spreads(losses, sample, shown);
    std::vector<ScoreRow> rows;
    for (std::size_t k = 0; k < mean.size(); ++k) {
      ScoreRow row{own_.flow,  own_.model,          own_.span, first_print_ ? "first_print" : "final",
                   window_.id, static_cast<int>(k), score.name};
      row.value = shown(mean[k]);
      row.se = spread[k].se;
      row.low = spread[k].low;
      row.high = spread[k].high;
      for (const std::size_t origin : sample.origins) {
        for (std::size_t h = 0; h < losses.horizons; ++h)
          row.forecasts += (k == 0 || h + 1 == k) && !std::isnan(losses.at(origin, h)) ? 1U : 0U;
      }
      const bool only_one_ahead = own_.model == kDayBefore && k == 0;  // no mean over horizons of one
      if (row.forecasts > 0 && !only_one_ahead) rows.push_back(row);
    }
    if (std::string(score.name) == "crps") {
      add_monte_carlo(rows, sample);
      if (pool_ != nullptr) add_distance(losses, score, rows);
    }
    out.insert(out.end(), rows.begin(), rows.end());
  }

 private:
  const ForecastTable& own_;
  const ForecastTable* pool_;
  const ScoreWindow& window_;
  bool first_print_;

  void add_monte_carlo(std::vector<ScoreRow>& rows, const OriginSample& sample) const {
    constexpr int kParts = TotalsPaths::kReplicates;
    std::vector<std::vector<double>> of_replicate;
    for (int r = 0; r < kParts; ++r) {
      const auto at = static_cast<std::size_t>(r);
      of_replicate.push_back(
          loss_means(own_.losses(window_, first_print_,
                                 [at](const ScoredForecast&, const Against& a) { return a.crps_of_replicate[at]; }),
                     sample.origins));
    }
    for (ScoreRow& row : rows) {
      const auto k = static_cast<std::size_t>(row.horizon);
      // Distances from the first, so that what is alike has no error, not even of rounding.
      const double first = of_replicate.front()[k];
      double mean = 0, squares = 0;
      for (const auto& one : of_replicate) mean += (one[k] - first) / kParts;
      for (const auto& one : of_replicate) squares += (one[k] - first - mean) * (one[k] - first - mean);
      row.mc_se = std::sqrt(squares / (kParts * (kParts - 1)));
    }
  }

  void add_distance(const Losses& losses, const Score& score, std::vector<ScoreRow>& rows) const {
    Losses gap = pool_->losses(window_, first_print_, score.loss);
    for (std::size_t k = 0; k < gap.value.size(); ++k) gap.value[k] = losses.value[k] - gap.value[k];
    const OriginSample sample = origin_sample(gap);
    const std::vector<double> mean = loss_means(gap, sample.origins);
    const std::vector<Spread> spread = loss_spreads(gap, sample, as_it_is);
    for (ScoreRow& row : rows) {
      const auto k = static_cast<std::size_t>(row.horizon);
      row.vs_pool = mean[k];
      row.vs_pool_se = spread[k].se;
      row.vs_pool_low = spread[k].low;
      row.vs_pool_high = spread[k].high;
      std::vector<double> differences;
      for (std::size_t origin = 0; k > 0 && origin < gap.origins(); ++origin) {
        if (!std::isnan(gap.at(origin, k - 1))) differences.push_back(gap.at(origin, k - 1));
      }
      if (differences.size() > k + 2 && k > 0) row.dm_p = diebold_mariano(differences, row.horizon).p_value;
    }
  }
};

/// Windows against first prints: all of them, and those that economists were asked about too.
std::vector<ScoreWindow> first_print_windows(const FirstPrints& prints) {
  std::vector<ScoreWindow> windows{score_windows().front()};
  if (const auto first = prints.first_with_consensus())
    windows.push_back({kConsensusWindow, *first, score_windows().front().to});
  return windows;
}

void add_pit(const ForecastTable& table, std::vector<PitRow>& out) {
  constexpr int kBins = 10;
  const Losses pits =
      table.losses(score_windows().front(), false, [](const ScoredForecast&, const Against& a) { return a.pit_frac; });
  const OriginSample sample = origin_sample(pits);
  if (sample.origins.empty()) return;
  for (int bin = 0; bin < kBins; ++bin) {
    Losses inside = pits;
    for (double& one : inside.value) {
      if (!std::isnan(one)) one = std::min(kBins - 1, static_cast<int>(one * kBins)) == bin ? kBins : 0;
    }
    const std::vector<double> mean = loss_means(inside, sample.origins);
    const std::vector<Spread> spread = loss_spreads(inside, sample, as_it_is);
    for (const int horizon : {0, 1, 3, 6, 12}) {
      if (horizon > static_cast<int>(table.horizons) || (horizon == 0 && table.model == kDayBefore)) continue;
      const auto k = static_cast<std::size_t>(horizon);
      PitRow row{table.flow, table.model, horizon, bin, mean[k], 0, 0, 0};
      row.low = std::max(1 + spread[k].low - mean[k], 0.0);  // in this order a band that is not known stays so
      row.high = 1 + spread[k].high - mean[k];
      for (std::size_t at = 0; at < pits.value.size(); ++at)
        row.forecasts += !std::isnan(pits.value[at]) && (horizon == 0 || at % table.horizons + 1 == k) ? 1U : 0U;
      if (row.forecasts > 0) out.push_back(row);
    }
  }
}

}  // namespace

const std::vector<ScoreWindow>& score_windows() {
  static const std::vector<ScoreWindow> windows{
      {"all", Month::of(1900, 1), Month::of(2199, 12)},       {"2013-2019", Month::of(2013, 1), Month::of(2019, 12)},
      {"2015-2019", Month::of(2015, 1), Month::of(2019, 12)}, {"2020-2022", Month::of(2020, 1), Month::of(2022, 12)},
      {"2023-2026", Month::of(2023, 1), Month::of(2026, 12)}, {"2024-2026", Month::of(2024, 1), Month::of(2026, 12)},
  };
  return windows;
}

BacktestResults score_backtest(std::vector<ScoredForecast> forecasts, const FirstPrints& first_prints,
                               const BacktestOptions& options) {
  BacktestResults out{options.vintage, std::move(forecasts), {}, {}, {}};
  const std::vector<ForecastTable> all = forecast_tables(out.forecasts, static_cast<std::size_t>(options.horizons));
  std::vector<std::vector<ScoreRow>> scores(all.size());
  std::vector<std::vector<PitRow>> pits(all.size());
  for_each_task(static_cast<std::int64_t>(all.size()), options.threads, Scheduler::tbb, [&](std::int64_t task) {
    const auto k = static_cast<std::size_t>(task);
    const ForecastTable& own = all[k];
    const ForecastTable* pool = nullptr;
    for (const ForecastTable& other : all) {
      if (other.flow == own.flow && other.span == own.span && other.model == kPool && own.model != kPool) pool = &other;
    }
    const auto add = [&](const ScoreWindow& window, bool first_print) {
      for (const Score& score : score_list()) ScoreRows(own, pool, window, first_print).add(score, scores[k]);
    };
    for (const ScoreWindow& window : score_windows()) add(window, false);
    for (const ScoreWindow& window : first_print_windows(first_prints)) add(window, true);
    if (own.span == GrowthSpan::month) add_pit(own, pits[k]);
  });
  for (std::size_t k = 0; k < all.size(); ++k) {
    out.scores.insert(out.scores.end(), scores[k].begin(), scores[k].end());
    out.pits.insert(out.pits.end(), pits[k].begin(), pits[k].end());
  }
  add_consensus_scores(first_prints, all, options, out.scores);
  return out;
}

const ScoreRow* find_score(const std::vector<ScoreRow>& scores, TradeFlow flow, const std::string& model,
                           GrowthSpan span, const std::string& against, const std::string& window, int horizon,
                           const std::string& score) {
  for (const ScoreRow& row : scores) {
    if (row.flow == flow && row.model == model && row.span == span && row.against == against && row.window == window &&
        row.horizon == horizon && row.score == score)
      return &row;
  }
  return nullptr;
}

}  // namespace plimsoll
