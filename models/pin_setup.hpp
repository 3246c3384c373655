/// \file
/// From the scenario's pins to the plan's.
#pragma once

#include "models/calibration.hpp"
#include "models/plan_storage.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// Fills plan.pins and plan.correlation; the drivers' processes and the Cholesky factor must be there.
/// \throws InputError (scenario) for more pins in a month than fit, or a level that is none.
void plan_pins(const Scenario& scenario, const Calibration& calibration, PlanStorage& storage, ModelPlan& plan);

/// Driver-months that the pins fix.
int pinned_months(const ModelPlan& plan);
/// P(chi-square with that many degrees of freedom > distance).
double plausibility(double distance, int months);

}  // namespace plimsoll
