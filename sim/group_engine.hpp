/// \file
/// Groups of exports or imports as the engine forecasts them from a calibration, all drivers as processes, no view of
/// anyone's.
#pragma once

#include <cstdint>
#include <vector>

#include "models/calibration.hpp"
#include "models/trade_groups.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// The question that `group_growth` asks: growth of every group, in order, for the next `horizons` released periods.
Scenario group_scenario(const Calibration& calibration, const PrintedGroups& data, int horizons, int paths,
                        std::uint64_t seed);

/// Growth in percent of every path, [(group * horizons + h) * paths + path]; replicates stand together.
std::vector<double> group_growth(const Calibration& calibration, const PrintedGroups& data, int horizons, int paths,
                                 std::uint64_t seed);

}  // namespace plimsoll
