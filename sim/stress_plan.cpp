#include "sim/stress_plan.hpp"

#include <algorithm>

namespace plimsoll {

namespace {

constexpr const char* kGrowth = "exports.total.yoy";
constexpr const char* kValue = "exports.total.value";

class Planner {
 public:
  Planner(const OutputSelection& all, std::vector<Problem>& problems) : all_(all), places_(all), problems_(problems) {}

  /// The cell's number; a problem, and 0, when nothing computes it.
  int add(const CellName& name, const Place& place, const std::string& path) {
    if (const int known = plan.cell(name); known >= 0) return known;
    const std::optional<std::size_t> found = places_.find(name);
    if (!found) {
      refuse(name, place, path);
      return 0;
    }
    plan.cells.push_back(name);
    plan.units.push_back(all_.labels[*found].unit);
    plan.periods.push_back(all_.labels[*found].period);
    return static_cast<int>(plan.cells.size()) - 1;
  }
  /// The same of what may be missing; -1 then.
  int add_if_there(const CellName& name) { return places_.find(name) ? add(name, {}, "") : -1; }
  EventPlan event(const JointEvent& event, const Place& place, const std::string& path) {
    EventPlan out{{}, to_string(event)};
    for (const Condition& c : event.conditions) out.parts.push_back({add(c.cell, place, path), c.side, c.threshold});
    return out;
  }
  StressPlan plan;

 private:
  void refuse(const CellName& name, const Place& place, const std::string& path) {
    const bool told = std::any_of(problems_.begin(), problems_.end(), [&](const Problem& p) {
      return place.line > 0 && to_string(p.place) == to_string(place);  // an exposure's series in another year
    });
    if (told) return;
    problems_.push_back(places_.missing(name, place, path));
  }

