/// \file
/// A run's folder: all files of a run, each whole or not there at all.
#pragma once

#include <string>
#include <vector>

#include "sim/results.hpp"

namespace plimsoll {

/// What the manifest says beside the results: inputs and circumstances.
struct RunContext {
  std::string scenario_name;
  std::string title_en;
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
  std::vector<std::string> assumptions;  ///< readable lines: what this scenario states that base does not
};

/// Refuses (InputError usage, exit 2) a folder that exists and is not empty unless `force`, and one that cannot be
/// written; creates it. Call before simulating.
void prepare_run_folder(const std::string& folder, bool force);

/// The CSV files of a run by name, in the order of the digest.
std::vector<std::pair<std::string, std::string>> result_files(const RunResults& results);
/// SHA-256 over name and bytes of the CSV files.
std::string digest_of(const std::vector<std::pair<std::string, std::string>>& files);

/// Writes summary.csv, probabilities.csv, contributions.csv, scenario.resolved.yaml, manifest.json (last), each by
/// temporary name, fsync and rename. Returns the digest: SHA-256 over name and bytes of the CSV files.
std::string write_run_folder(const std::string& folder, const RunResults& results, const RunContext& context);

/// The CSV texts, without a folder (for `--format csv` and tests).
std::string summary_csv(const RunResults& results);
std::string probabilities_csv(const RunResults& results);
std::string contributions_csv(const RunResults& results);

}  // namespace plimsoll
