/// \file
/// calibration.yaml: the head of a calibration.
#pragma once

#include <string>

#include "models/calibration.hpp"

namespace plimsoll {

/// Two years: seasons of groups need each season twice.
inline constexpr int kLeastWindowMonths = 24;

/// Fills name, title, note, dates and the memory index. \throws InputError (data) with the place of every problem.
void read_calibration_yaml(const std::string& file, const std::string& text, Calibration& calibration,
                           int least_window_months = kLeastWindowMonths);

}  // namespace plimsoll
