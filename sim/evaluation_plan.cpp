#include "sim/evaluation_plan.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace plimsoll {

namespace {

using Kind = OutputPlan::Kind;

/// Sums of one group while it is planned: each once, shorter ones before longer ones of the same start.
class GroupSums {
 public:
  GroupSums(int months, int first_attributed) : months_(months), first_(first_attributed) {}

  void want(const PeriodSum& months, int row, Summand of) {
    if (is_kept(months, of)) rows_.try_emplace({of, row, months.known, months.from, months.to}, 0);
  }

  /// Numbers all sums that are wanted.
  std::vector<KeptSum> number() {
    std::vector<KeptSum> all;
    for (auto& [key, at] : rows_) {
      const auto& [of, row, known, from, to] = key;
      at = static_cast<int>(all.size());
      const bool goes_on = !all.empty() && std::tuple(all.back().of, all.back().row, all.back().months.known,
                                                      all.back().months.from) == std::tuple(of, row, known, from);
      all.push_back({of, row, {known, from, to}, goes_on ? at - 1 : -1});
    }
    return all;
  }

  /// Where a sum is, once they are numbered.
  SumSource find(const PeriodSum& months, int row, Summand of) const {
    using From = SumSource::From;
    if (is_kept(months, of)) return {From::kept, rows_.at({of, row, months.known, months.from, months.to}), 0};
    if (months.to < months.from) return {From::constant, 0, months.known};
    return {of == Summand::piece ? From::piece_month : From::value_month,
            first_row(of, row, months_, first_) + rows_after(of, months.from, first_), 0};
  }

 private:
  /// Not what is a constant, or one month as it stands in the workspace.
  static bool is_kept(const PeriodSum& months, Summand of) {
    const bool is_month = months.from == months.to && months.known == 0 && of != Summand::value_rmb;
    return months.to >= months.from && !is_month;
  }

  int months_, first_;
  std::map<std::tuple<Summand, int, double, int, int>, int> rows_;
};

/// The rows that sums of months and single months read, neighbours together.
class RowsRead {
 public:
  RowsRead(int months, int first_attributed) : months_(months), first_(first_attributed) {}

  void add(const KeptSum& sum) {
    const int row = first_row(sum.of, sum.row, months_, first_);
    for (int t = sum.months.from; t <= sum.months.to; ++t)
      rows_.emplace(sum.of == Summand::piece, row + rows_after(sum.of, t, first_));
  }
  void add(const OutputSums<SumSource>& s) {
    for (const SumSource& source : {s.now, s.before, s.total, s.earlier, s.piece}) {
      const bool is_piece = source.from == SumSource::From::piece_month;
      if (is_piece || source.from == SumSource::From::value_month) rows_.emplace(is_piece, source.at);
    }
  }
  void append_to(std::vector<MonthRows>& all) const {
    const std::size_t begin = all.size();
    for (const auto& [is_piece, row] : rows_) {
      if (all.size() > begin && all.back().is_piece == is_piece && all.back().first + all.back().rows == row)
        ++all.back().rows;
      else
        all.push_back({is_piece, row, 1});
    }
  }

 private:
  int months_, first_;
  std::set<std::pair<bool, int>> rows_;
};

bool same_price(const OutputSums<SumSource>& a, const OutputSums<SumSource>& b) {
  return a.now == b.now && a.before == b.before && a.piece == b.piece;
}

/// Outputs by series and, within it, by period, some at a time.
std::vector<std::vector<int>> groups_of(const std::vector<OutputPlan>& plans) {
  std::vector<int> order(plans.size());
  std::iota(order.begin(), order.end(), 0);
  const auto series = [&](int o) {
    const OutputPlan& plan = plans[static_cast<std::size_t>(o)];
    const bool is_driver = plan.kind == Kind::driver_level || plan.kind == Kind::driver_passed;
    return std::pair(is_driver, plan.series);  // rows of drivers are numbered by themselves
  };
  const auto place = [&](int o) {
    const PeriodSum& now = plans[static_cast<std::size_t>(o)].now;
    return std::tuple(series(o), now.from, now.to, o);
  };
  std::sort(order.begin(), order.end(), [&](int a, int b) { return place(a) < place(b); });
  std::vector<std::vector<int>> groups;
  for (const int o : order) {
    if (groups.empty() || std::ssize(groups.back()) == kMostGroupOutputs || series(groups.back().front()) != series(o))
      groups.emplace_back();
    groups.back().push_back(o);
  }
  return groups;
}

}  // namespace

EvaluationPlan::EvaluationPlan(const std::vector<OutputPlan>& plans, int months, int first_attributed) {
  for (const std::vector<int>& group : groups_of(plans)) {
    GroupSums sums(months, first_attributed);
    for (const int o : group) {
      OutputSums<int> unused;
      const auto want = [&](const PeriodSum& period, int row, Summand of) {
        sums.want(period, row, of);
        return 0;
      };
      find_sums(plans[static_cast<std::size_t>(o)], want, unused);
    }
    const std::vector<KeptSum> kept = sums.number();
    std::vector<OutputSums<SumSource>> prices;
    OutputGroup g{static_cast<int>(sums_.size()),    static_cast<int>(kept.size()), static_cast<int>(prices_.size()), 0,
                  static_cast<int>(outputs_.size()), static_cast<int>(group.size())};
    RowsRead read(months, first_attributed);
    for (const KeptSum& sum : kept) read.add(sum);
    for (const int o : group) {
      const OutputPlan& plan = plans[static_cast<std::size_t>(o)];
      EvaluatedOutput out;
      out.output = o;
      const auto find = [&](const PeriodSum& period, int row, Summand of) { return sums.find(period, row, of); };
      find_sums(plan, find, out.sums);
      if (plan.kind == Kind::price_pct || plan.kind == Kind::volume_pct) {  // the two of a period share it
        auto same =
            std::find_if(prices.begin(), prices.end(), [&](const auto& price) { return same_price(price, out.sums); });
        if (same == prices.end()) same = prices.insert(same, out.sums);
        out.sums.log_price = {SumSource::From::kept, g.sums + static_cast<int>(same - prices.begin()), 0};
      }
      read.add(out.sums);
      outputs_.push_back(out);
    }
    g.first_months = static_cast<int>(months_.size());
    read.append_to(months_);
    g.months = static_cast<int>(months_.size()) - g.first_months;
    g.prices = static_cast<int>(prices.size());
    groups_.push_back(g);
    sums_.insert(sums_.end(), kept.begin(), kept.end());
    prices_.insert(prices_.end(), prices.begin(), prices.end());
    view_.most_kept = std::max({view_.most_kept, g.sums + g.prices, 1});
  }
  view_.plans = plans.data();
  view_.sums = {sums_.data(), static_cast<int>(sums_.size())};
  view_.prices = {prices_.data(), static_cast<int>(prices_.size())};
  view_.outputs = {outputs_.data(), static_cast<int>(outputs_.size())};
  view_.groups = {groups_.data(), static_cast<int>(groups_.size())};
  view_.months = {months_.data(), static_cast<int>(months_.size())};
}

}  // namespace plimsoll
