/// \file
/// A conditional backtest as files, for scripts and for a terminal.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "outputs/terminal_table.hpp"
#include "sim/conditional_scores.hpp"

namespace plimsoll {

std::string conditional_scores_csv(const ConditionalResults& results);
std::string conditional_forecasts_csv(const ConditionalResults& results);
/// One row a part of a miss: each driver, what they change together beyond that, what is left.
std::string conditional_misses_csv(const ConditionalResults& results);
/// What the forecasts of every origin rest on: elasticities and what was expected of the drivers.
std::string conditional_elasticities_csv(const ConditionalResults& results);
/// Scores, misses and elasticities with the names of the columns; ends with a newline.
std::string conditional_json(const ConditionalResults& results);

std::string conditional_table(const ConditionalResults& results, Language language, const TerminalStyle& style);

}  // namespace plimsoll
