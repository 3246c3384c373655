/// \file
/// Regression of a deseasonalised log series on a trend over the calibration's window, as weights on its months.
#pragma once

#include <vector>

namespace plimsoll {

/// Weights w such that sum_j w[j] y[j] is the slope (per year) or the level at the last month.
struct TrendWeights {
  std::vector<double> slope;
  std::vector<double> level;
  /// How far back the smoothed level stands on average: taking the slope as less by d moves the level by -d times this.
  double smoothing_years = 0;
};

/// Ordinary least squares on `months` equidistant months; the level at the end is the regression's plus the
/// exponentially smoothed residuals with the local-level gain K (Harvey 1989, section 4.3): level + sum_k K (1-K)^k
/// e[-k].
TrendWeights trend_weights(int months, double gain);

/// Steady-state Kalman gain of a local level: q = var(level shock)/var(noise), K = P/(1+P), P = (q + sqrt(q^2 + 4q))/2.
double local_level_gain(double level_sd, double noise_sd);

/// Gc[t], t = 1..months: years over which the slope that drivers took is taken back; t/12 for the first 24 months (as
/// long as the window's own length), damped by `damping` a month after that, so that no driver bends the far future.
std::vector<float> compensation_years(int months, double damping);

}  // namespace plimsoll
