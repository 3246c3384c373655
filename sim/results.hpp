/// \file
/// Finished estimates: every figure with its Monte Carlo standard error. What the engine hands to the report.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace plimsoll {

std::string to_string(Frequency frequency);  ///< M, Q, A, YTD

/// A span of months with the name a table prints: `2026-07`, `2027-01..02`, `2026Q3`, `2026`, `2026-07ytd`.
struct Period {
  Frequency frequency = Frequency::month;
  Month first, last;

  friend bool operator==(const Period&, const Period&) = default;
};
std::string to_string(const Period& period);

inline constexpr std::array<double, 9> kQuantileLevels{0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99};

/// A finished estimate of one output's distribution.
struct Distribution {
  std::int64_t paths = 0;
  double mean = 0, sd = 0;
  std::array<double, 9> quantile{};  ///< at kQuantileLevels
  double se_mean = 0, se_sd = 0;
  std::array<double, 9> se_quantile{};
  std::array<double, 9> plain_se_quantile{};  ///< what independent paths would give
};

/// One row of summary.csv.
struct SummaryRow {
  std::string series;  ///< e.g. exports.total.yoy
  Period period;
  std::string unit;  ///< pct, usd_bn
  Distribution distribution;
};

/// One row of probabilities.csv. Events: below, above (threshold in the series' unit), es_low (threshold = tail share
/// in pct; `probability` then holds the mean of the worst tail in the series' unit).
struct ProbabilityRow {
  std::string series;
  Period period;
  std::string event;
  double threshold = 0;
  double probability = 0;
  double se = 0;
};

/// One row of contributions.csv: contribution to the growth of `of`, in percentage points.
struct ContributionRow {
  std::string of;   ///< exports.total.yoy
  std::string by;   ///< product, market, driver
  std::string key;  ///< memory, us, inherited, ...
  Period period;
  Distribution distribution;
};

/// What observations left of the paths.
struct EvidenceResult {
  double effective_paths = 0;
  struct Row {
    std::string series, period, indicator;
    double effective_paths = 0;  ///< with this observation alone
  };
  std::vector<Row> observations;
};

/// How unlikely the shocks are that pins need when all else goes as expected.
struct PinResult {
  double distance = 0;      ///< squared Mahalanobis distance on the central path
  int months = 0;           ///< driver-months that are pinned
  double plausibility = 1;  ///< P(chi-square with that many degrees of freedom > distance)
};

/// What Sobol points do for the growth of total exports in the last reported year.
struct SamplingResult {
  int dimensions = 0;  ///< of the Sobol points
  std::string period;
  double explained_frac = 0, explained_se = 0;  ///< share of the variance that Sobol dimensions explain
  struct Gain {
    double probability = 0;    ///< of the quantile; 0: the mean
    double ratio = 0;          ///< variance of plain sampling's estimate over that of this run's
    double largest_ratio = 0;  ///< what the explained share allows for the quantile of a normal
  };
  std::vector<Gain> gains;
};

/// What the worst paths look like: means of outputs among the paths on which the headline is lowest.
struct TailResult {
  std::string headline;      ///< series whose lowest paths are meant: exports.total.yoy
  Period period;             ///< of the headline
  double share = 0.05;       ///< of the paths
  double headline_edge = 0;  ///< the headline's quantile at that share
  struct Row {
    std::string series;  ///< driver.capex.level, or exports.total.yoy/driver/capex for a contribution (unit pp)
    Period period;
    std::string unit;
    double mean = 0, tail_mean = 0, se_tail_mean = 0;
  };
  std::vector<Row> rows;
};

/// How exactly a figure is known whose accuracy was asked for.
struct AccuracyOutcome {
  std::string target;  ///< as asked
  std::string unit;
  double asked_se = 0, se = 0;
};

/// What ran: printed at the end and written into the manifest.
struct RunStatistics {
  std::int64_t paths_requested = 0, paths_done = 0;
  std::int64_t paths_before = 0;    ///< of those done: taken over from an earlier process's state
  std::int64_t paths_unsolved = 0;  ///< of those done: armington_ces kept the last iterate in some month
  int threads = 0;
  std::string instruction_set;  ///< x86-64-v3 or x86-64-v4
  double seconds = 0;
  std::int64_t peak_memory_bytes = 0;
};

/// History beside the forecast: observed growth and values for tables and charts.
struct HistoryRow {
  std::string series;
  Period period;
  std::string unit;
  double value = 0;
};

/// Spread of monthly growth of the total beside that of plain trend forecasts in the past.
struct SpreadRow {
  int horizon = 0;  ///< released periods after as_of
  Period period;
  double sd_pp = 0, historical_sd_pp = 0;
  int historical_forecasts = 0;
};

/// A level of a driver whose chance stands in probabilities.csv, in words.
struct DriverLevelRow {
  std::string series;  ///< driver.memory_price.level
  std::string event;   ///< fallen_to, risen_to
  double level = 0;
  std::string about;  ///< where the level comes from; may be empty
};

/// Names for people, by id, as the calibration and the scenario give them; a language may be missing.
struct Titles {
  std::map<std::string, Text> products, markets, imports, sets;
};

/// All answers of a run.
struct RunResults {
  std::vector<SummaryRow> summary;
  std::vector<ProbabilityRow> probabilities;
  std::vector<ContributionRow> contributions;
  std::vector<HistoryRow> history;
  std::vector<SpreadRow> spread;
  std::vector<DriverLevelRow> driver_levels;
  std::vector<SetDefinition> sets;  ///< the scenario's own
  Titles titles;
  std::optional<EvidenceResult> evidence;  ///< with observations
  std::optional<PinResult> pins;           ///< with pins
  std::vector<AccuracyOutcome> accuracy;   ///< of --target-se
  std::optional<TailResult> tail;          ///< where the headline is reported
  std::optional<SamplingResult> sampling;  ///< with Sobol points
  RunStatistics statistics;
};

}  // namespace plimsoll
