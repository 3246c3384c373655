#include "models/estimation/estimation_plan.hpp"

#include "models/calibration_table.hpp"
#include "models/estimation/trade_history.hpp"

namespace plimsoll {
namespace {

const std::string kFolder = "estimation/";

/// Reads one table and checks that its rows were known in time.
class PlanTable {
 public:
  PlanTable(const TableFiles& files, const std::string& folder, const std::string& file, Date known_on,
            std::vector<Problem>& problems)
      : problems_(problems), name_(folder + "/" + kFolder + file) {
    const auto place = files.find(kFolder + file);
    if (place == files.end()) return;
    table_ = TableText(place->second, name_);
    for (std::size_t r = 0; r < table_.rows(); ++r) {
      const std::optional<Date> known = parse_date(table_.at(r, "known_from"));
      if (known && *known <= known_on) continue;
      problems_.push_back(problem_at({name_, static_cast<int>(r) + 2, 0}, "known_from",
                                     "'" + table_.at(r, "known_from") + "' is no day up to known_on",
                                     "a calibration holds only what was known on its day", "remove the row"));
    }
  }
  std::size_t rows() const { return table_.rows(); }
  const std::string& text(std::size_t r, const char* column) const { return table_.at(r, column); }
  double number(std::size_t r, const char* column) const { return table_.number(r, column); }
  Month month(std::size_t r, const char* column) const { return table_.month(r, column); }
  void problem(std::size_t r, const char* column, const std::string& what, const std::string& hint) const {
    problems_.push_back(problem_at({name_, static_cast<int>(r) + 2, 0}, column, what, "", hint));
  }

 private:
  std::vector<Problem>& problems_;
  std::string name_;
  TableText table_;
};

using Noise = ComponentPlan::Noise;

Noise noise_of(const PlanTable& t, std::size_t r) {
  const std::string& noise = t.text(r, "noise");
  if (noise != "own" && noise != "apart" && noise != "median")
    t.problem(r, "noise", "'" + noise + "' is no way to tell noise", "write own, apart or median");
  return noise == "median" ? Noise::median : noise == "apart" ? Noise::apart : Noise::own;
}

void read_components(const PlanTable& t, EstimationPlan& plan) {
  for (std::size_t r = 0; r < t.rows(); ++r) {
    ComponentPlan one;
    one.dimension = t.text(r, "dimension");
    one.id = t.text(r, "id");
    one.series = t.text(r, "series");
    one.memory_log = t.number(r, "memory_log");
    one.memory_price_log = t.number(r, "memory_price_log");
    one.us_tariff_log = t.number(r, "us_tariff_log");
    one.noise = noise_of(t, r);
    one.most_level_frac = t.number(r, "most_level_frac");
    one.note = t.text(r, "note");
    plan.components.push_back(one);
  }
}

void read_measured(const PlanTable& t, EstimationPlan& plan) {
  for (std::size_t r = 0; r < t.rows(); ++r) {
    MeasuredLoading one;
    one.product = t.text(r, "product");
    one.driver = t.text(r, "driver");
    if (one.driver != "memory_price") t.problem(r, "driver", "only memory_price is measured so", "remove the row");
    one.prior_mean = t.number(r, "prior_mean");
    one.prior_sd = t.number(r, "prior_sd");
    if (!(one.prior_sd > 0)) t.problem(r, "prior_sd", "an sd is above 0", "");
    one.prior_from = t.text(r, "prior_from");
    one.net_of_capex_log = t.number(r, "net_of_capex_log");
    one.from = t.month(r, "from");
    one.se_factor = t.number(r, "se_factor");
    one.least_se = t.number(r, "least_se");
    plan.measured.push_back(one);
  }
}

void read_imports(const PlanTable& components, const PlanTable& periods, EstimationPlan& plan) {
  for (std::size_t r = 0; r < components.rows(); ++r) {
    ImportComponentPlan one;
    one.id = components.text(r, "id");
    one.series = components.text(r, "series");
    one.memory_log = components.number(r, "memory_log");
    one.oil_log = components.number(r, "oil_log");
    one.oil_lag_months = components.number(r, "oil_lag_months");
    one.noise = noise_of(components, r);
    one.most_level_frac = components.number(r, "most_level_frac");
    one.note = components.text(r, "note");
    plan.import_components.push_back(one);
  }
  for (std::size_t r = 0; r < periods.rows(); ++r) {
    const MonthSpan one{periods.month(r, "first"), periods.month(r, "last")};
    if (one.last < one.first) periods.problem(r, "last", "the period ends before it begins", "");
    plan.import_periods[periods.text(r, "series")].push_back(one);
  }
}

void read_series(const PlanTable& t, const char* name, const char* value, std::map<std::string, MonthlySeries>& into) {
  for (std::size_t r = 0; r < t.rows(); ++r) {
    MonthlySeries& series = into[t.text(r, name)];
    const Month month = t.month(r, "month");
    if (series.values.empty())
      series.from = month;
    else if (month != series.last() + 1)
      t.problem(r, "month", "the month does not follow the one before", "sort the rows; no gaps");
    series.values.push_back(t.number(r, value));
  }
}

ErrorsOf errors_of(const PlanTable& t, std::size_t r) {
  const std::string& name = t.text(r, "value");
  if (name != "expanding_fit" && name != "whole_sample_fit")
    t.problem(r, "value", "'" + name + "' is no way to count errors", "write expanding_fit or whole_sample_fit");
  return name == "expanding_fit" ? ErrorsOf::expanding_fit : ErrorsOf::whole_sample_fit;
}

void read_settings(const PlanTable& t, EstimationPlan& plan) {
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string& name = t.text(r, "setting");
    if (name == "memory_lag_months")
      plan.memory_lag_months = t.number(r, "value");
    else if (name == "memory_trend_until")
      plan.memory_trend_until = t.month(r, "value");
    else if (name == "released_periods")
      plan.released_periods = static_cast<int>(t.number(r, "value"));
    else if (name == "forecast_errors")
      plan.errors = errors_of(t, r);
    else if (name == "explicit_driver_sd_pp")
      plan.explicit_driver_sd_pp[t.text(r, "key")] = t.number(r, "value");
    else if (name == "explicit_import_driver_sd_pp")
      plan.explicit_import_driver_sd_pp[t.text(r, "key")] = t.number(r, "value");
    else
      t.problem(r, "setting", "unknown setting '" + name + "'", "remove it");
  }
}

}  // namespace

