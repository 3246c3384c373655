/// \file
/// What a forecast of groups is scored by: one loss a forecast, of which means are told.
#pragma once

#include <functional>
#include <vector>

#include "sim/scored_forecast.hpp"

namespace plimsoll {

struct ForecastLoss {
  const char* name;
  std::function<double(const ScoredForecast&)> loss;  ///< against final levels
  bool root;                                          ///< the mean is told as its root
  /// The same of one replicate of the draws: their spread is the Monte Carlo error. Empty for shares of forecasts.
  std::function<double(const ScoredForecast&, std::size_t)> of_replicate{};
};

/// CRPS, pinball losses, coverage; root mean square, mean absolute and mean error of the median.
const std::vector<ForecastLoss>& forecast_losses();

}  // namespace plimsoll
