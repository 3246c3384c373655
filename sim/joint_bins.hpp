/// \file
/// Counters of one output by bin and replicate at once, before they are added to its own: a byte each, in the nearest
/// cache.
#pragma once

#include "sim/output_plan.hpp"

namespace plimsoll {

/// Bins that the coarse ones tell apart.
inline constexpr int kJointBins = kCoarseBins * kLinearPerCoarse;
/// Bytes of an output's counters: one row of replicates more than bins, and whole lines of cache.
inline constexpr std::size_t kJointBytes = (static_cast<std::size_t>(kJointBins) + 4) * kReplicates;

}  // namespace plimsoll
