#include "models/estimation/memory_cycle.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace plimsoll {

MemoryCycle memory_cycle(const MonthlySeries& index, Month trend_until, const std::vector<Upswing>& upswings) {
  constexpr int kFewestMonths = 24, kHalfWindow = 4;
  constexpr double kLeastAr = 0.05, kShortestHalfLife = 1;
  const int n = std::min(trend_until, index.last()) - index.from + 1;
  if (n < kFewestMonths) throw std::domain_error("the memory index is shorter than two years");
  if (upswings.size() < 2) throw std::domain_error("fewer than two upswings of the memory index are listed");
  const auto count = static_cast<std::size_t>(n);
  Dense x(count, 2);
  std::vector<double> y;
  for (std::size_t i = 0; i < count; ++i) {
    x(i, 0) = 1;
    x(i, 1) = static_cast<double>(i);
    y.push_back(std::log(index.values[i]));
  }
  const LeastSquares trend = least_squares(x, y);
  MemoryCycle cycle;
  cycle.trend_log_per_month = trend.coefficients[1];
  cycle.height_log = std::log(index.values.back()) - trend.coefficients[0] -
                     trend.coefficients[1] * static_cast<double>(index.values.size() - 1);
  std::vector<double> halves;
  double mean = 0;
  for (const Upswing& one : upswings) {
    halves.push_back(std::log((std::log(one.rise_multiple) - cycle.trend_log_per_month * one.months_up) / 2));
    mean += halves.back() / static_cast<double>(upswings.size());
  }
  double squares = 0;
  for (const double h : halves) squares += (h - mean) * (h - mean);
  cycle.amplitude_log = std::exp(mean);
  cycle.amplitude_sd_log = std::sqrt(squares / static_cast<double>(halves.size() - 1));
  cycle.upswings = static_cast<int>(halves.size());
  // Noise: deviations from a centred mean of nine months; the ends are held.
  std::vector<double> noise;
  double centre = 0;
  for (int i = 0; i < n; ++i) {
    double smooth = 0;
    for (int k = -kHalfWindow; k <= kHalfWindow; ++k)
      smooth += trend.residuals[static_cast<std::size_t>(std::clamp(i + k, 0, n - 1))] / (2 * kHalfWindow + 1);
    noise.push_back(trend.residuals[static_cast<std::size_t>(i)] - smooth);
    centre += noise.back() / n;
  }
  double variance = 0;
  for (const double e : noise) variance += (e - centre) * (e - centre) / n;
  cycle.noise_sd_log = std::sqrt(variance);
  const auto pairs = static_cast<double>(n - 1);
  double mean_now = 0, mean_before = 0, now = 0, before = 0, cross = 0;
  for (std::size_t i = 1; i < count; ++i) {
    mean_now += noise[i] / pairs;
    mean_before += noise[i - 1] / pairs;
  }
  for (std::size_t i = 1; i < count; ++i) {
    const double a = noise[i] - mean_now, b = noise[i - 1] - mean_before;
    now += a * a;
    before += b * b;
    cross += a * b;
  }
  const double ar1 = cross / std::sqrt(now * before);
  cycle.noise_half_life_months = std::max(std::log(0.5) / std::log(std::max(ar1, kLeastAr)), kShortestHalfLife);
  return cycle;
}

std::vector<double> gamma_lag_weights(double mean_months, int length) {
  const auto cdf = [&](double x) {
    return x > 0 ? 1 - std::exp(-2 * x / mean_months) * (1 + 2 * x / mean_months) : 0.0;
  };
  std::vector<double> weights;
  double sum = 0;
  for (int k = 0; k < length; ++k) {
    weights.push_back(cdf(k + 0.5) - cdf(k - 0.5));
    sum += weights.back();
  }
  for (double& w : weights) w /= sum;
  return weights;
}

double lagged_log(const MonthlySeries& series, Month month, const std::vector<double>& weights) {
  double sum = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) sum += weights[k] * std::log(series.at(month - static_cast<int>(k)));
  return sum;
}

}  // namespace plimsoll
