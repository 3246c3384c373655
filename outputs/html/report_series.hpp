/// \file
/// The figures of a run's charts as JSON: fans, contributions, chances, the tail.
#pragma once

#include <nlohmann/json.hpp>

#include "outputs/html/report_names.hpp"

namespace plimsoll {

nlohmann::ordered_json series_json(const RunResults& results, ReportDetail detail, const BothLabels& labels,
                                   ReportPeriods& periods);
/// Splits of growth; those whose parts sum to it can be stacked.
nlohmann::ordered_json contributions_json(const RunResults& results, ReportDetail detail, const BothLabels& labels,
                                          ReportPeriods& periods);
/// Chances by series, event and threshold. What is above a threshold is the rest of what is below.
nlohmann::ordered_json chances_json(const RunResults& results, ReportDetail detail, const BothLabels& labels,
                                    ReportPeriods& periods);
nlohmann::ordered_json tail_json(const TailResult& tail, const BothLabels& labels, ReportPeriods& periods);

}  // namespace plimsoll
