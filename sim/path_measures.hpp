/// \file
/// What one path of monthly exports means for somebody who holds a risk: falls from the peak, months below the year
/// before, time until the level is back. Pure functions; definitions in docs/theory/stress.md.
#pragma once

#include <vector>

#include "scenarios/month.hpp"

namespace plimsoll {

/// Monthly exports, USD bn, from at least 13 months before as_of on.
struct MonthlyExports {
  Month first;  ///< month of values.front()
  std::vector<double> values;
  Month as_of;  ///< last observed month; what follows is the path's

  double at(Month month) const { return values[static_cast<std::size_t>(month - first)]; }
  Month last() const { return first + (static_cast<int>(values.size()) - 1); }
};

/// Largest fall of the sum of twelve months from an earlier such sum, in pct; sums from the one that ends at as_of on.
/// 0 when the sum never falls.
double peak_to_trough_pct(const MonthlyExports& path);

/// Simulated months with less than a year before. January and February count as one season: both or neither.
int months_below_zero(const MonthlyExports& path);

/// How long exports stay below those of the baseline on the same random numbers.
struct Recovery {
  bool hit = false;        ///< some month is more than the tolerance below the baseline's
  bool recovered = false;  ///< hit, and the last month is not
  int months = 0;          ///< from the first month that is below to the first from which none is; until the horizon
                           ///< when not recovered
};
Recovery recovery_of(const MonthlyExports& path, const MonthlyExports& baseline, double tolerance_pct);

}  // namespace plimsoll
