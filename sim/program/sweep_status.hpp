/// \file
/// How far a sweep is, from its folder alone.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace plimsoll {

/// `brief`: one line, for a list of folders; `full` names the failed points too, and the jobs in Slurm's queue.
enum class SweepDetail { brief, full };

/// True when every point is done.
bool is_whole_sweep(const std::string& folder);
std::string sweep_status(const std::string& folder, SweepDetail detail);
nlohmann::ordered_json sweep_status_json(const std::string& folder);

}  // namespace plimsoll
