/// \file
/// Set-up of the elasticity models: which one a path uses, and the market equilibria of armington_ces.
#pragma once

#include "models/calibration.hpp"
#include "models/parameter_table.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// The choice alone, before tariffs are planned. \throws InputError when the calibration lacks what armington_ces
/// needs.
ElasticityPlan plan_elasticity(const Scenario& scenario, const Calibration& calibration);

/// Shares, base tariffs and the months in which prices are solved again. After plan_tariffs.
void plan_equilibria(const Calibration& calibration, ParameterTable& table, PlanStorage& storage, ModelPlan& plan);

}  // namespace plimsoll
