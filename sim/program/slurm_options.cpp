#include "sim/program/slurm_options.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>

#include "scenarios/input_error.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {
namespace {

constexpr int kMostCpus = kMostThreads;

/// These decide whether shards, logs and the merge find each other.
const std::vector<std::string> kOurs{"array", "chdir", "dependency", "job-name", "output", "parsable", "wait", "wrap"};
const std::vector<std::pair<std::string, std::string>> kShort{
    {"-a", "array"}, {"-D", "chdir"}, {"-d", "dependency"}, {"-J", "job-name"}, {"-o", "output"}, {"-W", "wait"}};

[[noreturn]] void refuse(const std::string& option, const std::string& value, const std::string& why,
                         const std::string& hint = "") {
  refuse_usage("'--" + option + " " + value + "' cannot be given to sbatch", why, hint);
}

/// A line of the script holds an argument; sbatch's reading of it knows these as more than themselves.
void check_text(const std::string& option, const std::string& value) {
  if (value.empty()) refuse(option, "''", "it needs a value");
  if (value.find_first_of("\n\r\"\\") != std::string::npos)
    refuse(option, value, "a line of a script cannot hold line ends, double quotes or backslashes");
}

std::string bare_name(const std::string& argument) {
  if (argument.rfind("--", 0) == 0) return argument.substr(2, argument.find_first_of("= ") - 2);
  for (const auto& [letter, name] : kShort) {
    if (argument.rfind(letter, 0) == 0) return name;
  }
  return "";
}

}  // namespace

const std::vector<SlurmOptionRow>& slurm_option_rows() {
  static const std::vector<SlurmOptionRow> rows{
      {"partition", "NAME", "Slurm: partition of the jobs"},
      {"account", "NAME", "Slurm: account that pays"},
      {"qos", "NAME", "Slurm: quality of service"},
      {"time", "LIMIT", "Slurm: time limit of a task, e.g. 60 (minutes) or 0-02:00:00"},
      {"mem", "SIZE", "Slurm: memory of a task, e.g. 2G"},
      {"mem-per-cpu", "SIZE", "Slurm: memory of a CPU"},
      {"cpus-per-task", "N", "Slurm: CPUs of a task, which are also its threads (default: 1)"},
      {"constraint", "FEATURES", "Slurm: kind of node"},
      {"mail-user", "ADDRESS", "Slurm: mail to this address when tasks fail and when the merge has ended"},
  };
  return rows;
}

std::optional<std::string> SlurmOptions::value(const std::string& name) const {
  for (const auto& [key, text] : sbatch) {
    if (key == name) return text;
  }
  return std::nullopt;
}

int SlurmOptions::cpus_per_task() const {
  const auto text = value("cpus-per-task");
  return text ? static_cast<int>(parse_integer(*text, 1, kMostCpus).value_or(1)) : 1;
}

bool SlurmOptions::says_anything() const {
  return asked || dry_run || shards || array_limit || !sbatch.empty() || !sbatch_args.empty() || prologue;
}

std::string read_prologue(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text = in ? std::string(std::istreambuf_iterator<char>(in), {}) : "";
  if (!in || text.empty())
    refuse("prologue", file, in ? "the file is empty" : "the file cannot be read",
           "it holds lines of bash that run before plimsoll, for example: module load gcc");
  if (text.find('\0') != std::string::npos) refuse("prologue", file, "the file is no text");
  return text;
}

void check(const SlurmOptions& options) {
  for (const auto& [name, text] : options.sbatch) check_text(name, text);
  if (const auto cpus = options.value("cpus-per-task"); cpus && !parse_integer(*cpus, 1, kMostCpus))
    refuse("cpus-per-task", *cpus, "a whole number from 1 to 1024");
  if (const auto time = options.value("time"); time && !slurm_seconds(*time))
    refuse("time", *time, "minutes, minutes:seconds, hours:minutes:seconds, days-hours or days-hours:minutes:seconds",
           "for example: --time 90, or --time 1:30:00");
  if (options.value("mem") && options.value("mem-per-cpu"))
    refuse_usage("'--mem' and '--mem-per-cpu' exclude each other", "one is of the task, the other of each CPU");
  for (const std::string& argument : options.sbatch_args) {
    check_text("sbatch-arg", argument);
    if (argument.front() != '-')
      refuse("sbatch-arg", argument, "an option of sbatch begins with '-'", "for example: --sbatch-arg=--exclusive");
    const std::string name = bare_name(argument);
    if (std::find(kOurs.begin(), kOurs.end(), name) != kOurs.end())
      refuse("sbatch-arg", argument, "plimsoll sets --" + name + " itself: shards, logs and merge depend on it");
  }
}

SlurmOptions joined(const SlurmOptions& now, const SlurmOptions& before) {
  SlurmOptions all = now;
  if (!all.array_limit) all.array_limit = before.array_limit;
  if (!all.prologue) all.prologue = before.prologue;
  if (all.sbatch_args.empty()) all.sbatch_args = before.sbatch_args;
  if (all.task_arguments.empty()) all.task_arguments = before.task_arguments;
  if (all.merge_arguments.empty()) all.merge_arguments = before.merge_arguments;
  all.sbatch.clear();
  for (const SlurmOptionRow& row : slurm_option_rows()) {
    const std::string name = row.name;
    // Each says how much memory there is; a new one replaces the other.
    const bool replaced = (name == "mem" && now.value("mem-per-cpu")) || (name == "mem-per-cpu" && now.value("mem"));
    const auto text = now.value(name) || replaced ? now.value(name) : before.value(name);
    if (text) all.sbatch.emplace_back(name, *text);
  }
  return all;
}

std::optional<double> slurm_seconds(const std::string& text) {
  if (text == "UNLIMITED" || text == "INFINITE") return std::numeric_limits<double>::infinity();
  constexpr long long kMost = 100'000'000;
  const std::size_t dash = text.find('-');
  std::vector<double> parts;
  double seconds = 0;
  if (dash != std::string::npos) {
    const auto days = parse_integer(text.substr(0, dash), 0, kMost);
    if (!days) return std::nullopt;
    seconds = 86400.0 * static_cast<double>(*days);
  }
  for (std::size_t at = dash == std::string::npos ? 0 : dash + 1;;) {
    const std::size_t colon = text.find(':', at);
    const auto number = parse_integer(text.substr(at, colon == std::string::npos ? colon : colon - at), 0, kMost);
    if (!number || parts.size() == 3) return std::nullopt;
    parts.push_back(static_cast<double>(*number));
    if (colon == std::string::npos) break;
    at = colon + 1;
  }
  if (dash != std::string::npos || parts.size() == 3) {
    constexpr double kUnits[] = {3600, 60, 1};  // after days, or all three: hours first
    for (std::size_t k = 0; k < parts.size(); ++k) seconds += kUnits[k] * parts[k];
  } else {
    seconds = 60 * parts[0] + (parts.size() == 2 ? parts[1] : 0);
  }
  return seconds;
}

}  // namespace plimsoll
