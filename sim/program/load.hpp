/// \file
/// From a scenario's name to the runnable: file, calibration, checked plan, run hash.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/scenario_reader.hpp"
#include "sim/program/command_line.hpp"
#include "sim/program/environment.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {

struct Loaded {
  std::string asked;  ///< as named on the command line
  LoadedScenario scenario;
  Calibration calibration;
  std::unique_ptr<Simulation> simulation;
  std::string run_hash;
  std::string calibrations_folder;  ///< absolute, of a calibration that does not ship; else empty
};

/// Loads and checks one. The calibrations folder beside a scenario's file, or the one named, goes before the shipped
/// ones. \throws InputError
Loaded load(const std::string& what, const CommandLine& line, const Environment& environment,
            const std::string& calibrations_folder = "");

/// The same with overrides of one's own.
Loaded load(const std::string& what, const ReadOptions& options, const std::string& calibrations_folder = "");
/// Where calibrations beside a scenario's file would be, those of a run for its scenario.resolved.yaml; empty for a
/// shipped one.
std::string calibrations_beside(const std::string& what);
/// What environment and command line change in a scenario.
ReadOptions overrides_of(const CommandLine& line, const Environment& environment);

/// Loads all; prints every problem of every one on stderr. `exit_code`: 0, or that of the first that failed.
struct LoadedAll {
  std::vector<Loaded> loaded;
  int exit_code = 0;
};
LoadedAll load_all(const CommandLine& line, const Environment& environment);

/// Levels far outside their history, as warnings with their place on stderr.
void warn_of_levels(const Loaded& loaded);

/// In what the scenario differs from the shipped `base`.
std::vector<Assumption> assumptions_beside_base(const Loaded& loaded);

/// 2, 3, 4 or 8.
int exit_code_of(const InputError& error);

}  // namespace plimsoll
