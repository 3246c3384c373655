#include "sim/first_pass.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include "sim/object_pool.hpp"

namespace plimsoll {

Worker::Worker(const ModelPlan& plan, std::size_t statistics_blocks, std::size_t outputs, int most_kept,
               const WorkspaceMemory* shared)
    : counting(most_kept),
      sum(statistics_blocks, std::vector<double>(outputs)),
      square(statistics_blocks, std::vector<double>(outputs)) {
  for (std::size_t k = 0; k < statistics_blocks * kPathBlocks; ++k)
    memory.emplace_back(plan, k == 0 ? shared : &memory.front());
  for (const WorkspaceMemory& m : memory) workspaces.push_back(&m.rows());
  for (std::vector<double>& values : sum) sum_at_.push_back(values.data());
  for (std::vector<double>& values : square) square_at_.push_back(values.data());
}

BlocksOfPaths Worker::simulated(int blocks, int paths) {
  for (std::vector<double>& values : sum) std::fill(values.begin(), values.end(), 0.0);
  for (std::vector<double>& values : square) std::fill(values.begin(), values.end(), 0.0);
  BlocksOfPaths all{workspaces.data(), blocks, paths, nullptr, nullptr, sum_at_.data(), square_at_.data()};
  counting.lend_to(all);
  return all;
}

int simulate_paths(const ModelPlan& model, const Kernels& kernel, std::int64_t first, std::int64_t last, Worker& worker,
                   const Workspace* scratch) {
  int blocks = 0;
  for (std::int64_t path0 = first; path0 < last; path0 += static_cast<std::int64_t>(kBlockPaths)) {
    const Workspace& w = *worker.workspaces[static_cast<std::size_t>(blocks++)];
    kernel.simulate(model, static_cast<std::uint64_t>(path0), Drawing::planned, 0,
                    scratch == nullptr ? w : with_results(*scratch, w));
    const std::int64_t lanes = std::min<std::int64_t>(static_cast<std::int64_t>(kBlockPaths), last - path0);
    worker.unsolved += std::count_if(w.unsolved->at, w.unsolved->at + lanes, [](float x) { return x > 0; });
  }
  return blocks;
}

void observe(const EvidencePlan& plan, const ModelPlan& model, const Kernels& kernel, std::int64_t paths,
             Worker& worker) {
  const std::size_t count = plan.outputs.size();
  std::vector<double> values(count * kBlockPaths);
  worker.evidence.log_likelihood.clear();
  for (std::size_t path = 0; path < static_cast<std::size_t>(paths); ++path) {
    const std::size_t lane = path % kBlockPaths;
    if (lane == 0)
      kernel.evaluate(plan.outputs.data(), static_cast<int>(count), model, *worker.workspaces[path / kBlockPaths],
                      values.data());
    for (std::size_t k = 0; k < count; ++k)
      worker.evidence.log_likelihood.push_back(log_likelihood(plan.observations[k], values[k * kBlockPaths + lane]));
  }
}

EvidenceScale find_scale(const Simulation::Plan& plan, const Kernels& kernel, const RunOptions& options,
                         Scheduler scheduler) {
  ModelPlan model = plan.model;
  model.months = plan.evidence.months;
  model.attribution.on = plan.evidence.attributed;
  EvidenceScale scale(plan.evidence.observations.size());
  if (plan.evidence.observations.empty()) return scale;
  ObjectPool<Worker> workers;
  std::mutex guard;
  for_each_task(kScalePaths / kStatisticsBlock, std::max(1, options.threads), scheduler, [&](std::int64_t block) {
    if (options.stop != nullptr && options.stop->load()) return;
    std::unique_ptr<Worker> worker = workers.take();
    if (!worker) worker = std::make_unique<Worker>(model, 1, 0, 0);
    const std::int64_t first = block * kStatisticsBlock;
    simulate_paths(model, kernel, first, first + kStatisticsBlock, *worker);
    observe(plan.evidence, model, kernel, kStatisticsBlock, *worker);
    {
      const std::lock_guard lock(guard);
      raise_scale(worker->evidence, scale);
    }
    workers.give(std::move(worker));
  });
  return scale;
}

}  // namespace plimsoll
