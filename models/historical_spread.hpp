/// \file
/// How far a plain level-plus-trend forecast of the total was off in the past: the yardstick beside a run's own spread.
#pragma once

#include <vector>

#include "models/calibration.hpp"

namespace plimsoll {

struct HistoricalSpread {
  int horizon = 0;    ///< released periods ahead, 11 a year (January and February are one)
  double sd_pp = 0;   ///< root mean square error of year-on-year growth, percentage points
  int forecasts = 0;  ///< how many went into it
};

/// The h-th released period after a month: its last month (February stands for January and February).
Month released_after(Month origin, int horizon);

/// Forecasts from every origin since 2013 except Januaries: the regression of the trend window's length that the model
/// itself starts from, its slope carried on undamped, against growth as it came. Final vintage of the data.
std::vector<HistoricalSpread> historical_spread(const Calibration& calibration, const std::vector<int>& horizons);

}  // namespace plimsoll
