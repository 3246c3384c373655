// Inputs held at points: tornado, Morris, and Sobol indices of figures that only many paths have.
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "sim/morris_effects.hpp"
#include "sim/sensitivity_plan.hpp"

namespace plimsoll {

namespace {

constexpr std::size_t kParts = 16;

double normal_quantile(double p) { return boost::math::quantile(boost::math::normal(), p); }

CellValues cells_at(const Sensitivity::Plan& plan, const PathValues& values, std::size_t set) {
  CellValues cells;
  for (std::size_t o = 0; o < plan.outputs.size(); ++o) cells.push_back(values.of(set, o));
  return cells;
}

/// Calls `use(point, values of its cells)` in order, keeping few points in memory.
void at_points(const Sensitivity::Plan& plan, const std::vector<SensitivityInput>& inputs,
               const std::vector<HeldPoint>& points, SensitivityProgress& progress,
               const std::function<void(std::size_t, const CellValues&)>& use) {
  const auto paths = static_cast<std::size_t>(plan.ask.point_paths);
  const std::size_t most = std::max<std::size_t>(1, kMostValues / (paths * plan.outputs.size()));
  for (std::size_t first = 0; first < points.size(); first += most) {
    const std::size_t count = std::min(most, points.size() - first);
    const auto begin = points.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<HeldPoint> some(begin, begin + static_cast<std::ptrdiff_t>(count));
    const PathValues values = values_when_held(plan.space, inputs, some, plan.outputs, plan.ask.point_paths,
                                               progress.next(static_cast<std::int64_t>(count) * plan.ask.point_paths));
    if (progress.stopped()) return;
    for (std::size_t k = 0; k < count; ++k) use(first + k, cells_at(plan, values, k));
  }
}

/// A design's value of one figure at every point: of all paths, and of sixteen parts of them.
struct DesignValues {
  SensitivityRow own;  ///< with nothing held
  std::vector<double> all;
  std::vector<std::vector<double>> part;
  DesignValues() : part(kParts) {}
};

/// At points of a design in probabilities, then with nothing held.
std::vector<DesignValues> values_of(const Sensitivity::Plan& plan, const std::vector<SensitivityInput>& inputs,
                                    const SamplingDesign& design, const std::vector<std::size_t>& figures,
                                    SensitivityProgress& progress) {
  std::vector<HeldPoint> points;
  for (std::int64_t k = 0; k < design.points(); ++k) {
    const std::vector<double> u = design.at(k);
    HeldPoint point;
    for (std::size_t i = 0; i < inputs.size(); ++i) point.push_back({i, normal_quantile(u[i])});
    points.push_back(std::move(point));
  }
  points.emplace_back();
  std::vector<DesignValues> values(figures.size());
  const auto paths = static_cast<std::size_t>(plan.ask.point_paths);
  at_points(plan, inputs, points, progress, [&](std::size_t k, const CellValues& cells) {
    for (std::size_t f = 0; f < figures.size(); ++f) {
      const PathFigure& figure = plan.figures[figures[f]];
      if (k + 1 == points.size()) {
        values[f].own = {to_string(figure.statistic), SensitivityBasis::points,         "", "value",
                         unit_of(plan, figure),       estimate_of(figure, cells, paths)};
        continue;
      }
      values[f].all.push_back(figure_of(figure, cells, paths));
      for (std::size_t g = 0; g < kParts; ++g) values[f].part[g].push_back(figure_of(figure, cells, paths, g, kParts));
    }
  });
  return values;
}

/// The error of the design (bootstrap) and that of the paths (sixteen parts), which all points share.
IntervalEstimate with_paths(IntervalEstimate design, const std::vector<double>& parts) {
  const double paths_se = from_parts(design.value, parts).se;
  const double both = std::hypot(design.se, paths_se);
  if (design.se > 0) {
    design.low = design.value - (design.value - design.low) * both / design.se;
    design.high = design.value + (design.high - design.value) * both / design.se;
  } else {
    design.low = design.value - 1.96 * both;
    design.high = design.value + 1.96 * both;
  }
  design.se = both;
  return design;
}

std::vector<std::string> names_of(const std::vector<SensitivityInput>& inputs) {
  std::vector<std::string> names;
  for (const SensitivityInput& input : inputs) names.push_back(input.name);
  return names;
}

std::uint64_t seed_of(const Sensitivity::Plan& plan) { return plan.space.model().draw_plan.seed; }

SaltelliValues saltelli_values(const std::vector<double>& values, std::size_t inputs) {
  SaltelliValues sample{{}, {}, std::vector<std::vector<double>>(inputs)};
  for (std::size_t k = 0; k < values.size(); ++k) {
    const std::size_t part = k % (inputs + 2);
    (part == 0 ? sample.a : part == 1 ? sample.b : sample.mixed[part - 2]).push_back(values[k]);
  }
  return sample;
}

}  // namespace

void run_tornado(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result) {
  const double z = normal_quantile(0.9);
  const auto paths = static_cast<std::size_t>(plan.ask.point_paths);
  for (const auto& group : figures_by_cell(plan, false)) {
    const std::vector<std::size_t>& figures = group.second;
    const std::vector<SensitivityInput>& inputs = plan.held.at(group.first);
    std::vector<HeldPoint> points{{}};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      points.push_back({{i, -z}});
      points.push_back({{i, z}});
    }
    // Both ends of an input have to be in memory at once, so few values are kept of each: those of the cells.
    std::vector<std::vector<double>> low(plan.outputs.size());
    std::vector<SensitivityRow> own;
    std::vector<std::vector<SensitivityEffect>> effects(figures.size());
    at_points(plan, inputs, points, progress, [&](std::size_t k, const CellValues& cells) {
      if (k % 2 == 1) {
        for (std::size_t o = 0; o < cells.size(); ++o) low[o].assign(cells[o], cells[o] + paths);
        return;
      }
      CellValues before;
      for (const std::vector<double>& values : low) before.push_back(values.data());
      for (std::size_t f = 0; f < figures.size(); ++f) {
        const PathFigure& figure = plan.figures[figures[f]];
        const std::string of = to_string(figure.statistic), unit = unit_of(plan, figure);
        if (k == 0) {
          own.push_back({of, SensitivityBasis::points, "", "value", unit, estimate_of(figure, cells, paths)});
          continue;
        }
        const std::string& input = inputs[k / 2 - 1].name;
        const bool is_event = inputs[k / 2 - 1].event != kNone;
        const IntervalEstimate swing = difference_of(figure, before, cells, paths);
        effects[f].push_back({std::abs(swing.value),
                              {{of, SensitivityBasis::points, input, is_event ? "never" : "at_p10", unit,
                                estimate_of(figure, before, paths)},
                               {of, SensitivityBasis::points, input, is_event ? "always" : "at_p90", unit,
                                estimate_of(figure, cells, paths)},
                               {of, SensitivityBasis::points, input, "swing", difference_unit(unit), swing}}});
      }
    });
    if (progress.stopped()) return;
    for (std::size_t f = 0; f < figures.size(); ++f) {
      result.rows.push_back(own[f]);
      tell_effects(std::move(effects[f]), result);
    }
  }
}

