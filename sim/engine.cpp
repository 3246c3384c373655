#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>

#include "sim/estimates.hpp"
#include "sim/for_each_task.hpp"
#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/run_blocks.hpp"
#include "sim/state_file.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

namespace {

constexpr int kMaxAccumulators = 8;  ///< copies of all bins in one process

/// Path blocks of a statistics block.
constexpr std::size_t kPathBlocks = kStatisticsBlock / static_cast<std::int64_t>(kBlockPaths);

/// What one thread needs to simulate a statistics block; reused. All its path blocks are simulated before the first
/// output is evaluated, so that an output's counters are fetched once for all of them.
struct Worker {
  std::vector<WorkspaceMemory> memory;
  std::vector<const Workspace*> workspaces;
  std::vector<double> sum, square;  ///< of the block under way
  std::int64_t unsolved = 0;        ///< paths so far with an equilibrium that was not found

  Worker(const ModelPlan& plan, std::size_t outputs) : sum(outputs), square(outputs) {
    for (std::size_t k = 0; k < kPathBlocks; ++k) memory.emplace_back(plan);
    for (const WorkspaceMemory& m : memory) workspaces.push_back(&m.rows());
  }
};

/// Objects that are handed out and come back.
template <class T>
class Pool {
 public:
  std::unique_ptr<T> take() {
    const std::lock_guard lock(guard_);
    if (idle_.empty()) return nullptr;
    std::unique_ptr<T> object = std::move(idle_.back());
    idle_.pop_back();
    return object;
  }
  void give(std::unique_ptr<T> object) {
    const std::lock_guard lock(guard_);
    idle_.push_back(std::move(object));
  }
  std::vector<std::unique_ptr<T>>& all() { return idle_; }

 private:
  std::mutex guard_;
  std::vector<std::unique_ptr<T>> idle_;
};

/// The pilot block: its values fix the bins, and are kept for exact statistics of runs of one block.
struct Pilot {
  std::vector<BinPlan> bins;
  std::vector<std::vector<double>> values;  ///< [output][path]
};

/// Simulates the paths [first, last) of a statistics block. \returns the number of path blocks
int simulate_paths(const Simulation::Plan& plan, const Kernels& kernel, std::int64_t first, std::int64_t last,
                   Worker& worker) {
  int blocks = 0;
  for (std::int64_t path0 = first; path0 < last; path0 += static_cast<std::int64_t>(kBlockPaths)) {
    kernel.simulate(plan.model, static_cast<std::uint64_t>(path0), 0, 0,
                    *worker.workspaces[static_cast<std::size_t>(blocks)]);
    const float* failed = worker.workspaces[static_cast<std::size_t>(blocks++)]->unsolved->at;
    worker.unsolved +=
        std::count_if(failed, failed + std::min<std::int64_t>(static_cast<std::int64_t>(kBlockPaths), last - path0),
                      [](float x) { return x > 0; });
  }
  return blocks;
}

Pilot simulate_pilot(const Simulation::Plan& plan, const Kernels& kernel, std::int64_t paths, Worker& worker) {
  const std::vector<OutputPlan>& outputs = plan.outputs.plans;
  Pilot pilot;
  pilot.values.resize(outputs.size());
  const int blocks = simulate_paths(plan, kernel, 0, paths, worker);
  std::vector<double> values(kBlockPaths);
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    for (int b = 0; b < blocks; ++b) {
      const std::int64_t lanes = std::min<std::int64_t>(static_cast<std::int64_t>(kBlockPaths),
                                                        paths - b * static_cast<std::int64_t>(kBlockPaths));
      kernel.evaluate(&outputs[o], 1, plan.model, *worker.workspaces[static_cast<std::size_t>(b)], values.data());
      pilot.values[o].insert(pilot.values[o].end(), values.begin(), values.begin() + lanes);
    }
  }
  for (const std::vector<double>& x : pilot.values) {
    double mean = 0, square = 0;
    for (const double v : x) mean += v;
    mean /= static_cast<double>(x.size());
    for (const double v : x) square += (v - mean) * (v - mean);
    const double sd = std::sqrt(square / static_cast<double>(x.size()));
    pilot.bins.push_back({mean, sd > 0 ? sd : 1.0});
  }
  return pilot;
}

/// Simulates one statistics block into an accumulator.
void simulate_block(const Simulation::Plan& plan, const Kernels& kernel, const Pilot& pilot, std::int64_t block,
                    std::int64_t paths, Worker& worker, Accumulator& accumulator) {
  const std::vector<OutputPlan>& outputs = plan.outputs.plans;
  std::fill(worker.sum.begin(), worker.sum.end(), 0.0);
  std::fill(worker.square.begin(), worker.square.end(), 0.0);
  const std::int64_t first = block * kStatisticsBlock;
  const std::int64_t last = std::min(first + kStatisticsBlock, paths);
  const int blocks = simulate_paths(plan, kernel, first, last, worker);
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    kernel.accumulate(outputs[o], plan.model, worker.workspaces.data(), blocks, static_cast<int>(last - first),
                      pilot.bins[o], accumulator.counts() + o * kBins, &worker.sum[o], &worker.square[o]);
  }
  accumulator.add_block(worker.sum, worker.square, last - first);
}

