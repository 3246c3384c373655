/// \file
/// Outputs of the drivers themselves: levels in their own unit, and the chance that one comes to a stated level.
#pragma once

#include <functional>
#include <string>

#include "models/calibration.hpp"
#include "sim/output_selection.hpp"

namespace plimsoll {

/// Adds `driver.NAME.level` by month, quarter and year, and for each of report.driver_thresholds whether the level is
/// past it in a month (`below`, `above`) and whether it has been by then (`fallen_to`, `risen_to`).
/// `selected` tells whether the report asks for a series.
void add_driver_outputs(const Scenario& scenario, const Calibration& calibration,
                        const std::function<bool(const std::string&)>& selected, OutputSelection& out);

/// The level that a threshold means: as given, or the driver's mean over the months it names.
double threshold_level(const DriverThreshold& threshold, const Calibration& calibration);

}  // namespace plimsoll
