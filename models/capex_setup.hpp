/// \file
/// Set-up of the capex driver: keys of the scenario and reported quarters become a linear map for the kernel.
#pragma once

#include "models/calibration.hpp"
#include "models/parameter_table.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// \throws InputError when a key cannot be met (a year whose quarters are all fixed already, growth without a base).
CapexPlan plan_capex(const Scenario& scenario, const Calibration& calibration, Month as_of, ParameterTable& table,
                     PlanStorage& storage);

/// kappa[t] for t = -months .. 0 from reported quarters, a quarter's months equal; months after the last reported
/// quarter hold its value (the kernel overwrites them).
std::vector<double> capex_history(const Calibration& calibration, Month as_of, int months);

}  // namespace plimsoll
