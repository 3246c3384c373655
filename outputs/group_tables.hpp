/// \file
/// A backtest of product groups as files and on the terminal.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "outputs/terminal_table.hpp"
#include "sim/group_scores.hpp"

namespace plimsoll {

std::string group_forecasts_csv(const GroupResults& results);
std::string group_scores_csv(const GroupResults& results);
std::string group_pit_csv(const GroupResults& results);
std::string group_json(const GroupResults& results);
std::string group_table(const GroupResults& results, Language language, const TerminalStyle& style);

}  // namespace plimsoll
