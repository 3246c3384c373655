/// \file
/// The scored register of published forecasts, as a table for readers and as CSV.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "outputs/score_table.hpp"
#include "sim/backtest_scores.hpp"

namespace plimsoll {

/// No rows where nothing was published of the flows that were scored.
ScoreTable register_table(const BacktestResults& results, Language language);
std::string register_title(Language language);
/// How to read it.
std::string register_notes(Language language);
std::string register_csv(const BacktestResults& results);

}  // namespace plimsoll
