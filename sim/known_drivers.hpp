/// \file
/// Drivers that the engine has and that have a published series, put into a run of a past origin as they came.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// All there are: of foreign demand, which is each market's GDP, no calibration holds what came.
enum class KnownDriver { memory_price, oil_price, exchange_rate, capex, tariffs };
inline constexpr std::array<KnownDriver, 5> kKnownDrivers{KnownDriver::memory_price, KnownDriver::oil_price,
                                                          KnownDriver::exchange_rate, KnownDriver::capex,
                                                          KnownDriver::tariffs};
inline constexpr std::size_t kKnownDriverCount = kKnownDrivers.size();
std::string to_string(KnownDriver driver);
/// One driver as it came: `only.memory_price`.
std::string only_driver(KnownDriver driver);

using KnownDrivers = std::array<bool, kKnownDriverCount>;
constexpr std::size_t at(KnownDriver driver) { return static_cast<std::size_t>(driver); }

/// A question and what it is put to.
struct KnownRun {
  Scenario scenario;
  Calibration calibration;
};

/// The run of `expected` with chosen drivers as `came` has them after `then.as_of`. Prices and the exchange rate follow
/// their months without noise; the random numbers of all else are those of `expected`. Capital spending has its
/// reported quarters and no error; years after them grow as its prior says. Tariffs are those of every day from
/// `then.known_on` on. Where nothing came, nothing changes. \throws InputError (data) when a price ends before the
/// horizon.
KnownRun with_known(const Scenario& expected, const Calibration& then, const Calibration& came,
                    const KnownDrivers& known);

/// Schedules as they were then up to the day, and as they came from there: steps of the later table, moved by what the
/// two tables differ by on the day (they settle parts of the same duty on different days, which is no new tariff).
std::vector<TariffSchedule> tariffs_that_came(const Calibration& then, const Calibration& came);

/// What was known of a driver at the origin and what is known of it now.
struct DriverCame {
  KnownDriver driver{};
  std::string last_then, last_now;  ///< a month, a quarter, or the day of a step
  double level_then = 0, level_now = 0;
  std::string unit;
};
/// Up to `until`, by kKnownDrivers. Capital spending: sum of the firms; tariffs: the mean US rate, weighed by
/// exports of the year to the origin.
std::vector<DriverCame> drivers_came(const Calibration& then, const Calibration& came, Month until);

}  // namespace plimsoll
