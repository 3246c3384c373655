#include "models/start_slope.hpp"

#include <cmath>

#include "models/trend_window.hpp"

namespace plimsoll {

StartSlope start_slope(const SlopeProcess& process, const std::vector<double>& slope_weight) {
  constexpr int kBefore = 240;  // months
  const int n = static_cast<int>(slope_weight.size());
  double of_regression = 0, joint = 0, of_slope = 0;  // variances and covariance
  for (int s = 1 - kBefore; s < n; ++s) {
    // What a unit shock of month s does to the regression's slope: through the noise, the level, the slope.
    double noise = 0, level = 0, slope = 0, faded = 1, grown = 0, kept = 1;
    for (int j = s; j < n; ++j) {
      const double w = j >= 0 ? slope_weight[static_cast<std::size_t>(j)] : 0;
      noise += w * faded;
      level += w;
      slope += w * grown;
      faded *= process.noise_ar1;
      grown += kept / 12;
      kept *= process.damping;
    }
    const double now = std::pow(process.damping, n - 1 - s);  // of the shock to the slope, at the last month
    const auto square = [](double x) { return x * x; };
    of_regression +=
        square(process.noise_sd * noise) + square(process.level_sd * level) + square(process.slope_sd * slope);
    joint += square(process.slope_sd) * slope * now;
    of_slope += square(process.slope_sd * now);
  }
  if (of_regression <= 0) return {1, 0};
  return {joint / of_regression, std::sqrt(std::fmax(0, of_slope - joint * joint / of_regression))};
}

double start_level_sd(double level_sd, double noise_sd) {
  return std::sqrt(local_level_gain(level_sd, noise_sd)) * noise_sd;
}

}  // namespace plimsoll
