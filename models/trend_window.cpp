#include "models/trend_window.hpp"

#include <cmath>

namespace plimsoll {

TrendWeights trend_weights(int months, double gain) {
  const auto n = static_cast<std::size_t>(months);
  TrendWeights w{std::vector<double>(n), std::vector<double>(n), 0};
  const double mean = (months - 1) / 2.0;
  const double spread = months * (months * static_cast<double>(months) - 1) / 12.0;
  const auto fit = [&](double at, std::size_t j) {
    return 1.0 / months + (at - mean) * (static_cast<double>(j) - mean) / spread;
  };
  for (std::size_t j = 0; j < n; ++j) {
    w.slope[j] = 12.0 * (static_cast<double>(j) - mean) / spread;
    w.level[j] = fit(months - 1, j);
  }
  double keep = gain;
  for (int k = 0; k < months; ++k) {
    const auto at = static_cast<std::size_t>(months - 1 - k);
    for (std::size_t j = 0; j < n; ++j) w.level[j] += keep * ((j == at ? 1.0 : 0.0) - fit(static_cast<double>(at), j));
    w.smoothing_years += keep * k / 12;
    keep *= 1 - gain;
  }
  return w;
}

double local_level_gain(double level_sd, double noise_sd) {
  if (noise_sd <= 0) return 1;
  const double q = level_sd * level_sd / (noise_sd * noise_sd);
  const double p = (q + std::sqrt(q * q + 4 * q)) / 2;
  return p / (1 + p);
}

std::vector<float> compensation_years(int months, double damping) {
  constexpr int kFullMonths = 24;
  std::vector<float> years;
  double sum = 0;
  double step = 1.0 / 12.0;
  for (int t = 1; t <= months; ++t) {
    if (t > kFullMonths) step *= damping;
    sum += step;
    years.push_back(static_cast<float>(sum));
  }
  return years;
}

}  // namespace plimsoll
