#include "sim/program/slurm_script.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>

#include "sim/program/command_line.hpp"
#include "sim/program/slurm_array.hpp"

namespace plimsoll {
namespace {

/// A shard that comes to its time limit this often is not getting anywhere.
constexpr int kMostRestarts = 20;
/// Before the time limit, for points under way to be dropped or written; Slurm looks at limits twice a minute.
constexpr int kWarningSeconds = 120;

const char* const kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,/:@%&|*[]()!";

/// The program in the background and a wait, so that a trap runs at once. Slurm sends USR1 to the shell alone and TERM
/// to both; the program takes one signal of a kind as a request and the second as an order, so it is told once, by
/// USR1.
const char* const kTask = R"sh(
set +eu
shard=${1:-${SLURM_ARRAY_TASK_ID:-}}
if [ -z "$shard" ]; then
  echo "usage: bash sbatch.sh SHARD" >&2
  exit 2
fi
echo "host $(uname -n), shard $shard of $shards, restart ${SLURM_RESTART_COUNT:-0}, $("$program" --version)"

again= asked= told= pid=
tell() {
  asked=1
  if [ -n "$pid" ] && [ -z "$told" ]; then
    told=1
    kill -USR1 "$pid" 2>/dev/null
  fi
}
trap 'again=1; tell' USR1 # the time is nearly up: come again
trap 'again=; tell' TERM  # cancelled, preempted or moved: Slurm knows what follows
"$program" resume "$folder" --shard "$shard/$shards" --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet@ARGUMENTS@ &
pid=$!
[ -z "$asked" ] || tell
wait "$pid"
while kill -0 "$pid" 2>/dev/null; do wait "$pid"; done # a trap ends a wait early
wait "$pid"
code=$?
if [ "$code" = 75 ] && [ -n "$again" ] && [ -n "${SLURM_JOB_ID:-}" ]; then
  if [ "${SLURM_RESTART_COUNT:-0}" -ge "$most_restarts" ]; then
    echo "stopped at its time limit $most_restarts times: give more --time"
  elif scontrol requeue "$SLURM_JOB_ID"; then
    sleep 60 # Slurm ends this
  else
    echo "this cluster does not let a job requeue itself; for what is left: plimsoll resume $folder"
  fi
fi
exit "$code"
)sh";

/// A value in a line of #SBATCH, where double quotes hold blanks together.
std::string sbatch_quoted(const std::string& value) {
  return value.find_first_not_of(kPlain) == std::string::npos ? value : "\"" + value + "\"";
}

std::string sbatch_line(const std::string& name, const std::string& value) {
  return "#SBATCH --" + name + "=" + sbatch_quoted(value) + "\n";
}

/// An argument as the user wrote it: `--name=value` with blanks in the value stays one.
std::string sbatch_line(const std::string& argument) {
  const std::size_t equals = argument.find('=');
  if (argument.rfind("--", 0) != 0 || equals == std::string::npos) return "#SBATCH " + argument + "\n";
  return "#SBATCH " + argument.substr(0, equals + 1) + sbatch_quoted(argument.substr(equals + 1)) + "\n";
}

/// A percent sign in the folder's name is itself, the others stand for numbers of the job.
std::string log_file(const std::string& folder, const std::string& name) {
  std::string text;
  for (const char c : folder) text += c == '%' ? std::string("%%") : std::string(1, c);
  return text + "/log/" + name;
}

int warning_seconds(const SlurmOptions& options) {
  const auto time = options.value("time");
  const double limit = time ? slurm_seconds(*time).value_or(0) : 0;
  // A warning longer than the job would come at its start.
  return limit > 0 ? static_cast<int>(std::clamp(limit / 5, 1.0, 1.0 * kWarningSeconds)) : kWarningSeconds;
}

std::string prologue_text(const SlurmJob& job) {
  std::string text;
  if (!job.home.empty()) text += "export PLIMSOLL_HOME=" + shell_quoted(job.home) + "\n";
  if (!job.options.prologue) return text;
  text += "# Lines of --prologue\n" + *job.options.prologue;
  if (text.back() != '\n') text += "\n";
  return text + "# End of --prologue\n";
}

std::string arguments_text(const std::vector<std::string>& arguments) {
  return arguments.empty() ? "" : " " + shell_line(arguments);
}

std::string task_text(const SlurmJob& job) {
  std::string text = kTask;
  const std::string mark = "@ARGUMENTS@";
  return text.replace(text.find(mark), mark.size(), arguments_text(job.options.task_arguments));
}

std::string head(const SlurmJob& job, const std::string& what) {
  return "#!/bin/bash\n# Made by plimsoll " + job.version + ": " + what + "\n";
}

}  // namespace

