/// \file
/// A backtest of groups with the drivers that came as files, for scripts and for a terminal.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "outputs/terminal_table.hpp"
#include "sim/group_conditional_scores.hpp"

namespace plimsoll {

std::string group_conditional_scores_csv(const GroupConditionalResults& results);
std::string group_conditional_forecasts_csv(const GroupConditionalResults& results);
/// One row a part of a forecast's miss: each driver, what they change together beyond that, what is left.
std::string group_conditional_misses_csv(const GroupConditionalResults& results);
/// Means of these parts by group and window.
std::string group_conditional_means_csv(const GroupConditionalResults& results);
/// What was known of the drivers at each origin and what came.
std::string group_conditional_drivers_csv(const GroupConditionalResults& results);
/// Origins with their drivers, scores, means and misses with the names of the columns; ends with a newline.
std::string group_conditional_json(const GroupConditionalResults& results);

std::string group_conditional_table(const GroupConditionalResults& results, Language language,
                                    const TerminalStyle& style);

}  // namespace plimsoll
