/// \file
/// Set-up of the drivers memory_price, oil_price and exchange_rate: what the scenario gives, the rest from the
/// calibration.
#pragma once

#include <string>

#include "models/calibration.hpp"
#include "models/parameter_table.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// Where a process parameter comes from when the scenario does not give it: a calibration parameter, or a number.
struct ProcessDefaults {
  std::map<std::string, std::string> calibration;  ///< field -> calibration parameter
  std::map<std::string, double> number;            ///< field -> value
};

/// `history` is the driver's own, and must reach to as_of.
/// \throws InputError for an unknown kind, or a field that neither scenario nor defaults give.
ProcessPlan plan_process(const std::string& driver, const ProcessSpec& spec, const DriverHistory& history, Month as_of,
                         const Calibration& calibration, const ProcessDefaults& defaults, ParameterTable& table,
                         PlanStorage& storage);

ProcessDefaults memory_defaults();
ProcessDefaults oil_defaults();
ProcessDefaults exchange_rate_defaults();

}  // namespace plimsoll
