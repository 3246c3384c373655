#include "sim/path_figures.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

namespace {

constexpr std::size_t kParts = 16;
constexpr double kStudent15 = 2.1314495;  ///< 97.5% quantile of Student's t with 15 degrees of freedom

double quantile_of(std::vector<double> values, double level) {
  const double at = level * static_cast<double>(values.size() - 1);
  const auto k = static_cast<std::size_t>(at);
  const auto low = values.begin() + static_cast<std::ptrdiff_t>(k);
  std::nth_element(values.begin(), low, values.end());
  if (low + 1 == values.end()) return *low;
  const double next = *std::min_element(low + 1, values.end());
  return *low + (at - static_cast<double>(k)) * (next - *low);
}

bool holds(const Condition& condition, double x) {
  return condition.side == Side::below ? x < condition.threshold : x > condition.threshold;
}

/// Sums of the squares of deviations from the mean.
double squares(const std::vector<double>& values) {
  double mean = 0, square = 0;
  for (const double x : values) mean += x / static_cast<double>(values.size());
  for (const double x : values) square += (x - mean) * (x - mean);
  return square;
}

template <class F>
IntervalEstimate by_parts(F f) {
  std::vector<double> parts;
  for (std::size_t g = 0; g < kParts; ++g) parts.push_back(f(g, kParts));
  return from_parts(f(0, 1), parts);
}

}  // namespace

double figure_of(const PathFigure& figure, const CellValues& values, std::size_t paths, std::size_t first,
                 std::size_t step) {
  const Statistic& statistic = figure.statistic;
  if (statistic.kind == Statistic::Kind::probability) {
    double hits = 0, n = 0;
    for (std::size_t k = first; k < paths; k += step, ++n) {
      bool all = true;
      for (std::size_t c = 0; c < figure.cells.size(); ++c)
        all = all && holds(statistic.event.conditions[c], values[figure.cells[c]][k]);
      hits += all ? 1 : 0;
    }
    return hits / n;
  }
  const double* x = values[figure.cells.front()];
  std::vector<double> some;
  for (std::size_t k = first; k < paths; k += step) some.push_back(x[k]);
  if (statistic.kind == Statistic::Kind::quantile) return quantile_of(std::move(some), statistic.level);
  const auto n = static_cast<double>(some.size());
  if (statistic.kind == Statistic::Kind::sd) return std::sqrt(squares(some) / (n - 1));
  double sum = 0;
  for (const double value : some) sum += value;
  return sum / n;
}

IntervalEstimate from_parts(double value, const std::vector<double>& parts) {
  const auto n = static_cast<double>(parts.size());
  const double se = std::sqrt(squares(parts) / (n * (n - 1)));
  return {value, se, value - kStudent15 * se, value + kStudent15 * se};
}

IntervalEstimate from_jackknife(double value, const std::vector<double>& without) {
  const auto n = static_cast<double>(without.size());
  const double se = std::sqrt(squares(without) * (n - 1) / n);
  return {value, se, value - kStudent15 * se, value + kStudent15 * se};
}

IntervalEstimate estimate_of(const PathFigure& figure, const CellValues& values, std::size_t paths) {
  return by_parts([&](std::size_t first, std::size_t step) { return figure_of(figure, values, paths, first, step); });
}

IntervalEstimate difference_of(const PathFigure& figure, const CellValues& a, const CellValues& b, std::size_t paths) {
  return by_parts([&](std::size_t first, std::size_t step) {
    return figure_of(figure, b, paths, first, step) - figure_of(figure, a, paths, first, step);
  });
}

}  // namespace plimsoll
