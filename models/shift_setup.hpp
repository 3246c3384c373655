/// \file
/// Set-up of trade that moves in time (front-loading and its payback) or to other markets (diversion).
#pragma once

#include "models/calibration.hpp"
#include "models/parameter_table.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// Fills plan.shift; the plan's tariffs must be there.
void plan_shifts(const Scenario& scenario, const Calibration& calibration, Month as_of, ParameterTable& table,
                 PlanStorage& storage, ModelPlan& plan);

}  // namespace plimsoll
