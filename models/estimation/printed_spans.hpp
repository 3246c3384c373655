/// \file
/// Spans of months that tables print as one figure, and those that several tables have in common.
#pragma once

#include <vector>

#include "models/estimation/seasonal_regression.hpp"

namespace plimsoll {

/// Shortest spans that every list divides into whole spans of its own: over each of them all lists can be added up
/// from printed figures. Spans of a list follow each other; months between them are not printed. Without gaps in any.
std::vector<MonthSpan> common_spans(const std::vector<std::vector<MonthSpan>>& lists);

/// Spans for which the figures of this year and of the year before are both printed: `common_spans` of the list and of
/// itself twelve months later.
std::vector<MonthSpan> spans_with_growth(const std::vector<MonthSpan>& printed);

}  // namespace plimsoll
