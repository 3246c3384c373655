/// \file
/// What of a large suite stands on its memo's one page.
#pragma once

#include <vector>

#include "sim/stress_results.hpp"

namespace plimsoll {

/// Rows of a table that fit the page, beside the baseline's.
inline constexpr std::size_t kPageRows = 6;

/// The baseline and the worst scenarios; then those that are worst by one of the thresholds, so that the page never
/// hides the largest probability. All of a small suite, failed ones too.
std::vector<const StressScenario*> scenarios_on_the_page(const StressResults& results);

}  // namespace plimsoll
