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
/// Where a replicate's counters have a bin: those of all replicates stand side by side, in one line of cache.
HWY_INLINE int replicate_counter(int bin, int path) { return coarse_bin(bin) * kReplicates + path % kReplicates; }

/// Sums of deviations from the pilot mean and of their squares.
struct Moments {
  ReplicateSums sum = {}, square = {};
};

/// Sums of deviations from the pilot mean. place(i, z): those of paths from i on, a register of them, in pilot standard
/// deviations; paths beyond the last whole sixteen are not placed.
template <class Place>
HWY_INLINE Moments add_moments(const double* x, int paths, const BinPlan& plan, Place place) {
  constexpr std::size_t kSteps = kReplicates / kWideLanes;
  const DoubleTag d;
  const auto centre = hn::Set(d, plan.centre), per_unit = hn::Set(d, 1.0 / plan.scale);
  WideLanes sum[kSteps], square[kSteps];
  for (std::size_t k = 0; k < kSteps; ++k) sum[k] = square[k] = WideLanes::all(0.0);
  const auto n = static_cast<std::size_t>(paths), whole_paths = n / kReplicates * kReplicates;
  for (std::size_t i = 0; i < whole_paths; i += kReplicates) {
    for (std::size_t k = 0; k < kSteps; ++k) {
      const std::size_t at = i + k * kWideLanes;
      const WideLanes difference{hn::Sub(hn::LoadU(d, x + at), centre)};
      sum[k] = sum[k] + difference;
      square[k] = square[k] + difference * difference;
      place(at, hn::Mul(difference.v, per_unit));
    }
  }
  Moments moments;
  for (std::size_t k = 0; k < kSteps; ++k) {
    sum[k].store_unaligned(moments.sum.at + k * kWideLanes);
    square[k].store_unaligned(moments.square.at + k * kWideLanes);
  }
  for (std::size_t i = whole_paths; i < n; ++i) {  // the last paths of a run
    const double difference = x[i] - plan.centre;
    moments.sum.at[i % kReplicates] += difference;
    moments.square.at[i % kReplicates] += difference * difference;
  }
  return moments;
}

inline constexpr double kBinsPerSd = kLinearBins / (2.0 * kLinearReachSd);
using BinTag = hn::Rebind<std::int32_t, DoubleTag>;

/// Bins of `paths` values of one output, and their sums. All in one pass: the values are in registers once.
HWY_INLINE Moments place_paths(const double* x, int paths, const BinPlan& plan, int* bin) {
  const DoubleTag d;
  const BinTag whole;
  const auto reach = hn::Set(d, kLinearReachSd);
  auto all_near = hn::FirstN(d, kWideLanes);
  const Moments moments = add_moments(x, paths, plan, [&](std::size_t at, auto z) HWY_ATTR {
    const auto near = hn::Lt(hn::Abs(z), reach);  // what is no number is not near
    all_near = hn::And(all_near, near);
    const auto linear = hn::Mul(hn::Add(hn::IfThenElseZero(near, z), reach), hn::Set(d, kBinsPerSd));
    hn::StoreU(hn::Add(hn::DemoteTo(whole, linear), hn::Set(whole, kTailBins)), whole, bin + at);
  });
  const int placed = hn::AllTrue(d, all_near) ? paths / kReplicates * kReplicates : 0;
  if (placed < paths) {
    const double inverse = 1.0 / plan.scale, *edges = tail_edges();
    for (int i = placed; i < paths; ++i) bin[i] = bin_of((x[i] - plan.centre) * inverse, edges);
  }
  return moments;
}

/// ++counts[bin[i]]; four bins are read at a time, so that no read waits for a count to be written.
template <class Count>
HWY_INLINE void count_bins(const int* bin, int paths, Count* counts) {
  int i = 0;
  for (; i + 4 <= paths; i += 4) {
    const int a = bin[i], b = bin[i + 1], c = bin[i + 2], d = bin[i + 3];
    ++counts[a];
    ++counts[b];
    ++counts[c];
    ++counts[d];
  }
  for (; i < paths; ++i) ++counts[bin[i]];
}

/// Counts up to a statistics block of one output's values, from path 0 of the block on, and adds their deviations from
/// the pilot mean and the squares.
HWY_INLINE void accumulate_output(const double* x, int paths, const BinPlan& plan, const CounterRow& row, double& sum,
                                  double& square) {
  alignas(64) int bin[kStatisticsBlock];
  const Moments moments = place_paths(x, paths, plan, bin);
  count_bins(bin, paths, row.counts);
  sum += total(moments.sum);
  square += total(moments.square);
  if (row.replicate_counts == nullptr) return;
  add_shifts(moments.sum, plan.scale, row.replicate_shift);
  for (int i = 0; i < paths; ++i) bin[i] = replicate_counter(bin[i], i);
  count_bins(bin, paths, row.replicate_counts);
}

/// The same with weights; sums are in parts of the weight's unit.
HWY_INLINE void accumulate_weighted_output(const double* x, const std::uint64_t* weight, double unit, int paths,
                                           const BinPlan& plan, const CounterRow& row, double& sum, double& square) {
  alignas(64) int bin[kStatisticsBlock];
  double weighted[kStatisticsBlock], squared[kStatisticsBlock];
  place_paths(x, paths, plan, bin);
  for (int i = 0; i < paths; ++i) {
    row.weighted[bin[i]] += weight[i];
    // A path without weight may be no number.
    const double deviation = x[i] - plan.centre;
    weighted[i] = weight[i] > 0 ? static_cast<double>(weight[i]) * unit * deviation : 0.0;
    squared[i] = weight[i] > 0 ? weighted[i] * deviation : 0.0;
  }
  const ReplicateSums sums = replicate_sums(weighted, paths);
  sum += total(sums);
  square += total(replicate_sums(squared, paths));
  if (row.replicate_weighted == nullptr) return;
  add_shifts(sums, plan.scale, row.replicate_shift);
  for (int i = 0; i < paths; ++i) row.replicate_weighted[replicate_counter(bin[i], i)] += weight[i];
}

}  // namespace plimsoll::PLIMSOLL_ISA
