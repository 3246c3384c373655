#include "sim/program/slurm_commands.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include "scenarios/input_error.hpp"
#include "sim/program/child_process.hpp"
#include "sim/program/command_line.hpp"
#include "sim/program/slurm_array.hpp"
#include "sim/program/slurm_script.hpp"

namespace plimsoll {
namespace {

/// Slurm's clients try for some ten seconds to reach a controller that is away.
constexpr double kSubmitSeconds = 120;
constexpr double kAskSeconds = 30;

[[noreturn]] void refuse_without_slurm() {
  refuse_usage(
      "there is no Slurm on this host: 'sbatch' is not in PATH", "jobs are submitted from a login node of the cluster",
      "'--dry-run' shows the scripts; without Slurm: 'plimsoll sweep' here, or '--shard I/N' on each machine; of a "
      "sweep that was submitted: 'plimsoll resume DIR --here'");
}

std::string trimmed(const std::string& text) {
  const char* blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// What went wrong, in Slurm's words and then in ours where its own are about something else.
std::string failure_text(const ChildOutcome& outcome) {
  if (!outcome.in_time) return "it gave no answer in time";
  const std::string said = trimmed(outcome.error.empty() ? outcome.out : outcome.error);
  std::string text = said.empty() ? "it ended with exit code " + std::to_string(outcome.code) : said;
  const bool no_configuration = said.find("configuration source") != std::string::npos ||
                                said.find("DNS SRV lookup failed") != std::string::npos ||
                                said.find("slurm.conf") != std::string::npos;
  if (no_configuration) {
    const char* conf = std::getenv("SLURM_CONF");
    text += conf != nullptr ? "\n  SLURM_CONF is " + std::string(conf) + ": is it of this cluster?"
                            : "\n  Slurm finds no configuration on this host: is it a login node of the cluster?";
  }
  return text;
}

}  // namespace

std::optional<SubmittedJob> parse_submitted(const std::string& printed) {
  std::istringstream lines(printed);
  std::optional<SubmittedJob> job;
  for (std::string line; std::getline(lines, line);) {  // a site's wrapper may print before it
    line = trimmed(line);
    const std::size_t semicolon = line.find(';');
    const std::string id = line.substr(0, semicolon);
    if (parse_integer(id, 1, 4'294'967'295))
      job = SubmittedJob{id, semicolon == std::string::npos ? "" : line.substr(semicolon + 1)};
  }
  return job;
}

SubmittedJob submit(const std::vector<std::string>& command) {
  const ChildOutcome outcome = run_child(command, kSubmitSeconds);
  if (!outcome.found) refuse_without_slurm();
  if (!outcome.good())
    throw std::runtime_error("sbatch did not take the job\n  why: " + failure_text(outcome) +
                             "\n  hint: the command was: " + shell_line(command));
  if (const auto job = parse_submitted(outcome.out)) return *job;
  throw std::runtime_error("sbatch took the job but named no number: '" + trimmed(outcome.out) +
                           "'\n  hint: squeue --me shows it; scancel ends it");
}

void need_slurm() {
  const char* conf = std::getenv("SLURM_CONF");
  std::error_code ignored;
  if (conf != nullptr && *conf != '\0' && !std::filesystem::exists(conf, ignored))
    refuse_usage("SLURM_CONF names '" + std::string(conf) + "', which is not there",
                 "Slurm's programs read the cluster's configuration from it",
                 "unset it, or name the configuration of the cluster that is here now");
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (::access((std::filesystem::path(folder) / "sbatch").c_str(), X_OK) == 0) return;
  }
  refuse_without_slurm();
}

std::vector<QueuedTask> parse_queue(const std::string& printed) {
  std::vector<QueuedTask> tasks;
  std::istringstream lines(printed);
  for (std::string line; std::getline(lines, line);) {
    QueuedTask one;
    std::istringstream fields(line);
    std::string task;
    if (!std::getline(fields, one.job, '|') || !std::getline(fields, task, '|') ||
        !std::getline(fields, one.state, '|') || !std::getline(fields, one.reason, '|') ||
        !std::getline(fields, one.folder))
      continue;  // `CLUSTER: name` stands above the jobs of another cluster
    one.task = static_cast<int>(parse_integer(task, 0, 100'000'000).value_or(0));
    tasks.push_back(one);
  }
  return tasks;
}

std::optional<std::vector<QueuedTask>> ask_queue(const std::vector<std::string>& job_names, const std::string& folder,
                                                 const std::string& cluster, std::string& why_not) {
  std::string names;
  for (const std::string& name : job_names) names += (names.empty() ? "" : ",") + name;
  std::vector<std::string> command{"squeue", "-h", "-r", "-n", names, "-o", "%F|%K|%T|%r|%Z"};
  if (!cluster.empty()) command.insert(command.begin() + 1, "--clusters=" + cluster);
  const ChildOutcome outcome = run_child(command, kAskSeconds);
  if (!outcome.good()) {
    why_not = outcome.found ? failure_text(outcome) : "there is no 'squeue' on this host";
    return std::nullopt;
  }
  std::vector<QueuedTask> tasks = parse_queue(outcome.out);
  std::erase_if(tasks, [&](const QueuedTask& one) { return one.folder != folder; });
  return tasks;
}

std::optional<int> ask_highest_index() {
  const ChildOutcome outcome = run_child({"scontrol", "show", "config"}, kAskSeconds);
  return outcome.good() ? highest_index(outcome.out) : std::nullopt;
}

}  // namespace plimsoll
