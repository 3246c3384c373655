/// \file
/// Sampling as kernels read it: which streams come from Sobol points, their direction numbers and scrambling keys.
#pragma once

#include "models/calibration.hpp"
#include "models/plan_storage.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// `grid_months` of the bridges: bridge_months of the horizon.
/// \throws InputError (data) when the calibration's sobol_order names what the model does not draw.
DrawPlan plan_draws(const Scenario& scenario, const Calibration& calibration, const ModelPlan& model, int grid_months,
                    PlanStorage& storage);

/// Months of the bridge that holds this many: 32, 128 or 256.
int bridge_months(int months);
/// Sobol dimensions that the first months need, or that some axis has a part of.
std::vector<int> drawn_dimensions(const DrawPlan& plan, int months);

/// The same draws but for those from counters, which are of another seed: what Sobol points alone explain shows in
/// pairs.
DrawPlan with_other_counters(const DrawPlan& plan);

}  // namespace plimsoll
