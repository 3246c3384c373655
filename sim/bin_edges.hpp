/// \file
/// Edges of the bins in the output's unit.
#pragma once

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

}  // namespace plimsoll
