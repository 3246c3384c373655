/// \file
/// How the total answers to its drivers, estimated on what was known at an origin: regression of annual growth with
/// weak priors and AR(1) errors. Equations: docs/theory/conditional.md.
#pragma once

#include <array>

#include "models/backtest_drivers.hpp"
#include "models/totals_data.hpp"

namespace plimsoll {

/// Weak: none of them was set with later data. Choices made on targets of 2013-2019 only
/// (docs/validation/conditional-research.md).
struct DriverChoice {
  double prior_mean, prior_sd;  ///< log of the total per log of the driver
  double lag_months;            ///< mean of the gamma lag
  Month from;                   ///< first origin at which it takes part
};
const DriverChoice& choice_of(TotalsDriver driver);

struct TotalsElasticities {
  std::array<double, kTotalsDriverCount> mean{}, sd{};  ///< 0 where a driver takes no part
  std::array<bool, kTotalsDriverCount> in{};
  double ar1 = 0;
  int observations = 0;
};

/// The driver's lagged log level in a month, of what is known to `known`.
double lagged_log(const BacktestDrivers& drivers, TotalsDriver driver, Month month, Month known);

/// The mean of that over a released period's months; January and February are one period.
double period_log(const BacktestDrivers& drivers, TotalsDriver driver, Month period, Month known);

/// Fitted on periods up to position `fitted_to`, of drivers as known then; which take part is asked of `origin`.
/// Beyond the origin the fit is in-sample.
TotalsElasticities totals_elasticities(const TotalsData& data, TradeFlow flow, const BacktestDrivers& drivers,
                                       std::size_t fitted_to, Month origin);

}  // namespace plimsoll
