#include "models/estimation/printed_spans.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace plimsoll {
namespace {

/// How many lists print a month, begin a span with it, end one with it.
struct MonthCounts {
  std::size_t covered = 0, begun = 0, ended = 0;
};

}  // namespace

std::vector<MonthSpan> common_spans(const std::vector<std::vector<MonthSpan>>& lists) {
  std::map<Month, MonthCounts> months;
  for (const std::vector<MonthSpan>& list : lists) {
    for (const MonthSpan& one : list) {
      for (Month m = one.first; m <= one.last; m = m + 1) ++months[m].covered;
      ++months[one.first].begun;
      ++months[one.last].ended;
    }
  }
  std::vector<MonthSpan> out;
  std::optional<Month> open;
  Month before;
  for (const auto& [month, counts] : months) {
    const bool follows = open && month == before + 1;
    before = month;
    if (counts.covered != lists.size()) {
      open.reset();
      continue;
    }
    if (!follows) open.reset();
    if (!open && counts.begun == lists.size()) open = month;
    if (!open || counts.ended != lists.size()) continue;
    out.push_back({*open, month});
    open.reset();
  }
  return out;
}

std::vector<MonthSpan> spans_with_growth(const std::vector<MonthSpan>& printed) {
  std::vector<MonthSpan> year_before;
  for (const MonthSpan& one : printed) year_before.push_back({one.first + 12, one.last + 12});
  return common_spans({printed, year_before});
}

}  // namespace plimsoll
