/// \file
/// Finds what a calibration does not use: streams whose standard deviation is fixed at 0, drivers that reach no cell.
/// They are not drawn and cost nothing; no digit depends on it.
#pragma once

#include "models/model_plan.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// Fills ModelPlan::live_*; the parameter table must be finished.
void find_live_streams(PlanStorage& storage, ModelPlan& plan);

/// Fills own_trend and restores; after the cells are planned.
void find_live_trends(ModelPlan& plan);

}  // namespace plimsoll
