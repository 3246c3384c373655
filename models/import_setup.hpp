/// \file
/// Set-up of imports.
#pragma once

#include "models/attribution_setup.hpp"
#include "models/model_setup.hpp"
#include "models/parameter_table.hpp"
#include "models/trend_window.hpp"

namespace plimsoll {

/// Import sets as aggregates: `chain.ID`, where `ai_chain` is `chain.ai`.
std::vector<Aggregate> import_aggregates(const Calibration& calibration);

/// Fills plan.imports but for its values; leaves it empty when the calibration has no imports.
void plan_imports(const Scenario& scenario, const Calibration& calibration, ParameterTable& table, PlanStorage& storage,
                  ModelPlan& plan);

/// Start values, slopes net of the drivers' central work, and what the price split needs of history.
void plan_import_values(const Calibration& calibration, const TrendWeights& weights, const CentralSlopes& central,
                        PlanStorage& storage, ModelPlan& plan);

}  // namespace plimsoll
