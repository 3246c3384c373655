/// \file
/// What a report holds of a run and of a comparison, as JSON that its script reads.
#pragma once

#include <nlohmann/json.hpp>

#include "outputs/html/report.hpp"
#include "outputs/html/report_periods.hpp"
#include "outputs/run_folder.hpp"

namespace plimsoll {

/// All series that a chart can show, or those of many scenarios side by side.
enum class ReportDetail { full, brief };

nlohmann::ordered_json run_json(const RunResults& results, const RunContext& context, ReportDetail detail,
                                ReportPeriods& periods);

/// Which observed figures a run starts from; runs of one calibration share them.
std::string history_key(const RunContext& context);
/// Adds the observed figures of the series that the run shows to `history`: series id -> [[period, value], ..].
void add_history(const RunResults& results, ReportPeriods& periods, nlohmann::ordered_json& history);

nlohmann::ordered_json comparison_json(const ReportedComparison& comparison, ReportPeriods& periods);

/// Figures for the eye: six significant digits, more than any table prints; errors three. Null when there is no number.
nlohmann::ordered_json figure(double value);
nlohmann::ordered_json error_figure(double se);

}  // namespace plimsoll