/// Turns estimates into the rows of the tables.
void fill_tables(const Simulation::Plan& plan, const Pilot& pilot, const Accumulator& all, std::int64_t paths,
                 RunResults& results) {
  const bool exact = paths <= kStatisticsBlock && all.paths() == paths;
  for (std::size_t o = 0; o < plan.outputs.plans.size(); ++o) {
    const int output = static_cast<int>(o);
    const Estimate estimate =
        exact ? Estimate(pilot.values[o])
              : Estimate(all.counts(output), pilot.bins[o], all.paths(), all.sum(output), all.square(output));
    const OutputLabel& label = plan.outputs.labels[o];
    if (label.table == OutputLabel::Table::contributions) {
      results.contributions.push_back({label.series, label.by, label.key, label.period, estimate.distribution()});
      continue;
    }
    if (label.table == OutputLabel::Table::probabilities) {  // the output is 0 or 1: its mean is the probability
      const Distribution d = estimate.distribution();
      results.probabilities.push_back({label.series, label.period, label.by, label.threshold, d.mean, d.se_mean});
      continue;
    }
    results.summary.push_back({label.series, label.period, label.unit, estimate.distribution()});
    const OutputPlan& output_plan = plan.outputs.plans[o];
    const bool is_known = output_plan.now.to < output_plan.now.from;  // nothing of it is simulated: no chance to state
    if (label.unit != "pct" || is_known) continue;
    for (const double threshold : plan.scenario.report.thresholds_pct) {
      const Estimate::Figure below = estimate.probability_below(threshold);
      results.probabilities.push_back({label.series, label.period, "below", threshold, below.value, below.se});
      results.probabilities.push_back({label.series, label.period, "above", threshold, 1 - below.value, below.se});
    }
    for (const double share : {5.0, 10.0}) {
      const Estimate::Figure tail = estimate.expected_shortfall(share / 100);
      results.probabilities.push_back({label.series, label.period, "es_low", share, tail.value, tail.se});
    }
  }
}

}  // namespace

RunResults run_blocks(const Simulation& simulation, const RunOptions& options, Scheduler scheduler) {
  const auto began = std::chrono::steady_clock::now();
  const Simulation::Plan& plan = simulation.plan();
  RunResults results;
  const Kernels& kernel = kernels(options.instruction_set, &results.statistics.instruction_set);
  const std::int64_t paths = plan.scenario.paths;
  const std::size_t outputs = plan.outputs.plans.size();
  const std::int64_t blocks = (paths + kStatisticsBlock - 1) / kStatisticsBlock;
  const int threads = std::max(1, options.threads);

  Pool<Worker> workers;
  workers.give(std::make_unique<Worker>(plan.model, outputs));
  const Pilot pilot = simulate_pilot(plan, kernel, std::min(paths, kStatisticsBlock), *workers.all().front());
  workers.all().front()->unsolved = 0;  // its paths are simulated again

  Pool<Accumulator> accumulators;
  const int copies = std::min(threads, kMaxAccumulators);
  for (int k = 0; k < copies; ++k) accumulators.give(std::make_unique<Accumulator>(static_cast<int>(outputs)));
  std::mutex progress_guard;
  std::int64_t done = 0;
  const auto stopped = [&] { return options.stop != nullptr && options.stop->load(); };
  for_each_task(blocks, threads, scheduler, [&](std::int64_t block) {
    if (stopped()) return;
    std::unique_ptr<Worker> worker = workers.take();
    if (!worker) worker = std::make_unique<Worker>(plan.model, outputs);
    // More threads than copies: wait for one to come back.
    std::unique_ptr<Accumulator> accumulator = accumulators.take();
    while (!accumulator) {
      std::this_thread::yield();
      accumulator = accumulators.take();
    }
    simulate_block(plan, kernel, pilot, block, paths, *worker, *accumulator);
    accumulators.give(std::move(accumulator));
    workers.give(std::move(worker));
    const std::lock_guard lock(progress_guard);
    done += std::min(kStatisticsBlock, paths - block * kStatisticsBlock);
    if (options.progress) options.progress(done, paths);
  });
  Accumulator& all = *accumulators.all().front();
  for (std::size_t k = 1; k < accumulators.all().size(); ++k) all.merge(*accumulators.all()[k]);

  results.statistics.paths_requested = paths;
  results.statistics.paths_done = all.paths();
  results.statistics.threads = threads;
  for (const std::unique_ptr<Worker>& worker : workers.all()) results.statistics.paths_unsolved += worker->unsolved;
  if (all.paths() > 0) {
    fill_tables(plan, pilot, all, paths, results);
    if (!options.state_file.empty()) write_state(options.state_file, options.run_hash, all.paths(), pilot.bins, all);
  }
  results.history = plan.history;
  results.driver_levels = plan.driver_levels;
  results.sets = plan.scenario.sets;
  for (SpreadRow row : plan.spread) {
    for (const SummaryRow& summary : results.summary) {
      if (summary.series != "exports.total.yoy" || summary.period != row.period) continue;
      row.sd_pp = summary.distribution.sd;
      results.spread.push_back(row);
    }
  }
  results.statistics.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  results.statistics.peak_memory_bytes = static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
  return results;
}

RunResults run(const Simulation& simulation, const RunOptions& options) {
  return run_blocks(simulation, options, Scheduler::tbb);
}

}  // namespace plimsoll
