/// \file
/// A number or a distribution from a short text, e.g. a CSV cell: `0.3` or `{triangular: [0.1, 0.3, 0.55]}`.
#pragma once

#include <string>
#include <vector>

#include "scenarios/input_error.hpp"
#include "scenarios/random_number.hpp"

namespace plimsoll {

/// Reads `text` as a scenario would; what is wrong with it is appended to `problems`, all at `place`, and 0 returned.
RandomNumber parse_random_number_text(const std::string& text, const Place& place, std::vector<Problem>& problems);

}  // namespace plimsoll
