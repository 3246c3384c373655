/// \file
/// resume and extend: go on with a run from its folder.
#include <iostream>

#include "outputs/build_facts.hpp"
#include "outputs/number_format.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/result_folders.hpp"
#include "sim/program/run_tasks.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/slurm_sweep.hpp"
#include "sim/program/stored_run.hpp"
#include "sim/program/sweep_folder.hpp"
#include "sim/program/sweep_status.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

bool is_done(const StoredRun& stored) {
  return (stored.status == kComplete || stored.status == kShardDone) && !lacks_samples(stored);
}

void note_other_compiler(const StoredRun& stored) {
  if (stored.compiler == compiler()) return;
  std::cerr << "note: the run was begun by a program built with " << stored.compiler << ", this one with " << compiler()
            << "; their digits are tested to be the same, not promised" << std::endl;
}

/// Sweeps in a folder of runs are not begun unasked, but not passed over in silence either.
void name_unfinished_sweeps(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    for (const std::string& folder : folders_in(name, [](const auto& f) { return is_sweep_folder(f); })) {
      if (!is_whole_sweep(folder)) std::cerr << "not begun: " << sweep_status(folder, SweepDetail::brief);
    }
  }
}

RunTask task_of(StoredRun& stored, const CommandLine& line, std::optional<std::int64_t> paths) {
  const std::string folder = stored.folder.string();
  FolderLock lock(folder);
  stored = read_stored_run(folder);  // as the last owner left it
  RunContext& context = stored.context;
  if (paths) context.targets.clear();  // a number of paths in place of an accuracy
  Loaded loaded = load_stored(stored, context.targets.empty() ? paths : context.most_paths);
  std::shared_ptr<State> begun = stored_state(stored, loaded);
  note_other_compiler(stored);
  RunTask task{std::move(loaded), folder, stored.context, std::move(lock)};
  task.begun = std::move(begun);
  for (const std::string& target : task.context.targets) task.targets.push_back(parse_accuracy_target(target));
  take_up_samples(task);
  choose_documents(line, task.context);
  task.context.continued.push_back(line.whole);
  if (task.context.shard)
    task.blocks = shard_blocks(task.context.plan_paths, task.context.shard->number, task.context.shard->of);
  return task;
}

}  // namespace

int resume_verb(const CommandLine& line) {
  if (line.names.empty())
    refuse_usage("'resume' needs a run's folder", "",
                 "for example: plimsoll resume runs/base/20260610T080000Z-1a2b3c4d");
  if (goes_to_slurm(line)) return resume_on_slurm(line);
  if (are_sweeps(line.verb, line.names)) return resume_sweeps(line);
  name_unfinished_sweeps(line.names);
  if (line.shard) refuse_usage("--shard is for sweeps", "a run's shard is a folder of its own", "leave it out");
  watch_signals();
  std::vector<RunTask> tasks;
  for (const std::string& name : line.names) {
    std::vector<std::string> folders = run_folders_in(name);
    if (folders.empty()) folders.push_back(name);  // refused for want of a manifest
    for (const std::string& folder : folders) {
      StoredRun stored = read_stored_run(folder);
      if (is_done(stored)) {
        std::cerr << folder << ": all " << grouped(stored.paths_done) << " paths are done; nothing is left to do"
                  << std::endl;
        continue;
      }
      tasks.push_back(task_of(stored, line, std::nullopt));
    }
  }
  return work_on(tasks, line, choose_threads(line.threads, read_environment()).threads);
}

int extend_verb(const CommandLine& line) {
  if (line.names.size() != 1 || !line.paths)
    refuse_usage("'extend' takes one run's folder and --paths", "",
                 "for example: plimsoll extend runs/base/X --paths 100000");
  if (are_sweeps(line.verb, line.names)) return extend_sweep(line);
  if (goes_to_slurm(line))
    refuse_usage("'" + line.names.front() + "' is not the folder of a sweep",
                 "what is submitted are the points of a sweep", "leave --slurm out");
  watch_signals();
  StoredRun stored = read_stored_run(line.names.front());
  if (stored.context.shard)
    refuse_usage("a shard cannot be extended", "its place is that of a plan's blocks",
                 "merge the shards, then extend the whole");
  const std::int64_t paths = std::stoll(*line.paths);
  if (paths < stored.context.plan_paths)
    refuse_usage(
        "the run has " + std::to_string(stored.context.plan_paths) + " paths already, more than " + *line.paths,
        "paths are added, never taken away", "ask for more, or run the scenario again");
  if (paths == stored.context.plan_paths && is_done(stored)) {
    std::cerr << line.names.front() << ": it has " << grouped(paths) << " paths already" << std::endl;
    return kSuccess;
  }
  std::vector<RunTask> tasks;
  tasks.push_back(task_of(stored, line, paths));
  return work_on(tasks, line, choose_threads(line.threads, read_environment()).threads);
}

}  // namespace plimsoll
