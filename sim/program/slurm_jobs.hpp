/// \file
/// RUN/jobs.json: what was submitted to Slurm for a sweep's folder. What is done, files of points say, not this.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/program/slurm_commands.hpp"
#include "sim/program/slurm_options.hpp"

namespace plimsoll {

struct Submission {
  std::string utc;
  SubmittedJob array;
  std::string shards;                 ///< as sbatch was told: 3,17,40-45%10
  std::optional<SubmittedJob> merge;  ///< not yet, between the two calls of sbatch
};

struct SlurmJobs {
  std::string name;  ///< of the array jobs; the merge's has -merge behind it
  int shards = 1;    ///< into how many the points are dealt; stays, so that those in the queue keep their points
  SlurmOptions options;
  std::vector<Submission> submissions;
};

/// Nullopt when nothing of the folder was submitted. \throws InputError (data) when the file is damaged.
std::optional<SlurmJobs> read_slurm_jobs(const std::filesystem::path& folder);
void write_slurm_jobs(const std::filesystem::path& folder, const SlurmJobs& jobs);

/// The queue's jobs of this folder, on every cluster that was submitted to.
std::optional<std::vector<QueuedTask>> ask_queue(const SlurmJobs& jobs, const std::filesystem::path& folder,
                                                 std::string& why_not);
/// Lines for `status`: how many tasks are in which state and why, or that Slurm does not answer.
std::string queue_text(const SlurmJobs& jobs, const std::filesystem::path& folder);
nlohmann::ordered_json queue_json(const SlurmJobs& jobs, const std::filesystem::path& folder);

}  // namespace plimsoll
