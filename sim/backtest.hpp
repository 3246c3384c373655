/// \file
/// Forecasts of the totals from every origin of the past, on what was known then, scored beside those of rivals.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/first_prints.hpp"
#include "models/rival_forecasts.hpp"
#include "models/totals_filter.hpp"
#include "sim/scored_forecast.hpp"

namespace plimsoll {

/// Which levels a forecast sees: as revised later, or as they were known at its origin.
enum class Vintage { final_levels, first_known };

struct BacktestOptions {
  std::vector<TradeFlow> flows{TradeFlow::exports, TradeFlow::imports};
  Month from = Month::of(2013, 2);  ///< first origin
  int horizons = 12;                ///< released periods ahead, up to 12
  int paths = 4096;
  std::uint64_t seed = 20130201;
  int threads = 1;
  Vintage vintage = Vintage::final_levels;
  TotalsSettings settings{};
};

struct BacktestInputs {
  const TotalsData& data;
  const TradeCalendar& calendar;
  const RivalForecasts& rivals;  ///< empty: none
  const FirstPrints& first_prints;
  std::string file = "totals.csv";  ///< of the data, for error messages
};

inline constexpr const char* kOwnModel = "plimsoll";
/// The same, one release ahead, of the day before that release: beside the consensus, which is of that day too.
inline constexpr const char* kDayBefore = "day_before";
inline constexpr const char* kEngine = "engine";  ///< the engine on a calibration of one cell
inline constexpr const char* kPool = "pool";      ///< equal parts of ar, sarima and ets

/// All forecasts, in order of flow, origin, horizon; ours first, then the rivals' and the pool's.
/// \throws InputError (data) when the data are too short for the origin or the calendar for the data, or nothing was
/// printed yet of the levels as first known.
std::vector<ScoredForecast> backtest_forecasts(const BacktestInputs& inputs, const BacktestOptions& options);

}  // namespace plimsoll
