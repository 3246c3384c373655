/// \file
/// A merged sweep as a terminal shows it, its manifest, and JSON.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "outputs/sweep_merge.hpp"
#include "outputs/terminal_table.hpp"

namespace plimsoll {

/// Where each output is lowest and highest, and the first points that failed.
std::string sweep_terminal(const SweepPlan& plan, const MergedSweep& merged, const TerminalStyle& style);

/// Failed points with their errors, as lines; empty when there are none.
std::string failures_text(const SweepPlan& plan, const MergedSweep& merged);

/// manifest.json; `commands`, which made the tables, first one first, and the time are the only parts that another run
/// of the sweep writes differently.
std::string sweep_manifest(const SweepPlan& plan, const MergedSweep& merged, const std::vector<std::string>& commands);

/// All points as JSON, handed on piece by piece.
void sweep_json(const SweepPlan& plan, const SweepIndex& index, const MergedSweep& merged, const std::string& folder,
                const std::function<void(const std::string&)>& put);

/// `a.b = 1, c.d = 2`: the fields of a point.
std::string point_text(const SweepPlan& plan, std::int64_t point);

}  // namespace plimsoll
