/// \file
/// A stress suite as plain data: which scenarios, held against which baseline, thresholds and gates.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario_reader.hpp"
#include "scenarios/statistic_text.hpp"

namespace plimsoll {

struct SuiteScenario {
  std::string scenario;  ///< a shipped name, or a path
  std::string name;      ///< in the tables; empty: the scenario's own
  Text title;            ///< empty: the scenario's own
  std::vector<ReadOptions::Override> set;
  std::string severity;  ///< baseline, adverse, severely_adverse, or empty
  std::string risk, note;
  Place place;
};

/// A text of the suite with where it stands.
struct SuiteEvent {
  JointEvent event;
  Place place;
};
struct SuiteGate {
  Gate gate;
  Place place;
};
struct SuiteCell {
  CellName cell;
  Place place;
};

/// What somebody sells or holds, by product, market or chain.
struct Exposure {
  struct Part {
    std::string series;      ///< exports.product.memory
    double weight_frac = 0;  ///< the parts' weights add up to 1
    Place place;
  };
  std::string name;
  std::vector<Part> parts;
};

struct StressSuite {
  std::string name;
  Text title;
  About about;
  std::string baseline = "base";
  std::vector<ReadOptions::Override> set;  ///< in all scenarios
  std::vector<SuiteScenario> scenarios;
  std::vector<SuiteEvent> thresholds;
  std::vector<SuiteGate> gates;
  std::vector<SuiteCell> headline;  ///< one, or none: the usual one
  enum class Order { p05, mean } order = Order::p05;
  std::vector<Exposure> exposures;
  std::vector<SuiteCell> outputs;
  double recovery_tolerance_pct = 1;
  int variance_draws = 128;
  std::vector<InputFile> inputs;
};

}  // namespace plimsoll
