#include "sim/explained_share.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/owens_t.hpp>
#include <cmath>
#include <limits>

#include "sim/draw_plan.hpp"
#include "sim/for_each_task.hpp"
#include "sim/object_pool.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

namespace {

constexpr std::uint64_t kPairs = 1024;

/// Correlation of one output between paths with the same Sobol draws and other draws from counters.
double explained_share(const Simulation::Plan& plan, const Kernels& kernel, const OutputPlan& output, int threads,
                       Scheduler scheduler) {
  ModelPlan model = plan.model;
  // Exports depend on neither, and their growth on no term.
  model.attribution.on = false;
  model.imports = {};
  ModelPlan other = model;
  other.draw_plan = with_other_counters(model.draw_plan);
  std::vector<double> x(kPairs), y(kPairs);
  ObjectPool<WorkspaceMemory> pool;
  for_each_task(kPairs / kBlockPaths, threads, scheduler, [&](std::int64_t block) {
    const auto path0 = static_cast<std::uint64_t>(block) * kBlockPaths;
    std::unique_ptr<WorkspaceMemory> memory = pool.take();
    if (!memory) memory = std::make_unique<WorkspaceMemory>(model);
    kernel.simulate(model, path0, Drawing::planned, 0, memory->rows());
    kernel.evaluate(&output, 1, model, memory->rows(), x.data() + path0);
    kernel.simulate(other, path0, Drawing::planned, 0, memory->rows());
    kernel.evaluate(&output, 1, other, memory->rows(), y.data() + path0);
    pool.give(std::move(memory));
  });
  double mean = 0, variance = 0, covariance = 0;
  for (std::size_t k = 0; k < kPairs; ++k) mean += (x[k] + y[k]) / (2.0 * kPairs);
  for (std::size_t k = 0; k < kPairs; ++k) {
    variance += ((x[k] - mean) * (x[k] - mean) + (y[k] - mean) * (y[k] - mean)) / 2;
    covariance += (x[k] - mean) * (y[k] - mean);
  }
  return variance > 0 ? std::clamp(covariance / variance, 0.0, 1.0) : 1.0;
}

}  // namespace

std::optional<SamplingResult> sampling_result(const Simulation::Plan& plan, const Kernels& kernel,
                                              const std::vector<SummaryRow>& summary, int threads,
                                              Scheduler scheduler) {
  const DrawPlan& draws = plan.model.draw_plan;
  if (draws.sampling != Sampling::sobol) return std::nullopt;
  const std::vector<OutputLabel>& labels = plan.outputs.labels;
  std::size_t headline = labels.size();
  for (std::size_t o = 0; o < labels.size(); ++o) {
    if (labels[o].table == OutputLabel::Table::summary && labels[o].series == "exports.total.yoy" &&
        labels[o].period.frequency == Frequency::year)
      headline = o;
  }
  if (headline == labels.size()) return std::nullopt;
  SamplingResult result;
  result.dimensions = draws.components * draws.monthly + draws.single;
  result.period = to_string(labels[headline].period);
  result.explained_frac = explained_share(plan, kernel, plan.outputs.plans[headline], threads, scheduler);
  result.explained_se = (1 - result.explained_frac * result.explained_frac) / std::sqrt(static_cast<double>(kPairs));
  const auto row = std::find_if(summary.begin(), summary.end(), [&](const SummaryRow& r) {
    return r.series == labels[headline].series && r.period == labels[headline].period;
  });
  const Distribution& d = row->distribution;
  const double paths = static_cast<double>(d.paths), share = result.explained_frac;
  const auto ratio = [](double plain, double se) { return se > 0 ? plain * plain / (se * se) : 0; };
  result.gains.push_back({0, ratio(d.sd / std::sqrt(paths), d.se_mean), 1 / (1 - std::min(share, 1 - 1e-9))});
  for (std::size_t q = 0; q < kQuantileLevels.size(); ++q) {
    const double p = kQuantileLevels[q];
    if (p != 0.05 && p != 0.5 && p != 0.95) continue;
    result.gains.push_back({p, ratio(d.plain_se_quantile[q], d.se_quantile[q]), largest_variance_ratio(share, p)});
  }
  return result;
}

double largest_variance_ratio(double share, double probability) {
  if (share >= 1) return std::numeric_limits<double>::infinity();
  // P(x < q, y < q) = p - 2 T(q, sqrt((1 - r)/(1 + r))) for equal edges (Owen 1956).
  const double q = boost::math::quantile(boost::math::normal(), probability);
  const double apart = 2 * boost::math::owens_t(q, std::sqrt((1 - share) / (1 + share)));
  return probability * (1 - probability) / apart;
}

}  // namespace plimsoll
