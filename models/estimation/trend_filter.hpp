/// \file
/// A local linear trend with damped slope and an AR(1) residual, beside fixed seasons: the Kalman filter (Harvey 1989).
#pragma once

#include <array>
#include <vector>

#include "models/estimation/seasonal_regression.hpp"

namespace plimsoll {

/// ln x = a + S + u;  a += mu/12 + level shock;  mu = phi mu + (1 - phi) mu_LR + slope shock;  u = rho u + shock.
struct TrendModel {
  double level_sd = 0;            ///< log, a month
  double slope_sd = 0;            ///< log per year, a month
  double residual_sd = 0;         ///< log, innovation of a month
  double residual_ar1 = 0;        ///< rho
  double slope_damping = 1;       ///< phi
  double long_run_slope_log = 0;  ///< mu_LR, per year
};

struct TrendState {
  std::array<double, 3> mean{};                       ///< a, mu, u at the last month
  std::array<std::array<double, 3>, 3> covariance{};  ///< given the seasons

  /// One month on, without news.
  void step(const TrendModel& model);
  double level() const { return mean[0] + mean[2]; }
};

struct TrendFilter {
  double log_likelihood = 0;
  std::vector<double> effects;  ///< coefficients of the season columns, by generalised least squares
  TrendState state;
  std::vector<double> innovations;  ///< standardised
};

/// Filters logs by month (NaN: no figure); `columns` has as many rows, or no columns.
TrendFilter filter_trend(const std::vector<double>& logs, const Dense& columns, const TrendModel& model);

struct TrendFit {
  TrendModel model;
  double value = 0;  ///< minus the log posterior at the maximum
};
/// Maximum likelihood of the three sds and rho, given damping and long-run slope; rho has a prior N(0.4, 0.25^2), which
/// keeps the AR(1) apart from the level.
TrendFit fit_trend(const std::vector<double>& logs, const Dense& columns, double slope_damping,
                   double long_run_slope_log);

/// Shocks of a series that has a level and noise but hardly a slope: a log share of the total.
struct LevelAndNoise {
  double level_sd = 0, noise_sd = 0;  ///< log, a month
};
/// Maximum likelihood with a weak prior on the ratio of the two (log ratio -0.5, sd 0.7), on deseasonalised logs.
LevelAndNoise split_level_noise(const std::vector<double>& logs);

/// Sd of the forecast of the log level so many months ahead. \param slope_start_sd of mu at the origin, log per year.
double forecast_sd_log(const TrendModel& model, double slope_start_sd, int months);

}  // namespace plimsoll
