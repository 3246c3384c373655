/// \file
/// Sampling as kernels read it: which streams come from Sobol points, their direction numbers and scrambling keys.
#pragma once

#include "models/calibration.hpp"
#include "models/plan_storage.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// \throws InputError (data) when the calibration's sobol_order names what the model does not draw.
DrawPlan plan_draws(const Scenario& scenario, const Calibration& calibration, const ModelPlan& model,
                    PlanStorage& storage);

/// The same draws but for those from counters, which are of another seed: what Sobol points alone explain shows in
/// pairs.
DrawPlan with_other_counters(const DrawPlan& plan);

}  // namespace plimsoll
