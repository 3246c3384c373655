/// \file
/// Days between two dates of the ISO kind, for the age of a calibration.
#pragma once

#include <optional>
#include <string>

namespace plimsoll {

/// Days from `from` to `to` (2026-06-09; what follows the day is not read); nullopt when one is no date.
std::optional<int> days_between(const std::string& from, const std::string& to);

/// From this age on, in days, a calibration is called old: two monthly releases have come since.
inline constexpr int kOldCalibrationDays = 60;

}  // namespace plimsoll
