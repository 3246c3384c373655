/// \file
/// From monthly values to outputs. Everything here is double. A sum over months is a row: one that the outputs of a
/// series share, one month as the workspace holds it, or one that an output by itself adds up.
#pragma once

#include "models/lanes.hpp"
#include "models/workspace.hpp"
#include "sim/evaluation_plan.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// A sum of every path; without a row it is the same constant on all of them.
struct Sum {
  const WideRow* row = nullptr;
  double known = 0;
  HWY_INLINE WideLanes at(std::size_t i) const {
    return row != nullptr ? WideLanes::load(row->at + i) : WideLanes::all(known);
  }
};

/// out = begin + the months' rows from `row` to `last`, in this order; in RMB at each month's rate. Month by month over
/// as many paths as registers hold: rows are read from memory in the order in which they stand there.
HWY_INLINE void add_months(Sum begin, Summand of, int row, int last, int t, const Workspace& w, WideRow& out) {
  constexpr std::size_t kTogether = 8, kPaths = kTogether * kWideLanes;
  static_assert(kBlockPaths % kPaths == 0);
  const WideRow* const months = of == Summand::piece ? w.piece : w.value;
  for (std::size_t i = 0; i < kBlockPaths; i += kPaths) {
    WideLanes sum[kTogether];
    for (std::size_t j = 0; j < kTogether; ++j) sum[j] = begin.at(i + j * kWideLanes);
    if (of == Summand::value_rmb) {
      for (int k = row; k <= last; ++k) {
        const double *const value = months[k].at + i, *const rate = w.exchange_rate[t - 1 + k - row].at + i;
        for (std::size_t j = 0; j < kTogether; ++j)
          sum[j] = sum[j] + WideLanes::load(value + j * kWideLanes) * WideLanes::load(rate + j * kWideLanes);
      }
    } else {
      for (int k = row; k <= last; ++k) {
        const double* const value = months[k].at + i;
        for (std::size_t j = 0; j < kTogether; ++j) sum[j] = sum[j] + WideLanes::load(value + j * kWideLanes);
      }
    }
    for (std::size_t j = 0; j < kTogether; ++j) sum[j].store(out.at + i + j * kWideLanes);
  }
}

/// (a - b)/ln(a/b), the logarithmic mean.
HWY_INLINE WideLanes log_mean(WideLanes a, WideLanes b) {
  const WideLanes change = a - b, sum = a + b;
  // Near a = b the mean is their average; its relative error there is below 1e-12.
  const WideLanes near = WideLanes::all(1e-12) * sum * sum;
  return if_less(change * change, near, WideLanes::all(0.5) * sum, change / log(a / b));
}

/// ln(1 + growth of the unit value): the price's pieces over the logarithmic mean of the two periods.
HWY_INLINE void log_price(const OutputSums<Sum>& s, WideRow& out) {
  for_wide_lanes([&](std::size_t i) HWY_ATTR {
    const WideLanes now = s.now.at(i), before = s.before.at(i), piece = s.piece.at(i);
    const WideLanes change = now - before, sum = now + before;
    const WideLanes near = WideLanes::all(1e-12) * sum * sum;  // as in log_mean
    if_less(change * change, near, WideLanes::all(2.0) * piece / sum, piece * log(now / before) / change)
        .store(out.at + i);
  });
}

/// Drivers: mean level over months, or whether a month reached the threshold.
HWY_INLINE void evaluate_driver(const OutputPlan& o, int months, const Workspace& w, double* out) {
  const Row* row = w.driver + o.series * w.span + (w.span - 1 - months);  // of t = 0
  for_wide_lanes([&](std::size_t i) HWY_ATTR {
    WideLanes sum = WideLanes::all(0.0), passed = WideLanes::all(0.0);
    const WideLanes scale = WideLanes::all(o.scale), threshold = WideLanes::all(o.threshold_log);
    for (int t = o.now.from; t <= o.now.to; ++t) {
      const WideLanes d = WideLanes::widen(row[t].at + i);
      if (o.kind == OutputPlan::Kind::driver_level)
        sum = sum + exp(d);
      else
        passed = if_less(threshold, scale * d, passed, WideLanes::all(1.0));
    }
    (o.kind == OutputPlan::Kind::driver_level ? scale * sum : passed).store_unaligned(out + i);
  });
}

