/// \file
/// The libraries this program was built with, for manifest and doctor.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace plimsoll {

/// Name and version, sorted by name.
std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace plimsoll
