/// \file
/// A suite ready to run: its scenarios loaded and checked against the baseline, its figures planned.
#pragma once

#include <vector>

#include "sim/program/load.hpp"
#include "sim/stress_plan.hpp"

namespace plimsoll {

/// One scenario of a suite with the outputs of the plan's cells.
struct StressMember {
  SuiteScenario asked;  ///< empty for the baseline
  std::string name;     ///< in the tables
  Loaded loaded;
  std::vector<OutputPlan> outputs;
};

struct StressSetup {
  StressSuite suite;
  StressPlan plan;
  std::vector<StressMember> members;  ///< the baseline first
};

/// Loads all. \throws InputError with every problem of suite, gates and scenarios
StressSetup set_up_stress(const CommandLine& line, const Environment& environment);

}  // namespace plimsoll
