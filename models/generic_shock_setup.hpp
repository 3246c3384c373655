/// \file
/// Set-up of a scenario's generic shocks.
#pragma once

#include <vector>

#include "models/calibration.hpp"
#include "models/parameter_table.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// One plan for every shock of the scenario. \throws InputError when a process lacks a field or a shock reaches no
/// cell.
std::vector<GenericShockPlan> plan_generic_shocks(const Scenario& scenario, const Calibration& calibration,
                                                  ParameterTable& table, PlanStorage& storage);

}  // namespace plimsoll
