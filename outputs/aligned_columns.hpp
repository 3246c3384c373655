/// \file
/// Small tables of a backtest as a terminal shows them.
#pragma once

#include <string>

#include "outputs/score_table.hpp"
#include "outputs/terminal_table.hpp"

namespace plimsoll {

/// Columns as wide as their widest cell; the first aligned left, the others right.
std::string aligned_columns(const ScoreTable& table, const TerminalStyle& style);

/// The heading and its tables, a blank line after each.
std::string aligned_section(const ScoreSection& section, const TerminalStyle& style);

}  // namespace plimsoll
