/// \file
/// What a conditional backtest comes to, as small tables that the terminal, Markdown and HTML share.
#pragma once

#include <string>
#include <vector>

#include "outputs/language.hpp"
#include "outputs/score_table.hpp"
#include "sim/conditional_scores.hpp"

namespace plimsoll {

/// A section a flow: by period, by horizon, driver by driver, the elasticities behind, the last December's misses.
std::vector<ScoreSection> conditional_sections(const ConditionalResults& results, Language language);

/// One sentence a flow: how much shorter errors are on the targets of 2024-2026, and whether that is a fifth.
std::vector<std::string> conditional_headlines(const ConditionalResults& results, Language language);

/// How to read the tables: what is known when, units, errors, what is in-sample.
std::string conditional_notes(const ConditionalResults& results, Language language);

std::string conditional_model_title(const std::string& model, Language language);
std::string driver_title(TotalsDriver driver, Language language);

}  // namespace plimsoll
