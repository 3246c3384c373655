/// \file
/// Where bins lie: placed by a pilot, and their edges in the output's unit.
#pragma once

#include <cmath>
#include <cstddef>

#include "sim/output_plan.hpp"

namespace plimsoll {

/// Lower edge of bin k; k = kBins gives the upper edge of the last.
inline double bin_edge(const BinPlan& bins, int k) {
  double in_sd = 0;
  if (k < kTailBins)
    in_sd = -tail_edges()[kTailBins - k];
  else if (k <= kTailBins + kLinearBins)
    in_sd = -kLinearReachSd + 2 * kLinearReachSd * (k - kTailBins) / kLinearBins;
  else
    in_sd = tail_edges()[k - kTailBins - kLinearBins];
  return bins.centre + bins.scale * in_sd;
}

/// Bins placed by `count` values without weights, those of the first block.
inline BinPlan bins_of(const double* values, std::size_t count) {
  double mean = 0, square = 0;
  for (std::size_t i = 0; i < count; ++i) mean += values[i];
  mean /= static_cast<double>(count);
  for (std::size_t i = 0; i < count; ++i) square += (values[i] - mean) * (values[i] - mean);
  const double sd = std::sqrt(square / static_cast<double>(count));
  return {mean, sd > 0 ? sd : 1.0};
}

}  // namespace plimsoll
