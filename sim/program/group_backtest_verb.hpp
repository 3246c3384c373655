/// \file
/// backtest --level groups: product groups of exports, from the few origins that there are.
#pragma once

#include "outputs/language.hpp"
#include "sim/backtest.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {

/// \param options what the command line says that both levels share.
int group_backtest_verb(const CommandLine& line, BacktestOptions options, Language language);

}  // namespace plimsoll
