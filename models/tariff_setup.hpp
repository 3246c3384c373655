/// \file
/// Set-up of tariffs: dated schedules and a scenario's layers become monthly, day-weighted rates per pair.
#pragma once

#include "models/calibration.hpp"
#include "models/parameter_table.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// Share of the month's days in [from, to).
double days_in_force(Month month, const Date& from, const std::optional<Date>& to);

/// Day-weighted mean of a schedule in a month, as a fraction; before the first step the first step holds.
double scheduled_rate(const std::vector<TariffStep>& steps, Month month, bool competitors);

/// Share of a product that a layer covers: `all`, the id, or the weight in a set, less what `except` takes out.
double layer_coverage(const TariffLayer& layer, const Calibration& calibration, const std::string& product);

/// Fills the plan's tariffs, sorted by cell, and the layers' events.
void plan_tariffs(const Scenario& scenario, const Calibration& calibration, Month as_of, ParameterTable& table,
                  PlanStorage& storage, ModelPlan& plan);

}  // namespace plimsoll
