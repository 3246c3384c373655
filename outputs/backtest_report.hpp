/// \file
/// A backtest as a document: headline, tables, pictures, how it was done; as Markdown or as one HTML file.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "sim/backtest_scores.hpp"

namespace plimsoll {

std::string backtest_markdown(const BacktestResults& results, Language language);
std::string backtest_html(const BacktestResults& results, Language language);

}  // namespace plimsoll
