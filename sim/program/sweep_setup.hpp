/// \file
/// From a sweep's file and the command line to its plan, with everything checked that no point can mend.
#pragma once

#include "scenarios/sweep_spec.hpp"
#include "sim/program/command_line.hpp"
#include "sim/program/environment.hpp"
#include "sim/sweep_plan.hpp"

namespace plimsoll {

/// Composes the scenario, makes the points, finds one that can be simulated and looks up the outputs there.
/// \throws InputError with every problem found; also when no point can be simulated
SweepPlan plan_sweep(const std::string& what, const CommandLine& line, const Environment& environment);

/// The same plan with other paths, which takes the place of `plan`. \throws InputError
SweepPlan with_paths(const SweepPlan& plan, std::int64_t paths);

}  // namespace plimsoll