std::string job_name(const std::string& sweep_name, const std::string& plan_hash) {
  std::string name;
  for (const unsigned char c : sweep_name) {
    const bool plain = c < 128 && (std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.');
    name += plain ? static_cast<char>(c) : '_';
  }
  return "plimsoll-" + name.substr(0, 40) + "-" + plan_hash.substr(0, 8);
}

std::string array_script(const SlurmJob& job) {
  std::ostringstream text;
  text << head(job, "a task is a shard of the sweep in this folder. Shard K without Slurm: bash sbatch.sh K")
       << sbatch_line("job-name", job.name) << sbatch_line("array", array_text(job.submitted, job.options.array_limit))
       << sbatch_line("chdir", job.folder) << sbatch_line("output", log_file(job.folder, "%A_%a.log"))
       << "#SBATCH --requeue\n#SBATCH --open-mode=append\n"
       << "#SBATCH --signal=B:USR1@" << warning_seconds(job.options) << "\n";
  for (const auto& [name, value] : job.options.sbatch) text << sbatch_line(name, value);
  if (job.options.value("mail-user")) text << "#SBATCH --mail-type=FAIL\n";
  for (const std::string& argument : job.options.sbatch_args) text << sbatch_line(argument);
  text << "\n"
       << prologue_text(job) << "program=" << shell_quoted(job.program) << "\nfolder=" << shell_quoted(job.folder)
       << "\nshards=" << job.shards << "\nmost_restarts=" << kMostRestarts << "\n"
       << task_text(job);
  return text.str();
}

std::string merge_script(const SlurmJob& job) {
  std::ostringstream text;
  text << head(job, "joins the shards; exits with what is missing") << sbatch_line("job-name", job.name + "-merge")
       << sbatch_line("chdir", job.folder) << sbatch_line("output", log_file(job.folder, "merge_%j.log"))
       << "#SBATCH --requeue\n#SBATCH --open-mode=append\n";
  for (const auto& [name, value] : job.options.sbatch) {
    if (name != "cpus-per-task") text << sbatch_line(name, value);
  }
  if (job.options.value("mail-user")) text << "#SBATCH --mail-type=END,FAIL\n";
  for (const std::string& argument : job.options.sbatch_args) text << sbatch_line(argument);
  text << "\n"
       << prologue_text(job) << "exec " << shell_quoted(job.program) << " merge " << shell_quoted(job.folder)
       << " --quiet" << arguments_text(job.options.merge_arguments) << "\n";
  return text.str();
}

std::vector<std::string> array_command(const SlurmJob& job) {
  return {"sbatch", "--parsable", job.folder + "/sbatch.sh"};
}

std::vector<std::string> merge_command(const SlurmJob& job, const std::vector<std::string>& after,
                                       const std::string& cluster) {
  std::vector<std::string> command{"sbatch", "--parsable"};
  if (!cluster.empty()) command.push_back("--clusters=" + cluster);
  if (!after.empty()) {
    // afterany, not afterok: after a shard that failed the merge is to say what is missing, not to wait for ever.
    std::string text = "--dependency=afterany";
    for (const std::string& one : after) text += ":" + one;
    command.push_back(text);
    command.emplace_back("--kill-on-invalid-dep=yes");
  }
  command.push_back(job.folder + "/merge.sh");
  return command;
}

std::string shell_quoted(const std::string& text) {
  constexpr const char* kBare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,/:@%";
  if (!text.empty() && text.find_first_not_of(kBare) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string shell_line(const std::vector<std::string>& command) {
  std::string text;
  for (const std::string& argument : command) text += (text.empty() ? "" : " ") + shell_quoted(argument);
  return text;
}

void check_folder_name(const std::string& folder) {
  if (folder.find_first_of("\n\r\"\\") == std::string::npos) return;
  refuse_usage("the folder '" + folder + "' cannot be named in a script for sbatch",
               "its name has a line end, a double quote or a backslash", "choose another with --out");
}

}  // namespace plimsoll
