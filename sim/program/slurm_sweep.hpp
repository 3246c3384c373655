/// \file
/// Where sweeps meet Slurm: `sweep --slurm`, `extend --slurm`, and `resume` and `status` of a folder that was
/// submitted.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "sim/program/command_line.hpp"
#include "sim/sweep_plan.hpp"

namespace plimsoll {

/// True when the command is about submitting, not simulating: --slurm or --dry-run, or `resume` of one folder that has
/// a jobs.json, unless --here or --shard say otherwise. \throws InputError (usage) for options that then have no
/// meaning
bool goes_to_slurm(const CommandLine& line);

/// Makes the folder and the plan in it, or joins the one there, and submits. Returns the exit code.
int sweep_on_slurm(const std::string& folder, const SweepPlan& plan, const CommandLine& line);
/// Submits what is neither done nor in the queue.
int resume_on_slurm(const CommandLine& line);
/// Submits all points of a plan that takes the place of the folder's own; `replace_plan` is not called for a dry run.
int extend_on_slurm(const std::string& folder, const SweepPlan& longer, const CommandLine& line,
                    const std::function<void()>& replace_plan);

/// For `extend`, after which results of the plan that tasks have read no longer count. \throws InputError (usage) while
/// jobs of the folder are in the queue
void refuse_while_queued(const std::string& folder);

/// Lines on the queue for `status`; empty for a folder of which nothing was submitted.
std::string slurm_status(const std::string& folder);
/// The same as data: ids, and tasks by state; null for a folder of which nothing was submitted.
nlohmann::ordered_json slurm_status_json(const std::string& folder);

}  // namespace plimsoll
