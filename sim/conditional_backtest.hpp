/// \file
/// Forecasts of the totals from every origin of the past by the engine with drivers that act: drivers as expected then,
/// all as they came, one at a time as it came. Elasticities are estimated before the origin.
#pragma once

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "sim/backtest.hpp"
#include "sim/conditional_cell.hpp"
#include "sim/totals_paths.hpp"

namespace plimsoll {

inline constexpr const char *kUnconditional = "unconditional", *kConditional = "conditional";
/// All drivers as they came, elasticities fitted on the whole of the data: a look at what the form could do.
inline constexpr const char* kInSample = "in_sample";
/// One driver as it came: `only.memory_price`.
std::string only_driver(TotalsDriver driver);

/// Growth of one released period on a year earlier.
struct ConditionalForecast {
  static constexpr std::array<double, 5> kProbabilities{0.05, 0.25, 0.50, 0.75, 0.95};
  static constexpr std::size_t kMedian = 2;
  static constexpr auto kReplicates = static_cast<std::size_t>(TotalsPaths::kReplicates);

  TradeFlow flow{};
  std::string model;
  Month origin, target;
  int horizon = 0;
  std::array<double, 5> quantile_pct{}, quantile_se_pp{};  ///< errors are Monte Carlo
  std::array<double, kReplicates> median_of_replicate{}, crps_of_replicate{};
  double actual_pct = std::numeric_limits<double>::quiet_NaN();  ///< final levels; NaN: not out yet
  double crps_pp = std::numeric_limits<double>::quiet_NaN(), crps_se_pp = crps_pp;
};

/// What the forecasts of an origin rest on.
struct ConditionalEstimate {
  TradeFlow flow{};
  Month origin;
  TotalsElasticities elasticities;
  std::array<DriverOutlook, kTotalsDriverCount> outlook{};
};

struct ConditionalInputs {
  const TotalsData& data;
  const TradeCalendar& calendar;
  const BacktestDrivers& drivers;
  std::string file = "totals.csv";  ///< of the data, for error messages
};

struct ConditionalForecasts {
  std::vector<ConditionalForecast> forecasts;  ///< in order of flow, origin, model, horizon
  std::vector<ConditionalEstimate> estimates;  ///< in order of flow, origin
};

/// Of the options, all but the vintage count: levels are final. \throws InputError (data) when origins lie before
/// 2013-02 or totals and drivers do not reach them.
ConditionalForecasts conditional_forecasts(const ConditionalInputs& inputs, const BacktestOptions& options);

}  // namespace plimsoll
