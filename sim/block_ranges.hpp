/// \file
/// Which statistics blocks of a run are done: disjoint ranges in ascending order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/output_plan.hpp"

namespace plimsoll {

/// Blocks first <= block < last.
struct BlockRange {
  std::int64_t first = 0, last = 0;

  friend bool operator==(const BlockRange&, const BlockRange&) = default;
};

class BlockRanges {
 public:
  BlockRanges() = default;
  explicit BlockRanges(BlockRange range) { add(range); }

  /// Adds a range; what it shares with others stands once.
  void add(BlockRange range);
  void add(const BlockRanges& other);
  /// The blocks of `range` that are not in here.
  BlockRanges missing_from(BlockRange range) const;
  bool overlaps(const BlockRanges& other) const;
  bool contains(const BlockRanges& other) const;

  std::int64_t count() const;
  bool empty() const { return ranges_.empty(); }
  /// Block number `index` in ascending order, 0 <= index < count().
  std::int64_t at(std::int64_t index) const;
  const std::vector<BlockRange>& ranges() const { return ranges_; }

  friend bool operator==(const BlockRanges&, const BlockRanges&) = default;

 private:
  std::vector<BlockRange> ranges_;
};

/// `paths 0 to 1023, 4096 to 8191`: for people, paths counted from 0.
std::string paths_text(const BlockRanges& blocks);

}  // namespace plimsoll
