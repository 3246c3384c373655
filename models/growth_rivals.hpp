/// \file
/// Forecasts of short growth series in closed form, to be beaten by a model: normal distributions of log growth.
/// Formulas: docs/theory/scores.md.
#pragma once

#include <string>
#include <vector>

#include "models/rival_forecasts.hpp"

namespace plimsoll {

/// A growth that is known at the origin: of one released period, or of several that are printed as one.
struct GrowthFigure {
  double growth_log = 0;
  double periods = 1;      ///< that it stands for
  double periods_ago = 0;  ///< from its middle to the origin
};

struct GrowthRival {
  std::string name;                           ///< random_walk, history, seasonal_naive
  std::vector<RivalForecasts::Normal> ahead;  ///< by horizon - 1
};

/// Normals of log growth on a year earlier by series and rival. A random walk from the last growth, the sd of its steps
/// per released period from changes over the root of their distance; the mean of the past (of a growth drawn from it)
/// about which figures of n periods have an nth of the variance; the level a year earlier with that mean as drift,
/// whose own error counts. Sds of series are drawn to their median: variances join as if the median had
/// `kMedianWeight` figures, because few figures say little of a spread.
/// \param known by series, in time; at least two figures each.
std::vector<std::vector<GrowthRival>> growth_rivals(const std::vector<std::vector<GrowthFigure>>& known, int horizons);

inline constexpr double kMedianWeight = 5;

}  // namespace plimsoll
