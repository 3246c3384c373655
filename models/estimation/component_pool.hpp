/// \file
/// Shocks and slopes of the parts of a total, from short series: each is shrunk towards what all have in common.
#pragma once

#include <string>
#include <vector>

namespace plimsoll {

/// One product's or market's log share of the total, as it was measured alone; then as it is believed.
struct Component {
  std::string id;
  double own_level_sd = 0, own_noise_sd = 0;  ///< of split_level_noise, with degrees of freedom
  double slope = 0;                           ///< log per year
  double turn = 0;                            ///< slope of the second half less that of the first
  int periods = 0;                            ///< released figures behind it
  bool in_pool = true;    ///< counts for the median: has figures of its own, and once where several share one series
  bool in_slopes = true;  ///< counts for the spread of slopes
  bool takes_median = false;   ///< says nothing of its own noise: a fixed share of another line
  double most_level_frac = 1;  ///< cap of the permanent part: lumpy deliveries are transitory

  double level_sd = 0, noise_sd = 0;  ///< believed: permanent and transitory shocks, log a month
  double slope_sd = 0;                ///< of the slope at the end given the data, log per year
};

struct PoolOptions {
  double degrees_of_freedom = 18;  ///< of each sd
  int steps = 0;                   ///< monthly changes in the window
};

struct ComponentPool {
  double median_sd = 0, kept_frac = 0, level_frac = 0;
  double slope_spread = 0;    ///< sd of true slopes between components, log per year
  double slope_shock_sd = 0;  ///< from turns, log per year a month
  double slope_kept_frac = 0;
};

/// Fills the believed figures. Empirical Bayes (Efron and Morris 1973) on log sds and on slopes.
ComponentPool pool_components(std::vector<Component>& components, const PoolOptions& options);

double median_of(std::vector<double> values);

/// Least-squares slope of `logs` (NaN: none) on time in years, over the figures from `begin` to `end`.
double slope_per_year(const std::vector<double>& logs, std::size_t begin, std::size_t end);

/// What printed quantities say of the split of noise: sds of changes of quantity and unit value, and their correlation.
struct PriceVolumeNoise {
  double volume_sd = 0, price_sd = 0, correlation = 0;
};
/// From residuals by period (NaN: none). The correlation is cut by a fifth: rounded quantities make it too negative.
PriceVolumeNoise price_volume_noise(const std::vector<double>& volume, const std::vector<double>& price);

}  // namespace plimsoll
