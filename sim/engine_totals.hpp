/// \file
/// The totals as the engine itself forecasts them: a calibration of one cell, fitted as of a past month, on which no
/// driver acts, run as any scenario is.
#pragma once

#include <vector>

#include "models/calibration.hpp"
#include "models/totals_filter.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// The filter's settings without what the engine's form cannot say: to it, a late new year in March, working days and
/// what a survey foretells are noise.
TotalsSettings engine_form(TotalsSettings settings);
/// Seasons as the totals model knows them, shocks and errors as a filter of the engine's form does.
TotalsTrend engine_trend(const TotalsTrend& totals, const TotalsTrend& engine);

/// Product `total`, market `world`, as of the month after the last of `monthly_usd_bn`, which starts in `from` (a
/// January). Trend window of 29 months, as the shipped calibrations; seasons and shocks as `trend` knew them then. The
/// regression's slope has the weight that these shocks give it.
Calibration one_cell_calibration(Month from, const std::vector<double>& monthly_usd_bn, const TotalsTrend& trend,
                                 const TotalsSettings& settings);

/// Growth in percent of every path for the next released periods, [h * paths + path]; replicates stand together.
std::vector<double> engine_growth(const Calibration& calibration, int horizons, int paths, std::uint64_t seed);

/// The series that the scenario reports, in its order, on every path for the next released periods: [(series * horizons
/// + h) * paths + path]; replicates stand together.
std::vector<double> period_paths(const Scenario& scenario, const Calibration& calibration, int horizons);

}  // namespace plimsoll
