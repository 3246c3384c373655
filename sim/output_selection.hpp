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
  enum class Table { summary, contributions, probabilities } table = Table::summary;
  std::string series;   ///< summary: series id; contributions: the series contributed to
  std::string by, key;  ///< contributions; probabilities: the event is in `by`
  Period period;
  std::string unit;
  double threshold = 0;  ///< probabilities
};

struct OutputSelection {
  std::vector<OutputPlan> plans;
  std::vector<OutputLabel> labels;
};

enum class Flow { exports, imports };

/// A series: the total, a product, a market, an aggregate.
struct ReportedSeries {
  Flow flow = Flow::exports;
  std::string name;                                   ///< exports.total, exports.product.memory, exports.chain.ai
  int row = 0;                                        ///< row group of Workspace::value
  int price_piece = -1;                               ///< row group of Workspace::piece with its price, or -1
  std::vector<double> product_weight, market_weight;  ///< imports have no markets
};
/// All series, in the order of Workspace::value: exports, the first of them the total, then imports likewise. `shocks`:
/// number of the scenario's generic shocks, whose pieces stand between those of the two flows.
std::vector<ReportedSeries> reported_series(const Calibration& calibration, int shocks = 0);

/// Observed value of a series in a month, USD bn.
double observed(const Calibration& calibration, const ReportedSeries& series, Month month);

/// Periods with at least one simulated month, all months known or simulated.
std::vector<Period> reported_periods(Month as_of, Month horizon, bool single_lunar_months);

/// All outputs that match the scenario's report.series (contributions come with exports.total.yoy).
OutputSelection select_outputs(const Scenario& scenario, const Calibration& calibration);

/// Whether the scenario's report.frequencies names periods of this length.
bool reports(const ReportSpec& spec, Frequency frequency);

/// `*` matches any run of characters, `?` any one.
bool matches_pattern(const std::string& pattern, const std::string& text);

}  // namespace plimsoll
