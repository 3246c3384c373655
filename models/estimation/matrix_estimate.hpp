/// \file
/// The product x market matrix of one year: cells that are observed stay, the others are fitted around them.
#pragma once

#include <string>
#include <vector>

namespace plimsoll {

struct ObservedCell {
  std::string product, market;
  double value_usd_bn = 0;
};

struct MatrixEstimate {
  std::vector<double> values;  ///< [row * columns + column]
  std::vector<bool> observed;
  double gap = 0;  ///< largest relative miss of a column sum
};

/// Iterative proportional fitting of `seed` to the sums, less the observed cells (negative: not observed), which are
/// kept. A row or column whose observed cells exceed its sum is scaled down to it and no longer counts as observed.
MatrixEstimate estimate_matrix(const std::vector<double>& seed, const std::vector<double>& observed,
                               const std::vector<double>& row_sums, const std::vector<double>& column_sums);

}  // namespace plimsoll
