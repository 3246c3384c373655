/// \file
/// backtest --conditional: forecasts with drivers as expected and as they came.
#pragma once

#include "outputs/language.hpp"
#include "sim/program/backtest_inputs.hpp"

namespace plimsoll {

/// \param options what the command line says that all backtests share.
int conditional_backtest_verb(const CommandLine& line, const BacktestOptions& options, Language language,
                              const BacktestTables& tables);

}  // namespace plimsoll
