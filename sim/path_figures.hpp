/// \file
/// Statistics of some paths' values, and how exactly a statistic or a difference of two is known. Pure functions.
#pragma once

#include <vector>

#include "scenarios/statistic_text.hpp"
#include "sim/sobol_indices.hpp"

namespace plimsoll {

/// A statistic whose cells are numbers: rows of the values that it is asked of.
struct PathFigure {
  Statistic statistic;
  std::vector<std::size_t> cells;  ///< of mean, sd, quantile: one; of a probability: its conditions'
};

/// Values of paths by cell.
using CellValues = std::vector<const double*>;

/// Of paths first, first + step, .. below `paths`. Quantiles are linear between order statistics (Hyndman and Fan 1996,
/// type 7), as everywhere.
double figure_of(const PathFigure& figure, const CellValues& values, std::size_t paths, std::size_t first = 0,
                 std::size_t step = 1);

/// With its error from sixteen parts of the paths (path modulo 16). \pre paths >= 32
IntervalEstimate estimate_of(const PathFigure& figure, const CellValues& values, std::size_t paths);
/// Of b less a, which stand on the same draws.
IntervalEstimate difference_of(const PathFigure& figure, const CellValues& a, const CellValues& b, std::size_t paths);

/// Value of all, and spread of the values of sixteen independent parts: 95% interval by Student's t with 15 degrees.
IntervalEstimate from_parts(double value, const std::vector<double>& parts);
/// Value of all, and of all but each of sixteen parts (jackknife).
IntervalEstimate from_jackknife(double value, const std::vector<double>& without);

}  // namespace plimsoll
