/// \file
/// A backtest as tables: every forecast, every score with its error, histograms; for files, scripts and terminals.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "outputs/terminal_table.hpp"
#include "sim/backtest_scores.hpp"

namespace plimsoll {

std::string backtest_forecasts_csv(const BacktestResults& results);
std::string backtest_scores_csv(const BacktestResults& results);
std::string backtest_pit_csv(const BacktestResults& results);
/// Scores and histograms with the names of the columns; null where there is no figure. Ends with a newline.
std::string backtest_json(const BacktestResults& results);

/// Headline scores of monthly growth by model, then by period, first prints and the year.
std::string backtest_table(const BacktestResults& results, Language language, const TerminalStyle& style);

}  // namespace plimsoll
