/// \file
/// A backtest of groups with the drivers that came as a document: headlines, tables, a picture, how to read them.
#pragma once

#include "outputs/document_blocks.hpp"
#include "outputs/language.hpp"
#include "sim/group_conditional_scores.hpp"

namespace plimsoll {

Document group_conditional_document(const GroupConditionalResults& results, Language language);

}  // namespace plimsoll
