/// \file
/// Which outputs a run computes: series, periods, and what each row of the tables is.
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "sim/output_plan.hpp"
#include "sim/results.hpp"

namespace plimsoll {

/// What one output is: a row of summary.csv or contributions.csv.
struct OutputLabel {
  enum class Table { summary, contributions } table = Table::summary;
  std::string series;   ///< summary: series id; contributions: the series contributed to
  std::string by, key;  ///< contributions
  Period period;
  std::string unit;
};

struct OutputSelection {
  std::vector<OutputPlan> plans;
  std::vector<OutputLabel> labels;
};

/// Observed value of a series (0 total, then products, then markets) in a month, USD bn.
double observed(const Calibration& calibration, int series, Month month);

/// Periods with at least one simulated month, all months known or simulated.
std::vector<Period> reported_periods(Month as_of, Month horizon, bool single_lunar_months);

/// All outputs that match the scenario's report.series (contributions come with exports.total.yoy).
OutputSelection select_outputs(const Scenario& scenario, const Calibration& calibration);

/// `*` matches any run of characters.
bool matches_pattern(const std::string& pattern, const std::string& text);

}  // namespace plimsoll
