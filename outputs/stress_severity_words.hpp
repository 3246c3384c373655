/// \file
/// How severe a scenario is, in sentences for the memo of a stress suite.
#pragma once

#include <string>

#include "outputs/labels.hpp"
#include "sim/stress_results.hpp"

namespace plimsoll {

/// "20% ±5.3": how ordinary the drivers' mean paths would be in the baseline.
std::string plausibility_words(const StressScenario& scenario, const Labels& labels);

/// How far the drivers lie from the baseline taken together, and what the variance of the headline is made of; each a
/// paragraph, where there are figures for it.
std::string severity_sentences(const StressResults& results, const StressScenario& scenario, const Labels& labels);

}  // namespace plimsoll