ComponentPlan EstimationPlan::component(const std::string& dimension, const std::string& id) const {
  for (const ComponentPlan& one : components) {
    if (one.dimension == dimension && one.id == id) return one;
  }
  ComponentPlan plain;
  plain.dimension = dimension;
  plain.id = id;
  plain.series = id;
  return plain;
}

MonthlySeries EstimationPlan::driver(const TableFiles& files, const std::string& folder, const std::string& name,
                                     Month until) const {
  MonthlySeries series = read_driver(files, folder, name).until(until);
  const auto digits = driver_digits.find(name);
  if (digits == driver_digits.end()) return series;
  for (const auto& [month, value] : digits->second) {
    if (series.holds(month)) series.values[static_cast<std::size_t>(month - series.from)] = value;
  }
  return series;
}

EstimationPlan read_estimation_plan(const TableFiles& files, const std::string& folder, Date known_on) {
  EstimationPlan plan;
  plan.memory_trend_until = Month::of(2025, 4);
  std::vector<Problem> problems;
  const auto table = [&](const char* file) { return PlanTable(files, folder, file, known_on, problems); };
  read_components(table("components.csv"), plan);
  read_measured(table("regressions.csv"), plan);
  read_settings(table("settings.csv"), plan);
  read_series(table("offsets.csv"), "offset", "value", plan.offsets);
  read_series(table("import_line_digits.csv"), "series", "value_usd_bn", plan.import_line_digits);
  const PlanTable digits = table("driver_digits.csv");
  for (std::size_t r = 0; r < digits.rows(); ++r)
    plan.driver_digits[digits.text(r, "driver")][digits.month(r, "period")] = digits.number(r, "value");
  read_imports(table("import_components.csv"), table("import_periods.csv"), plan);
  table("priors.csv");  // only its days; prior_table.cpp puts it back
  table("import_as_exports.csv");
  const PlanTable upswings = table("memory_upswings.csv");
  for (std::size_t r = 0; r < upswings.rows(); ++r)
    plan.upswings.push_back({upswings.number(r, "months_up"), upswings.number(r, "rise_multiple")});
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  return plan;
}

}  // namespace plimsoll
