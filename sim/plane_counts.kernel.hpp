/// \file
/// Counts of one output by bin for some blocks of paths, without replicates: in 8 KB of the nearest cache, and four
/// paths in a row in planes of their own, so that none waits for a counter that the one before has just changed. What
/// they come to is then added to the output's own counters, a register at a time.
#pragma once

#include "sim/accumulate.kernel.hpp"
#include "sim/ask_for.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

inline constexpr int kPlanes = 4;
/// Linear bins, and a counter that is never read for the paths beyond them; whole lines of cache.
inline constexpr int kPlaneBins = kLinearBins + 32;
/// Paths that may be counted before they are added up.
inline constexpr int kMostPlanePaths = 65535;

/// All zero between outputs, but for the counters that are never read.
struct PlaneCounts {
  alignas(64) std::uint16_t at[kPlanes * kPlaneBins] = {};
};

/// The paths beyond the linear bins and those that fill no whole sixteen, one by one.
HWY_INLINE void count_alone(const double* x, const int* counter, int whole_paths, int paths, const BinPlan& plan,
                            std::uint32_t* counts) {
  const double inverse = 1.0 / plan.scale, *edges = tail_edges();
  for (int i = 0; i < paths; ++i) {
    if (i >= whole_paths || counter[i] % kPlaneBins == kLinearBins)
      ++counts[bin_of((x[i] - plan.centre) * inverse, edges)];
  }
}

/// Counts up to a statistics block as accumulate_output does, the linear bins in `planes`.
HWY_INLINE void accumulate_in_planes(const double* x, int paths, const BinPlan& plan, std::uint32_t* counts,
                                     PlaneCounts& planes, double& sum, double& square) {
  static_assert(kReplicates % kPlanes == 0 && kWideLanes % kPlanes == 0);
  alignas(64) int counter[kStatisticsBlock];
  const DoubleTag d;
  const BinTag whole;
  const auto reach = hn::Set(d, kLinearReachSd);
  const auto plane = hn::Mul(hn::And(hn::Iota(whole, 0), hn::Set(whole, kPlanes - 1)), hn::Set(whole, kPlaneBins));
  auto all_near = hn::FirstN(d, kWideLanes);
  const Moments moments = add_moments(x, paths, plan, [&](std::size_t at, auto z) HWY_ATTR {
    const auto near = hn::Lt(hn::Abs(z), reach);  // what is no number is not near
    all_near = hn::And(all_near, near);
    // At the reach itself, to which a value just below it may round, stands the counter that is never read.
    const auto linear = hn::Mul(hn::Add(hn::IfThenElse(near, z, reach), reach), hn::Set(d, kBinsPerSd));
    hn::Store(hn::Add(hn::DemoteTo(whole, linear), plane), whole, counter + at);
  });
  const int whole_paths = paths / kReplicates * kReplicates;
  count_bins(counter, whole_paths, planes.at);
  if (!hn::AllTrue(d, all_near) || whole_paths < paths) count_alone(x, counter, whole_paths, paths, plan, counts);
  sum += total(moments.sum);
  square += total(moments.square);
}

/// Asks for the counters that most paths will need, while they are still counted.
HWY_INLINE void fetch_plane_counters(const std::uint32_t* counts) {
  constexpr int kPerLine = 64 / sizeof(std::uint32_t), kReach = kLinearBins / 4;  // four standard deviations
  const std::uint32_t* const middle = counts + kTailBins + kLinearBins / 2;
  for (int k = -kReach; k < kReach; k += kPerLine) ask_for(middle + k);
}

/// Adds the planes to an output's counters and sets them to zero.
HWY_INLINE void add_planes(PlaneCounts& planes, std::uint32_t* counts) {
  const hn::ScalableTag<std::uint16_t> narrow;
  const UintTag wide;
  constexpr int kTogether = static_cast<int>(2 * kLanes);
  for (int first = 0; first < kLinearBins; first += kTogether) {
    auto all = hn::Load(narrow, planes.at + first);
    for (int k = 1; k < kPlanes; ++k) all = hn::Add(all, hn::Load(narrow, planes.at + k * kPlaneBins + first));
    if (hn::AllTrue(narrow, hn::Eq(all, hn::Zero(narrow)))) continue;
    for (int k = 0; k < kPlanes; ++k) hn::Store(hn::Zero(narrow), narrow, planes.at + k * kPlaneBins + first);
    std::uint32_t* const to = counts + kTailBins + first;
    const auto lower = hn::PromoteTo(wide, hn::LowerHalf(all));
    const auto upper = hn::PromoteTo(wide, hn::UpperHalf(hn::Half<decltype(narrow)>(), all));
    hn::StoreU(hn::Add(hn::LoadU(wide, to), lower), wide, to);
    hn::StoreU(hn::Add(hn::LoadU(wide, to + kLanes), upper), wide, to + kLanes);
  }
}

}  // namespace plimsoll::PLIMSOLL_ISA
