#include "sim/program/slurm_jobs.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "outputs/atomic_file.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json json_of(const SubmittedJob& job) {
  Json json{{"id", job.id}};
  if (!job.cluster.empty()) json["cluster"] = job.cluster;
  return json;
}

SubmittedJob job_of(const Json& json) { return {json.at("id").get<std::string>(), json.value("cluster", "")}; }

Json json_of(const SlurmOptions& options) {
  Json json = Json::object();
  for (const auto& [name, value] : options.sbatch) json[name] = value;
  if (options.array_limit) json["array-limit"] = *options.array_limit;
  if (!options.sbatch_args.empty()) json["sbatch-arg"] = options.sbatch_args;
  if (!options.task_arguments.empty()) json["task_arguments"] = options.task_arguments;
  if (!options.merge_arguments.empty()) json["merge_arguments"] = options.merge_arguments;
  if (options.prologue) json["prologue"] = *options.prologue;
  return json;
}

SlurmOptions options_of(const Json& json) {
  SlurmOptions options;
  for (const SlurmOptionRow& row : slurm_option_rows()) {
    if (json.contains(row.name)) options.sbatch.emplace_back(row.name, json[row.name].get<std::string>());
  }
  if (json.contains("array-limit")) options.array_limit = json["array-limit"].get<int>();
  if (json.contains("sbatch-arg")) options.sbatch_args = json["sbatch-arg"].get<std::vector<std::string>>();
  options.task_arguments = json.value("task_arguments", std::vector<std::string>{});
  options.merge_arguments = json.value("merge_arguments", std::vector<std::string>{});
  if (json.contains("prologue")) options.prologue = json["prologue"].get<std::string>();
  return options;
}

std::string merge_name(const SlurmJobs& jobs) { return jobs.name + "-merge"; }

}  // namespace

std::optional<SlurmJobs> read_slurm_jobs(const fs::path& folder) {
  const fs::path file = folder / "jobs.json";
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  try {
    const Json json = Json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    SlurmJobs jobs{
        json.at("job_name").get<std::string>(), json.at("shards").get<int>(), options_of(json.at("options")), {}};
    for (const Json& one : json.at("submissions")) {
      jobs.submissions.push_back({one.at("utc").get<std::string>(), job_of(one.at("array")),
                                  one.at("shards").get<std::string>(),
                                  one.contains("merge") ? std::optional(job_of(one["merge"])) : std::nullopt});
    }
    if (jobs.shards < 1) throw std::runtime_error("shards below 1");
    return jobs;
  } catch (const std::exception& error) {
    throw InputError(InputKind::data, {Problem{Place{file.string()}, "", "the file is damaged", error.what(),
                                               "it only says what was submitted: when no job of this folder is in the "
                                               "queue any more, delete it"}});
  }
}

void write_slurm_jobs(const fs::path& folder, const SlurmJobs& jobs) {
  Json list = Json::array();
  for (const Submission& one : jobs.submissions) {
    Json json{{"utc", one.utc}, {"array", json_of(one.array)}, {"shards", one.shards}};
    if (one.merge) json["merge"] = json_of(*one.merge);
    list.push_back(json);
  }
  const Json json{{"plimsoll_jobs", 1},
                  {"job_name", jobs.name},
                  {"shards", jobs.shards},
                  {"options", json_of(jobs.options)},
                  {"submissions", list}};
  write_file_atomically(folder / "jobs.json", json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

std::optional<std::vector<QueuedTask>> ask_queue(const SlurmJobs& jobs, const fs::path& folder, std::string& why_not) {
  std::set<std::string> clusters;
  for (const Submission& one : jobs.submissions) clusters.insert(one.array.cluster);
  if (clusters.empty()) clusters.insert("");
  std::vector<QueuedTask> all;
  for (const std::string& cluster : clusters) {
    const auto tasks = ask_queue({jobs.name, merge_name(jobs)}, folder.string(), cluster, why_not);
    if (!tasks) return std::nullopt;
    all.insert(all.end(), tasks->begin(), tasks->end());
  }
  return all;
}

Json queue_json(const SlurmJobs& jobs, const fs::path& folder) {
  Json json{{"answers", true}, {"shards", jobs.shards}, {"jobs", Json::array()}, {"queue", Json::array()}};
  for (const Submission& one : jobs.submissions) {
    Json job{{"array", json_of(one.array)}, {"shards", one.shards}};
    if (one.merge) job["merge"] = json_of(*one.merge);
    json["jobs"].push_back(job);
  }
  std::string why_not;
  const auto tasks = ask_queue(jobs, folder, why_not);
  if (!tasks) {
    json["answers"] = false;
    json["why"] = why_not;
    return json;
  }
  for (const QueuedTask& one : *tasks) {
    Json task{{"job", one.job}, {"state", one.state}, {"reason", one.reason}};
    if (one.task > 0) task["shard"] = one.task;
    json["queue"].push_back(task);
  }
  return json;
}

std::string queue_text(const SlurmJobs& jobs, const fs::path& folder) {
  std::string why_not;
  const auto tasks = ask_queue(jobs, folder, why_not);
  if (!tasks) return "Slurm does not say how its jobs stand: " + why_not + "\n";
  if (tasks->empty()) return "Slurm has no job of this folder any more\n";
  std::map<std::string, std::map<std::string, int>> counts;  // by job, then by state and reason
  for (const QueuedTask& one : *tasks) {
    const bool tells = one.reason != "None" && one.reason != "(null)" && !one.reason.empty();
    ++counts[one.job + (one.task == 0 ? " (merge)" : "")][one.state + (tells ? " (" + one.reason + ")" : "")];
  }
  std::string text;
  for (const auto& [job, states] : counts) {
    std::string line;
    for (const auto& [state, count] : states) line += (line.empty() ? "" : ", ") + std::to_string(count) + " " + state;
    text += "Slurm job " + job + ": " + line + "\n";
  }
  return text;
}

}  // namespace plimsoll
