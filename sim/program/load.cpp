#include "sim/program/load.hpp"

#include <filesystem>
#include <iostream>
#include <optional>

#include "models/calibration_reader.hpp"
#include "scenarios/sha256.hpp"
#include "sim/engine_number.hpp"
#include "sim/program/exit_codes.hpp"

namespace plimsoll {
namespace {

ReadOptions overrides(const CommandLine& line, const Environment& environment) {
  ReadOptions options;
  if (environment.seed) options.overrides.push_back({"seed=" + *environment.seed, "environment"});
  for (const std::string& assignment : line.set) options.overrides.push_back({assignment, "command line"});
  const auto add = [&](const char* field, const std::optional<std::string>& value) {
    if (value) options.overrides.push_back({std::string(field) + "=" + *value, "command line"});
  };
  add("paths", line.paths);
  add("seed", line.seed);
  add("sampling", line.sampling);
  return options;
}

std::string calibrations_beside(const std::string& what) {
  namespace fs = std::filesystem;
  const bool is_file = what.find('/') != std::string::npos || fs::path(what).extension() == ".yaml" ||
                       fs::path(what).extension() == ".yml";
  return is_file ? (fs::path(what).parent_path() / "calibrations").string() : "";
}

}  // namespace

Loaded load(const std::string& what, const CommandLine& line, const Environment& environment) {
  std::optional<Calibration> calibration;
  LoadedScenario scenario = load_scenario(what, overrides(line, environment), [&](const std::string& name) {
    calibration = load_calibration(name, calibrations_beside(what));
    return catalog_of(*calibration);
  });
  if (!calibration) calibration = load_calibration(scenario.scenario.calibration, calibrations_beside(what));
  auto simulation = std::make_unique<Simulation>(scenario.scenario, *calibration);
  const std::string hash =
      sha256_hex(scenario.canonical_json + "\n" + calibration->sha256 + "\n" + std::to_string(kEngineNumber));
  return {what, std::move(scenario), std::move(*calibration), std::move(simulation), hash};
}

LoadedAll load_all(const CommandLine& line, const Environment& environment) {
  LoadedAll all;
  for (const std::string& what : line.names) {
    try {
      all.loaded.push_back(load(what, line, environment));
    } catch (const InputError& error) {
      std::cerr << to_string(error) << std::endl;
      if (all.exit_code == 0) all.exit_code = exit_code_of(error);
    }
  }
  return all;
}

int exit_code_of(const InputError& error) {
  switch (error.kind()) {
    case InputKind::usage: return kUsage;
    case InputKind::scenario: return kScenarioInvalid;
    case InputKind::data: return kDataInvalid;
  }
  return kFailure;
}

}  // namespace plimsoll
