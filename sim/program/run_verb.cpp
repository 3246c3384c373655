#include <filesystem>
#include <iostream>
#include <set>

#include "outputs/number_format.hpp"
#include "sim/plan.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/keep_samples.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/run_tasks.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/stored_run.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

std::string shard_name(const Shard& shard) {
  return "shard-" + std::to_string(shard.number) + "-of-" + std::to_string(shard.of);
}

/// A folder for each run. Shards of a plan stand side by side, also when each is a command of its own.
std::vector<std::string> folder_names(const std::vector<Loaded>& runs, const CommandLine& line,
                                      const std::optional<std::string>& out) {
  std::vector<std::string> folders;
  std::set<std::string> seen;
  const std::string stamp = utc("%Y%m%dT%H%M%SZ");
  for (const Loaded& one : runs) {
    const Scenario& scenario = one.scenario.scenario;
    const std::string hash = one.run_hash.substr(0, 8);
    fs::path folder = fs::path("runs") / scenario.name;
    if (out)
      folder = runs.size() == 1 ? fs::path(*out) : fs::path(*out) / scenario.name;
    else if (line.shard)
      folder /= hash + "-" + std::to_string(scenario.paths) + "-paths";
    else
      folder /= stamp + "-" + hash;
    if (line.shard) folder /= shard_name(*line.shard);
    if (!seen.insert(folder.string()).second) {
      refuse_usage("two scenarios are named '" + scenario.name + "'", "their results would share a folder",
                   "run them one by one");
    }
    folders.push_back(folder.string());
  }
  return folders;
}

/// Makes the task one of a shard.
void take_shard(const Shard& shard, RunTask& task) {
  const std::int64_t paths = task.loaded.scenario.scenario.paths;
  task.blocks = shard_blocks(paths, shard.number, shard.of);
  if (task.blocks.first == task.blocks.last)
    refuse_usage("shard " + std::to_string(shard.number) + " of " + std::to_string(shard.of) + " has no path",
                 "shards are made of blocks of " + std::to_string(kStatisticsBlock) + " paths, and there are " +
                     std::to_string(paths) + " paths",
                 "use at most " + std::to_string((paths + kStatisticsBlock - 1) / kStatisticsBlock) + " shards");
  const std::int64_t first = task.blocks.first * kStatisticsBlock;
  task.context.shard = {shard.number, shard.of, first, std::min(paths, task.blocks.last * kStatisticsBlock) - first};
}

/// Makes the task one that ends when its figures are known well enough.
void take_targets(const std::vector<AccuracyTarget>& targets, const CommandLine& line, RunTask& task) {
  constexpr std::int64_t kMostPaths = 1 << 20;
  RunContext& context = task.context;
  task.targets = targets;
  context.targets = line.target_se;
  context.most_paths = line.paths ? context.plan_paths : std::max(context.plan_paths, kMostPaths);
  context.plan_paths = context.most_paths;
}

bool same_shard(const RunContext& a, const RunContext& b) {
  return a.run_hash == b.run_hash && a.outputs_hash == b.outputs_hash && a.plan_paths == b.plan_paths && a.shard &&
         b.shard && a.shard->number == b.shard->number && a.shard->of == b.shard->of;
}

/// A shard that a scheduler starts again goes on where it was. \returns false when all its paths are done
bool join_shard(RunTask& task, const CommandLine& line) {
  if (!is_run_folder(task.folder)) return true;
  StoredRun stored = read_stored_run(task.folder);
  if (!same_shard(stored.context, task.context)) {
    throw InputError(InputKind::incompatible,
                     {Problem{Place{task.folder}, "", "the folder holds a shard of another plan",
                              "paths of two plans do not add up", "give --out another folder, or add --force"}});
  }
  if (stored.status == kShardDone || stored.status == kComplete) {
    std::cerr << task.folder << ": all paths of the shard are done" << std::endl;
    return false;
  }
  task.begun = stored_state(stored, task.loaded);
  stored.context.resolved_yaml = task.context.resolved_yaml;
  task.context = stored.context;
  choose_documents(line, task.context);
  task.context.continued.push_back(line.whole);
  return true;
}

}  // namespace

int run_verb(const CommandLine& line) {
  if (line.names.empty()) refuse_usage("'run' needs a scenario", "", "for example: plimsoll run base");
  refuse_series_as_names(line);
  const Environment environment = read_environment();
  const ThreadChoice choice = choose_threads(line.threads, environment);
  LoadedAll all = load_all(line, environment);
  if (all.exit_code != 0) return all.exit_code;
  const std::optional<std::string> out = line.out ? line.out : environment.out;
  const std::vector<std::string> folders = folder_names(all.loaded, line, out);
  JointDocuments joint(line, folders.size(), out);
  watch_signals();

  if (line.shard && line.keep_samples)
    refuse_usage("--keep-samples cannot be combined with --shard", "samples.nc holds all paths of a run",
                 "run without --shard, or merge first and keep samples in a run of its own");
  std::vector<AccuracyTarget> targets;
  for (const std::string& text : line.target_se) targets.push_back(parse_accuracy_target(text));
  if (line.shard && !targets.empty())
    refuse_usage("--target-se cannot be combined with --shard", "a shard does not know the others' paths", "");
  for (const Loaded& one : all.loaded) {
    for (const AccuracyTarget& target : targets) require_output(target, one.simulation->plan().outputs);
  }
  std::vector<std::optional<SampleRequest>> samples(folders.size());
  for (std::size_t i = 0; line.keep_samples && i < folders.size(); ++i)
    samples[i] = request_samples(all.loaded[i], *line.keep_samples);

  RunFolders made;
  std::vector<RunTask> tasks;
  for (std::size_t i = 0; i < folders.size(); ++i) {
    const bool joins = line.shard && !line.force && is_run_folder(folders[i]);
    if (!joins) made.prepare(folders[i], line.force);
    RunContext context = new_context(all.loaded[i], line);
    context.files = joint.of_each(context.files);
    tasks.push_back({std::move(all.loaded[i]), folders[i], std::move(context), FolderLock(folders[i])});
    tasks.back().samples = std::move(samples[i]);
    tasks.back().context.kept_samples = line.keep_samples.value_or("");
    if (!targets.empty()) take_targets(targets, line, tasks.back());
    if (line.shard) take_shard(*line.shard, tasks.back());
    if (joins && !join_shard(tasks.back(), line)) tasks.pop_back();
    if (!joins) remove_run_files(folders[i]);
  }
  try {
    return work_on(tasks, line, choice.threads, &joint);
  } catch (const CollapsedEvidence&) {
    // Such a run has no answer, and begins again with more paths: nothing of it stays.
    for (const RunTask& task : tasks) {
      if (read_stored_run(task.folder).status == kRunning) remove_run_files(task.folder);
    }
    throw;
  }
}

}  // namespace plimsoll
