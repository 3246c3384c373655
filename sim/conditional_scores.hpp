/// \file
/// What conditional forecasts come to: scores by window and horizon, how much shorter errors are than with drivers as
/// expected, and which driver accounts for how much of each miss.
#pragma once

#include <string>
#include <vector>

#include "sim/conditional_backtest.hpp"

namespace plimsoll {

/// A mean over forecasts. Errors are of the sample: a bootstrap of blocks of 12 neighbouring origins.
struct ConditionalScore {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  TradeFlow flow{};
  std::string model, window;
  int horizon = 0;    ///< 0: the mean over all horizons
  std::string score;  ///< rmse_median, crps, mae_median, bias_median, coverage_90
  std::size_t forecasts = 0;
  double value = kNone, se = kNone, low = kNone, high = kNone;
  double mc_se = kNone;  ///< Monte Carlo error
  /// Value over the unconditional one less 1; of rmse_median and crps. Low and high: 5% and 95% of the bootstrap.
  double change_frac = kNone, change_low = kNone, change_high = kNone;
};

/// A forecast's miss and what of it drivers account for; medians, percentage points, Monte Carlo errors.
struct MissRow {
  struct Part {
    double pp = 0, se = 0;
  };
  TradeFlow flow{};
  Month origin, target;
  int horizon = 0;
  double actual_pct = 0, unconditional_pct = 0, unconditional_se = 0, conditional_pct = 0, conditional_se = 0;
  std::array<Part, kTotalsDriverCount> driver{};  ///< had this one alone been known
  std::array<bool, kTotalsDriverCount> in{};
  Part jointly;  ///< what all together change beyond the sum of each alone
  double miss_pp() const { return actual_pct - unconditional_pct; }
  double left_pp() const { return actual_pct - conditional_pct; }
};

struct ConditionalResults {
  ConditionalForecasts runs;
  std::vector<ConditionalScore> scores;
  std::vector<MissRow> misses;  ///< of all forecasts whose figure is out
};

ConditionalResults score_conditional(ConditionalForecasts runs, const BacktestOptions& options);

/// The row asked for; nullptr when there is none.
const ConditionalScore* find_score(const std::vector<ConditionalScore>& scores, TradeFlow flow,
                                   const std::string& model, const std::string& window, int horizon,
                                   const std::string& score);

}  // namespace plimsoll
