/// \file
/// plan.json of a sweep's folder: written once, read by every shard.
#pragma once

#include <filesystem>
#include <string>

#include "sim/sweep_plan.hpp"

namespace plimsoll {

/// True when the folder has a plan.json.
bool is_sweep_folder(const std::filesystem::path& folder);

/// The file's text: one point a line. It holds no time and no host.
std::string plan_json(const SweepPlan& plan);

/// \throws InputError (data) when it is missing or damaged: its hash is looked at
SweepPlan read_plan(const std::filesystem::path& folder);

}  // namespace plimsoll
