#include "sim/block_ranges.hpp"

#include <algorithm>

namespace plimsoll {

void BlockRanges::add(BlockRange range) {
  if (range.first >= range.last) return;
  // Ranges that touch become one.
  const auto begin = std::lower_bound(ranges_.begin(), ranges_.end(), range.first,
                                      [](const BlockRange& r, std::int64_t block) { return r.last < block; });
  auto end = begin;
  for (; end != ranges_.end() && end->first <= range.last; ++end) {
    range.first = std::min(range.first, end->first);
    range.last = std::max(range.last, end->last);
  }
  ranges_.insert(ranges_.erase(begin, end), range);
}

void BlockRanges::add(const BlockRanges& other) {
  for (const BlockRange& range : other.ranges_) add(range);
}

BlockRanges BlockRanges::missing_from(BlockRange range) const {
  BlockRanges missing;
  std::int64_t at = range.first;
  for (const BlockRange& r : ranges_) {
    if (r.last <= at) continue;
    if (r.first >= range.last) break;
    missing.add(BlockRange{at, r.first});
    at = r.last;
  }
  missing.add(BlockRange{at, range.last});
  return missing;
}

bool BlockRanges::overlaps(const BlockRanges& other) const {
  BlockRanges both = *this;
  both.add(other);
  return both.count() < count() + other.count();
}

bool BlockRanges::contains(const BlockRanges& other) const {
  BlockRanges both = *this;
  both.add(other);
  return both.count() == count();
}

std::int64_t BlockRanges::count() const {
  std::int64_t blocks = 0;
  for (const BlockRange& r : ranges_) blocks += r.last - r.first;
  return blocks;
}

std::int64_t BlockRanges::at(std::int64_t index) const {
  for (const BlockRange& r : ranges_) {
    if (index < r.last - r.first) return r.first + index;
    index -= r.last - r.first;
  }
  return -1;
}

std::string paths_text(const BlockRanges& blocks) {
  std::string text;
  for (const BlockRange& r : blocks.ranges()) {
    text += (text.empty() ? "paths " : ", ") + std::to_string(r.first * kStatisticsBlock) + " to " +
            std::to_string(r.last * kStatisticsBlock - 1);
  }
  return text;
}

}  // namespace plimsoll
