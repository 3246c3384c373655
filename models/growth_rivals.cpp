#include "models/growth_rivals.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {
namespace {

double mean_of(const std::vector<double>& x) {
  double sum = 0;
  for (const double one : x) sum += one;
  return sum / static_cast<double>(x.size());
}

double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  const std::size_t n = x.size();
  return n % 2 == 1 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

/// Root mean squares of `squares` figures, each drawn to their median.
std::vector<double> drawn_to_median(const std::vector<double>& own, double figures) {
  const double middle = median(own);
  std::vector<double> out;
  for (const double one : own)
    out.push_back(std::sqrt((figures * one * one + kMedianWeight * middle * middle) / (figures + kMedianWeight)));
  return out;
}

}  // namespace

std::vector<std::vector<GrowthRival>> growth_rivals(const std::vector<std::vector<double>>& growth_log, int horizons) {
  const auto count = static_cast<double>(growth_log.front().size());
  std::vector<double> about_mean, steps;
  for (const std::vector<double>& g : growth_log) {
    const double mean = mean_of(g);
    double squares = 0, changes = 0;
    for (const double one : g) squares += (one - mean) * (one - mean);
    for (std::size_t t = 1; t < g.size(); ++t) changes += (g[t] - g[t - 1]) * (g[t] - g[t - 1]);
    about_mean.push_back(std::sqrt(squares / (count - 1)));
    steps.push_back(std::sqrt(changes / (count - 1)));
  }
  about_mean = drawn_to_median(about_mean, count - 1);
  steps = drawn_to_median(steps, count - 1);
  std::vector<std::vector<GrowthRival>> out;
  for (std::size_t k = 0; k < growth_log.size(); ++k) {
    const std::vector<double>& g = growth_log[k];
    const double mean = mean_of(g);
    GrowthRival walk{"random_walk", {}}, history{"history", {}}, naive{"seasonal_naive", {}};
    for (int h = 1; h <= horizons; ++h) {
      walk.ahead.push_back({g.back(), steps[k] * std::sqrt(static_cast<double>(h))});
      history.ahead.push_back({mean, about_mean[k]});
      naive.ahead.push_back({mean, about_mean[k] * std::sqrt(1 + 1 / count)});
    }
    out.push_back({walk, history, naive});
  }
  return out;
}

}  // namespace plimsoll
