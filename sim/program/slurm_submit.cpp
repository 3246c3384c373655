#include "sim/program/slurm_submit.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "outputs/atomic_file.hpp"
#include "outputs/build_facts.hpp"
#include "outputs/number_format.hpp"
#include "scenarios/input_error.hpp"
#include "sim/program/command_line.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/folder_lock.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/slurm_array.hpp"
#include "sim/program/slurm_jobs.hpp"
#include "sim/program/slurm_script.hpp"
#include "sim/program/standard_output.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

constexpr double kShortest = 5 * 60, kLongest = 60 * 60;

std::string absolute(const std::string& path) {
  std::string text = fs::weakly_canonical(fs::absolute(path)).string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

std::string this_program() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) throw std::system_error(error, "cannot tell where this program is");
  return program.string();
}

std::string duration(double seconds) {
  if (seconds < 90) return fixed(seconds, 0) + " s";
  return seconds < 5400 ? fixed(seconds / 60, 0) + " min" : fixed(seconds / 3600, 1) + " h";
}

int choose_shards(const SlurmSweep& sweep, const SlurmOptions& options, double point_seconds,
                  std::optional<int> highest) {
  if (!options.shards) {
    const int most = std::min(kDefaultMostShards, highest.value_or(kDefaultMostShards));
    return fitting_shards(sweep.points, point_seconds, most);
  }
  if (highest && *options.shards > *highest)
    refuse_usage("'--shards " + std::to_string(*options.shards) + "' is more than an array may have here",
                 "MaxArraySize of this cluster allows " + std::to_string(*highest), "take fewer and longer ones");
  if (*options.shards > sweep.points)
    refuse_usage("'--shards " + std::to_string(*options.shards) + "' is more than there are points",
                 "the sweep has " + std::to_string(sweep.points) + " points, and a shard holds at least one");
  return *options.shards;
}

/// What a user would want to know before hundreds of tasks end at their limit.
void warn_of_times(double shard_seconds, const SlurmOptions& options) {
  if (!(shard_seconds > 0)) return;
  const auto time = options.value("time");
  const double limit = time ? slurm_seconds(*time).value_or(0) : 0;
  if (limit > 0 && shard_seconds > 0.8 * limit)
    std::cerr << "warning: a shard will take about " << duration(shard_seconds) << ", and --time is " << duration(limit)
              << ": tasks will stop, keep their finished points and be queued again" << std::endl;
  if (shard_seconds > kLongest)
    std::cerr << "note: shards of more than an hour; more of them (--shards) would lose less when a node is lost"
              << std::endl;
  else if (options.shards && *options.shards > 1 && shard_seconds < kShortest)
    std::cerr << "note: shards of less than five minutes; the queue's own time may outweigh theirs" << std::endl;
}

std::string script_listing(const SlurmJob& job) {
  return "==> " + job.folder + "/sbatch.sh <==\n" + array_script(job) + "\n==> " + job.folder + "/merge.sh <==\n" +
         merge_script(job) + "\n==> commands <==\n" + shell_line(array_command(job)) + "\n" +
         shell_line(merge_command(job, {"ARRAY_ID"}, "")) + "\n";
}

std::string ids(const std::vector<std::string>& all, const char* between) {
  std::string text;
  for (const std::string& one : all) text += (text.empty() ? "" : between) + one;
  return text;
}

/// How to watch, cancel and collect.
std::string what_to_do(const SlurmJob& job, const Submission& one) {
  const std::string on = one.array.cluster.empty() ? "" : " --clusters=" + one.array.cluster;
  std::vector<std::string> both{one.array.id};
  if (one.merge) both.push_back(one.merge->id);
  const std::string folder = shell_quoted(job.folder);
  return "array job  " + one.array.id + ": shards " + shards_text(job.submitted) + " of " + std::to_string(job.shards) +
         "\n" + (one.merge ? "merge job  " + one.merge->id + ": when they have ended, well or not\n" : "") +
         "watch      plimsoll status " + folder + "; squeue" + on + " -j " + ids(both, ",") + "\n" +
         "cancel     scancel" + on + " " + ids(both, " ") + "\n" + "collect    " + folder +
         "/merged.csv comes from the merge job; by hand: plimsoll merge " + folder + "\n" + "logs       " + folder +
         "/log\n";
}

/// The shards in the queue by number, and whether a merge is there too.
struct InQueue {
  std::set<int> shards;
  std::set<std::string> arrays;
  bool merge = false;
};

InQueue in_queue(const SlurmJobs& jobs, const fs::path& folder, bool dry_run) {
  std::string why_not;
  const auto tasks = ask_queue(jobs, folder, why_not);
  if (!tasks && dry_run) return {};  // nothing can come of it
  if (!tasks)
    throw std::runtime_error(
        "Slurm does not say which shards are in its queue, so nothing is submitted\n  why: " + why_not +
        "\n  hint: what is missing can also be done here: plimsoll resume --here " + shell_quoted(folder.string()));
  InQueue found;
  for (const QueuedTask& one : *tasks) {
    if (one.task == 0) {
      found.merge = true;
      continue;
    }
    found.shards.insert(one.task);
    found.arrays.insert(one.job);
  }
  return found;
}

void submit_merge(const SlurmJob& job, const std::vector<std::string>& after, SlurmJobs& jobs) {
  Submission& last = jobs.submissions.back();
  try {
    last.merge = submit(merge_command(job, after, last.array.cluster));
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string(error.what()) + "\n  the array job " + last.array.id +
                             " is in the queue all the same; when it has ended: plimsoll merge " +
                             shell_quoted(job.folder));
  }
  write_slurm_jobs(job.folder, jobs);
}

