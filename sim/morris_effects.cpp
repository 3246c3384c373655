#include "sim/morris_effects.hpp"

#include <cmath>

namespace plimsoll {

std::vector<MorrisEffect> morris_effects(const SamplingDesign& design, const std::vector<double>& values) {
  std::vector<std::vector<double>> points;
  for (std::int64_t k = 0; k < design.points(); ++k) points.push_back(design.at(k));
  return morris_effects(points, values);
}

std::vector<MorrisEffect> morris_effects(const std::vector<std::vector<double>>& points,
                                         const std::vector<double>& values) {
  const std::size_t d = points.front().size(), trajectories = values.size() / (d + 1);
  std::vector<std::vector<double>> effect(d, std::vector<double>(trajectories));
  for (std::size_t t = 0; t < trajectories; ++t) {
    for (std::size_t step = 1; step <= d; ++step) {
      const std::size_t point = t * (d + 1) + step;
      const std::vector<double>&before = points[point - 1], &after = points[point];
      for (std::size_t i = 0; i < d; ++i) {
        if (after[i] != before[i]) effect[i][t] = (values[point] - values[point - 1]) / (after[i] - before[i]);
      }
    }
  }
  const auto figures = [&](const std::vector<double>& times) {
    std::vector<double> all;
    for (const std::vector<double>& of : effect) {
      double n = 0, sum = 0, size = 0, square = 0;
      for (std::size_t t = 0; t < trajectories; ++t) {
        n += times[t];
        sum += times[t] * of[t];
        size += times[t] * std::abs(of[t]);
      }
      for (std::size_t t = 0; t < trajectories; ++t) square += times[t] * (of[t] - sum / n) * (of[t] - sum / n);
      all.insert(all.end(), {sum / n, size / n, std::sqrt(square / (n - 1))});
    }
    return all;
  };
  const std::vector<IntervalEstimate> estimates = bootstrap(trajectories, figures);
  std::vector<MorrisEffect> out;
  for (std::size_t i = 0; i < d; ++i) out.push_back({estimates[3 * i], estimates[3 * i + 1], estimates[3 * i + 2]});
  return out;
}

}  // namespace plimsoll