/// What the terms' pieces leave of a change.
HWY_INLINE void evaluate_residual(const OutputPlan& o, const OutputSums<Sum>& s, int first, int months,
                                  const Workspace& w, double* out) {
  for_wide_lanes([&](std::size_t i) HWY_ATTR {
    const auto pieces = [&](int row) HWY_ATTR {
      WideLanes sum = WideLanes::all(0.0);
      for (int t = o.piece_from; t <= o.piece_to; ++t) {
        sum = sum + WideLanes::load(w.piece[row * (months - first + 1) + t - first].at + i);
      }
      return sum;
    };
    const WideLanes before = s.before.at(i);
    WideLanes rest = s.now.at(i) - before;
    for (int k = 0; k < kTerms; ++k) rest = rest - pieces(k);
    for (int j = 0; j < o.shocks; ++j) rest = rest - pieces(o.shock_piece + j);
    (WideLanes::all(100.0) * (rest / before)).store_unaligned(out + i);
  });
}

/// One output of 64 paths from its sums.
HWY_INLINE void evaluate_output(const OutputPlan& o, const OutputSums<Sum>& s, int first, int months,
                                const Workspace& w, double* out) {
  using Kind = OutputPlan::Kind;
  const WideLanes one = WideLanes::all(1.0);
  const auto give = [&](auto value) HWY_ATTR {
    for_wide_lanes([&](std::size_t i) HWY_ATTR { value(i).store_unaligned(out + i); });
  };
  const auto give_pct = [&](auto value) HWY_ATTR {
    for_wide_lanes([&](std::size_t i) HWY_ATTR { (WideLanes::all(100.0) * value(i)).store_unaligned(out + i); });
  };
  const auto ratio = [&](std::size_t i) HWY_ATTR { return s.now.at(i) / s.before.at(i); };
  const auto last_ratio = [&](std::size_t i) HWY_ATTR { return s.total.at(i) / s.earlier.at(i); };
  const WideLanes season = WideLanes::all(o.season_log);
  switch (o.kind) {
    case Kind::driver_level:
    case Kind::driver_passed: return evaluate_driver(o, months, w, out);
    case Kind::residual_pp: return evaluate_residual(o, s, first, months, w, out);
    case Kind::value: return give([&](std::size_t i) HWY_ATTR { return s.now.at(i); });
    case Kind::balance: return give([&](std::size_t i) HWY_ATTR { return s.now.at(i) - s.before.at(i); });
    case Kind::share_pct: return give_pct([&](std::size_t i) HWY_ATTR { return s.now.at(i) / s.total.at(i); });
    case Kind::term_pp: return give_pct([&](std::size_t i) HWY_ATTR { return s.piece.at(i) / s.total.at(i); });
    case Kind::growth_pct:
    case Kind::growth_rmb_pct:
      return give_pct([&](std::size_t i) HWY_ATTR {
        const WideLanes before = s.before.at(i);
        return (s.now.at(i) - before) / before;
      });
    case Kind::growth_2y_pct: return give_pct([&](std::size_t i) HWY_ATTR { return sqrt(ratio(i)) - one; });
    case Kind::contribution_pp:
      return give_pct([&](std::size_t i) HWY_ATTR { return (s.now.at(i) - s.before.at(i)) / s.total.at(i); });
    case Kind::price_pp: return give_pct([&](std::size_t i) HWY_ATTR { return s.piece.at(i) / s.before.at(i); });
    case Kind::volume_pp:
      return give_pct([&](std::size_t i) HWY_ATTR {
        const WideLanes before = s.before.at(i);
        return (s.now.at(i) - before - s.piece.at(i)) / before;
      });
    case Kind::price_pct: return give_pct([&](std::size_t i) HWY_ATTR { return exp(s.log_price.at(i)) - one; });
    case Kind::volume_pct:
      return give_pct([&](std::size_t i) HWY_ATTR { return ratio(i) * exp(-s.log_price.at(i)) - one; });
    case Kind::change_pp: return give_pct([&](std::size_t i) HWY_ATTR { return ratio(i) - last_ratio(i); });
    case Kind::momentum_pp:
      return give_pct([&](std::size_t i) HWY_ATTR {
        return log_mean(ratio(i), last_ratio(i)) * (log(s.now.at(i) / s.total.at(i)) - season);
      });
    case Kind::base_effect_pp:
      return give_pct([&](std::size_t i) HWY_ATTR {
        return log_mean(ratio(i), last_ratio(i)) * (season - log(s.before.at(i) / s.earlier.at(i)));
      });
  }
}

