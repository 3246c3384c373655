// Shares of the variance of an output of a path: by exchanging inputs, and from the split of growth by driver.
#include <algorithm>
#include <cmath>

#include "sim/sensitivity_plan.hpp"

namespace plimsoll {

namespace {

constexpr std::size_t kParts = 16;
constexpr double kTail = 0.05;

/// Means and covariances that shares need, without the paths of one part.
struct Shares {
  std::vector<double> of_variance, of_tail;
};

Shares shares_of(const std::vector<const double*>& split, const double* growth, std::size_t paths, double tail,
                 bool is_upper, std::size_t without) {
  std::vector<std::size_t> kept;
  for (std::size_t k = 0; k < paths; ++k) {
    if (k % kParts != without) kept.push_back(k);
  }
  const auto n = static_cast<double>(kept.size());
  const auto worst = std::max<std::size_t>(1, static_cast<std::size_t>(tail * n));
  std::vector<std::size_t> order = kept;
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(worst - 1), order.end(),
                   [&](std::size_t a, std::size_t b) {
                     const double x = growth[a], y = growth[b];
                     return x != y ? (is_upper ? x > y : x < y) : a < b;
                   });
  order.resize(worst);
  std::sort(order.begin(), order.end());
  const auto mean_of = [](const double* x, const std::vector<std::size_t>& at) {
    double sum = 0;
    for (const std::size_t k : at) sum += x[k];
    return sum / static_cast<double>(at.size());
  };
  const double mean = mean_of(growth, kept), tail_mean = mean_of(growth, order);
  double variance = 0;
  for (const std::size_t k : kept) variance += (growth[k] - mean) * (growth[k] - mean);
  Shares shares;
  for (const double* part : split) {
    const double centre = mean_of(part, kept);
    double covariance = 0;
    for (const std::size_t k : kept) covariance += (part[k] - centre) * (growth[k] - mean);
    shares.of_variance.push_back(variance > 0 ? covariance / variance : 0);
    shares.of_tail.push_back(tail_mean != mean ? (mean_of(part, order) - centre) / (tail_mean - mean) : 0);
  }
  return shares;
}

IntervalEstimate jackknifed(double value, const std::vector<Shares>& parts, std::vector<double> Shares::*member,
                            std::size_t driver) {
  std::vector<double> without;
  for (const Shares& part : parts) without.push_back((part.*member)[driver]);
  return from_jackknife(value, without);
}

/// A quantile's own tail; the lowest 5% for all else.
struct Tail {
  double share = kTail;
  bool is_upper = false;
};
Tail tail_of(const Statistic& statistic) {
  if (statistic.kind != Statistic::Kind::quantile) return {};
  return statistic.level <= 0.5 ? Tail{statistic.level, false} : Tail{1 - statistic.level, true};
}

void run_sobol_of_outputs(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result) {
  std::vector<std::size_t> figures;  // one of each output
  for (std::size_t f = 0; f < plan.figures.size(); ++f) {
    const bool is_new = std::none_of(figures.begin(), figures.end(), [&](std::size_t known) {
      return plan.figures[known].cells == plan.figures[f].cells;
    });
    if (is_of_the_output(plan.figures[f].statistic) && is_new) figures.push_back(f);
  }
  if (figures.empty()) return;
  const std::size_t inputs = plan.inputs.size();
  const auto paths = static_cast<std::size_t>(plan.ask.paths);
  const PathValues values =
      values_when_exchanged(plan.space, plan.inputs, plan.outputs, plan.ask.paths,
                            progress.next(static_cast<std::int64_t>(inputs + 3) * plan.ask.paths));
  if (progress.stopped()) return;
  for (const std::size_t f : figures) {
    const PathFigure& figure = plan.figures[f];
    const std::size_t cell = figure.cells.front();
    const std::string of = to_string(plan.cells[cell]);
    CellValues base;
    for (std::size_t o = 0; o < plan.outputs.size(); ++o) base.push_back(values.of(0, o));
    const PathFigure spread{{Statistic::Kind::sd, 0, plan.cells[cell], {}}, {cell}};
    result.rows.push_back(
        {of, SensitivityBasis::paths, "", "sd", unit_of(plan, spread), estimate_of(spread, base, paths)});
    const auto copy = [&](std::size_t set) {
      return std::vector<double>(values.of(set, cell), values.of(set, cell) + paths);
    };
    SaltelliValues sample{copy(0), copy(1), {}};
    for (std::size_t i = 0; i <= inputs; ++i) sample.mixed.push_back(copy(2 + i));
    const std::vector<SobolIndex> found = sobol_indices(sample);
    std::vector<SensitivityEffect> effects;
    for (std::size_t i = 0; i <= inputs; ++i) {
      const std::string name = i < inputs ? plan.inputs[i].name : kOtherDraws;
      effects.push_back({found[i].total.value,
                         {{of, SensitivityBasis::paths, name, "first", "share", found[i].first},
                          {of, SensitivityBasis::paths, name, "total", "share", found[i].total}}});
    }
    tell_effects(std::move(effects), result);
  }
}

}  // namespace

void run_sobol(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result) {
  run_sobol_of_outputs(plan, progress, result);
  if (!progress.stopped()) run_sobol_of_figures(plan, progress, result);
}

void run_importance(const Sensitivity::Plan& plan, SensitivityProgress& progress, SensitivityResult& result) {
  std::vector<OutputPlan> outputs = plan.outputs;
  std::vector<std::size_t> first;  // of each cell's split
  for (const std::vector<OutputPlan>& split : plan.split) {
    first.push_back(outputs.size());
    outputs.insert(outputs.end(), split.begin(), split.end());
  }
  const auto paths = static_cast<std::size_t>(plan.ask.paths);
  const PathValues values =
      values_when_held(plan.space, {}, {{}}, outputs, plan.ask.paths, progress.next(plan.ask.paths));
  if (progress.stopped()) return;
  CellValues cells;
  for (std::size_t o = 0; o < outputs.size(); ++o) cells.push_back(values.of(0, o));
  for (const PathFigure& figure : plan.figures) {
    const std::size_t cell = figure.cells.front();
    const std::string of = to_string(figure.statistic);
    const std::vector<const double*> split(
        cells.begin() + static_cast<std::ptrdiff_t>(first[cell]),
        cells.begin() + static_cast<std::ptrdiff_t>(first[cell] + plan.split[cell].size()));
    const Tail tail = tail_of(figure.statistic);
    const auto shares = [&](std::size_t without) {
      return shares_of(split, cells[cell], paths, tail.share, tail.is_upper, without);
    };
    const Shares all = shares(kParts);
    std::vector<Shares> parts;
    for (std::size_t g = 0; g < kParts; ++g) parts.push_back(shares(g));
    result.rows.push_back(
        {of, SensitivityBasis::decomposition, "", "value", unit_of(plan, figure), estimate_of(figure, cells, paths)});
    std::vector<SensitivityEffect> effects;
    for (std::size_t d = 0; d < split.size(); ++d) {
      const std::string& driver = plan.drivers[cell][d];
      effects.push_back({std::abs(all.of_variance[d]),
                         {{of, SensitivityBasis::decomposition, driver, "share", "share",
                           jackknifed(all.of_variance[d], parts, &Shares::of_variance, d)},
                          {of, SensitivityBasis::decomposition, driver, "tail_share", "share",
                           jackknifed(all.of_tail[d], parts, &Shares::of_tail, d)}}});
    }
    tell_effects(std::move(effects), result);
  }
}

}  // namespace plimsoll
