#include "sim/variance_split.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "sim/for_each_task.hpp"
#include "sim/kernels.hpp"
#include "sim/object_pool.hpp"
#include "sim/plan.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

namespace {

constexpr int kLanes = static_cast<int>(kBlockPaths);
constexpr int kModels = 3;

/// What a scenario states is named by its section, as in `capex_paths.amazon.2027`; a calibration's parameter is not.
bool is_assumption(const std::string& name) { return name.substr(0, name.find('/')).find('.') != std::string::npos; }

enum class Held { parameters, everything };

/// Values of 64 paths that share a draw of what is held, with their elasticity models.
struct Draw {
  double value[kBlockPaths];
  int model[kBlockPaths];
};

/// The plan with the held rows no longer drawn: their values stand in the workspace.
struct HeldPlan {
  ModelPlan model;
  std::vector<ParameterId> rows;

  HeldPlan(const Simulation::Plan& plan, Held held, PlanStorage& storage) : model(plan.model) {
    model.draw_plan = {};
    model.draw_plan.seed = plan.model.draw_plan.seed;
    model.draw_plan.sampling = Sampling::random;
    std::vector<ParameterDraw> drawn;
    for (const ParameterDraw& draw : plan.model.draws) {
      const bool assumption = is_assumption(plan.storage.parameter_names()[static_cast<std::size_t>(draw.row)]);
      if (held == Held::parameters && assumption)
        drawn.push_back(draw);
      else
        rows.push_back(draw.row);
    }
    model.draws = storage.keep(std::move(drawn));
  }
};

/// Simulates every draw: lane `d % 64` of the parameters' block `d / 64`, shocks of block d.
std::vector<Draw> simulate(const Simulation::Plan& plan, const OutputPlan& output, Held held, int draws,
                           const RunOptions& options) {
  PlanStorage storage;
  const HeldPlan inner(plan, held, storage);
  ModelPlan outer = plan.model;
  outer.draw_plan = inner.model.draw_plan;
  const Kernels& kernel = kernels(options.instruction_set);
  struct Memory {
    WorkspaceMemory outer, inner;
    Memory(const ModelPlan& a, const ModelPlan& b) : outer(a), inner(b) {}
  };
  ObjectPool<Memory> pool;
  std::vector<Draw> all(static_cast<std::size_t>(draws));
  const std::int64_t blocks = (draws + kLanes - 1) / kLanes;
  for_each_task(blocks, std::max(1, options.threads), Scheduler::tbb, [&](std::int64_t block) {
    std::unique_ptr<Memory> memory = pool.take();
    if (!memory) memory = std::make_unique<Memory>(outer, inner.model);
    const Workspace &from = memory->outer.rows(), &to = memory->inner.rows();
    kernel.simulate(outer, static_cast<std::uint64_t>(block) * kBlockPaths, Drawing::planned, 1, from);
    for (int lane = 0; lane < kLanes; ++lane) {
      const auto d = static_cast<std::size_t>(block) * kBlockPaths + static_cast<std::size_t>(lane);
      if (d >= all.size() || (options.stop != nullptr && options.stop->load())) break;
      for (const ParameterId row : inner.rows)
        std::fill(std::begin(to.parameter[row].at), std::end(to.parameter[row].at), from.parameter[row].at[lane]);
      kernel.simulate(inner.model, d * kBlockPaths, Drawing::planned, 0, to);
      kernel.evaluate(&output, 1, inner.model, to, all[d].value);
      for (std::size_t i = 0; i < kBlockPaths; ++i) all[d].model[i] = static_cast<int>(to.elasticity_model->at[i]);
    }
    pool.give(std::move(memory));
  });
  return all;
}

/// Mean squares of the draws but one.
struct Shares {
  double total = 0, between = 0, models = 0;  ///< variances
};

/// Sums of one draw: what the estimates need of it.
struct DrawSums {
  double sum = 0, square = 0;
  double model_sum[kModels] = {}, model_square[kModels] = {}, model_count[kModels] = {};

