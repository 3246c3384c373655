#include "sim/sobol_indices.hpp"

#include <algorithm>
#include <cmath>

#include "sim/counted_words.hpp"

namespace plimsoll {

namespace {

constexpr int kSamples = 400;

double position(const std::vector<double>& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto k = static_cast<std::size_t>(at);
  if (k + 1 >= sorted.size()) return sorted.back();
  return sorted[k] + (at - static_cast<double>(k)) * (sorted[k + 1] - sorted[k]);
}

IntervalEstimate interval(double value, std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  double mean = 0, square = 0;
  for (const double x : samples) mean += x / static_cast<double>(samples.size());
  for (const double x : samples) square += (x - mean) * (x - mean);
  return {value, std::sqrt(square / static_cast<double>(samples.size() - 1)), position(samples, 0.025),
          position(samples, 0.975)};
}

}  // namespace

std::vector<IntervalEstimate> bootstrap(
    std::size_t rows, const std::function<std::vector<double>(const std::vector<double>& times)>& statistics) {
  const std::vector<double> all = statistics(std::vector<double>(rows, 1.0));
  std::vector<std::vector<double>> samples(all.size());
  const CountedWords words(0, "bootstrap/rows");
  std::vector<double> times(rows);
  for (std::uint64_t s = 0; s < kSamples; ++s) {
    std::fill(times.begin(), times.end(), 0.0);
    for (std::size_t k = 0; k < rows; ++k) times[words.below(s << 40U | k, rows)] += 1;
    const std::vector<double> sample = statistics(times);
    for (std::size_t i = 0; i < all.size(); ++i) samples[i].push_back(sample[i]);
  }
  std::vector<IntervalEstimate> estimates;
  for (std::size_t i = 0; i < all.size(); ++i) estimates.push_back(interval(all[i], std::move(samples[i])));
  return estimates;
}

std::vector<SobolIndex> sobol_indices(const SaltelliValues& values) {
  const std::size_t rows = values.a.size(), inputs = values.mixed.size();
  // Products f(B) (f(AB_i) - f(A)) have the least noise about the mean; which point exactly does not matter.
  double centre = 0;
  for (std::size_t k = 0; k < rows; ++k) centre += (values.a[k] + values.b[k]) / 2;
  centre /= static_cast<double>(rows);
  const auto indices = [&](const std::vector<double>& times) {
    double n = 0, sum = 0, square = 0;
    for (std::size_t k = 0; k < rows; ++k) {
      const double a = values.a[k] - centre, b = values.b[k] - centre;
      n += times[k];
      sum += times[k] * (a + b) / 2;
      square += times[k] * (a * a + b * b) / 2;
    }
    const double mean = sum / n, variance = square / n - mean * mean;
    std::vector<double> all;
    for (const std::vector<double>& mixed : values.mixed) {
      double first = 0, total = 0;
      for (std::size_t k = 0; k < rows; ++k) {
        const double step = mixed[k] - values.a[k];
        first += times[k] * (values.b[k] - centre - mean) * step;
        total += times[k] * step * step / 2;
      }
      all.push_back(variance > 0 ? first / (n * variance) : 0);
      all.push_back(variance > 0 ? total / (n * variance) : 0);
    }
    return all;
  };
  const std::vector<IntervalEstimate> estimates = bootstrap(rows, indices);
  std::vector<SobolIndex> out(inputs);
  for (std::size_t i = 0; i < inputs; ++i) out[i] = {estimates[2 * i], estimates[2 * i + 1]};
  return out;
}

}  // namespace plimsoll
