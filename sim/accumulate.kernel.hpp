/// \file
/// From monthly values to outputs, and from outputs to bins and sums. Everything here is double.
#pragma once

#include "models/lanes.hpp"
#include "models/workspace.hpp"
#include "sim/output_plan.hpp"

namespace plimsoll::PLIMSOLL_ISA {

HWY_INLINE WideLanes period_sum(const PeriodSum& p, const WideRow* months, std::size_t i) {
  WideLanes sum = WideLanes::all(p.known);
  for (int t = p.from; t <= p.to; ++t) sum = sum + WideLanes::load(months[t - 1].at + i);
  return sum;
}

HWY_INLINE void evaluate_output(const OutputPlan& o, int months, const Workspace& w, double* out) {
  const WideRow* series = w.value + o.series * months;
  for_wide_lanes([&](std::size_t i) HWY_ATTR {
    const WideLanes hundred = WideLanes::all(100.0);
    const WideLanes now = period_sum(o.now, series, i);
    if (o.kind == OutputPlan::Kind::value) {
      now.store_unaligned(out + i);
      return;
    }
    const WideLanes before = period_sum(o.before, series, i);
    if (o.kind == OutputPlan::Kind::growth_pct) {
      (hundred * (now - before) / before).store_unaligned(out + i);
    } else if (o.kind == OutputPlan::Kind::contribution_pp) {
      (hundred * (now - before) / period_sum(o.total_before, w.value, i)).store_unaligned(out + i);
    } else {
      const WideRow* calm = w.value + o.calm_series * months;
      const WideLanes with = (now - before) / before;
      const WideLanes calm_now = period_sum(o.calm_now, calm, i);
      const WideLanes calm_before = period_sum(o.calm_before, calm, i);
      (hundred * (with - (calm_now - calm_before) / calm_before)).store_unaligned(out + i);
    }
  });
}

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
  for (int i = 0; i < n; ++i) part[i % 8] += x[i];
  return ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
}

HWY_INLINE void accumulate_block(const double* out, int outputs, int lanes, const BinPlan* bins, std::uint32_t* counts,
                                 double* sum, double* square) {
  const double* edges = tail_edges();
  for (int o = 0; o < outputs; ++o) {
    const double* x = out + static_cast<std::ptrdiff_t>(o) * static_cast<std::ptrdiff_t>(kBlockPaths);
    std::uint32_t* count = counts + static_cast<std::ptrdiff_t>(o) * kBins;
    const double centre = bins[o].centre;
    const double inverse = 1.0 / bins[o].scale;
    double deviation[kBlockPaths], squared[kBlockPaths];
    for (int i = 0; i < lanes; ++i) {
      deviation[i] = x[i] - centre;
      squared[i] = deviation[i] * deviation[i];
    }
    for (int i = 0; i < lanes; ++i) ++count[bin_of(deviation[i] * inverse, edges)];
    sum[o] += fixed_order_sum(deviation, lanes);
    square[o] += fixed_order_sum(squared, lanes);
  }
}

}  // namespace plimsoll::PLIMSOLL_ISA
