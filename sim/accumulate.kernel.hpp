/// \file
/// From outputs to bins and sums. Everything here is double.
#pragma once

#include "models/lanes.hpp"
#include "sim/output_plan.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Bin of a deviation in pilot standard deviations.
HWY_INLINE int bin_of(double z, const double* edges) {
  if (z >= -kLinearReachSd && z < kLinearReachSd) {
    return kTailBins + static_cast<int>((z + kLinearReachSd) * (kLinearBins / (2.0 * kLinearReachSd)));
  }
  const double distance = z < 0 ? -z : z;
  int k = 0;
  while (k < kTailBins - 1 && distance >= edges[k + 1]) ++k;
  return z < 0 ? kTailBins - 1 - k : kTailBins + kLinearBins + k;
}

/// Sums by path modulo 16, the replicate, each in the order of paths.
struct ReplicateSums {
  double at[kReplicates];
};
HWY_INLINE ReplicateSums replicate_sums(const double* x, int n) {
  ReplicateSums sums = {};
  int i = 0;
  for (; i + kReplicates <= n; i += kReplicates) {
    for (int r = 0; r < kReplicates; ++r) sums.at[r] += x[i + r];
  }
  for (int r = 0; i + r < n; ++r) sums.at[r] += x[i + r];
  return sums;
}
/// All of them, pairwise.
HWY_INLINE double total(const ReplicateSums& sums) {
  double part[kReplicates];
  for (int r = 0; r < kReplicates; ++r) part[r] = sums.at[r];
  for (int half = kReplicates / 2; half > 0; half /= 2) {
    for (int r = 0; r < half; ++r) part[r] += part[r + half];
  }
  return part[0];
}

/// Adds a block's sums by replicate in whole units of 2^-kShiftBits pilot standard deviations.
HWY_INLINE void add_shifts(const ReplicateSums& sums, double scale, std::int64_t* shift) {
  const double unit = static_cast<double>(1 << kShiftBits) / scale;
  constexpr double kMost = 0x1p62;
  for (int r = 0; r < kReplicates; ++r) {
    const double x = sums.at[r] * unit;
    shift[r] += static_cast<std::int64_t>(x > -kMost && x < kMost ? x : 0.0);
  }
}

HWY_INLINE int coarse_bin(int bin) {
  const int k = (bin - kFirstCoarse) >> 3;
  return k < 0 ? 0 : (k > kCoarseBins - 1 ? kCoarseBins - 1 : k);
}
static_assert(kLinearPerCoarse == 1 << 3);

/// Bins of `paths` values of one output, and their deviations from the pilot mean.
HWY_INLINE void find_bins(const double* x, int paths, const BinPlan& plan, int* bin, double* deviation) {
  constexpr double kPerSd = kLinearBins / (2.0 * kLinearReachSd);
  const double inverse = 1.0 / plan.scale;
  const DoubleTag d;
  const hn::Rebind<std::int32_t, DoubleTag> whole;
  const auto reach = hn::Set(d, kLinearReachSd);
  bool all_near = true;
  const auto place = [&](std::size_t at) HWY_ATTR {
    const auto difference = hn::Sub(hn::LoadU(d, x + at), hn::Set(d, plan.centre));
    hn::StoreU(difference, d, deviation + at);
    const auto z = hn::Mul(difference, hn::Set(d, inverse));
    const auto near = hn::Lt(hn::Abs(z), reach);  // what is no number is not near
    all_near = all_near && hn::AllTrue(d, near);
    const auto linear = hn::Mul(hn::Add(hn::IfThenElseZero(near, z), reach), hn::Set(d, kPerSd));
    hn::StoreU(hn::Add(hn::DemoteTo(whole, linear), hn::Set(whole, kTailBins)), whole, bin + at);
  };
  const auto n = static_cast<std::size_t>(paths);
  std::size_t at = 0;
  for (; at + kWideLanes <= n; at += kWideLanes) place(at);
  if (at < n) {  // the last paths of a run, by themselves
    const double* edges = tail_edges();
    for (; at < n; ++at) {
      deviation[at] = x[at] - plan.centre;
      bin[at] = bin_of(deviation[at] * inverse, edges);
    }
  }
  if (!all_near) {
    const double* edges = tail_edges();
    for (int i = 0; i < paths; ++i) bin[i] = bin_of(deviation[i] * inverse, edges);
  }
}

/// Counts up to a statistics block of one output's values, from path 0 of the block on, and adds their deviations from
/// the pilot mean and the squares.
HWY_INLINE void accumulate_output(const double* x, int paths, const BinPlan& plan, const CounterRow& row, double& sum,
                                  double& square) {
  int bin[kStatisticsBlock];
  double deviation[kStatisticsBlock], squared[kStatisticsBlock];
  find_bins(x, paths, plan, bin, deviation);
  for (int i = 0; i < paths; ++i) squared[i] = deviation[i] * deviation[i];
  for (int i = 0; i < paths; ++i) ++row.counts[bin[i]];
  const ReplicateSums sums = replicate_sums(deviation, paths);
  sum += total(sums);
  square += total(replicate_sums(squared, paths));
  if (row.replicate_counts == nullptr) return;
  add_shifts(sums, plan.scale, row.replicate_shift);
  for (int i = 0; i < paths; ++i) bin[i] = coarse_bin(bin[i]);
  for (int i = 0; i < paths; ++i) ++row.replicate_counts[i % kReplicates * kCoarseBins + bin[i]];
}

/// The same with weights; sums are in parts of the weight's unit.
HWY_INLINE void accumulate_weighted_output(const double* x, const std::uint64_t* weight, double unit, int paths,
                                           const BinPlan& plan, const CounterRow& row, double& sum, double& square) {
  int bin[kStatisticsBlock];
  double deviation[kStatisticsBlock], weighted[kStatisticsBlock], squared[kStatisticsBlock];
  find_bins(x, paths, plan, bin, deviation);
  for (int i = 0; i < paths; ++i) {
    row.weighted[bin[i]] += weight[i];
    // A path without weight may be no number.
    weighted[i] = weight[i] > 0 ? static_cast<double>(weight[i]) * unit * deviation[i] : 0.0;
    squared[i] = weight[i] > 0 ? weighted[i] * deviation[i] : 0.0;
  }
  const ReplicateSums sums = replicate_sums(weighted, paths);
  sum += total(sums);
  square += total(replicate_sums(squared, paths));
  if (row.replicate_weighted == nullptr) return;
  add_shifts(sums, plan.scale, row.replicate_shift);
  for (int i = 0; i < paths; ++i)
    row.replicate_weighted[i % kReplicates * kCoarseBins + coarse_bin(bin[i])] += weight[i];
}

}  // namespace plimsoll::PLIMSOLL_ISA
