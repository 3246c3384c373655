/// \file
/// A run's folder: all files of a run, each whole or not there at all.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/validation.hpp"
#include "outputs/file_choice.hpp"
#include "scenarios/assumptions.hpp"
#include "sim/results.hpp"

namespace plimsoll {

/// What the manifest says beside the results: inputs and circumstances.
struct RunContext {
  std::string scenario_name;
  std::string title_en, title_zh;
  About about;  ///< who asked what, and when
  std::string calibration;
  std::string calibration_sha256;
  std::string as_of;     ///< 2026-05
  std::string known_on;  ///< 2026-06-09
  std::string horizon;   ///< 2027-12
  std::string resolved_yaml;
  std::string run_hash;  ///< 64 hex digits
  std::int64_t seed = 0;
  std::string sampling;
  std::string started_utc;  ///< 2026-06-10T08:00:00Z
  std::string command_line;
  std::vector<std::pair<std::string, std::string>> inputs;     ///< path, sha256
  std::vector<std::pair<std::string, std::string>> libraries;  ///< name, version
  std::vector<Assumption> assumptions;                         ///< in what this scenario differs from the shipped base
  std::optional<Validation> validation;                        ///< what a past forecast was worth
  FileChoice files;                                            ///< what is written
  std::vector<std::string> languages{"en", "zh"};              ///< of documents

  std::int64_t plan_paths = 0;  ///< of the whole run; a shard does a part of them
  int engine_number = 0;
  std::string outputs_hash;            ///< of the outputs that the state counts
  std::string calibrations_folder;     ///< where a calibration that does not ship was read from
  std::vector<std::string> continued;  ///< command lines that went on with the run
  std::string kept_samples;            ///< series of samples.nc, as asked for; empty: no such file
  std::vector<std::string> targets;    ///< of --target-se, as asked for
  std::int64_t most_paths = 0;         ///< that the targets may take
  struct Shard {
    int number = 1, of = 1;  ///< from 1
    std::int64_t first_path = 0, paths = 0;
  };
  std::optional<Shard> shard;
};

/// Refuses (InputError usage, exit 2) a folder that exists and is not empty unless `force`, and one that cannot be
/// written; creates it. Call before simulating.
void prepare_run_folder(const std::string& folder, bool force);

/// The CSV files of a run by name, in the order of the digest.
std::vector<std::pair<std::string, std::string>> result_files(const RunResults& results);
/// SHA-256 over name and bytes of the CSV files.
std::string digest_of(const std::vector<std::pair<std::string, std::string>>& files);

/// How a run stands, as its manifest says.
inline constexpr const char* kRunning = "running";    ///< under way, or ended without a word
inline constexpr const char* kStopped = "partial";    ///< stopped; the tables cover the paths done
inline constexpr const char* kShardDone = "shard";    ///< all paths of a shard
inline constexpr const char* kComplete = "complete";  ///< all paths

/// Makes the folder say what runs in it, before the first path: a manifest that is `running`, the resolved scenario.
/// From then on 'resume' can go on with it, whatever happens. An older digest no longer vouches for the tables.
void begin_run_folder(const std::string& folder, const RunContext& context, const RunStatistics& so_far);

/// Writes the tables and documents that context.files asks for, scenario.resolved.yaml and manifest.json (last), each
/// by temporary name, fsync and rename; tables and documents of an older state that are not asked for go. Returns the
/// digest: SHA-256 over name and bytes of the CSV files, written or not.
std::string write_run_folder(const std::string& folder, const RunResults& results, const RunContext& context);

/// Writes the tables and documents that context.files asks for into `folder` again, and their hashes into its manifest
/// if it has one; all else in the folder stays. Returns the names, in their order.
std::vector<std::string> rewrite_documents(const std::string& folder, const RunResults& results,
                                           const RunContext& context);

/// The CSV texts, without a folder (for `--format csv` and tests).
std::string summary_csv(const RunResults& results);
std::string probabilities_csv(const RunResults& results);
std::string contributions_csv(const RunResults& results);
std::string tail_csv(const RunResults& results);

}  // namespace plimsoll