  const OutputSelection& all_;
  CellIndex places_;
  std::vector<Problem>& problems_;
};

/// Growth of exports in the last whole year, or in the last period that there is.
CellName usual_headline(const OutputSelection& all) {
  CellName last;
  bool is_year = false;
  for (const OutputLabel& label : all.labels) {
    if (label.table != OutputLabel::Table::summary || label.series != kGrowth) continue;
    const bool year = label.period.frequency == Frequency::year;
    if (is_year && !year) continue;
    last = cell_of(label);
    is_year = is_year || year;
  }
  return last;
}

/// Years and quarters of total exports and drivers: losses, severity, the table by quarter.
void add_usual_cells(const OutputSelection& all, const CellName& headline, Planner& planner) {
  StressPlan& plan = planner.plan;
  plan.differences.push_back(plan.headline);
  for (const OutputLabel& label : all.labels) {
    if (label.table != OutputLabel::Table::summary) continue;
    const bool driver = label.series.starts_with("driver."), value = label.series == kValue;
    if (!driver && !value && label.series != kGrowth) continue;
    if (label.period.frequency == Frequency::quarter) plan.quarters.push_back(planner.add(cell_of(label), {}, ""));
    if (label.period.frequency != Frequency::year || label.series == kGrowth) continue;
    const int cell = planner.add(cell_of(label), {}, "");
    (value ? plan.differences : plan.drivers).push_back(cell);
    if (driver) plan.joint_drivers.push_back(cell);
  }
  if (headline.series != kGrowth) return;
  for (const char* driver : {"foreign_demand", "tariff"}) {
    const int cell = planner.add_if_there({kGrowth + (kContribution + std::string(driver)), headline.period});
    if (cell < 0) continue;
    plan.drivers.push_back(cell);
    if (driver == std::string("foreign_demand")) plan.joint_drivers.push_back(cell);
  }
}

MonthlyExports history_of(const Calibration& calibration, Month horizon) {
  const ReportedSeries total = reported_series(calibration).front();
  MonthlyExports history{calibration.as_of - 24, {}, calibration.as_of};
  history.first = std::max(history.first, calibration.detail_from);
  for (Month m = history.first; m <= calibration.as_of; m = m + 1)
    history.values.push_back(observed(calibration, total, m));
  history.values.resize(static_cast<std::size_t>(horizon - history.first + 1));
  return history;
}

}  // namespace

int StressPlan::cell(const CellName& name) const {
  const auto found = std::find(cells.begin(), cells.end(), name);
  return found == cells.end() ? -1 : static_cast<int>(found - cells.begin());
}

std::vector<std::string> StressPlan::series_patterns() const {
  std::vector<std::string> patterns;
  for (const CellName& cell : cells) {
    const std::string pattern = cell.series.substr(0, cell.series.find('/')) + "@" + cell.period;
    if (std::find(patterns.begin(), patterns.end(), pattern) == patterns.end()) patterns.push_back(pattern);
  }
  return patterns;
}

std::vector<std::string> StressPlan::contribution_patterns() const {
  std::vector<std::string> patterns;
  for (const CellName& cell : cells) {
    const std::string pattern = "driver@" + cell.period;
    const bool is_new = std::find(patterns.begin(), patterns.end(), pattern) == patterns.end();
    if (cell.series.find('/') != std::string::npos && is_new) patterns.push_back(pattern);
  }
  return patterns.empty() ? std::vector<std::string>{"none"} : patterns;
}

StressPlan plan_stress(const StressSuite& suite, const std::vector<SuiteGate>& gates, const Scenario& baseline,
                       const Calibration& calibration, const OutputSelection& all) {
  std::vector<Problem> problems;
  Planner planner(all, problems);
  StressPlan& plan = planner.plan;
  const CellName headline = suite.headline.empty() ? usual_headline(all) : suite.headline.front().cell;
  plan.headline = planner.add(headline, suite.headline.empty() ? Place{} : suite.headline.front().place, "headline");
  for (std::size_t k = 0; k < suite.thresholds.size(); ++k)
    plan.events.push_back(
        planner.event(suite.thresholds[k].event, suite.thresholds[k].place, "thresholds[" + std::to_string(k) + "]"));
  for (std::size_t k = 0; k < gates.size(); ++k) {
    const Statistic& statistic = gates[k].gate.statistic;
    const std::string path = gates[k].place.line > 0 ? "fail_if[" + std::to_string(k) + "]" : "--fail-if";
    if (statistic.kind == Statistic::Kind::probability)
      plan.events.push_back(planner.event(statistic.event, gates[k].place, path));
    else
      planner.add(statistic.cell, gates[k].place, path);
    plan.gates.push_back(gates[k].gate);
  }
  for (std::size_t k = 0; k < suite.outputs.size(); ++k)
    plan.outputs.push_back(
        planner.add(suite.outputs[k].cell, suite.outputs[k].place, "outputs[" + std::to_string(k) + "]"));
  for (const Exposure& exposure : suite.exposures) {
    for (const OutputLabel& label : all.labels) {
      const bool year = label.period.frequency == Frequency::year;
      if (label.table != OutputLabel::Table::summary || label.series != kGrowth || !year) continue;
      ExposurePlan out{exposure.name, to_string(label.period), {}, {}};
      for (const Exposure::Part& part : exposure.parts) {
        out.cell.push_back(planner.add({part.series + ".yoy", out.period}, part.place, "id"));
        out.weight_frac.push_back(part.weight_frac);
      }
      plan.exposures.push_back(std::move(out));
    }
  }
  if (!problems.empty()) {
    const auto all_are = [&](auto is) { return std::all_of(problems.begin(), problems.end(), is); };
    const bool typed = all_are([](const Problem& p) { return p.place.line == 0; });
    const bool data = all_are([](const Problem& p) { return p.place.file.ends_with(".csv"); });
    throw InputError(typed ? InputKind::usage : data ? InputKind::data : InputKind::scenario, problems);
  }
  add_usual_cells(all, headline, planner);
  plan.history = history_of(calibration, baseline.horizon);
  plan.recovery_tolerance_pct = suite.recovery_tolerance_pct;
  plan.order = suite.order;
  return plan;
}

std::vector<OutputPlan> outputs_of_cells(const StressPlan& plan, const OutputSelection& outputs,
                                         const std::string& scenario) {
  const CellIndex found(outputs);
  std::vector<OutputPlan> plans;
  for (const CellName& cell : plan.cells) {
    const std::optional<std::size_t> place = found.find(cell);
    if (!place)
      throw InputError(InputKind::scenario, {{{scenario},
                                              "",
                                              "the scenario does not compute " + to_string(cell),
                                              "all scenarios of a suite report the same cells",
                                              "give it the baseline's horizon, calibration and sets"}});
    plans.push_back(outputs.plans[*place]);
  }
  return plans;
}

ReportSpec everything_reported() {
  ReportSpec report;
  report.contributions = {"driver"};
  report.single_lunar_months = true;
  return report;
}

}  // namespace plimsoll
