/// \file
/// Scores of a forecast distribution against what came: the smaller the better, but for the log score. Closed forms
/// where there are any. Definitions and sources: docs/theory/scores.md.
#pragma once

#include <vector>

namespace plimsoll {

/// Continuous ranked probability score of a normal distribution (Gneiting, Raftery 2007), in the unit of x.
double crps_normal(double mean, double sd, double x);

/// CRPS of growth 100 (e^z - 1) in percent, z normal (Baran, Lerch 2015, lognormal); growth_pct above -100.
double crps_lognormal_growth(double mean_log, double sd_log, double growth_pct);

/// CRPS of a uniform distribution on low..high; of a point, where both are the same: its distance.
double crps_uniform(double low, double high, double x);

/// Sum over all pairs (i, j) of |x_i - x_j|.
double pair_distances(const std::vector<double>& sorted);

/// CRPS of equal weights on the points themselves; for points that stand for a distribution exactly (mid-quantiles).
double crps_of_points(const std::vector<double>& sorted, double x);

/// Pinball loss of a quantile: (x - q) prob above it, (q - x) (1 - prob) below.
double pinball(double quantile, double probability, double x);

/// Quantile of sorted draws by linear interpolation (definition 7 of Hyndman, Fan 1996).
double quantile_of(const std::vector<double>& sorted, double probability);

double normal_cdf(double z);
double normal_density(double z);
double normal_quantile(double probability);

}  // namespace plimsoll
