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

/// Sums in fixed order: eight partial sums by lane modulo 8, then pairwise.
HWY_INLINE double fixed_order_sum(const double* x, int n) {
  double part[8] = {};
  int i = 0;
  for (; i + 8 <= n; i += 8) {
    for (int k = 0; k < 8; ++k) part[k] += x[i + k];
  }
  for (int k = 0; i + k < n; ++k) part[k] += x[i + k];
  return ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
}

/// Bins of the first `lanes` paths of one output, and their deviations from the pilot mean.
HWY_INLINE void find_bins(const double* x, int lanes, const BinPlan& plan, int* bin, double* deviation) {
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
  const auto n = static_cast<std::size_t>(lanes);
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
    for (int i = 0; i < lanes; ++i) bin[i] = bin_of(deviation[i] * inverse, edges);
  }
}

/// Counts the first `lanes` paths of one output, and adds their deviations from the pilot mean and the squares.
HWY_INLINE void accumulate_output(const double* x, int lanes, const BinPlan& plan, std::uint32_t* count, double& sum,
                                  double& square) {
  int bin[kBlockPaths];
  double deviation[kBlockPaths], squared[kBlockPaths];
  find_bins(x, lanes, plan, bin, deviation);
  for (int i = 0; i < lanes; ++i) squared[i] = deviation[i] * deviation[i];
  for (int i = 0; i < lanes; ++i) ++count[bin[i]];
  sum += fixed_order_sum(deviation, lanes);
  square += fixed_order_sum(squared, lanes);
}

/// The same with weights; sums are in parts of the weight's unit.
HWY_INLINE void accumulate_weighted_output(const double* x, const std::uint64_t* weight, double unit, int lanes,
                                           const BinPlan& plan, std::uint64_t* count, double& sum, double& square) {
  int bin[kBlockPaths];
  double deviation[kBlockPaths], weighted[kBlockPaths], squared[kBlockPaths];
  find_bins(x, lanes, plan, bin, deviation);
  for (int i = 0; i < lanes; ++i) {
    count[bin[i]] += weight[i];
    // A path without weight may be no number.
    weighted[i] = weight[i] > 0 ? static_cast<double>(weight[i]) * unit * deviation[i] : 0.0;
    squared[i] = weight[i] > 0 ? weighted[i] * deviation[i] : 0.0;
  }
  sum += fixed_order_sum(weighted, lanes);
  square += fixed_order_sum(squared, lanes);
}

}  // namespace plimsoll::PLIMSOLL_ISA
