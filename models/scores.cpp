#include "models/scores.hpp"

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>

namespace plimsoll {

double normal_cdf(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }

double normal_density(double z) { return std::exp(-z * z / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2; }

double normal_quantile(double probability) { return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * probability); }

double crps_normal(double mean, double sd, double x) {
  const double z = (x - mean) / sd;
  return sd * (z * (2 * normal_cdf(z) - 1) + 2 * normal_density(z) - std::numbers::inv_sqrtpi);
}

double crps_lognormal_growth(double mean_log, double sd_log, double growth_pct) {
  const double ratio = 1 + growth_pct / 100;
  const double z = (std::log(ratio) - mean_log) / sd_log;
  const double mean = std::exp(mean_log + sd_log * sd_log / 2);
  return 100 * (ratio * (2 * normal_cdf(z) - 1) -
                2 * mean * (normal_cdf(z - sd_log) + normal_cdf(sd_log / std::numbers::sqrt2) - 1));
}

double crps_uniform(double low, double high, double x) {
  const double width = high - low;
  if (x <= low) return low - x + width / 3;
  if (x >= high) return x - high + width / 3;
  return (std::pow(x - low, 3) + std::pow(high - x, 3)) / (3 * width * width);
}

double pair_distances(const std::vector<double>& sorted) {
  const auto n = static_cast<double>(sorted.size());
  double sum = 0;
  for (std::size_t k = 0; k < sorted.size(); ++k) sum += 2 * (2 * static_cast<double>(k) + 1 - n) * sorted[k];
  return sum;
}

double crps_of_points(const std::vector<double>& sorted, double x) {
  const auto n = static_cast<double>(sorted.size());
  double to_x = 0;
  for (const double point : sorted) to_x += std::abs(point - x) / n;
  return to_x - pair_distances(sorted) / (2 * n * n);
}

double pinball(double quantile, double probability, double x) {
  return x >= quantile ? (x - quantile) * probability : (quantile - x) * (1 - probability);
}

double quantile_of(const std::vector<double>& sorted, double probability) {
  const double at = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

}  // namespace plimsoll
