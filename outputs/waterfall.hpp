/// \file
/// A waterfall on a terminal: every part begins where the one before it ended.
#pragma once

#include <string>
#include <vector>

namespace plimsoll {

/// Bars of `width` columns, one for each step from zero: full shade upward, light shade downward, a line at zero.
std::vector<std::string> waterfall_bars(const std::vector<double>& steps, int width);

}  // namespace plimsoll
