/// \file
/// Forecasts of short growth series in closed form, to be beaten by a model: normal distributions of log growth.
/// Formulas: docs/theory/scores.md.
#pragma once

#include <string>
#include <vector>

#include "models/rival_forecasts.hpp"

namespace plimsoll {

struct GrowthRival {
  std::string name;                           ///< random_walk, history, seasonal_naive
  std::vector<RivalForecasts::Normal> ahead;  ///< by horizon - 1
};

/// Rivals of every series at its end. `growth_log[series]`: log growth on a year earlier so far, all equally long,
/// three or more. Spreads of so few figures are drawn to the median of all series, which counts for kMedianWeight
/// figures.
std::vector<std::vector<GrowthRival>> growth_rivals(const std::vector<std::vector<double>>& growth_log, int horizons);

inline constexpr double kMedianWeight = 5;

}  // namespace plimsoll
