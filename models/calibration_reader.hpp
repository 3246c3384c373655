/// \file
/// Reads a calibration folder, checks every row and fits the product x market history.
#pragma once

#include <map>
#include <string>

#include "models/calibration.hpp"
#include "models/calibration_yaml.hpp"
#include "scenarios/scenario_reader.hpp"

namespace plimsoll {

/// Loads the calibration `name`: from `folder`/NAME when that is given and exists (a calibrations folder beside a
/// scenario), else the shipped one. \throws InputError (data, exit 4) with every problem found.
Calibration load_calibration(const std::string& name, const std::string& folder = "");

/// The same from its files in memory (bytes by name). \throws InputError (data)
Calibration read_calibration(const std::string& name, std::map<std::string, std::string> files,
                             int least_window_months = kLeastWindowMonths);

/// The names and dates that scenarios may refer to.
IdCatalog catalog_of(const Calibration& calibration);

/// Names of the calibrations that ship.
std::vector<std::string> shipped_calibrations();

}  // namespace plimsoll
