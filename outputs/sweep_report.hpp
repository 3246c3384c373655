/// \file
/// report.html of a sweep: heat maps of two fields, response curves, and what failed. One file without scripts, in
/// English and Chinese.
#pragma once

#include <string>

#include "outputs/sweep_index.hpp"
#include "outputs/sweep_merge.hpp"

namespace plimsoll {

/// `language`: en or zh, which shows first. A pure function of plan and results.
std::string sweep_report(const SweepPlan& plan, const SweepIndex& index, const MergedSweep& merged,
                         const std::string& language);

}  // namespace plimsoll
