/// \file
/// Parameters of a trend's start in a calibration's table: the weight of the regression's slope, the level's error.
#pragma once

#include <string>
#include <vector>

#include "models/estimation/estimate_rows.hpp"
#include "models/estimation/forecast_errors.hpp"

namespace plimsoll {

/// Writes `[import_]trend_start_weight_frac` and `[import_]level_start_log` where the table has such rows; the weight
/// stays what it is when forecasts of 2013-2019 are too few to measure it.
/// \param prefix "" or "import_"; \param table of the flow; \param exports parameters.csv, whose gain and damping hold
/// for both flows.
void write_trend_start(TableText& table, const TableText& exports, const std::string& prefix,
                       const MonthlySeries& levels, const TotalTrend& total, int window_months,
                       std::vector<EstimateRow>& rows);

/// Variance of the level at as_of that forecasts start with; 0 where the table has no such parameter.
double start_level_variance(const TableText& table, const std::string& prefix, const TotalTrend& total);

}  // namespace plimsoll
