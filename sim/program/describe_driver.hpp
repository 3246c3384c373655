/// \file
/// What a driver of a calibration is: its history, what responds to it, and where a scenario moves it.
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"

namespace plimsoll {

/// Drivers that can be described: capex, capex.amazon, memory_price, .., and those that the calibration declares.
std::vector<std::string> driver_names(const Calibration& calibration);

/// Several lines, or empty when `name` is no driver. `driver.oil_price.level` stands for oil_price.
std::string describe_driver(const Calibration& calibration, const std::string& name);

}  // namespace plimsoll