void run_morris(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result) {
  for (const auto& [cell, figures] : figures_by_cell(plan, false)) {
    const std::vector<SensitivityInput>& inputs = plan.held.at(cell);
    const SamplingDesign design =
        SamplingDesign::morris(names_of(inputs), plan.ask.points, kMorrisLevels, seed_of(plan));
    const std::vector<DesignValues> values = values_of(plan, inputs, design, figures, progress);
    if (progress.stopped()) return;
    for (std::size_t f = 0; f < figures.size(); ++f) {
      const PathFigure& figure = plan.figures[figures[f]];
      const std::string of = to_string(figure.statistic), unit = difference_unit(unit_of(plan, figure));
      const std::vector<MorrisEffect> found = morris_effects(design, values[f].all);
      std::vector<std::vector<MorrisEffect>> parts;
      for (const std::vector<double>& part : values[f].part) parts.push_back(morris_effects(design, part));
      result.rows.push_back(values[f].own);
      std::vector<SensitivityEffect> effects;
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const auto figure_row = [&](const char* quantity, IntervalEstimate MorrisEffect::*member) {
          std::vector<double> of_parts;
          for (const std::vector<MorrisEffect>& part : parts) of_parts.push_back((part[i].*member).value);
          return SensitivityRow{
              of, SensitivityBasis::points, inputs[i].name, quantity, unit, with_paths(found[i].*member, of_parts)};
        };
        effects.push_back({found[i].mean_absolute.value,
                           {figure_row("mu", &MorrisEffect::mean), figure_row("mu_star", &MorrisEffect::mean_absolute),
                            figure_row("sigma", &MorrisEffect::spread)}});
      }
      tell_effects(std::move(effects), result);
    }
  }
}

void run_sobol_of_figures(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result) {
  for (const auto& [cell, figures] : figures_by_cell(plan, true)) {
    const std::vector<SensitivityInput>& inputs = plan.held.at(cell);
    const SamplingDesign design = SamplingDesign::saltelli(names_of(inputs), plan.ask.points, seed_of(plan));
    const std::vector<DesignValues> values = values_of(plan, inputs, design, figures, progress);
    if (progress.stopped()) return;
    for (std::size_t f = 0; f < figures.size(); ++f) {
      const std::string of = to_string(plan.figures[figures[f]].statistic);
      const std::vector<SobolIndex> found = sobol_indices(saltelli_values(values[f].all, inputs.size()));
      std::vector<std::vector<SobolIndex>> parts;
      for (const std::vector<double>& part : values[f].part)
        parts.push_back(sobol_indices(saltelli_values(part, inputs.size())));
      result.rows.push_back(values[f].own);
      std::vector<SensitivityEffect> effects;
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const auto row = [&](const char* quantity, IntervalEstimate SobolIndex::*member) {
          std::vector<double> of_parts;
          for (const std::vector<SobolIndex>& part : parts) of_parts.push_back((part[i].*member).value);
          return SensitivityRow{
              of, SensitivityBasis::points, inputs[i].name, quantity, "share", with_paths(found[i].*member, of_parts)};
        };
        effects.push_back({found[i].total.value, {row("first", &SobolIndex::first), row("total", &SobolIndex::total)}});
      }
      tell_effects(std::move(effects), result);
    }
  }
}

}  // namespace plimsoll
