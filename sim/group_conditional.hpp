/// \file
/// Groups of exports from the origins since June 2025 by the full engine, drivers as processes and as they came: what
/// the elasticities that users run with are worth.
#pragma once

#include "sim/group_backtest.hpp"
#include "sim/known_drivers.hpp"

namespace plimsoll {

struct GroupConditional {
  /// Forecasts by origin, group, model (`unconditional`, `conditional`, `only.DRIVER`), horizon; all have come. The
  /// unconditional ones are those of the model in a backtest of groups with the same paths and seed.
  GroupBacktest runs;
  std::vector<std::string> models;               ///< in the order of the forecasts
  std::vector<std::vector<DriverCame>> drivers;  ///< by origin; up to the last figure
};

/// Of the options, from, horizons, paths, seed and threads count. \throws InputError (data)
GroupConditional group_conditional(const AsOfInputs& inputs, const BacktestOptions& options);

}  // namespace plimsoll
