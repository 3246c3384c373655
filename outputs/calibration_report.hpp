/// \file
/// What `calibrate` tells: which priors the data moved and by how much, what is of the data alone, what stayed.
#pragma once

#include <string>

#include "models/estimation/calibrate.hpp"

namespace plimsoll {

/// For a terminal: moved priors with mean and sd before and after; the rest by parameter.
std::string calibration_table(const CalibrationMade& made);
/// The same rows as estimates.csv, as JSON.
std::string calibration_json(const CalibrationMade& made);

}  // namespace plimsoll
