/// \file
/// Forecasts of groups of exports (origins since June 2025) or imports (since September 2025), each by the engine on a
/// calibration that is made again of what was known then, beside rivals in closed form.
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "models/estimation/as_of_tables.hpp"
#include "models/trade_groups.hpp"
#include "sim/backtest.hpp"

namespace plimsoll {

struct GroupForecast {
  std::size_t group = 0;  ///< of PrintedGroups
  ScoredForecast scored;
};

/// What a forecast rested on.
struct GroupOrigin {
  Month origin;
  Date known_on;
  int released_periods = 0;                          ///< of groups, in the window
  std::size_t estimated = 0, moved = 0, priors = 0;  ///< parameters: from data alone, prior with data, prior
  bool priors_in_time = false;                       ///< written down by then, those of imports too
};

struct GroupBacktest {
  PrintedGroups data;
  std::vector<GroupOrigin> origins;
  std::vector<GroupForecast> forecasts;  ///< by origin, group, model (ours first), horizon; all have come
};

/// Calibrations that hold the figures and the beliefs.
inline constexpr const char* kGroupFigures = "china-2026-05";
inline constexpr const char* kGroupBeliefs = "china-2025-12";
inline constexpr const char* kGroupPool = "pool";  ///< random walk and seasonal naive, half each

/// The calibration that a forecast from `origin` starts from. \throws InputError (data)
struct OriginCalibration {
  GroupOrigin facts;
  Calibration calibration;
};
OriginCalibration calibration_as_of(const AsOfInputs& inputs, Month origin);

/// The calibration of these tables as a run reads it. \throws InputError (data)
Calibration calibration_of(const TableFiles& files, const std::string& name, int least_window_months);

/// All that is printed of the figures' groups. \throws InputError (data)
PrintedGroups groups_of(const AsOfInputs& inputs);

/// Positions of the origins in `data.period`: from the first asked for on, each with a period after it.
/// \throws InputError (data) when there is none
std::vector<std::size_t> group_origins(const PrintedGroups& data, const AsOfInputs& inputs,
                                       const BacktestOptions& options);

/// How many periods after `origin` have come, at most as many as asked for.
int periods_ahead(const PrintedGroups& data, std::size_t origin, const BacktestOptions& options);

/// Of these the ones whose growth is printed for the group.
std::vector<int> printed_ahead(const PrintedGroups& data, std::size_t group, std::size_t origin, int horizons);

/// What is to be scored: group, model, origin, horizon, and what came.
GroupForecast unscored_forecast(const PrintedGroups& data, std::size_t group, const std::string& model,
                                std::size_t origin, int horizon);

/// Of the options, from, horizons, paths, seed and threads count. \throws InputError (data)
GroupBacktest group_backtest(const AsOfInputs& inputs, const BacktestOptions& options);

}  // namespace plimsoll
