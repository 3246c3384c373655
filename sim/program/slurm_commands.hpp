/// \file
/// Slurm's own programs, asked: sbatch, squeue, scontrol. Never sacct, which many clusters have switched off.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace plimsoll {

struct SubmittedJob {
  std::string id;
  std::string cluster;  ///< mostly empty
  bool operator==(const SubmittedJob&) const = default;
};
/// What `sbatch --parsable` prints: `ID` or `ID;CLUSTER`; nullopt for anything else.
std::optional<SubmittedJob> parse_submitted(const std::string& printed);

/// Runs a command of array_command or merge_command. \throws InputError (usage) when there is no sbatch;
/// std::runtime_error with what sbatch said when it refuses.
SubmittedJob submit(const std::vector<std::string>& command);

/// Refuses at once what would come to nothing: no sbatch, or a SLURM_CONF that leads nowhere (with which Slurm's
/// programs search the network for a minute). \throws InputError (usage)
void need_slurm();

/// A job, or one task of an array, that is in the queue or runs.
struct QueuedTask {
  std::string job;    ///< number of the array, or of the job
  int task = 0;       ///< index in the array; 0 when it is none
  std::string state;  ///< PENDING, RUNNING, COMPLETING ..
  std::string reason;
  std::string folder;  ///< its working folder
};
/// Lines `job|task|state|reason|folder`.
std::vector<QueuedTask> parse_queue(const std::string& printed);

/// Jobs of these names that work in `folder`. Nullopt, and why in `why_not`, when Slurm does not answer.
std::optional<std::vector<QueuedTask>> ask_queue(const std::vector<std::string>& job_names, const std::string& folder,
                                                 const std::string& cluster, std::string& why_not);

/// The highest index that an array may have here; nullopt when Slurm does not say.
std::optional<int> ask_highest_index();

}  // namespace plimsoll
