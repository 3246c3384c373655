/// \file
/// A backtest of product groups as a document.
#pragma once

#include "outputs/document_blocks.hpp"
#include "outputs/language.hpp"
#include "sim/group_scores.hpp"

namespace plimsoll {

Document group_document(const GroupResults& results, Language language);

}  // namespace plimsoll
