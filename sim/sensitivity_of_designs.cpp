#include "sim/sensitivity_of_designs.hpp"

#include <algorithm>
#include <cmath>

#include "sim/morris_effects.hpp"
#include "sim/sensitivity_plan.hpp"

namespace plimsoll {

namespace {

bool is_whole(const std::vector<double>& values, std::size_t first, std::size_t width) {
  for (std::size_t k = first; k < first + width; ++k) {
    if (!std::isfinite(values[k])) return false;
  }
  return true;
}

SensitivityRow row(const DesignFigure& figure, const std::string& input, const char* quantity, const std::string& unit,
                   const IntervalEstimate& estimate) {
  return {figure.of, SensitivityBasis::points, input, quantity, unit, estimate};
}

/// Mean and spread of the figure over points, or over means of points, that are independent.
void tell_figure(const DesignFigure& figure, const std::vector<double>& values, SensitivityResult& result) {
  const auto n = static_cast<double>(values.size());
  double mean = 0, square = 0;
  for (const double x : values) mean += x / n;
  for (const double x : values) square += (x - mean) * (x - mean);
  const double se = std::sqrt(square / (n * (n - 1)));
  result.rows.push_back(row(figure, "", "mean_of_points", figure.unit, {mean, se, mean - 1.96 * se, mean + 1.96 * se}));
}

}  // namespace

std::int64_t whole_groups(const DesignFigure& figure, std::size_t width) {
  std::int64_t whole = 0;
  for (std::size_t k = 0; k + width <= figure.values.size(); k += width) whole += is_whole(figure.values, k, width);
  return whole;
}

void tell_saltelli(const DesignFigure& figure, const std::vector<std::string>& inputs, SensitivityResult& result) {
  const std::size_t width = inputs.size() + 2;
  SaltelliValues values{{}, {}, std::vector<std::vector<double>>(inputs.size())};
  std::vector<double> of_points;
  for (std::size_t k = 0; k + width <= figure.values.size(); k += width) {
    if (!is_whole(figure.values, k, width)) continue;
    values.a.push_back(figure.values[k]);
    values.b.push_back(figure.values[k + 1]);
    of_points.insert(of_points.end(), {figure.values[k], figure.values[k + 1]});
    for (std::size_t i = 0; i < inputs.size(); ++i) values.mixed[i].push_back(figure.values[k + 2 + i]);
  }
  tell_figure(figure, of_points, result);
  const std::vector<SobolIndex> found = sobol_indices(values);
  std::vector<SensitivityEffect> effects;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    effects.push_back({found[i].total.value,
                       {row(figure, inputs[i], "first", "share", found[i].first),
                        row(figure, inputs[i], "total", "share", found[i].total)}});
  tell_effects(std::move(effects), result);
}

void tell_morris(const DesignFigure& figure, const std::vector<std::string>& inputs, const SamplingDesign& design,
                 SensitivityResult& result) {
  const std::size_t width = inputs.size() + 1;
  std::vector<double> values, of_trajectories;
  std::vector<std::vector<double>> points;
  for (std::size_t k = 0; k + width <= figure.values.size(); k += width) {
    if (!is_whole(figure.values, k, width)) continue;
    of_trajectories.push_back(0);
    for (std::size_t step = 0; step < width; ++step) {
      of_trajectories.back() += figure.values[k + step] / static_cast<double>(width);
      values.push_back(figure.values[k + step]);
      points.push_back(design.at(static_cast<std::int64_t>(k + step)));
    }
  }
  tell_figure(figure, of_trajectories, result);
  const std::vector<MorrisEffect> found = morris_effects(points, values);
  const std::string unit = difference_unit(figure.unit);
  std::vector<SensitivityEffect> effects;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    effects.push_back({found[i].mean_absolute.value,
                       {row(figure, inputs[i], "mu", unit, found[i].mean),
                        row(figure, inputs[i], "mu_star", unit, found[i].mean_absolute),
                        row(figure, inputs[i], "sigma", unit, found[i].spread)}});
  tell_effects(std::move(effects), result);
}

}  // namespace plimsoll
