#include "sim/stress.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/driver_severity.hpp"

namespace plimsoll {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kP05 = 1;

class Filler {
 public:
  Filler(const StressPlan& plan, const JointRun& baseline, const JointRun& own, StressScenario& out)
      : plan_(plan), baseline_(baseline), own_(own), places_(plan, &baseline != &own), out_(out) {}

  void fill(std::size_t thresholds) {
    out_.statistics = own_.statistics;
    out_.headline = cell(plan_.headline).distribution();
    for (std::size_t e = 0; e < thresholds; ++e) out_.thresholds.push_back(probability(e));
    fill_rows();
    fill_gates(thresholds);
    for (const int c : plan_.quarters) out_.quarters.push_back(cell_row("level", c));
    for (std::size_t e = 0; e < plan_.exposures.size(); ++e)
      out_.exposures.push_back({"exposure", plan_.exposures[e].name, plan_.exposures[e].period, "pct",
                                own_.estimates[places_.exposures + e].distribution()});
    for (const int c : plan_.drivers) {
      SeverityRow row = severity_of(baseline_.estimates[static_cast<std::size_t>(c)], cell(c));
      const CellName& name = plan_.cells[static_cast<std::size_t>(c)];
      row.series = name.series;
      row.period = name.period;
      row.unit = plan_.units[static_cast<std::size_t>(c)];
      out_.drivers.push_back(row);
    }
    out_.joint = joint_severity(baseline_.drivers, own_.drivers);
  }

 private:
  const Estimate& cell(int c) const { return own_.estimates[static_cast<std::size_t>(c)]; }

  StressRow cell_row(const std::string& measure, int c) const {
    const CellName& name = plan_.cells[static_cast<std::size_t>(c)];
    return {measure, name.series, name.period, plan_.units[static_cast<std::size_t>(c)], cell(c).distribution()};
  }
  void add(const std::string& measure, std::size_t figure, const std::string& series, const std::string& period,
           const std::string& unit) {
    out_.rows.push_back({measure, series, period, unit, own_.estimates[figure].distribution()});
  }

  /// One condition is read off its cell's distribution, as probabilities.csv does; several are counted.
  StressFigure probability(std::size_t event) const {
    const EventPlan& plan = plan_.events[event];
    if (plan.parts.size() > 1) {
      const Distribution d = own_.estimates[places_.events + event].distribution();
      return {d.mean, d.se_mean};
    }
    const Estimate::Figure below = cell(plan.parts[0].cell).probability_below(plan.parts[0].threshold);
    return {plan.parts[0].side == Side::below ? below.value : 1 - below.value, below.se};
  }

  void fill_rows() {
    const std::string span = to_string(plan_.history.as_of + 1) + ".." + to_string(plan_.history.last());
    const std::string total = "exports.total.value";
    std::vector<int> told{plan_.headline};
    for (const std::vector<int>* more : {&plan_.differences, &plan_.drivers, &plan_.outputs}) {
      for (const int c : *more) {
        if (std::find(told.begin(), told.end(), c) == told.end()) told.push_back(c);
      }
    }
    for (const int c : told) out_.rows.push_back(cell_row("level", c));
    add("peak_to_trough", places_.peak_to_trough, total, span, "pct");
    for (double& quantile : out_.rows.back().distribution.quantile)
      quantile = std::max(quantile, 0.0);  // the lowest bin reaches below it
    add("months_below_zero", places_.months_below, total, span, "months");
    round_months(out_.rows.back().distribution, std::numeric_limits<double>::infinity());
    if (&baseline_ == &own_) return;
    for (std::size_t d = 0; d < plan_.differences.size(); ++d) {
      const auto c = static_cast<std::size_t>(plan_.differences[d]);
      const std::string unit = plan_.units[c] == "pct" ? "pp" : plan_.units[c];
      add("difference", places_.differences + d, plan_.cells[c].series, plan_.cells[c].period, unit);
    }
    add("cumulative_difference", places_.cumulative, total, span, "usd_bn");
    add("cumulative_difference_pct", places_.cumulative_pct, total, span, "pct");
    add("hit", places_.hit, total, span, "probability");
    add("never_recovered", places_.never_recovered, total, span, "probability");
    add("recovery_months", places_.recovery_months, total, span, "months");
    Distribution& months = out_.rows.back().distribution;
    months.mean = months.sd = months.se_mean = months.se_sd = kUnknown;  // paths that do not recover have no number
    round_months(months, never_months(plan_));
  }
  /// Quantiles of whole months are whole; those among paths that do not recover are none.
  static void round_months(Distribution& d, double never) {
    for (std::size_t q = 0; q < d.quantile.size(); ++q) {
      d.quantile[q] = std::round(d.quantile[q]);
      if (d.quantile[q] >= never) d.quantile[q] = d.se_quantile[q] = kUnknown;
    }
  }

  void fill_gates(std::size_t thresholds) {
    std::size_t event = thresholds;
    for (const Gate& gate : plan_.gates) {
      GateOutcome outcome{gate, {}, false, false};
      const Statistic& s = gate.statistic;
      if (s.kind == Statistic::Kind::probability) {
        outcome.figure = probability(event++);
      } else {
        const Distribution d = cell(plan_.cell(s.cell)).distribution();
        if (s.kind == Statistic::Kind::mean) outcome.figure = {d.mean, d.se_mean};
        if (s.kind == Statistic::Kind::sd) outcome.figure = {d.sd, d.se_sd};
        for (std::size_t q = 0; s.kind == Statistic::Kind::quantile && q < kQuantileLevels.size(); ++q) {
          if (kQuantileLevels[q] == s.level) outcome.figure = {d.quantile[q], d.se_quantile[q]};
        }
      }
      const double x = outcome.figure.value;
      outcome.holds = gate.side == Side::below ? x < gate.value : x > gate.value;
      // What no path, or every path, does is known to 3/paths only (95%).
      const bool sure = s.kind == Statistic::Kind::probability && (x == 0 || x == 1);
      const double reach = sure ? 3.0 / static_cast<double>(out_.headline.paths) : 2 * outcome.figure.se;
      outcome.close = !(std::abs(x - gate.value) > reach);
      out_.gates.push_back(outcome);
    }
  }

  const StressPlan& plan_;
  const JointRun &baseline_, &own_;
  FigurePlaces places_;
  StressScenario& out_;
};

}  // namespace

void fill_scenario(const StressPlan& plan, std::size_t thresholds, const JointRun& baseline, const JointRun& own,
                   StressScenario& out) {
  Filler(plan, baseline, own, out).fill(thresholds);
}

void order_by_severity(StressSuite::Order order, std::vector<StressScenario>& scenarios) {
  if (scenarios.empty()) return;
  const auto key = [&](const StressScenario& s) {
    if (!s.failure.empty()) return std::numeric_limits<double>::infinity();
    return order == StressSuite::Order::mean ? s.headline.mean : s.headline.quantile[kP05];
  };
  std::stable_sort(scenarios.begin() + 1, scenarios.end(),
                   [&](const StressScenario& x, const StressScenario& y) { return key(x) < key(y); });
}

}  // namespace plimsoll
