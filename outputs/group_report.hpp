/// \file
/// A backtest of product groups as a document, in Markdown and as one HTML file.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "sim/group_scores.hpp"

namespace plimsoll {

std::string group_markdown(const GroupResults& results, Language language);
std::string group_html(const GroupResults& results, Language language);

}  // namespace plimsoll
