#include "models/score_comparison.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <random>

namespace plimsoll {

DieboldMariano diebold_mariano(const std::vector<double>& differences, int horizon) {
  const auto n = static_cast<double>(differences.size());
  DieboldMariano out;
  for (const double d : differences) out.mean_difference += d / n;
  const auto autocovariance = [&](std::size_t lag) {
    double sum = 0;
    for (std::size_t t = lag; t < differences.size(); ++t)
      sum += (differences[t] - out.mean_difference) * (differences[t - lag] - out.mean_difference);
    return sum / n;
  };
  double variance = autocovariance(0);
  const double alone = variance;
  for (int lag = 1; lag < horizon; ++lag) variance += 2 * autocovariance(static_cast<std::size_t>(lag));
  out.truncated = variance <= 0;
  if (out.truncated) variance = alone;
  const double h = horizon;
  const double correction = (n + 1 - 2 * h + h * (h - 1) / n) / n;
  out.se = std::sqrt(variance / n / correction);
  if (out.se > 0) {
    const boost::math::students_t t(n - 1);
    out.p_value = 2 * boost::math::cdf(boost::math::complement(t, std::abs(out.mean_difference / out.se)));
  }
  return out;
}

std::vector<std::vector<std::size_t>> block_resamples(std::size_t length, std::size_t block, std::size_t replicates,
                                                      std::uint64_t seed) {
  std::mt19937_64 numbers(seed);
  std::vector<std::vector<std::size_t>> out(replicates);
  for (auto& positions : out) {
    positions.reserve(length);
    while (positions.size() < length) {
      const std::size_t start = numbers() % length;
      for (std::size_t k = 0; k < block && positions.size() < length; ++k) positions.push_back((start + k) % length);
    }
  }
  return out;
}

}  // namespace plimsoll
