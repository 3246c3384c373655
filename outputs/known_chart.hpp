/// \file
/// Medians with drivers as expected and as they came beside what came, as a picture.
#pragma once

#include <string>
#include <vector>

#include "outputs/language.hpp"

namespace plimsoll {

/// By target; growth in percent.
struct KnownLines {
  std::vector<std::string> label;  ///< empty: none below this target
  std::vector<double> expected, came, actual;
  double largest_error = 0;  ///< Monte Carlo, of the medians
};

/// Empty with fewer than two targets.
std::string known_svg(const std::string& title, const KnownLines& lines, Language language);

}  // namespace plimsoll
