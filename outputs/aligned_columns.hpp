/// \file
/// A small table of a backtest as a terminal shows it.
#pragma once

#include <string>

#include "outputs/backtest_views.hpp"
#include "outputs/terminal_table.hpp"

namespace plimsoll {

/// Columns as wide as their widest cell; the first aligned left, the others right.
std::string aligned_columns(const ScoreTable& table, const TerminalStyle& style);

}  // namespace plimsoll
