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

/// Statistics of all rows, and [statistic][sample] of bootstrap samples.
struct Samples {
  std::vector<double> value;
  std::vector<std::vector<double>> sample;
};

Samples resample(std::size_t rows, const RowStatistics& statistics) {
  Samples out{statistics(std::vector<double>(rows, 1.0)), {}};
  out.sample.resize(out.value.size());
  const CountedWords words(0, "bootstrap/rows");
  std::vector<double> times(rows);
  for (std::uint64_t s = 0; s < kSamples; ++s) {
    std::fill(times.begin(), times.end(), 0.0);
    for (std::size_t k = 0; k < rows; ++k) times[words.below(s << 40U | k, rows)] += 1;
    const std::vector<double> sample = statistics(times);
    for (std::size_t i = 0; i < out.value.size(); ++i) out.sample[i].push_back(sample[i]);
  }
  return out;
}

/// Weight of a in the mean of a and b that varies least.
double least_variance_weight(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<double>(a.size());
  double mean_a = 0, mean_b = 0, aa = 0, bb = 0, ab = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    mean_a += a[k] / n;
    mean_b += b[k] / n;
  }
  for (std::size_t k = 0; k < a.size(); ++k) {
    aa += (a[k] - mean_a) * (a[k] - mean_a);
    bb += (b[k] - mean_b) * (b[k] - mean_b);
    ab += (a[k] - mean_a) * (b[k] - mean_b);
  }
  const double spread = aa + bb - 2 * ab;
  return spread > 0 ? std::clamp((bb - ab) / spread, 0.0, 1.0) : 1;
}

/// Estimates of one input from one sample.
struct Shares {
  double saltelli = 0, janon = 0, total = 0;
};

}  // namespace

std::vector<IntervalEstimate> bootstrap(std::size_t rows, const RowStatistics& statistics) {
  Samples samples = resample(rows, statistics);
  std::vector<IntervalEstimate> estimates;
  for (std::size_t i = 0; i < samples.value.size(); ++i)
    estimates.push_back(interval(samples.value[i], std::move(samples.sample[i])));
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
      Shares of;
      double both = 0, pair_sum = 0, pair_square = 0;
      for (std::size_t k = 0; k < rows; ++k) {
        const double b = values.b[k] - centre, m = mixed[k] - centre, step = mixed[k] - values.a[k];
        of.saltelli += times[k] * (b - mean) * step;
        of.total += times[k] * step * step / 2;
        both += times[k] * b * m;
        pair_sum += times[k] * (b + m) / 2;
        pair_square += times[k] * (b * b + m * m) / 2;
      }
      const double pair_mean = pair_sum / n, pair_variance = pair_square / n - pair_mean * pair_mean;
      all.push_back(variance > 0 ? of.saltelli / (n * variance) : 0);
      all.push_back(pair_variance > 0 ? (both / n - pair_mean * pair_mean) / pair_variance : 0);
      all.push_back(variance > 0 ? of.total / (n * variance) : 0);
    }
    return all;
  };
  const Samples samples = resample(rows, indices);
  std::vector<SobolIndex> out;
  for (std::size_t i = 0; i < inputs; ++i) {
    const std::vector<double>&saltelli = samples.sample[3 * i], &janon = samples.sample[3 * i + 1];
    const double weight = least_variance_weight(saltelli, janon);
    std::vector<double> first;
    for (std::size_t s = 0; s < saltelli.size(); ++s) first.push_back(weight * saltelli[s] + (1 - weight) * janon[s]);
    const double value = weight * samples.value[3 * i] + (1 - weight) * samples.value[3 * i + 1];
    out.push_back({interval(value, std::move(first)), interval(samples.value[3 * i + 2], samples.sample[3 * i + 2])});
  }
  return out;
}

}  // namespace plimsoll
