/// \file
/// A run as its folder holds it: what the manifest says, the plan made again from it, and the state.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "outputs/run_folder.hpp"
#include "sim/program/load.hpp"
#include "sim/state_file.hpp"

namespace plimsoll {

struct StoredRun {
  std::filesystem::path folder;
  std::string status;  ///< running, partial, shard, complete, collapsed
  std::int64_t paths_done = 0;
  std::string version, compiler, digest;
  std::vector<AccuracyOutcome> accuracy;  ///< of --target-se
  RunContext context;                     ///< resolved_yaml is read with the plan
};

/// True when the run was to keep samples.nc and has none.
bool lacks_samples(const StoredRun& stored);

/// True when the folder has a manifest of a run.
bool is_run_folder(const std::filesystem::path& folder);
/// The folder itself, or the run folders in it down to three levels, by name with shards in their order.
std::vector<std::string> run_folders_in(const std::string& folder);

/// \throws InputError: data when there is no manifest of a run.
StoredRun read_stored_run(const std::string& folder);

/// The plan of a run's folder, of `paths` paths if given. Sets context.resolved_yaml.
/// \throws InputError: incompatible when engine, calibration or scenario are others than those that began the run.
Loaded load_stored(StoredRun& stored, std::optional<std::int64_t> paths = std::nullopt);

/// A resolved scenario's text with this number of paths.
std::string with_paths(const std::string& yaml, std::int64_t paths);

/// What is done so far; null when no block is. \throws InputError: data, incompatible.
std::shared_ptr<State> stored_state(const StoredRun& stored, const Loaded& loaded);

}  // namespace plimsoll
