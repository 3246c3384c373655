/// \file
/// Runs as verbs hand them on: a checked plan, a folder that is this process's own, what is done already. run, resume,
/// extend and merge differ only in how they make these.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "outputs/run_folder.hpp"
#include "sim/program/accuracy_target.hpp"
#include "sim/program/folder_lock.hpp"
#include "sim/program/joint_documents.hpp"
#include "sim/program/keep_samples.hpp"
#include "sim/program/load.hpp"
#include "sim/state_file.hpp"

namespace plimsoll {

struct RunTask {
  Loaded loaded;
  std::string folder;
  RunContext context;
  FolderLock lock;
  BlockRange blocks{0, kAllBlocks};
  std::shared_ptr<State> begun{};
  std::optional<SampleRequest> samples{};  ///< to be kept when all paths are done
  std::vector<AccuracyTarget> targets{};   ///< then the plan's paths are the most that may be simulated
  std::string unfinished{};  ///< why not all paths are asked for (merge); then the exit code is that of a part
};

/// The context of a run that begins now.
RunContext new_context(const Loaded& loaded, const CommandLine& line);

/// Whether so many paths have no market equilibrium that the run has failed, though its files are written.
bool too_many_unsolved(const RunStatistics& ran);

/// Asks for samples.nc again where the run keeps one.
void take_up_samples(RunTask& task);

/// Blocks of shard `number` of `of`: as equal as whole statistics blocks allow.
BlockRange shard_blocks(std::int64_t paths, int number, int of);

/// Simulates what is missing of every task and writes its folder, and documents of all if `joint` is given; prints
/// results on standard output. A signal ends it after a checkpoint. \returns the exit code
int work_on(std::vector<RunTask>& tasks, const CommandLine& line, int threads, JointDocuments* joint = nullptr);

}  // namespace plimsoll