std::string options_text(const SlurmOptions& options) {
  std::string text;
  for (const auto& [name, value] : options.sbatch) text += (text.empty() ? "" : ", ") + name + " " + value;
  for (const std::string& argument : options.sbatch_args) text += (text.empty() ? "" : ", ") + argument;
  return text.empty() ? "those of the cluster" : text + "; else those of the cluster";
}

int nothing_to_submit(const SlurmSweep& sweep, const SlurmJob& job, SlurmJobs& jobs, const InQueue& queue) {
  if (queue.shards.empty()) {
    std::cerr << job.folder << ": all " << grouped(sweep.points) << " points are done; "
              << (sweep.merged ? "nothing is left to do" : "to join them: plimsoll merge " + shell_quoted(job.folder))
              << std::endl;
    return kSuccess;
  }
  std::cerr << job.folder << ": shards " << shards_text({queue.shards.begin(), queue.shards.end()})
            << " are in the queue; nothing more is submitted" << std::endl;
  if (!queue.merge && !jobs.submissions.empty() && !job.options.dry_run) {
    submit_merge(job, {queue.arrays.begin(), queue.arrays.end()}, jobs);
    print("merge job  " + jobs.submissions.back().merge->id + ": when they have ended, well or not\n");
  }
  return kSuccess;
}

}  // namespace

int submit_sweep(const SlurmSweep& sweep, const SlurmOptions& asked) {
  const std::string folder = absolute(sweep.folder);
  check(asked);
  check_folder_name(folder);
  if (!asked.dry_run) need_slurm();
  const char* home = std::getenv("PLIMSOLL_HOME");
  SlurmJob job{
      this_program(), version(), folder, home != nullptr && *home != '\0' ? absolute(home) : "", {}, 1, {}, {}};

  // Two submissions at once would both find the same shards missing. Points have their own folder and no lock.
  std::optional<FolderLock> lock;
  if (!asked.dry_run) {
    sweep.write_plan();
    fs::create_directories(fs::path(folder) / "log");  // without it a task fails before it can say so
    lock.emplace((fs::path(folder) / "log").string());
  }
  std::optional<SlurmJobs> before = read_slurm_jobs(folder);
  job.options = before ? joined(asked, before->options) : asked;
  check(job.options);
  SlurmJobs jobs = before ? *before : SlurmJobs{};
  jobs.name = job.name = job_name(sweep.name, sweep.plan_hash);
  jobs.options = job.options;

  double point_seconds = 0;  // measured only where it decides or is told
  if (before && asked.shards && *asked.shards != before->shards)
    refuse_usage("'--shards " + std::to_string(*asked.shards) + "': the points are dealt to " +
                     std::to_string(before->shards) + " shards already",
                 "tasks in the queue would do other points than they were given", "leave --shards out");
  if (!before) point_seconds = sweep.point_seconds(job.options.cpus_per_task());
  jobs.shards = job.shards = before ? before->shards : choose_shards(sweep, asked, point_seconds, ask_highest_index());

  const std::vector<int> unfinished = sweep.unfinished(job.shards);
  const InQueue queue = in_queue(before ? *before : jobs, folder, asked.dry_run);
  if (!before && !queue.shards.empty())
    throw std::runtime_error("jobs of this folder are in the queue of which it knows nothing: " +
                             ids({queue.arrays.begin(), queue.arrays.end()}, ", ") +
                             "\n  why: the computer stopped just when they were submitted, or jobs.json was deleted"
                             "\n  hint: cancel them (scancel), or wait for their end, and submit again");
  std::set_difference(unfinished.begin(), unfinished.end(), queue.shards.begin(), queue.shards.end(),
                      std::back_inserter(job.submitted));
  if (job.submitted.empty()) return nothing_to_submit(sweep, job, jobs, queue);

  if (before) point_seconds = sweep.point_seconds(job.options.cpus_per_task());
  const double shard_seconds = std::ceil(static_cast<double>(sweep.points) / job.shards) * point_seconds;
  warn_of_times(shard_seconds, job.options);
  if (asked.dry_run) {
    print(script_listing(job));
    return kSuccess;
  }
  write_file_atomically(fs::path(folder) / "sbatch.sh", array_script(job));
  write_file_atomically(fs::path(folder) / "merge.sh", merge_script(job));
  const SubmittedJob array = submit(array_command(job));
  jobs.submissions.push_back(
      {utc("%Y-%m-%dT%H:%M:%SZ"), array, array_text(job.submitted, job.options.array_limit), std::nullopt});
  write_slurm_jobs(folder, jobs);
  std::vector<std::string> after{array.id};
  for (const std::string& one : queue.arrays) after.push_back(one);
  submit_merge(job, after, jobs);

  std::ostringstream text;
  text << "plan       " << folder << "/plan.json: " << grouped(sweep.points) << " points in " << job.shards
       << " shards";
  if (shard_seconds > 0)
    text << " of about " << duration(shard_seconds) << " on " << job.options.cpus_per_task()
         << (job.options.cpus_per_task() == 1 ? " thread" : " threads");
  text << "\noptions    " << options_text(job.options) << "\n";
  if (!queue.shards.empty())
    text << "in queue   shards " << shards_text({queue.shards.begin(), queue.shards.end()}) << ": left alone\n";
  print(text.str() + what_to_do(job, jobs.submissions.back()));
  return kSuccess;
}

}  // namespace plimsoll
