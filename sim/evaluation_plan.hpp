/// \file
/// Outputs in the order in which a block of paths evaluates them: series by series, so that a sum of months which
/// several outputs share is added once and is still in cache when they read it.
#pragma once

#include <vector>

#include "models/plan_view.hpp"
#include "sim/output_plan.hpp"

namespace plimsoll {

/// What an output is made of; T says how a sum is held.
template <class T>
struct OutputSums {
  T now{}, before{}, total{}, earlier{}, piece{}, log_price{};
};

/// What is added up over months.
enum class Summand { value, value_rmb, piece };

/// s.x = find(period, row group, summand) for every sum that the output reads. Always inlined: kernels of several
/// instruction sets share it.
template <class T, class Find>
[[gnu::always_inline]] inline void find_sums(const OutputPlan& o, Find find, OutputSums<T>& s) {
  using Kind = OutputPlan::Kind;
  const Kind kind = o.kind;
  if (kind == Kind::driver_level || kind == Kind::driver_passed) return;
  if (kind == Kind::term_pp || kind == Kind::price_pp || kind == Kind::volume_pp || kind == Kind::price_pct ||
      kind == Kind::volume_pct) {
    s.piece = find(PeriodSum{0, o.piece_from, o.piece_to}, o.piece, Summand::piece);
  }
  if (kind == Kind::term_pp) {
    s.total = find(o.total, 0, Summand::value);
    return;
  }
  const Summand summand = kind == Kind::growth_rmb_pct ? Summand::value_rmb : Summand::value;
  s.now = find(o.now, o.series, summand);
  if (kind == Kind::value) return;
  if (kind == Kind::share_pct) {
    s.total = find(o.total, o.total_series, Summand::value);
    return;
  }
  s.before = find(o.before, kind == Kind::balance ? o.minus : o.series, summand);
  if (kind == Kind::contribution_pp) s.total = find(o.total, 0, Summand::value);
  if (kind == Kind::change_pp || kind == Kind::momentum_pp || kind == Kind::base_effect_pp) {
    s.total = find(o.total, o.series, Summand::value);
    s.earlier = find(o.earlier, o.series, Summand::value);
  }
}

/// Where an output finds one of its sums.
struct SumSource {
  enum class From {
    constant,     ///< history alone: `known`
    kept,         ///< row `at` of what the group keeps
    value_month,  ///< row `at` of Workspace::value: one simulated month by itself
    piece_month   ///< row `at` of Workspace::piece
  } from = From::constant;
  int at = 0;
  double known = 0;

  friend bool operator==(const SumSource&, const SumSource&) = default;
};

/// A sum over months that a group keeps; `begun` is an earlier one of fewer months from the same start, or -1.
struct KeptSum {
  Summand of = Summand::value;
  int row = 0;  ///< row group of Workspace::value or ::piece
  PeriodSum months;
  int begun = -1;
};

struct EvaluatedOutput {
  int output = 0;  ///< number in the list of outputs
  OutputSums<SumSource> sums;
};

/// Neighbouring rows of Workspace::value or ::piece.
struct MonthRows {
  bool is_piece = false;
  int first = 0, rows = 0;
};

/// Outputs of a group: their counters and sums stay in the caches of one core while several blocks are counted.
inline constexpr int kMostGroupOutputs = 64;

/// Outputs of one series, and what they share: sums, and after them changes of log prices. `months`: all rows of the
/// workspace that they read.
struct OutputGroup {
  int first_sum = 0, sums = 0, first_price = 0, prices = 0, first_output = 0, outputs = 0, first_months = 0, months = 0;
};

/// What kernels read.
struct EvaluationView {
  const OutputPlan* plans;
  View<KeptSum> sums;
  View<OutputSums<SumSource>> prices;
  View<EvaluatedOutput> outputs;
  View<OutputGroup> groups;
  View<MonthRows> months;
  int most_kept;  ///< rows of the largest group, at least one; 0: there are no outputs
};

class EvaluationPlan {
 public:
  /// Refers to `plans`, which must outlive it.
  EvaluationPlan(const std::vector<OutputPlan>& plans, int months, int first_attributed);
  EvaluationPlan(const EvaluationPlan&) = delete;
  EvaluationPlan& operator=(const EvaluationPlan&) = delete;

  const EvaluationView& view() const { return view_; }

 private:
  std::vector<KeptSum> sums_;
  std::vector<OutputSums<SumSource>> prices_;
  std::vector<EvaluatedOutput> outputs_;
  std::vector<OutputGroup> groups_;
  std::vector<MonthRows> months_;
  EvaluationView view_{};
};

/// First month's row of a row group. Always inlined, as above.
[[gnu::always_inline]] inline int first_row(Summand of, int row_group, int months, int first_attributed) {
  return row_group * (of == Summand::piece ? months - first_attributed + 1 : months);
}
/// Months of a period as rows after that one: values begin at t = 1, pieces at the first attributed month.
[[gnu::always_inline]] inline int rows_after(Summand of, int t, int first_attributed) {
  return of == Summand::piece ? t - first_attributed : t - 1;
}

}  // namespace plimsoll
