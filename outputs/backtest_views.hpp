/// \file
/// What a backtest comes to, as small tables that the terminal, Markdown and HTML share.
#pragma once

#include <string>
#include <vector>

#include "outputs/language.hpp"
#include "outputs/score_table.hpp"
#include "sim/backtest_scores.hpp"

namespace plimsoll {

/// A section a flow: scores by model, by period, against first prints, of the year to date and the year.
std::vector<ScoreSection> backtest_sections(const BacktestResults& results, Language language);

/// One sentence a flow: the CRPS, the pool's, the distance with its error.
std::vector<std::string> backtest_headlines(const BacktestResults& results, Language language);

/// How to read the tables: units, errors, what is not in them.
std::string backtest_notes(const BacktestResults& results, Language language);

/// A model as readers know it.
std::string model_title(const std::string& model, Language language);
std::string flow_title(TradeFlow flow, Language language);

/// Models of a flow's monthly forecasts, ours first.
std::vector<std::string> models_of(const BacktestResults& results, TradeFlow flow);

}  // namespace plimsoll
