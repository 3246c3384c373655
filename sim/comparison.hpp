/// \file
/// Two scenarios on the same random numbers: differences path by path, each with its own standard error.
#pragma once

#include <string>
#include <vector>

#include "sim/results.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {

/// An output of both scenarios, and the distribution of its difference over paths.
struct DifferenceRow {
  std::string series;   ///< series id; contributions: the series contributed to
  std::string by, key;  ///< contributions
  Period period;
  std::string unit;  ///< of both; the difference of growth rates is in percentage points
  struct Mean {
    double value = 0, se = 0;
  };
  Mean base, other;
  Distribution difference;  ///< other less base
};

struct ComparisonResults {
  /// Outputs that both scenarios have, and values of the total that the base forecasts and the other has observed.
  std::vector<DifferenceRow> summary;
  /// Contributions of either; a driver that acts in one only contributes 0 in the other.
  std::vector<DifferenceRow> contributions;
  std::vector<HistoryRow> base_history, other_history;
  RunStatistics statistics;
};

/// Observed exports of a span of months, USD bn; 0 when one is missing.
double observed_value(const std::vector<HistoryRow>& history, Month first, Month last);

/// Simulates both jointly. Streams of random numbers are named, so that what the scenarios share is drawn alike.
/// \pre both have the same seed and number of paths
ComparisonResults compare(const Simulation& base, const Simulation& other, const RunOptions& options);

}  // namespace plimsoll
