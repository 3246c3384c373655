/// \file
/// A conditional backtest as a document: headline, tables, pictures, how to read them.
#pragma once

#include "outputs/document_blocks.hpp"
#include "outputs/language.hpp"
#include "sim/conditional_scores.hpp"

namespace plimsoll {

Document conditional_document(const ConditionalResults& results, Language language);

}  // namespace plimsoll
