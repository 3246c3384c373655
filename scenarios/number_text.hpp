/// \file
/// Numbers as text: shortest round-trip digits out, whole finite numbers in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll {

/// The shortest text that reads back as the same double; -0 is written 0.
std::string shortest(double value);
/// The same, appended: a table of a million numbers makes no string of each.
void add_shortest(double value, std::string& to);
/// The whole of `text` as a finite number; nullopt otherwise.
std::optional<double> parse_double(std::string_view text);

}  // namespace plimsoll
