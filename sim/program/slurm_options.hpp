/// \file
/// What a user says about Slurm: the options of `sweep --slurm` and `resume`, checked.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plimsoll {

/// An option of plimsoll that goes to sbatch under the same name, in the order of the script.
struct SlurmOptionRow {
  const char* name;
  const char* value;  ///< what its value is, for help
  const char* help;
};
const std::vector<SlurmOptionRow>& slurm_option_rows();

struct SlurmOptions {
  bool asked = false;    ///< --slurm
  bool dry_run = false;  ///< print, submit nothing
  bool here = false;     ///< of resume: in this process, whatever the folder was begun with
  std::optional<int> shards, array_limit;
  std::vector<std::pair<std::string, std::string>> sbatch;  ///< rows of the table that were given: name, value
  std::vector<std::string> sbatch_args;                     ///< options of sbatch as the user wrote them
  std::vector<std::string> task_arguments;                  ///< of plimsoll, handed on to the tasks: --checkpoint
  std::vector<std::string> merge_arguments;                 ///< handed on to the merge: --write, --language
  std::optional<std::string> prologue;                      ///< the lines themselves, not the file's name

  std::optional<std::string> value(const std::string& name) const;
  int cpus_per_task() const;
  /// True when something was said that makes sense with Slurm alone.
  bool says_anything() const;
};

/// The lines of a --prologue file. \throws InputError (usage) when it cannot be read or is no script.
std::string read_prologue(const std::string& file);

/// \throws InputError (usage) for a value that sbatch cannot be given, naming the option.
void check(const SlurmOptions& options);

/// What was said now goes before what was said then, option by option; lists are replaced whole.
SlurmOptions joined(const SlurmOptions& now, const SlurmOptions& before);

/// Seconds of a time limit as sbatch writes it (minutes, minutes:seconds, hours:minutes:seconds, days-hours,
/// days-hours:minutes, days-hours:minutes:seconds); nullopt for another text. Infinity for UNLIMITED.
std::optional<double> slurm_seconds(const std::string& text);

}  // namespace plimsoll
