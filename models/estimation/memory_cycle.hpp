/// \file
/// What a memory price index says of its own cycle: long-run trend, height above it, size of upswings, noise.
#pragma once

#include <vector>

#include "models/estimation/estimation_plan.hpp"

namespace plimsoll {

struct MemoryCycle {
  double trend_log_per_month = 0;
  double height_log = 0;                           ///< at as_of over the trend, which is extended
  double amplitude_log = 0, amplitude_sd_log = 0;  ///< median of half of trough to peak and the sd of its log
  int upswings = 0;
  double noise_sd_log = 0, noise_half_life_months = 0;  ///< of the index about its nine-month mean
};

/// \param index monthly levels up to as_of; the trend is fitted from its start to `trend_until`.
/// \throws std::domain_error when there is less than two years of trend or fewer than two upswings.
MemoryCycle memory_cycle(const MonthlySeries& index, Month trend_until, const std::vector<Upswing>& upswings);

/// Weights of a gamma lag of shape 2 with this mean over `length` months, adding up to 1.
std::vector<double> gamma_lag_weights(double mean_months, int length);
/// Log of `series` through such weights in `month`. \throws std::out_of_range before the series reaches back far
/// enough.
double lagged_log(const MonthlySeries& series, Month month, const std::vector<double>& weights);
inline constexpr int kMemoryLagLength = 6;

}  // namespace plimsoll
