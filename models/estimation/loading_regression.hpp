/// \file
/// Elasticities and lags from printed quantities: what the prior said of each loading, and what the data make of it.
/// Formulas: docs/theory/estimation.md.
#pragma once

#include <string>
#include <vector>

#include "models/estimation/bayesian_regression.hpp"
#include "models/estimation/seasonal_regression.hpp"
#include "scenarios/random_number.hpp"

namespace plimsoll {

/// Logs of monthly drivers, as regressors.
struct DriverLogs {
  MonthlySeries memory, oil, exchange_rate;  ///< levels
  MonthlySeries capex;  ///< of all firms, USD bn a quarter, by month; the last quarter is carried on
};

struct DriverLags {
  double capex = 3, memory = 1.25, oil = 3;  ///< means of gamma lags, months
};

/// Mean and sd of a prior as it stands in a table.
NormalBelief belief_of(const RandomNumber& prior);

/// Logs of a mean month by printed period: one month, January and February together, or longer.
struct LoadingSeries {
  std::vector<MonthSpan> periods;
  std::vector<double> logs;
};
/// The figures of a series by month whose January and February are one (released_logs); NaN is left out.
LoadingSeries released_series(const MonthlySeries& logs);

/// One product's responses of volume or of unit value to the drivers that its rows name.
struct LoadingPrior {
  std::string driver;  ///< capex, memory_price, oil_price
  NormalBelief belief;
};
struct LoadingPosterior {
  std::vector<NormalBelief> after;  ///< in the order of the priors
  double log_evidence = 0, noise_sd = 0, ar1 = 0;
  int periods = 0;
};
/// Fewer printed periods say nothing of a loading.
inline constexpr int kFewestLoadingPeriods = 12;
/// Regression of deseasonalised logs by printed period on level, trend and lagged drivers, AR(1) errors; a period of n
/// months weighs as n. \throws std::domain_error with fewer than 12 periods.
LoadingPosterior regress_loadings(const LoadingSeries& series, const std::vector<LoadingPrior>& priors,
                                  const DriverLogs& drivers, const DriverLags& lags);

/// Posterior of a number with this prior: points of the whole prior, far into its tails, weighed by
/// `log_evidence(value)`.
template <class Evidence>
NormalBelief posterior_on_grid(const RandomNumber& prior, const Evidence& log_evidence);

/// Points of the prior in sds of a normal, and their weights before the data.
struct PriorGrid {
  std::vector<double> points, log_weights;
};
PriorGrid prior_grid(const RandomNumber& prior);
/// Mean and sd of `points` under weights that are given as logs.
NormalBelief moments(const std::vector<double>& points, const std::vector<double>& log_weights);

/// The regression takes a prior for a normal; where it is none (a triangle that ends at 0), what the data said, a
/// normal over a normal, is put on the prior as it is. `belief` is its mean and sd, `after` the regression's.
NormalBelief on_prior(const RandomNumber& prior, const NormalBelief& belief, const NormalBelief& after);
/// The distribution that the model draws from: of the prior's kind of support, with these moments.
std::string posterior_text(const RandomNumber& prior, const NormalBelief& after);

template <class Evidence>
NormalBelief posterior_on_grid(const RandomNumber& prior, const Evidence& log_evidence) {
  PriorGrid grid = prior_grid(prior);
  for (std::size_t k = 0; k < grid.points.size(); ++k) grid.log_weights[k] += log_evidence(grid.points[k]);
  return moments(grid.points, grid.log_weights);
}

}  // namespace plimsoll
