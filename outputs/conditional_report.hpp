/// \file
/// A conditional backtest as a document: headline, tables, pictures, how to read them; Markdown or one HTML file.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "sim/conditional_scores.hpp"

namespace plimsoll {

std::string conditional_markdown(const ConditionalResults& results, Language language);
std::string conditional_html(const ConditionalResults& results, Language language);

/// Medians made six releases before, drivers as expected and as they came, with what came.
std::string conditional_svg(const ConditionalResults& results, TradeFlow flow, Language language);

}  // namespace plimsoll
