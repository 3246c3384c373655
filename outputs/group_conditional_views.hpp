/// \file
/// What a backtest of groups with the drivers that came says, as small tables that the terminal, Markdown and HTML
/// share.
#pragma once

#include <string>
#include <vector>

#include "outputs/language.hpp"
#include "outputs/score_table.hpp"
#include "sim/group_conditional_scores.hpp"

namespace plimsoll {

/// The total; all groups and each; driver by driver; parts of the misses; what every origin rested on.
std::vector<ScoreSection> group_conditional_sections(const GroupConditionalResults& results, Language language);

/// A sentence on the total, one on the groups, one on the origins whose elasticities are of the time.
std::vector<std::string> group_conditional_headlines(const GroupConditionalResults& results, Language language);

/// How to read the tables: which drivers, what is known when, units, errors.
std::string group_conditional_notes(const GroupConditionalResults& results, Language language);

std::string driver_title(KnownDriver driver, Language language);

}  // namespace plimsoll
