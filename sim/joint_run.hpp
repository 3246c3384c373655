/// \file
/// Simulates a scenario together with its baseline, path by path on the same random numbers, and counts every figure of
/// a stress plan. Memory does not grow with the paths.
#pragma once

#include <vector>

#include "sim/estimates.hpp"
#include "sim/group_moments.hpp"
#include "sim/simulation.hpp"
#include "sim/stress_plan.hpp"

namespace plimsoll {

/// Figures of a path beside its cells, in the order of JointRun::estimates: the cells, the events, the exposures, then
/// these.
struct FigurePlaces {
  std::size_t events, exposures, peak_to_trough, months_below;                                 ///< of every scenario
  std::size_t differences, cumulative, cumulative_pct, hit, never_recovered, recovery_months;  ///< beside a baseline
  std::size_t all;

  FigurePlaces(const StressPlan& plan, bool paired);
};
/// What recovery_months holds on paths that do not recover: more than any number of months.
double never_months(const StressPlan& plan);

struct JointRun {
  std::vector<Estimate> estimates;  ///< one a figure; empty when no path was done
  GroupMoments drivers{0};          ///< of the joint drivers, logs of levels, as deviations from `driver_centre`
  std::vector<double> driver_centre;
  RunStatistics statistics;
};

/// \param baseline null: the scenario is the baseline itself
/// \param baseline_outputs,outputs of the plan's cells
/// \param driver_centre the baseline's, so that both stand on the same zero; empty: from the pilot
JointRun run_jointly(const StressPlan& plan, const Simulation* baseline,
                     const std::vector<OutputPlan>& baseline_outputs, const Simulation& scenario,
                     const std::vector<OutputPlan>& outputs, const std::vector<double>& driver_centre,
                     const RunOptions& options);

}  // namespace plimsoll
