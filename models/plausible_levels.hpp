/// \file
/// Levels of drivers that no data suggest: a slip of the unit or of the decimal point, more often than a view.
#pragma once

#include <vector>

#include "models/calibration.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {

/// A level is told when it lies above this many times the highest of its history, or below the lowest over it.
inline constexpr double kImplausibleTimes = 10;

/// What the scenario states and a person should look at twice: levels and pins of drivers, capital spending. Medians of
/// distributions. Each with its path in the scenario; pins with their place.
std::vector<Problem> implausible_levels(const Scenario& scenario, const Calibration& calibration);

}  // namespace plimsoll
