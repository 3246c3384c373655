/// \file
/// One point of a sweep: simulates a scenario and returns only the figures that were asked for, to the digits of a run.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/estimates.hpp"
#include "sim/figure_plan.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {

struct PointRun {
  std::vector<Estimate::Figure> figures;  ///< as the plan's; empty when asked to stop
  std::int64_t paths_done = 0, paths_unsolved = 0;
};

/// Of the options, threads, instruction set and `stop` count; the block under way is finished, then all is dropped.
/// The figures are those that `run` writes into summary.csv and probabilities.csv.
/// \throws InputError when the scenario lacks an output; CollapsedEvidence; std::runtime_error when market equilibria
/// were not found on more than a thousandth of the paths
PointRun run_point(const FigurePlan& plan, const Simulation& simulation, const RunOptions& options);

}  // namespace plimsoll
