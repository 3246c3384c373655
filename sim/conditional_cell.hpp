/// \file
/// The one-cell engine with drivers that act: a calibration as of an origin, and scenarios in which chosen drivers
/// follow what came while the others stay processes.
#pragma once

#include <array>

#include "models/totals_elasticities.hpp"
#include "models/totals_filter.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// What was expected of a driver at an origin: a random walk in logs with drift.
struct DriverOutlook {
  double growth_log = 0;     ///< a year
  double annual_sd_log = 0;  ///< of the walk
};

struct ConditionalCell {
  Month origin;
  Calibration calibration;
  TotalsElasticities elasticities;
  std::array<DriverOutlook, kTotalsDriverCount> outlook{};
};

/// Which drivers follow what came.
using ActualDrivers = std::array<bool, kTotalsDriverCount>;

/// Of what was known at the origin, and of elasticities that the caller estimated.
ConditionalCell conditional_cell(const TotalsData& data, TradeFlow flow, const TradeCalendar& calendar,
                                 const BacktestDrivers& drivers, std::size_t origin,
                                 const TotalsElasticities& elasticities, const TotalsSettings& settings);

/// A run of `horizons` released periods. Actual drivers are pinned month by month as far as they are known today.
Scenario conditional_scenario(const ConditionalCell& cell, const BacktestDrivers& drivers, const ActualDrivers& actual,
                              int horizons, int paths, std::uint64_t seed);

}  // namespace plimsoll
