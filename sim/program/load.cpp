#include "sim/program/load.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "models/calibration_reader.hpp"
#include "models/plausible_levels.hpp"
#include "scenarios/resolve.hpp"
#include "scenarios/sha256.hpp"
#include "scenarios/stress_reader.hpp"
#include "scenarios/sweep_reader.hpp"
#include "sim/engine_number.hpp"
#include "sim/program/exit_codes.hpp"

namespace plimsoll {

namespace {

/// A suite or a sweep in a scenario's place has better to be said than all its unknown keys.
void refuse_design(const std::string& what) {
  const auto refuse = [&](const std::string& is, const std::string& verb) {
    throw InputError(InputKind::scenario,
                     {{Place{what}, "", "this is a " + is + ", not a scenario", "", "plimsoll " + verb + " " + what}});
  };
  if (is_sweep(what)) refuse("sweep", "sweep");
  if (is_suite(what)) refuse("stress suite", "stress");
}

/// Where what planning refuses stands: a key of the scenario, else the whole file; or a table of the calibration.
void find_place(Problem& problem, InputKind kind, const LoadedScenario& scenario, const Calibration& calibration) {
  if (kind == InputKind::data) {
    problem.place.file = calibration.name + "/" + (problem.path.empty() ? "calibration.yaml" : problem.path);
    problem.path.clear();
    return;
  }
  problem.place = place_of(problem.path, scenario.places);
  if (problem.place.file.empty() && !scenario.inputs.empty()) problem.place.file = scenario.inputs.back().path;
}

/// The plan of a scenario. What planning refuses is told with the place in the file, as what reading refuses.
std::unique_ptr<Simulation> plan_of(const LoadedScenario& scenario, const Calibration& calibration) {
  try {
    return std::make_unique<Simulation>(scenario.scenario, calibration);
  } catch (const InputError& error) {
    std::vector<Problem> problems = error.problems();
    for (Problem& problem : problems) {
      if (problem.place.file.empty()) find_place(problem, error.kind(), scenario, calibration);
    }
    throw InputError(error.kind(), std::move(problems));
  }
}

}  // namespace

std::string calibrations_beside(const std::string& what) {
  namespace fs = std::filesystem;
  const bool is_file = what.find('/') != std::string::npos || fs::path(what).extension() == ".yaml" ||
                       fs::path(what).extension() == ".yml";
  if (!is_file) return "";
  const fs::path folder = fs::path(what).parent_path(), beside = folder / "calibrations";
  std::error_code ignored;
  if (fs::path(what).filename() == "scenario.resolved.yaml" && !fs::exists(beside, ignored)) {
    // A run's own scenario: its manifest knows where the calibration was.
    std::ifstream in(folder / "manifest.json", std::ios::binary);
    const auto manifest = nlohmann::json::parse(in, nullptr, false);
    const nlohmann::json::json_pointer at("/calibration/folder");
    if (manifest.is_object() && manifest.contains(at) && manifest.at(at).is_string()) return manifest.at(at);
  }
  return beside.string();
}

ReadOptions overrides_of(const CommandLine& line, const Environment& environment) {
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

Loaded load(const std::string& what, const CommandLine& line, const Environment& environment,
            const std::string& calibrations_folder) {
  return load(what, overrides_of(line, environment), calibrations_folder);
}

Loaded load(const std::string& what, const ReadOptions& options, const std::string& calibrations_folder) {
  namespace fs = std::filesystem;
  const std::string beside = calibrations_folder.empty() ? calibrations_beside(what) : calibrations_folder;
  std::optional<Calibration> calibration;
  const auto read = [&] {
    return load_scenario(what, options, [&](const std::string& name) {
      calibration = load_calibration(name, beside);
      return catalog_of(*calibration);
    });
  };
  LoadedScenario scenario = [&] {
    try {
      return read();
    } catch (const InputError&) {
      refuse_design(what);
      throw;
    }
  }();
  if (!calibration) calibration = load_calibration(scenario.scenario.calibration, beside);
  std::unique_ptr<Simulation> simulation = plan_of(scenario, *calibration);
  const std::string hash =
      sha256_hex(scenario.canonical_json + "\n" + calibration->sha256 + "\n" + std::to_string(kEngineNumber));
  std::error_code ignored;
  const bool ships = beside.empty() || !fs::is_directory(fs::path(beside) / calibration->name, ignored);
  const std::string own = ships ? "" : fs::absolute(beside).lexically_normal().string();
  return {what, std::move(scenario), std::move(*calibration), std::move(simulation), hash, own};
}

LoadedAll load_all(const CommandLine& line, const Environment& environment) {
  LoadedAll all;
  for (const std::string& what : line.names) {
    try {
      all.loaded.push_back(load(what, line, environment));
      warn_of_levels(all.loaded.back());
    } catch (const InputError& error) {
      std::cerr << to_string(error) << std::endl;
      if (all.exit_code == 0) all.exit_code = exit_code_of(error);
    }
  }
  return all;
}

void warn_of_levels(const Loaded& loaded) {
  for (Problem one : implausible_levels(loaded.scenario.scenario, loaded.calibration)) {
    if (one.place.file.empty()) one.place = place_of(one.path, loaded.scenario.places);
    const std::string place = to_string(one.place);
    std::cerr << (place.empty() ? loaded.asked : place) << ": warning: " << one.what << " (" << one.path
              << ")\n  why: " << one.why << "\n  hint: " << one.hint << "\n";
  }
}

std::vector<Assumption> assumptions_beside_base(const Loaded& loaded) {
  const LoadedScenario base = load_scenario("base", {}, [&](const std::string& name) {
    return catalog_of(name == loaded.calibration.name ? loaded.calibration : load_calibration(name));
  });
  return assumptions_beside(loaded.scenario.values, base.values);
}

int exit_code_of(const InputError& error) {
  switch (error.kind()) {
    case InputKind::usage: return kUsage;
    case InputKind::scenario: return kScenarioInvalid;
    case InputKind::data: return kDataInvalid;
    case InputKind::incompatible: return kIncompatible;
  }
  return kFailure;
}

}  // namespace plimsoll
