/// \file
/// What has been observed: growth and values of every series and levels of the drivers, beside the forecast in charts.
#pragma once

#include <vector>

#include "models/calibration.hpp"
#include "sim/results.hpp"

namespace plimsoll {

/// Months (January and February as one), quarters and years that end by as_of and begin at most six calendar years
/// before its year. Series have `.value`, `.yoy` where the year before is known, and `balance` the difference of both
/// flows. Import goods that customs does not print for a month have no row that needs it. Drivers have `.level`: prices
/// by month and the means of quarters and years, capex as reported, by quarter and year.
std::vector<HistoryRow> observed_history(const Calibration& calibration);

}  // namespace plimsoll
