/// \file
/// What a regression over a window tells of the slope at its end, when level and slope move by shocks: the weight that
/// forecasts best and what stays unknown. Closed forms.
#pragma once

#include <vector>

namespace plimsoll {

/// y = a + e,  a += mu/12 + level shock,  mu - mu_LR = phi (mu - mu_LR) + slope shock;  all a month, mu a year.
struct SlopeProcess {
  double damping = 1;                  ///< phi
  double level_sd = 0;                 ///< log, a month
  double slope_sd = 0;                 ///< log per year, a month
  double noise_sd = 0, noise_ar1 = 0;  ///< of e: innovation of a month, coefficient
};

/// Best linear forecast of the slope at the last month from the regression's: mu_LR + weight (slope - mu_LR).
struct StartSlope {
  double weight_frac = 0;
  double sd_log = 0;  ///< of the slope around that forecast, per year
};

/// \param slope_weight of the regression (TrendWeights::slope), by month. The slope has run since 20 years before the
/// window, from mu_LR.
StartSlope start_slope(const SlopeProcess& process, const std::vector<double>& slope_weight);

/// Sd of the level at the last month given the figures, in the steady state of a local level: sqrt(K) noise_sd.
double start_level_sd(double level_sd, double noise_sd);

}  // namespace plimsoll
