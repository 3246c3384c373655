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

/// Sum of a piece over the period's months.
HWY_INLINE WideLanes piece_sum(const OutputPlan& o, int row, int first, int attributed, const Workspace& w,
                               std::size_t i) {
  WideLanes sum = WideLanes::all(0.0);
  for (int t = o.piece_from; t <= o.piece_to; ++t) {
    sum = sum + WideLanes::load(w.piece[row * attributed + t - first].at + i);
  }
  return sum;
}

/// ln(1 + growth of the unit value): the price's pieces over the logarithmic mean of the two periods.
HWY_INLINE WideLanes log_price(WideLanes piece, WideLanes now, WideLanes before) {
  const WideLanes change = now - before, sum = now + before;
  // Near now = before the mean is their average; its relative error there is below 1e-13.
  const WideLanes near = WideLanes::all(1e-12) * sum * sum;
  return if_less(change * change, near, WideLanes::all(2.0) * piece / sum, piece * log(now / before) / change);
}

/// (a - b)/ln(a/b), the logarithmic mean.
HWY_INLINE WideLanes log_mean(WideLanes a, WideLanes b) {
  const WideLanes change = a - b, sum = a + b;
  const WideLanes near = WideLanes::all(1e-12) * sum * sum;  // as in log_price
  return if_less(change * change, near, WideLanes::all(0.5) * sum, change / log(a / b));
}

HWY_INLINE void evaluate_output(const OutputPlan& o, int first, int months, const Workspace& w, double* out) {
  using Kind = OutputPlan::Kind;
  const WideRow* series = w.value + o.series * months;
  const int attributed = months - first + 1;
  for_wide_lanes([&](std::size_t i) HWY_ATTR {
    const WideLanes hundred = WideLanes::all(100.0), one = WideLanes::all(1.0);
    const auto pieces = [&](int row) HWY_ATTR { return piece_sum(o, row, first, attributed, w, i); };
    const auto give = [&](WideLanes x) HWY_ATTR { (hundred * x).store_unaligned(out + i); };
    if (o.kind == Kind::growth_rmb_pct) {
      WideLanes now = WideLanes::all(o.now.known);
      for (int t = o.now.from; t <= o.now.to; ++t) {
        now = now + WideLanes::load(series[t - 1].at + i) * WideLanes::load(w.exchange_rate[t - 1].at + i);
      }
      WideLanes before = WideLanes::all(o.before.known);
      for (int t = o.before.from; t <= o.before.to; ++t) {
        before = before + WideLanes::load(series[t - 1].at + i) * WideLanes::load(w.exchange_rate[t - 1].at + i);
      }
      return give((now - before) / before);
    }
    if (o.kind == Kind::driver_level || o.kind == Kind::driver_passed) {
      const Row* row = w.driver + o.series * w.span + (w.span - 1 - months);  // of t = 0
      WideLanes sum = WideLanes::all(0.0), passed = WideLanes::all(0.0);
      const WideLanes scale = WideLanes::all(o.scale), threshold = WideLanes::all(o.threshold_log);
      for (int t = o.now.from; t <= o.now.to; ++t) {
        const WideLanes d = WideLanes::widen(row[t].at + i);
        sum = sum + exp(d);
        passed = if_less(threshold, scale * d, passed, one);
      }
      return (o.kind == Kind::driver_level ? scale * sum : passed).store_unaligned(out + i);
    }
    if (o.kind == Kind::term_pp) return give(pieces(o.piece) / period_sum(o.total, w.value, i));
    const WideLanes now = period_sum(o.now, series, i);
    if (o.kind == Kind::value) return now.store_unaligned(out + i);
    if (o.kind == Kind::balance) {
      return (now - period_sum(o.before, w.value + o.minus * months, i)).store_unaligned(out + i);
    }
    if (o.kind == Kind::share_pct) return give(now / period_sum(o.total, w.value + o.total_series * months, i));
    const WideLanes before = period_sum(o.before, series, i);
    const WideLanes change = now - before;
    if (o.kind == Kind::change_pp || o.kind == Kind::momentum_pp || o.kind == Kind::base_effect_pp) {
      const WideLanes last = period_sum(o.total, series, i), earlier = period_sum(o.earlier, series, i);
      const WideLanes ratio = now / before, last_ratio = last / earlier, season = WideLanes::all(o.season_log);
      if (o.kind == Kind::change_pp) return give(ratio - last_ratio);
      const WideLanes mean = log_mean(ratio, last_ratio);
      return give(o.kind == Kind::momentum_pp ? mean * (log(now / last) - season)
                                              : mean * (season - log(before / earlier)));
    }
    switch (o.kind) {
      case Kind::growth_2y_pct: return give(sqrt(now / before) - one);
      case Kind::contribution_pp: return give(change / period_sum(o.total, w.value, i));
      case Kind::price_pp: return give(pieces(o.piece) / before);
      case Kind::volume_pp: return give((change - pieces(o.piece)) / before);
      case Kind::price_pct: return give(exp(log_price(pieces(o.piece), now, before)) - one);
      case Kind::volume_pct: return give(now / before * exp(-log_price(pieces(o.piece), now, before)) - one);
      case Kind::residual_pp: {
        WideLanes rest = change;
        for (int k = 0; k < kTerms; ++k) rest = rest - pieces(k);
        for (int j = 0; j < o.shocks; ++j) rest = rest - pieces(o.shock_piece + j);
        return give(rest / before);
      }
      default: return give(change / before);
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
  double far = 0;
  for (int i = 0; i < paths; ++i) {
    deviation[i] = x[i] - plan.centre;
    const double z = deviation[i] * inverse;
    const double distance = z < 0 ? -z : z;
    far = distance <= far ? far : distance;  // what is no number counts as far
    const double inside = distance < kLinearReachSd ? z : 0.0;
    bin[i] = kTailBins + static_cast<int>((inside + kLinearReachSd) * kPerSd);
  }
  if (!(far < kLinearReachSd)) {
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
