#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <memory>
#include <mutex>

#include "sim/estimates.hpp"
#include "sim/first_pass.hpp"
#include "sim/for_each_task.hpp"
#include "sim/kernels.hpp"
#include "sim/object_pool.hpp"
#include "sim/plan.hpp"
#include "sim/run_blocks.hpp"
#include "sim/state_file.hpp"

namespace plimsoll {

namespace {

/// The pilot block: its values fix the bins, and are kept for exact statistics of runs of one block.
struct Pilot {
  std::vector<BinPlan> bins;
  std::vector<std::vector<double>> values;  ///< [output][path]
  std::vector<std::uint64_t> weight;        ///< of its paths, with observations
};

/// Moments that place the bins: of the weighted paths where enough of them count, else of all alike.
BinPlan pilot_bins(const std::vector<double>& x, const std::vector<std::uint64_t>& weight) {
  constexpr double kEnoughPaths = 32;
  WeightSums sums;
  for (const std::uint64_t w : weight) {
    sums.joint += static_cast<Int128>(w);
    sums.joint_square += static_cast<UnsignedInt128>(w) * w;
  }
  const bool weighted = effective_paths(sums.joint, sums.joint_square) >= kEnoughPaths;
  const auto weight_of = [&](std::size_t k) {
    return weighted ? std::ldexp(static_cast<double>(weight[k]), -kWeightBits) : 1.0;
  };
  const double total =
      weighted ? std::ldexp(static_cast<double>(sums.joint), -kWeightBits) : static_cast<double>(x.size());
  double mean = 0, square = 0;
  for (std::size_t k = 0; k < x.size(); ++k) mean += weight_of(k) * x[k];
  mean /= total;
  for (std::size_t k = 0; k < x.size(); ++k) square += weight_of(k) * (x[k] - mean) * (x[k] - mean);
  const double sd = std::sqrt(square / total);
  return {mean, sd > 0 ? sd : 1.0};
}

Pilot simulate_pilot(const Simulation::Plan& plan, const Kernels& kernel, const EvidenceScale& scale,
                     std::int64_t paths, Worker& worker) {
  const std::vector<OutputPlan>& outputs = plan.outputs.plans;
  Pilot pilot;
  pilot.values.resize(outputs.size());
  const int blocks = simulate_paths(plan.model, kernel, 0, paths, worker);
  std::vector<double> values(kBlockPaths);
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    for (int b = 0; b < blocks; ++b) {
      const std::int64_t lanes = std::min<std::int64_t>(static_cast<std::int64_t>(kBlockPaths),
                                                        paths - b * static_cast<std::int64_t>(kBlockPaths));
      kernel.evaluate(&outputs[o], 1, plan.model, *worker.workspaces[static_cast<std::size_t>(b)], values.data());
      pilot.values[o].insert(pilot.values[o].end(), values.begin(), values.begin() + lanes);
    }
  }
  if (!plan.evidence.observations.empty()) {
    observe(plan.evidence, plan.model, kernel, paths, worker);
    WeightSums unused{0, 0, std::vector<Int128>(scale.alone.size()), std::vector<UnsignedInt128>(scale.alone.size())};
    weigh(scale, worker.evidence, unused);
    pilot.weight = worker.evidence.weight;
  }
  for (const std::vector<double>& x : pilot.values) pilot.bins.push_back(pilot_bins(x, pilot.weight));
  return pilot;
}

/// Simulates the statistics blocks [block, end) into an accumulator.
void simulate_blocks(const Simulation::Plan& plan, const Kernels& kernel, const EvidenceScale& scale,
                     const Pilot& pilot, std::int64_t block, std::int64_t end, std::int64_t paths, Worker& worker,
                     Accumulator& accumulator) {
  const std::int64_t first = block * kStatisticsBlock;
  const std::int64_t last = std::min(end * kStatisticsBlock, paths);
  const int blocks = simulate_paths(plan.model, kernel, first, last, worker);
  const EvaluationView& view = plan.evaluation->view();
  const BlocksOfPaths simulated = worker.simulated(blocks, static_cast<int>(last - first));
  if (accumulator.weighted()) {
    observe(plan.evidence, plan.model, kernel, last - first, worker);
    weigh(scale, worker.evidence, accumulator.weights());
    kernel.accumulate_weighted(view, plan.model, simulated, pilot.bins.data(), worker.evidence.weight.data(),
                               std::ldexp(1.0, -kWeightBits), accumulator.weighted_counts());
  } else {
    kernel.accumulate(view, plan.model, simulated, pilot.bins.data(), accumulator.counts());
  }
  for (std::int64_t k = block; k < end; ++k) {
    const auto part = static_cast<std::size_t>(k - block);
    accumulator.add_block(worker.sum[part], worker.square[part],
                          std::min(kStatisticsBlock, paths - k * kStatisticsBlock));
  }
}

Estimate estimate_of(const Pilot& pilot, const Accumulator& all, std::size_t o, bool exact) {
  const int output = static_cast<int>(o);
  if (all.weighted()) {
    if (exact) return {pilot.values[o], pilot.weight};
    return {all.weighted_counts(output), pilot.bins[o], all.paths(), all.weights(), all.sum(output),
            all.square(output)};
  }
  if (exact) return Estimate(pilot.values[o]);
  return {all.counts(output), pilot.bins[o], all.paths(), all.sum(output), all.square(output)};
}

/// Turns the estimates of the outputs [first, last) into rows of the tables.
void fill_rows(const Simulation::Plan& plan, const Pilot& pilot, const Accumulator& all, std::int64_t paths,
               std::size_t first, std::size_t last, RunResults& results) {
  const bool exact = paths <= kStatisticsBlock && all.paths() == paths;
  for (std::size_t o = first; o < last; ++o) {
    const Estimate estimate = estimate_of(pilot, all, o, exact);
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

/// All rows, in the order of the outputs.
void fill_tables(const Simulation::Plan& plan, const Pilot& pilot, const Accumulator& all, std::int64_t paths,
                 int threads, Scheduler scheduler, RunResults& results) {
  constexpr std::size_t kOutputsPerTask = 512;
  const std::size_t outputs = plan.outputs.plans.size();
  std::vector<RunResults> parts((outputs + kOutputsPerTask - 1) / kOutputsPerTask);
  for_each_task(static_cast<std::int64_t>(parts.size()), threads, scheduler, [&](std::int64_t task) {
    const auto part = static_cast<std::size_t>(task);
    fill_rows(plan, pilot, all, paths, part * kOutputsPerTask, std::min(outputs, (part + 1) * kOutputsPerTask),
              parts[part]);
  });
  const auto append = [](auto& to, auto& rows) {
    to.insert(to.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  };
  for (RunResults& part : parts) {
    append(results.summary, part.summary);
    append(results.probabilities, part.probabilities);
    append(results.contributions, part.contributions);
  }
}

EvidenceResult evidence_result(const EvidencePlan& plan, const WeightSums& sums) {
  EvidenceResult result;
  result.effective_paths = effective_paths(sums.joint, sums.joint_square);
  for (std::size_t k = 0; k < plan.observations.size(); ++k) {
    const Observation& o = plan.observations[k];
    result.observations.push_back(
        {o.series, o.period, o.indicator, effective_paths(sums.alone[k], sums.alone_square[k])});
  }
  return result;
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
  const std::int64_t at_once = blocks_per_task(blocks, threads);
  const auto new_worker = [&] {
    return std::make_unique<Worker>(plan.model, static_cast<std::size_t>(at_once), outputs,
                                    plan.evaluation->view().most_kept);
  };

  ObjectPool<Worker> workers;
  workers.give(new_worker());
  const EvidenceScale scale = find_scale(plan, kernel, options, scheduler);
  Pilot pilot = simulate_pilot(plan, kernel, scale, std::min(paths, kStatisticsBlock), *workers.all().front());
  workers.all().front()->unsolved = 0;  // its paths are simulated again
  if (paths > kStatisticsBlock) pilot.values = {};

  ObjectPool<Accumulator> accumulators;
  const int copies = std::min(threads, kMaxAccumulators);
  for (int k = 0; k < copies; ++k)
    accumulators.give(std::make_unique<Accumulator>(static_cast<int>(outputs), plan.evidence.observations.size()));
  std::mutex progress_guard;
  std::int64_t done = 0;
  const auto stopped = [&] { return options.stop != nullptr && options.stop->load(); };
  for_each_task((blocks + at_once - 1) / at_once, threads, scheduler, [&](std::int64_t task) {
    if (stopped()) return;
    std::unique_ptr<Worker> worker = workers.take();
    if (!worker) worker = new_worker();
    // More threads than copies: wait for one to come back.
    std::unique_ptr<Accumulator> accumulator = accumulators.take();
    while (!accumulator) {
      std::this_thread::yield();
      accumulator = accumulators.take();
    }
    const std::int64_t block = task * at_once, end = std::min(block + at_once, blocks);
    simulate_blocks(plan, kernel, scale, pilot, block, end, paths, *worker, *accumulator);
    accumulators.give(std::move(accumulator));
    workers.give(std::move(worker));
    const std::lock_guard lock(progress_guard);
    done += std::min(end * kStatisticsBlock, paths) - block * kStatisticsBlock;
    if (options.progress) options.progress(done, paths);
  });
  Accumulator& all = *accumulators.all().front();
  for (std::size_t k = 1; k < accumulators.all().size(); ++k) all.merge(*accumulators.all()[k]);

  results.statistics.paths_requested = paths;
  results.statistics.paths_done = all.paths();
  results.statistics.threads = threads;
  for (const std::unique_ptr<Worker>& worker : workers.all()) results.statistics.paths_unsolved += worker->unsolved;
  if (all.paths() > 0) {
    if (all.weighted()) {
      check_evidence(plan.evidence, all.weights(), all.paths());
      results.evidence = evidence_result(plan.evidence, all.weights());
    }
    fill_tables(plan, pilot, all, paths, threads, scheduler, results);
    if (!options.state_file.empty()) write_state(options.state_file, options.run_hash, all.paths(), pilot.bins, all);
  }
  results.pins = plan.pins;
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