HWY_INLINE Sum find_sum(const SumSource& source, const Workspace& w, const WideRow* kept) {
  switch (source.from) {
    case SumSource::From::kept: return {kept + source.at, 0};
    case SumSource::From::value_month: return {w.value + source.at, 0};
    case SumSource::From::piece_month: return {w.piece + source.at, 0};
    default: return {nullptr, source.known};
  }
}
HWY_INLINE OutputSums<Sum> find_sums(const OutputSums<SumSource>& s, const Workspace& w, const WideRow* kept) {
  return {find_sum(s.now, w, kept),     find_sum(s.before, w, kept), find_sum(s.total, w, kept),
          find_sum(s.earlier, w, kept), find_sum(s.piece, w, kept),  find_sum(s.log_price, w, kept)};
}

/// Adds up what the outputs of a group share, for one block of paths.
HWY_INLINE void keep_sums(const EvaluationView& view, const OutputGroup& group, const ModelPlan& m, const Workspace& w,
                          WideRow* kept) {
  const int first = m.attribution.first;
  for (int k = 0; k < group.sums; ++k) {
    const KeptSum& sum = view.sums[group.first_sum + k];
    const bool goes_on = sum.begun >= 0;
    const int from = goes_on ? view.sums[group.first_sum + sum.begun].months.to + 1 : sum.months.from;
    const int row = first_row(sum.of, sum.row, m.months, first);
    add_months(goes_on ? Sum{kept + sum.begun, 0} : Sum{nullptr, sum.months.known}, sum.of,
               row + rows_after(sum.of, from, first), row + rows_after(sum.of, sum.months.to, first), from, w, kept[k]);
  }
  for (int k = 0; k < group.prices; ++k) {
    log_price(find_sums(view.prices[group.first_price + k], w, kept), kept[group.sums + k]);
  }
}

/// An output by itself, with sums of its own.
HWY_INLINE void evaluate_alone(const OutputPlan& o, const ModelPlan& m, const Workspace& w, double* out) {
  WideRow rows[6];
  int used = 0;
  OutputSums<Sum> sums;
  const int first = m.attribution.first;
  const auto find = [&](const PeriodSum& months, int group, Summand of) HWY_ATTR -> Sum {
    if (months.to < months.from) return {nullptr, months.known};
    WideRow& sum = rows[used++];
    const int row = first_row(of, group, m.months, first);
    add_months({nullptr, months.known}, of, row + rows_after(of, months.from, first),
               row + rows_after(of, months.to, first), months.from, w, sum);
    return {&sum, 0};
  };
  find_sums(o, find, sums);
  if (o.kind == OutputPlan::Kind::price_pct || o.kind == OutputPlan::Kind::volume_pct) {
    log_price(sums, rows[used]);
    sums.log_price = {&rows[used], 0};
  }
  evaluate_output(o, sums, first, m.months, w, out);
}

}  // namespace plimsoll::PLIMSOLL_ISA
