/// \file
/// Set-up of tariffs: dated schedules and a scenario's layers become monthly, day-weighted rates per pair.
#pragma once

#include "models/calibration.hpp"
#include "models/parameter_table.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// Weight (0..1) of a product or market in a name: `all`, its own id, or a set of the calibration.
double member_weight(const Calibration& calibration, const std::string& name, const std::string& member,
                     NamedSet::Dimension dimension);

/// Share of a product that `products` less `except` cover.
double covered_share(const Calibration& calibration, const std::vector<std::string>& products,
                     const std::vector<std::string>& except, const std::string& product);

/// Share of the month's days in [from, to).
double days_in_force(Month month, const Date& from, const std::optional<Date>& to);

/// Fills the plan's tariffs, sorted by cell, and the layers' events.
void plan_tariffs(const Scenario& scenario, const Calibration& calibration, Month as_of, ParameterTable& table,
                  PlanStorage& storage, ModelPlan& plan);

}  // namespace plimsoll