  explicit DrawSums(const Draw& draw, double centre) {
    for (int i = 0; i < kLanes; ++i) {
      const double x = draw.value[i] - centre;
      const auto m = static_cast<std::size_t>(std::clamp(draw.model[i], 0, kModels - 1));
      sum += x;
      square += x * x;
      model_sum[m] += x;
      model_square[m] += x * x;
      ++model_count[m];
    }
  }
};

/// Balanced one-way analysis of variance, and the variance of the models' means at their weights, less what their own
/// errors add.
Shares estimate(const std::vector<DrawSums>& draws, const double* weight, std::size_t without) {
  double n = 0, sum = 0, within = 0, between = 0;
  double model_sum[kModels] = {}, model_square[kModels] = {}, model_count[kModels] = {};
  for (std::size_t d = 0; d < draws.size(); ++d) {
    if (d == without) continue;
    const DrawSums& draw = draws[d];
    ++n;
    sum += draw.sum / kLanes;
    within += (draw.square - draw.sum * draw.sum / kLanes) / (kLanes - 1);
    for (std::size_t m = 0; m < kModels; ++m) {
      model_sum[m] += draw.model_sum[m];
      model_square[m] += draw.model_square[m];
      model_count[m] += draw.model_count[m];
    }
  }
  const double mean = sum / n;
  within /= n;
  for (std::size_t d = 0; d < draws.size(); ++d) {
    if (d != without) between += (draws[d].sum / kLanes - mean) * (draws[d].sum / kLanes - mean) / (n - 1);
  }
  Shares shares;
  shares.between = between - within / kLanes;
  shares.total = shares.between + within;
  double all = 0;
  for (std::size_t m = 0; m < kModels; ++m) all += model_count[m] > 0 ? weight[m] * model_sum[m] / model_count[m] : 0;
  for (std::size_t m = 0; m < kModels; ++m) {
    if (model_count[m] < 2) continue;
    const double own = model_sum[m] / model_count[m];
    const double variance = (model_square[m] - model_count[m] * own * own) / (model_count[m] - 1);
    shares.models += weight[m] * ((own - all) * (own - all) - (1 - weight[m]) * variance / model_count[m]);
  }
  return shares;
}

/// Value and error of f over draws, by the jackknife; f(without) leaves a draw out.
template <class F>
StressFigure jackknife(std::size_t draws, F f) {
  const auto n = static_cast<double>(draws);
  std::vector<double> parts;
  double mean = 0, square = 0;
  for (std::size_t d = 0; d < draws; ++d) {
    parts.push_back(f(d));
    mean += parts.back() / n;
  }
  for (const double part : parts) square += (part - mean) * (part - mean);
  return {f(draws), std::sqrt(square * (n - 1) / n)};
}

std::vector<DrawSums> sums_of(const std::vector<Draw>& draws) {
  std::vector<DrawSums> sums;
  for (const Draw& draw : draws) sums.emplace_back(draw, draws.front().value[0]);
  return sums;
}

}  // namespace

std::optional<VarianceSplit> split_variance(const Simulation& simulation, const OutputPlan& output, int draws,
                                            const RunOptions& options) {
  const Simulation::Plan& plan = simulation.plan();
  const std::vector<DrawSums> parameters = sums_of(simulate(plan, output, Held::parameters, draws, options));
  const std::vector<DrawSums> everything = sums_of(simulate(plan, output, Held::everything, draws, options));
  if (options.stop != nullptr && options.stop->load()) return std::nullopt;
  const double* weight = plan.model.elasticity.weight;
  const bool ensemble = plan.model.elasticity.ensemble;
  struct Parts {
    double parameter = 0, held = 0, model = 0;
  };
  // Both designs hold the same draws of the parameters, so a draw is left out of both.
  const auto parts = [&](std::size_t without) {
    const Shares a = estimate(parameters, weight, without), b = estimate(everything, weight, without);
    const auto share = [](double part, double total) { return total > 0 ? part / total : 0; };
    return Parts{share(a.between, a.total), share(b.between, b.total), ensemble ? share(b.models, b.total) : 0};
  };
  const std::size_t n = everything.size();
  VarianceSplit split;
  split.draws = draws;
  split.variance = estimate(everything, weight, n).total;
  split.parameter = jackknife(n, [&](std::size_t d) { return parts(d).parameter; });
  split.assumption = jackknife(n, [&](std::size_t d) { return parts(d).held - parts(d).parameter; });
  split.model = jackknife(n, [&](std::size_t d) { return parts(d).model; });
  split.shock = jackknife(n, [&](std::size_t d) { return 1 - parts(d).held - parts(d).model; });
  return split;
}

}  // namespace plimsoll
