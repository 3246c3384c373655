/// \file
/// What the forecasts of a backtest come to: mean scores with their errors, coverage, distance from the pool of rivals,
/// histograms of the PIT.
#pragma once

#include <string>
#include <vector>

#include "sim/backtest.hpp"
#include "sim/published_register.hpp"

namespace plimsoll {

/// Targets from..to, both included.
struct ScoreWindow {
  std::string id;
  Month from, to;
};
/// all; 2013-2019, on which choices were made; and the three periods on which the model is judged.
const std::vector<ScoreWindow>& score_windows();

/// Targets that economists were asked about: only against first prints.
inline constexpr const char* kConsensusWindow = "consensus";

/// A mean over forecasts. Errors are of the sample: a bootstrap of blocks of 12 neighbouring origins.
struct ScoreRow {
  TradeFlow flow{};
  std::string model;
  GrowthSpan span{};
  std::string against;  ///< final, first_print
  std::string window;
  int horizon = 0;    ///< 0: the mean over all horizons
  std::string score;  ///< crps, log_score, pinball_05.., coverage_50.., rmse_median, mae_median, bias_median,
                      ///< mae_less_consensus
  double value = kNotScored, se = kNotScored;
  double low = kNotScored, high = kNotScored;  ///< 5% and 95% of the bootstrap
  double mc_se = kNotScored;                   ///< Monte Carlo error; only of the CRPS
  double vs_pool = kNotScored, vs_pool_se = kNotScored, vs_pool_low = kNotScored, vs_pool_high = kNotScored;
  double dm_p = kNotScored;  ///< Diebold-Mariano against the pool, of one horizon
  std::size_t forecasts = 0;
};

/// How often the PIT fell into each tenth, as multiples of a tenth of the forecasts.
struct PitRow {
  TradeFlow flow{};
  std::string model;
  int horizon = 0;  ///< 0: all
  int bin = 0;      ///< from 0
  double frequency = 0;
  double low = 0, high = 0;  ///< 90% band of a calibrated forecast: bootstrap of blocks about 1
  std::size_t forecasts = 0;
};

struct BacktestResults {
  Vintage vintage = Vintage::final_levels;
  std::vector<ScoredForecast> forecasts;
  std::vector<ScoreRow> scores;
  std::vector<PitRow> pits;
  std::vector<RegisterRow> published;  ///< of whoever asks for them: score_register
};

BacktestResults score_backtest(std::vector<ScoredForecast> forecasts, const FirstPrints& first_prints,
                               const BacktestOptions& options);

/// The row asked for; nullptr when there is none.
const ScoreRow* find_score(const std::vector<ScoreRow>& scores, TradeFlow flow, const std::string& model,
                           GrowthSpan span, const std::string& against, const std::string& window, int horizon,
                           const std::string& score);

}  // namespace plimsoll
