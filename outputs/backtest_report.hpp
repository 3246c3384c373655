/// \file
/// A backtest as a document: headline, tables, pictures, how it was done.
#pragma once

#include "outputs/document_blocks.hpp"
#include "outputs/language.hpp"
#include "sim/backtest_scores.hpp"

namespace plimsoll {

Document backtest_document(const BacktestResults& results, Language language);

}  // namespace plimsoll
