/// \file
/// Iterative proportional fitting (Deming and Stephan 1940): a seed matrix is scaled to given row and column sums; its
/// odds ratios stay.
#pragma once

#include <vector>

namespace plimsoll {

/// Largest relative gap left in the column sums, and how many sweeps it took.
struct FitReport {
  double gap = 0;
  int sweeps = 0;
};

/// Fits `matrix` [row * columns + column], positive, in place. Ends on a row step, so row sums are met to rounding.
FitReport fit_matrix(std::vector<double>& matrix, const std::vector<double>& row_sums,
                     const std::vector<double>& column_sums, double tolerance = 1e-12, int most_sweeps = 1000);

}  // namespace plimsoll
