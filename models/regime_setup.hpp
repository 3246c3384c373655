/// \file
/// Set-up of the processes that choose: regimes and blocks of history.
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "models/parameter_table.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// Fills durations or rows of probabilities of a chain's states, as many as `regimes`. \returns the weights at as_of
View<ParameterId> plan_chain_states(const std::string& path, const std::vector<const ChainState*>& states,
                                    const std::vector<RandomNumber>& start_pct, std::vector<RegimePlan>& regimes,
                                    ParameterTable& table, PlanStorage& storage);

/// Fills the plan's regimes from a scenario that has passed the reader.
void plan_regimes(const std::string& driver, const ProcessSpec& spec, ParameterTable& table, PlanStorage& storage,
                  ProcessPlan& plan);

/// Fills the plan's blocks from the history up to as_of. \throws InputError when it is shorter than two blocks.
void plan_blocks(const std::string& driver, const ProcessSpec& spec, const DriverHistory& history, Month as_of,
                 PlanStorage& storage, ProcessPlan& plan);

}  // namespace plimsoll
