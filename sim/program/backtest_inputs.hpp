/// \file
/// What `backtest` reads: totals, calendar, first prints, and the rivals that belong to them.
#pragma once

#include <string>

#include "models/published_forecasts.hpp"
#include "sim/backtest.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {

struct BacktestTables {
  std::string file;  ///< of the totals
  TotalsData data;
  TradeCalendar calendar;
  FirstPrints first_prints;
  std::vector<PublishedForecast> published;
  RivalForecasts rivals;  ///< empty when those that ship are of other totals
};

/// The totals named on the command line, or those that ship. Rivals given with --rivals must belong to them; those that
/// ship are left out, with a word on standard error, when they do not. \throws InputError (data)
BacktestTables read_backtest_tables(const CommandLine& line, const BacktestOptions& options);

/// A table of models/backtest/.
std::string shipped_backtest_table(const std::string& name);

}  // namespace plimsoll
