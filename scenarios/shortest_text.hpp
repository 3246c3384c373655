/// \file
/// Shortest round-trip digits, appended to a text that grows: a table of a million numbers makes no string of each.
#pragma once

#include <string>

namespace plimsoll {

/// As shortest(value).
void add_shortest(double value, std::string& to);

}  // namespace plimsoll
