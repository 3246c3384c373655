/// \file
/// The text of what goes to sbatch: one script whose tasks are shards of a sweep, one that merges. No side effects.
#pragma once

#include <string>
#include <vector>

#include "sim/program/slurm_options.hpp"

namespace plimsoll {

/// A sweep's folder as a job sees it. All paths are absolute.
struct SlurmJob {
  std::string program;  ///< this one
  std::string version;
  std::string folder;
  std::string home;  ///< PLIMSOLL_HOME where it is set, else empty: a cluster may not hand on the environment
  std::string name;  ///< of the array job, see job_name
  int shards = 1;
  std::vector<int> submitted;  ///< numbers of the shards that this submission runs, ascending
  SlurmOptions options;
};

/// `plimsoll-NAME-1a2b3c4d`, of letters that squeue's lists of names can hold.
std::string job_name(const std::string& sweep_name, const std::string& plan_hash);

/// RUN/sbatch.sh. By hand, or under another scheduler: `bash sbatch.sh K` runs shard K.
std::string array_script(const SlurmJob& job);
/// RUN/merge.sh
std::string merge_script(const SlurmJob& job);

/// The command lines, as arguments. `cluster` as sbatch gave it with the array's number, mostly empty.
std::vector<std::string> array_command(const SlurmJob& job);
/// \param after numbers of the jobs that must have ended, well or not
std::vector<std::string> merge_command(const SlurmJob& job, const std::vector<std::string>& after,
                                       const std::string& cluster);

/// In single quotes where a shell would read more than the text itself.
std::string shell_quoted(const std::string& text);
/// A command as one types it.
std::string shell_line(const std::vector<std::string>& command);

/// \throws InputError (usage): the folder's name has characters that sbatch reads as more than themselves.
void check_folder_name(const std::string& folder);

}  // namespace plimsoll
