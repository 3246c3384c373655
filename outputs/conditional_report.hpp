/// \file
/// A conditional backtest as a document: headline, tables, pictures, how to read them.
#pragma once

#include "outputs/document_blocks.hpp"
#include "outputs/language.hpp"
#include "sim/conditional_scores.hpp"

namespace plimsoll {

Document conditional_document(const ConditionalResults& results, Language language);

/// Medians made six releases before, drivers as expected and as they came, with what came.
std::string conditional_svg(const ConditionalResults& results, TradeFlow flow, Language language);

}  // namespace plimsoll
