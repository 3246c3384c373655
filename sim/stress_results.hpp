/// \file
/// Answers of a stress suite, finished: what the tables, the memo and the heat map are made from.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/stress_suite.hpp"
#include "sim/results.hpp"

namespace plimsoll {

/// A number with its Monte Carlo standard error.
struct StressFigure {
  double value = 0, se = 0;
};

/// One measure's distribution in one scenario.
struct StressRow {
  std::string measure;  ///< level, difference, cumulative_difference, peak_to_trough, recovery_months, exposure, ..
  std::string series;   ///< series, or the name of an exposure
  std::string period, unit;
  Distribution distribution;
};

/// Where a driver of the scenario stands in the baseline's distribution.
struct SeverityRow {
  std::string series, period, unit;
  StressFigure centre, baseline;  ///< medians
  StressFigure quantile;          ///< share of the baseline's paths below the scenario's median, 0..1
};
struct JointSeverity {
  StressFigure distance;         ///< in standard deviations
  StressFigure plausibility{1};  ///< chance that the baseline's drivers lie at least this far, were they normal
  int dimensions = 0;
  bool outside = false;  ///< some driver moves that is fixed in the baseline
};

/// Shares of the headline's variance, 0..1; they add up to 1.
struct VarianceSplit {
  double variance = 0;      ///< of the headline
  StressFigure shock;       ///< drivers' and residual shocks, and what acts together with the rest
  StressFigure assumption;  ///< distributions that the scenario states for its paths and drivers
  StressFigure parameter;   ///< elasticities and other parameters of the calibration
  StressFigure model;       ///< elasticity model of an ensemble
  int draws = 0;            ///< of the parameters
};

struct GateOutcome {
  Gate gate;
  StressFigure figure;
  bool holds = false;
  bool close = false;  ///< within two errors of the verdict changing
};

struct StressScenario {
  std::string name, severity, risk, note;
  Text title;
  std::string run_hash;
  std::string failure;                   ///< why it has no figures; empty: it has
  std::vector<StressFigure> thresholds;  ///< probabilities, in the order of the suite
  std::vector<StressRow> rows;
  std::vector<StressRow> quarters;
  std::vector<StressRow> exposures;
  std::vector<SeverityRow> drivers;
  JointSeverity joint;
  std::optional<VarianceSplit> variance;
  std::vector<GateOutcome> gates;
  Distribution headline;
  RunStatistics statistics;
};

/// A contribution of a driver to what a scenario changes in the headline, in pp.
struct StoryRow {
  std::string driver;
  StressFigure baseline, scenario, difference;
};

struct StressResults {
  std::string suite;
  Text title, baseline_title;
  std::string question;
  CellName headline;
  std::string order;  ///< p05 or mean
  std::vector<JointEvent> thresholds;
  std::map<std::string, Period> periods;     ///< of all cells, by their text
  std::map<std::string, std::string> units;  ///< of all cells, by series
  double recovery_tolerance_pct = 1;
  int simulated_months = 0;
  std::vector<StressScenario> scenarios;  ///< the baseline, then by severity
  std::size_t missing = 0;                ///< scenarios that a stop left out
  std::vector<StoryRow> story;            ///< of the worst scenario
  Titles titles;
  std::string as_of, known_on, calibration, horizon, sampling;
  std::int64_t seed = 0, paths = 0;
};

}  // namespace plimsoll
