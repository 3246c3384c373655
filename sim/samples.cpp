#include "sim/samples.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "sim/first_pass.hpp"
#include "sim/for_each_task.hpp"
#include "sim/object_pool.hpp"
#include "sim/plan.hpp"

namespace plimsoll {

namespace {

/// Most that the paths under way may take.
constexpr std::int64_t kMostBytes = std::int64_t{256} << 20;

template <class T>
std::size_t place_of(std::vector<T>& all, const T& one) {
  const auto found = std::find(all.begin(), all.end(), one);
  if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
  all.push_back(one);
  return all.size() - 1;
}

/// The plans of a grid's cells, in their order, and where each stands.
struct SampledOutputs {
  std::vector<OutputPlan> plans;
  std::vector<std::size_t> cell;

  SampledOutputs(const Simulation::Plan& plan, const SampleGrid& grid) {
    for (std::size_t k = 0; k < grid.cells(); ++k) {
      if (grid.output[k] < 0) continue;
      plans.push_back(plan.outputs.plans[static_cast<std::size_t>(grid.output[k])]);
      cell.push_back(k);
    }
  }
};

/// Simulates paths [first, last) of one statistics block into their place among the samples.
void sample_block(const Simulation::Plan& plan, const Kernels& kernel, const SampledOutputs& outputs,
                  const EvidenceScale& scale, std::int64_t first, std::int64_t last, Worker& worker, Samples& samples) {
  const std::size_t cells = samples.value.size() / std::max<std::size_t>(samples.weight.size(), 1);
  const int blocks = simulate_paths(plan.model, kernel, first, last, worker);
  if (!plan.evidence.observations.empty()) {
    observe(plan.evidence, plan.model, kernel, last - first, worker);
    WeightSums unused;
    unused.alone.resize(scale.alone.size());
    unused.alone_square.resize(scale.alone.size());
    weigh(scale, worker.evidence, unused);
  }
  std::vector<double> values(outputs.plans.size() * kBlockPaths);
  for (int b = 0; b < blocks; ++b) {
    kernel.evaluate(outputs.plans.data(), static_cast<int>(outputs.plans.size()), plan.model,
                    *worker.workspaces[static_cast<std::size_t>(b)], values.data());
    const std::int64_t path0 = first + b * static_cast<std::int64_t>(kBlockPaths);
    for (std::size_t lane = 0; lane < kBlockPaths && path0 + static_cast<std::int64_t>(lane) < last; ++lane) {
      const std::size_t path = static_cast<std::size_t>(path0 - samples.first) + lane;
      for (std::size_t o = 0; o < outputs.cell.size(); ++o) {
        samples.value[path * cells + outputs.cell[o]] = static_cast<float>(values[o * kBlockPaths + lane]);
      }
      const std::size_t within = static_cast<std::size_t>(path0 - first) + lane;
      samples.weight[path] = plan.evidence.observations.empty()
                                 ? 1.0
                                 : std::ldexp(static_cast<double>(worker.evidence.weight[within]), -kWeightBits);
    }
  }
}

}  // namespace

SampleGrid sample_grid(const Simulation& simulation) {
  const Simulation::Plan& plan = simulation.plan();
  SampleGrid grid;
  grid.weighted = !plan.evidence.observations.empty();
  struct Cell {
    std::size_t series, period;
    int output;
  };
  std::vector<Cell> cells;
  for (std::size_t o = 0; o < plan.outputs.labels.size(); ++o) {
    const OutputLabel& label = plan.outputs.labels[o];
    if (label.table != OutputLabel::Table::summary) continue;
    const std::size_t known = grid.series.size(), series = place_of(grid.series, label.series);
    if (series == known) grid.units.push_back(label.unit);
    cells.push_back({series, place_of(grid.periods, label.period), static_cast<int>(o)});
  }
  grid.output.assign(grid.series.size() * grid.periods.size(), -1);
  for (const Cell& cell : cells) grid.output[cell.series * grid.periods.size() + cell.period] = cell.output;
  return grid;
}

bool sample_paths(const Simulation& simulation, const SampleGrid& grid, std::int64_t paths, const RunOptions& options,
                  const std::function<void(const Samples&)>& use) {
  const Simulation::Plan& plan = simulation.plan();
  const Kernels& kernel = kernels(options.instruction_set);
  const SampledOutputs outputs(plan, grid);
  const EvidenceScale scale = find_scale(plan, kernel, options, Scheduler::tbb);
  const auto stopped = [&] { return options.stop != nullptr && options.stop->load(); };
  const std::int64_t block_bytes = kStatisticsBlock * static_cast<std::int64_t>(grid.cells() * sizeof(float));
  const std::int64_t at_once = std::clamp<std::int64_t>(kMostBytes / std::max<std::int64_t>(block_bytes, 1), 1,
                                                        2 * std::max(1, options.threads));
  ObjectPool<Worker> workers;
  for (std::int64_t first = 0; first < paths; first += at_once * kStatisticsBlock) {
    const std::int64_t last = std::min(first + at_once * kStatisticsBlock, paths);
    const auto count = static_cast<std::size_t>(last - first);
    Samples samples{first, std::vector<float>(count * grid.cells(), std::numeric_limits<float>::quiet_NaN()),
                    std::vector<double>(count)};
    for_each_task((last - first + kStatisticsBlock - 1) / kStatisticsBlock, std::max(1, options.threads),
                  Scheduler::tbb, [&](std::int64_t task) {
                    if (stopped()) return;
                    std::unique_ptr<Worker> worker = workers.take();
                    if (!worker) worker = std::make_unique<Worker>(plan.model, 1, 0, 0);
                    const std::int64_t from = first + task * kStatisticsBlock;
                    sample_block(plan, kernel, outputs, scale, from, std::min(from + kStatisticsBlock, last), *worker,
                                 samples);
                    workers.give(std::move(worker));
                  });
    if (stopped()) return false;
    if (!grid.weighted) samples.weight.clear();
    use(samples);
    if (options.progress) options.progress(last, paths);
  }
  return true;
}

}  // namespace plimsoll
