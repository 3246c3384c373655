/// \file
/// What a backtest of product groups comes to, as small tables that the terminal, Markdown and HTML share.
#pragma once

#include <string>
#include <vector>

#include "outputs/language.hpp"
#include "outputs/score_table.hpp"
#include "sim/group_scores.hpp"

namespace plimsoll {

/// Models over all groups; models on the total; our model group by group; what every origin rested on.
std::vector<ScoreSection> group_sections(const GroupResults& results, Language language);

/// How many forecasts, the CRPS of ours and of the pool, coverage.
std::string group_headline(const GroupResults& results, Language language);

/// How to read the tables, and why nothing is claimed.
std::string group_notes(const GroupResults& results, Language language);

}  // namespace plimsoll
