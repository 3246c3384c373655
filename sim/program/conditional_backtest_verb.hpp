/// \file
/// backtest --conditional: forecasts with drivers as expected and as they came.
#pragma once

#include <string>

#include "sim/backtest.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {

/// `options`: flows, origins, horizons, paths, seed and threads as read from the line; `file`: where `data` came from.
int conditional_backtest_verb(const CommandLine& line, const BacktestOptions& options, const TotalsData& data,
                              const TradeCalendar& calendar, const std::string& file);

}  // namespace plimsoll
