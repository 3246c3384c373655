/// \file
/// calibration.yaml: the head of a calibration.
#pragma once

#include <string>

#include "models/calibration.hpp"

namespace plimsoll {

/// Fills name, title, note, dates and the memory index. \throws InputError (data) with the place of every problem.
void read_calibration_yaml(const std::string& file, const std::string& text, Calibration& calibration);

}  // namespace plimsoll
