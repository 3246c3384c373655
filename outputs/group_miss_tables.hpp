/// \file
/// Which driver accounts for how much of the misses of groups, as small tables; names of windows, runs and drivers.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "outputs/score_table.hpp"
#include "sim/group_conditional_scores.hpp"

namespace plimsoll {

/// The total by window; every group on the targets of 2026; the total forecast from the last December.
ScoreSection group_miss_section(const GroupConditionalResults& results, Language language);

std::string window_title(const std::string& window, Language language);
std::string known_model_title(const std::string& model, Language language);

}  // namespace plimsoll
