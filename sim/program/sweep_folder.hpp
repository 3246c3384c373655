/// \file
/// A sweep's folder: plan.json, results by shard, merged tables. Files say what is done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "outputs/sweep_merge.hpp"
#include "sim/program/command_line.hpp"
#include "sim/sweep_plan.hpp"

namespace plimsoll {

/// Writes plan.json into a new folder, or joins one that has the same plan.
/// \throws InputError: incompatible for a folder with another plan (and what differs), usage for one that holds
/// something else
void begin_sweep_folder(const std::string& folder, const SweepPlan& plan, bool force);

/// Where a sweep goes that is given no folder: the same plan, the same folder.
std::string usual_sweep_folder(const SweepPlan& plan, const std::optional<std::string>& out);

/// Merges what is there, writes manifest and documents, and prints the results. \returns the exit code: 0, or 6 when
/// points failed or are missing
int finish_sweep(const std::string& folder, const SweepPlan& plan, const CommandLine& line);

/// What of `--write` a sweep has: csv, html. \throws InputError (usage)
struct SweepFiles {
  bool html = false;
};
SweepFiles chosen_sweep_files(const CommandLine& line);

/// Simulates what is missing of a sweep, or of `line.shard` of it, and without a shard finishes it. \returns the exit
/// code: 75 when a scheduler's signal (TERM, USR1) ended it after a checkpoint, 130 for Ctrl-C
int work_on_sweep(const std::string& folder, const SweepPlan& plan, const CommandLine& line, int threads);

/// Verbs on sweep folders. Folders of runs are not mixed with them.
bool are_sweeps(const std::string& verb, const std::vector<std::string>& names);
/// plan: of a sweep that is not begun.
int plan_sweep_size(const CommandLine& line);
int resume_sweeps(const CommandLine& line);
int merge_sweeps(const CommandLine& line);
int extend_sweep(const CommandLine& line);
int report_sweeps(const CommandLine& line);

}  // namespace plimsoll
