/// \file
/// The files of a calibration: their bytes by name, and one hash over all of them.
#pragma once

#include <map>
#include <string>

namespace plimsoll {

/// calibration.yaml and the tables (*.csv) of calibration `name`, by file name: from `folder`/NAME when that is a
/// folder, else what ships. Empty when there is no such calibration.
std::map<std::string, std::string> calibration_files(const std::string& name, const std::string& folder);

/// SHA-256 over names, sizes and bytes, in the order of the names.
std::string hash_of_files(const std::map<std::string, std::string>& files);

}  // namespace plimsoll
