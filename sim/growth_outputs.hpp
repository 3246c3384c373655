/// \file
/// Outputs about the year under way (carry-over, what its rest must bring) and about the change of growth from one
/// release to the next (momentum and base effect). Formulas: docs/theory/measures.md.
#pragma once

#include <functional>
#include <string>

#include "models/calibration.hpp"
#include "sim/output_selection.hpp"

namespace plimsoll {

/// Adds the measures `.carry_over`, `.locked_in`, `.rest_of_year`, `.yoy_change`, `.momentum` and `.base_effect` of a
/// total, and for each of report.thresholds_pct the growth that the rest of the year needs.
/// `selected` tells whether the report asks for a series.
void add_growth_outputs(const Scenario& scenario, const Calibration& calibration, const ReportedSeries& total,
                        const std::function<bool(const std::string&)>& selected, OutputSelection& out);

/// The change of growth from the release before to `now` (a month, or January and February), or one of its two parts.
OutputPlan growth_change(OutputPlan::Kind kind, const Calibration& calibration, const ReportedSeries& total,
                         const Period& now);

/// Sum of a series over months: what is observed, and the simulated months after as_of.
PeriodSum period_sum_of(const Calibration& calibration, const ReportedSeries& series, Month first, Month last);

}  // namespace plimsoll
