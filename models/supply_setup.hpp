/// \file
/// Set-up of supply limits and export controls.
#pragma once

#include "models/calibration.hpp"
#include "models/parameter_table.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// Plans the scenario's ceilings and controls. \throws InputError for a product with two ceilings, for one without
/// exports, for controls without imports in the calibration.
void plan_supply(const Scenario& scenario, const Calibration& calibration, ParameterTable& table, PlanStorage& storage,
                 ModelPlan& plan);

/// Share of an import product that names cover (ids, sets or `all`), 0..1.
double covered_import(const Calibration& calibration, const std::vector<std::string>& names,
                      const std::string& product);

}  // namespace plimsoll
