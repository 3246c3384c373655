/// \file
/// Which driver accounts for how much of the misses of groups: differences of medians of runs that share their random
/// numbers.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/conditional_scores.hpp"
#include "sim/group_sample.hpp"

namespace plimsoll {

/// A forecast's miss and what of it drivers account for; medians, percentage points, Monte Carlo errors.
struct GroupMiss {
  std::size_t group = 0;
  Month origin, target;
  int horizon = 0;
  double actual_pct = 0, unconditional_pct = 0, unconditional_se = 0, conditional_pct = 0, conditional_se = 0;
  std::array<MissRow::Part, kKnownDriverCount> driver{};  ///< had this one alone been known
  MissRow::Part jointly;                                  ///< what all together change beyond the sum of each alone
  double miss_pp() const { return actual_pct - unconditional_pct; }
  double left_pp() const { return actual_pct - conditional_pct; }
};

/// Means of the parts over forecasts; they add up to `missed`.
struct GroupMissMean {
  std::string group, window;
  std::string part;  ///< missed, a driver, jointly, left
  std::size_t forecasts = 0;
  double value = kNotScored, se = kNotScored, low = kNotScored, high = kNotScored, mc_se = kNotScored;
};

std::vector<GroupMiss> group_misses(const GroupConditional& made);

/// The parts of one sample, appended; `blank` says whose.
void add_miss_means(const GroupSample& sample, const GroupMissMean& blank, std::vector<GroupMissMean>& out);

}  // namespace plimsoll
