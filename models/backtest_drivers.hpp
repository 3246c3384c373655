/// \file
/// Drivers of the totals since 2005, for conditional backtests: what was known of them at an origin, what came.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/calibration.hpp"

namespace plimsoll {

enum class TotalsDriver { memory_price, oil_price, foreign_demand, capex };
inline constexpr std::array<TotalsDriver, 4> kTotalsDrivers{TotalsDriver::memory_price, TotalsDriver::oil_price,
                                                            TotalsDriver::foreign_demand, TotalsDriver::capex};
inline constexpr std::size_t kTotalsDriverCount = kTotalsDrivers.size();
std::string to_string(TotalsDriver driver);

struct BacktestDrivers {
  /// By TotalsDriver. Demand is free of its season, whose factors are of 2005-2012; capital spending is the quarter's
  /// in each of its months.
  std::array<DriverHistory, kTotalsDriverCount> history;

  const DriverHistory& of(TotalsDriver driver) const { return history[static_cast<std::size_t>(driver)]; }
  DriverHistory& of(TotalsDriver driver) { return history[static_cast<std::size_t>(driver)]; }

  /// The last month of which a driver is known when the totals of `origin` are released.
  Month known_to(TotalsDriver driver, Month origin) const;
  /// Log level; before the first month the first, after `known` (or the last) what was known last.
  double log_level(TotalsDriver driver, Month month, Month known) const;
};

/// Table with driver, period (2024-07, or 2024Q3 for capex), value, unit and source. \throws InputError (data) with
/// line and column: drivers that are missing, gaps, doubled periods, values that are not above 0.
BacktestDrivers read_backtest_drivers(const std::string& text, const std::string& file);

/// A monthly log series free of the mean season of the 12-month windows that lie inside [from, to].
std::vector<double> without_season(const std::vector<double>& log_level, Month first, Month from, Month to);

/// Weights of a gamma lag of shape 2 on the last months, this one first; they sum to 1. A mean of 0: all on this one.
std::vector<double> gamma_lag(double mean_months);

}  // namespace plimsoll
