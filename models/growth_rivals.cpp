#include "models/growth_rivals.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {
namespace {

/// Mean and sd of a growth of one period: figures of n periods have an nth of its variance.
struct History {
  double mean = 0, sd = 0, step_sd = 0, periods = 0;
};

History history_of(const std::vector<GrowthFigure>& known) {
  History out;
  double sum = 0, squares = 0, changes = 0;
  for (const GrowthFigure& one : known) {
    sum += one.periods * one.growth_log;
    out.periods += one.periods;
  }
  out.mean = sum / out.periods;
  for (const GrowthFigure& one : known)
    squares += one.periods * (one.growth_log - out.mean) * (one.growth_log - out.mean);
  for (std::size_t t = 1; t < known.size(); ++t) {
    const double change = known[t].growth_log - known[t - 1].growth_log;
    changes += change * change / (known[t - 1].periods_ago - known[t].periods_ago);
  }
  const auto freedom = static_cast<double>(known.size() - 1);
  out.sd = std::sqrt(squares / freedom);
  out.step_sd = std::sqrt(changes / freedom);
  return out;
}

double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  const std::size_t n = x.size();
  return n % 2 == 1 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

/// Root mean squares of own figures, each drawn to their median.
std::vector<double> drawn_to_median(const std::vector<double>& own,
                                    const std::vector<std::vector<GrowthFigure>>& known) {
  const double middle = median(own);
  std::vector<double> out;
  for (std::size_t k = 0; k < own.size(); ++k) {
    const auto figures = static_cast<double>(known[k].size() - 1);
    out.push_back(std::sqrt((figures * own[k] * own[k] + kMedianWeight * middle * middle) / (figures + kMedianWeight)));
  }
  return out;
}

}  // namespace

std::vector<std::vector<GrowthRival>> growth_rivals(const std::vector<std::vector<GrowthFigure>>& known, int horizons) {
  std::vector<History> past;
  std::vector<double> about_mean, steps;
  for (const std::vector<GrowthFigure>& one : known) {
    past.push_back(history_of(one));
    about_mean.push_back(past.back().sd);
    steps.push_back(past.back().step_sd);
  }
  about_mean = drawn_to_median(about_mean, known);
  steps = drawn_to_median(steps, known);
  std::vector<std::vector<GrowthRival>> out;
  for (std::size_t k = 0; k < known.size(); ++k) {
    const GrowthFigure& last = known[k].back();
    const double mean = past[k].mean;
    GrowthRival walk{"random_walk", {}}, history{"history", {}}, naive{"seasonal_naive", {}};
    for (int h = 1; h <= horizons; ++h) {
      walk.ahead.push_back({last.growth_log, steps[k] * std::sqrt(h + last.periods_ago)});
      history.ahead.push_back({mean, about_mean[k]});
      naive.ahead.push_back({mean, about_mean[k] * std::sqrt(1 + 1 / past[k].periods)});
    }
    out.push_back({walk, history, naive});
  }
  return out;
}

}  // namespace plimsoll
