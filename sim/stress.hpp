/// \file
/// From the counted figures of a joint run to a scenario's finished answers, and the order of severity.
#pragma once

#include "sim/joint_run.hpp"
#include "sim/stress_results.hpp"

namespace plimsoll {

/// Fills all figures of `out`. For the baseline itself `baseline` and `own` are the same run.
/// \param thresholds of the suite: the first so many events of the plan
void fill_scenario(const StressPlan& plan, std::size_t thresholds, const JointRun& baseline, const JointRun& own,
                   StressScenario& out);

/// The baseline stays first; then the scenario with the lowest statistic of the headline; failed ones last.
void order_by_severity(StressSuite::Order order, std::vector<StressScenario>& scenarios);

}  // namespace plimsoll
