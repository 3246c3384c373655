/// \file
/// Outputs as kernels evaluate them: sums over months of series, growth and contributions, and the bins that count
/// them.
#pragma once

#include <cstdint>

#include "models/model_plan.hpp"

namespace plimsoll {

/// Sum of a series over a period: a known part (history) and simulated months [from, to], t from 1; empty if to < from.
struct PeriodSum {
  double known = 0;
  int from = 1, to = 0;
};

/// One output: what is computed for every path.
struct OutputPlan {
  enum class Kind { value, growth_pct, contribution_pp, inherited_pp } kind = Kind::value;
  int series = 0;       ///< row group of Workspace::value
  int calm_series = 0;  ///< inherited: the total without what is inherited
  PeriodSum now, before;
  PeriodSum total_before;           ///< contributions and inherited
  PeriodSum calm_now, calm_before;  ///< inherited
};

/// Bins of one output: 1,024 linear ones over +-8 pilot standard deviations about the pilot mean, then 64 logarithmic
/// ones outward on each side to 2^20 standard deviations.
inline constexpr int kLinearBins = 1024;
inline constexpr int kTailBins = 64;
inline constexpr int kBins = kLinearBins + 2 * kTailBins;
inline constexpr double kLinearReachSd = 8.0;

struct BinPlan {
  double centre = 0;  ///< pilot mean
  double scale = 0;   ///< pilot sd (1 where it is 0)
};

/// Inner edges of the upper tail bins in pilot standard deviations: 8 * 2^(17 k / 64), k = 0..64.
const double* tail_edges();

}  // namespace plimsoll
