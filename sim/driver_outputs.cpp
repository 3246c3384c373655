#include "sim/driver_outputs.hpp"

#include <cmath>

namespace plimsoll {

namespace {

/// A driver as Workspace::driver holds it: row group, reference of its logarithms, how months make a longer period.
struct ReportedDriver {
  const char* name;
  int row;
  const char* unit;
  bool is_flow;  ///< months add up; otherwise a period is their mean
};
constexpr ReportedDriver kReported[] = {{"capex", 0, "usd_bn", true},
                                        {"memory_price", 1, "index", false},
                                        {"oil_price", 2, "usd_per_bbl", false},
                                        {"exchange_rate", 3, "cny_per_usd", false}};

const DriverHistory& history_of(const std::string& driver, const Calibration& c) {
  return c.drivers.at(driver == "memory_price" ? "memory_price." + c.memory_index : driver);
}

/// Level at which the row is 0: monthly mean of the last reported quarter of capex, else the level at as_of.
double reference_level(const ReportedDriver& driver, const Calibration& c) {
  if (!driver.is_flow) return history_of(driver.name, c).at(c.as_of);
  double sum = 0;
  for (const auto& [firm, history] : c.capex) sum += history.level.back() / 3;
  return sum;
}

/// Every month by itself (prices have no new-year season), quarters and years that end after as_of.
std::vector<Period> driver_periods(Month as_of, Month horizon) {
  std::vector<Period> periods;
  for (Month m = as_of + 1; m <= horizon; m = m + 1) periods.push_back({Frequency::month, m, m});
  for (Month m = as_of + 1; m <= horizon; m = m + 1) {
    if (m.month() % 3 == 0) periods.push_back({Frequency::quarter, m - 2, m});
  }
  for (Month m = as_of + 1; m <= horizon; m = m + 1) {
    if (m.month() == 12) periods.push_back({Frequency::year, m - 11, m});
  }
  return periods;
}

/// `reference`: the level at which the driver's row is 0.
void add_level(const ReportedDriver& driver, double reference, const std::string& series, const Scenario& scenario,
               const Calibration& c, OutputSelection& out) {
  for (const Period& period : driver_periods(c.as_of, scenario.horizon)) {
    if (!reports(scenario.report, period.frequency)) continue;
    OutputPlan plan;
    plan.kind = OutputPlan::Kind::driver_level;
    plan.series = driver.row;
    plan.now.from = period.first - c.as_of;
    plan.now.to = period.last - c.as_of;
    plan.scale = reference / (driver.is_flow ? 1 : period.last - period.first + 1);
    out.plans.push_back(plan);
    out.labels.push_back({OutputLabel::Table::summary, series, "", "", period, driver.unit});
  }
}

void add_threshold(const ReportedDriver& driver, const std::string& series, const DriverThreshold& threshold,
                   const Scenario& scenario, const Calibration& c, OutputSelection& out) {
  const double level = threshold_level(threshold, c);
  const bool above = threshold.side == DriverThreshold::Side::above;
  for (const bool ever : {false, true}) {
    for (Month m = c.as_of + 1; m <= scenario.horizon; m = m + 1) {
      OutputPlan plan;
      plan.kind = OutputPlan::Kind::driver_passed;
      plan.series = driver.row;
      plan.now.from = ever ? 1 : m - c.as_of;
      plan.now.to = m - c.as_of;
      plan.scale = above ? -1 : 1;
      plan.threshold_log = plan.scale * std::log(level / reference_level(driver, c));
      const char* event = ever ? (above ? "risen_to" : "fallen_to") : (above ? "above" : "below");
      out.plans.push_back(plan);
      out.labels.push_back(
          {OutputLabel::Table::probabilities, series, event, "", {Frequency::month, m, m}, driver.unit, level});
    }
  }
}

}  // namespace

double threshold_level(const DriverThreshold& threshold, const Calibration& c) {
  if (threshold.level) return *threshold.level;
  double sum = 0;
  for (Month m = threshold.from; m <= threshold.to; m = m + 1) sum += history_of(threshold.driver, c).at(m);
  return sum / (threshold.to - threshold.from + 1);
}

void add_driver_outputs(const Scenario& scenario, const Calibration& c,
                        const std::function<bool(const std::string&)>& selected, OutputSelection& out) {
  for (const ReportedDriver& driver : kReported) {
    const std::string series = "driver." + std::string(driver.name) + ".level";
    if (!selected(series)) continue;
    add_level(driver, reference_level(driver, c), series, scenario, c, out);
    for (const DriverThreshold& threshold : scenario.report.driver_thresholds) {
      if (threshold.driver == driver.name && reports(scenario.report, Frequency::month))
        add_threshold(driver, series, threshold, scenario, c, out);
    }
  }
  constexpr int kFirstDeclaredRow = 5;
  for (std::size_t d = 0; d < c.declared_drivers.size(); ++d) {
    const ReportedDriver driver{c.declared_drivers[d].id.c_str(), kFirstDeclaredRow + static_cast<int>(d), "index",
                                false};
    const std::string series = "driver." + c.declared_drivers[d].id + ".level";
    if (selected(series)) add_level(driver, 1, series, scenario, c, out);
  }
}

}  // namespace plimsoll
