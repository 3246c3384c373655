#include "sim/program/slurm_sweep.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "outputs/run_folder.hpp"
#include "outputs/sweep_index.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/number_text.hpp"
#include "sim/program/slurm_jobs.hpp"
#include "sim/program/slurm_submit.hpp"
#include "sim/program/sweep_folder.hpp"
#include "sim/program/sweep_points.hpp"
#include "sim/run_size.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

std::vector<int> unfinished_shards(const SweepPlan& plan, const fs::path& folder, int shards) {
  const SweepIndex index(plan, results_files(folder));
  std::set<int> unfinished;
  for (std::int64_t point = 0; point < plan.point_count(); ++point) {
    if (index.status(point) != SweepIndex::Status::done) unfinished.insert(static_cast<int>(point % shards) + 1);
  }
  return {unfinished.begin(), unfinished.end()};
}

/// Measured here and now, at a point that can be simulated; 0 when none can.
double point_seconds(const SweepPlan& plan, int threads) {
  const SweepPoints points(plan);
  constexpr std::int64_t kTried = 100;
  for (std::int64_t k = 0; k < std::min(kTried, plan.point_count()); ++k) {
    try {
      points.simulation(k);  // what all points share is made once
      const auto began = std::chrono::steady_clock::now();
      const Simulation one = points.simulation(k);
      const double set_up = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
      return set_up + time_of_run(one, threads, threads).seconds;
    } catch (const InputError&) {
      continue;  // this one fails in its task too, and says why
    }
  }
  return 0;
}

/// The tables are there, of all points and of this plan.
bool is_merged(const fs::path& folder, const SweepPlan& plan) {
  std::ifstream in(folder / "manifest.json", std::ios::binary);
  const nlohmann::json manifest = nlohmann::json::parse(in, nullptr, false);
  return manifest.is_object() && manifest.value("status", "") == kComplete &&
         manifest.value("plan_hash", "") == plan.hash;
}

SlurmSweep facts_of(const std::string& folder, const SweepPlan& plan) {
  SlurmSweep sweep;
  sweep.folder = folder;
  sweep.name = plan.name;
  sweep.plan_hash = plan.hash;
  sweep.points = plan.point_count();
  sweep.merged = is_merged(folder, plan);
  sweep.write_plan = [] {};
  sweep.point_seconds = [&plan](int threads) { return point_seconds(plan, threads); };
  sweep.unfinished = [&plan, folder](int shards) { return unfinished_shards(plan, folder, shards); };
  return sweep;
}

/// Options of a simulation that is not done here.
void refuse_local_options(const CommandLine& line) {
  if (line.shard) refuse_usage("'--shard' and '--slurm' exclude each other", "Slurm's tasks are the shards");
  if (line.threads)
    refuse_usage("'--threads' is of this process, which only submits", "a task has as many threads as CPUs",
                 "give --cpus-per-task " + std::to_string(*line.threads));
  if (line.format != "table")
    refuse_usage("'--format " + line.format + "' is of results, and there are none yet",
                 "the tables come from the merge job", "take --format away; ids of jobs stand in jobs.json");
}

/// With what is said of the work itself, which tasks and merge are told.
SlurmOptions handed_on(const CommandLine& line) {
  SlurmOptions options = line.slurm;
  if (line.checkpoint_s != CommandLine{}.checkpoint_s)
    options.task_arguments = {"--checkpoint", shortest(line.checkpoint_s)};
  if (line.write) options.merge_arguments = {"--write", *line.write};
  if (line.language) {
    options.merge_arguments.emplace_back("--language");
    options.merge_arguments.push_back(*line.language);
  }
  return options;
}

}  // namespace

bool goes_to_slurm(const CommandLine& line) {
  const SlurmOptions& slurm = line.slurm;
  if (slurm.here && slurm.says_anything())
    refuse_usage("'--here' and options of Slurm exclude each other", "here nothing is submitted");
  const bool submitted = line.verb == "resume" && !slurm.here && !line.shard && line.names.size() == 1 &&
                         fs::exists(fs::path(line.names.front()) / "jobs.json");
  if (!slurm.asked && !submitted && slurm.says_anything())
    refuse_usage("options of Slurm without '--slurm'", "they would have no effect", "add --slurm");
  if (!slurm.asked && !submitted) return false;
  refuse_local_options(line);
  return true;
}

int sweep_on_slurm(const std::string& folder, const SweepPlan& plan, const CommandLine& line) {
  SlurmSweep sweep = facts_of(folder, plan);
  sweep.write_plan = [&] { begin_sweep_folder(folder, plan, line.force); };
  return submit_sweep(sweep, handed_on(line));
}

int resume_on_slurm(const CommandLine& line) {
  if (line.names.size() != 1)
    refuse_usage("'resume --slurm' takes one sweep's folder", "each sweep is an array job of its own");
  const std::string& folder = line.names.front();
  if (!is_sweep_folder(folder))
    refuse_usage("'" + folder + "' is not the folder of a sweep", "what is submitted are the points of a sweep",
                 "of a run: plimsoll resume " + folder);
  const SweepPlan plan = read_plan(folder);
  return submit_sweep(facts_of(folder, plan), handed_on(line));
}

int extend_on_slurm(const std::string& folder, const SweepPlan& longer, const CommandLine& line,
                    const std::function<void()>& replace_plan) {
  SlurmSweep sweep = facts_of(folder, longer);
  sweep.write_plan = replace_plan;
  return submit_sweep(sweep, handed_on(line));
}

void refuse_while_queued(const std::string& folder) {
  const auto jobs = read_slurm_jobs(folder);
  if (!jobs) return;
  std::string why_not;
  const auto tasks = ask_queue(*jobs, fs::weakly_canonical(fs::absolute(folder)), why_not);
  if (!tasks || tasks->empty()) return;  // Slurm is away: nobody can wait for its word
  refuse_usage("jobs of '" + folder + "' are in the queue: " + tasks->front().job,
               "they would go on with the points of the shorter sweep, which then no longer count",
               "wait for their end, or cancel them (scancel)");
}

std::string slurm_status(const std::string& folder) {
  const auto jobs = read_slurm_jobs(folder);
  return jobs ? queue_text(*jobs, fs::weakly_canonical(fs::absolute(folder))) : "";
}

nlohmann::ordered_json slurm_status_json(const std::string& folder) {
  const auto jobs = read_slurm_jobs(folder);
  return jobs ? queue_json(*jobs, fs::weakly_canonical(fs::absolute(folder))) : nlohmann::ordered_json();
}

}  // namespace plimsoll
