/// \file
/// A waterfall on a terminal: every part begins where the one before it ended, the sum at last begins at zero.
#pragma once

#include <string>
#include <vector>

namespace plimsoll {

struct Waterfall {
  std::vector<std::string> bars;  ///< of each part, without trailing blanks; empty texts when nothing can be drawn
  std::string total;              ///< the bar of the sum
  std::string axis;               ///< round numbers under the bars
};

/// Parts that add are drawn dark, parts that take away light, zero as a line. Where the first part is so large that the
/// others would be a dot at its end, the axis leaves out what lies between zero and them; bars that cross the gap are
/// marked with ≈.
Waterfall draw_waterfall(const std::vector<double>& steps, double sum, int width);

}  // namespace plimsoll
