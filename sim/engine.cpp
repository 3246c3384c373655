#include <algorithm>
#include <cmath>
#include <future>
#include <iterator>
#include <optional>

#include "sim/counter_pages.hpp"
#include "sim/estimates.hpp"
#include "sim/explained_share.hpp"
#include "sim/first_pass.hpp"
#include "sim/for_each_task.hpp"
#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/run_blocks.hpp"
#include "sim/run_cost.hpp"
#include "sim/run_waves.hpp"

namespace plimsoll {

namespace {

/// f(range, first output, output after the last) for all outputs, some at a time.
constexpr std::size_t kOutputsPerTask = 512;
std::size_t ranges_of_outputs(std::size_t outputs) { return (outputs + kOutputsPerTask - 1) / kOutputsPerTask; }
template <class Function>
void for_ranges_of_outputs(std::size_t outputs, int threads, Scheduler scheduler, Function f) {
  for_each_task(static_cast<std::int64_t>(ranges_of_outputs(outputs)), threads, scheduler, [&](std::int64_t task) {
    const auto range = static_cast<std::size_t>(task);
    f(range, range * kOutputsPerTask, std::min(outputs, (range + 1) * kOutputsPerTask));
  });
}

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
                     std::int64_t paths, int threads, Scheduler scheduler) {
  const std::vector<OutputPlan>& outputs = plan.outputs.plans;
  const bool is_all = plan.scenario.paths <= kStatisticsBlock;
  Worker worker(plan.model, 1, 0, 0);
  const int blocks = simulate_paths(plan.model, kernel, 0, paths, worker);
  Pilot pilot;
  if (!plan.evidence.observations.empty()) {
    observe(plan.evidence, plan.model, kernel, paths, worker);
    WeightSums unused{0, 0, 0, std::vector<Int128>(scale.alone.size()),
                      std::vector<UnsignedInt128>(scale.alone.size())};
    weigh(scale, worker.evidence, unused);
    pilot.weight = worker.evidence.weight;
  }
  pilot.bins.resize(outputs.size());
  pilot.values.resize(outputs.size());
  for_ranges_of_outputs(outputs.size(), threads, scheduler, [&](std::size_t, std::size_t first, std::size_t last) {
    std::vector<double> values(kStatisticsBlock);
    for (std::size_t o = first; o < last; ++o) {
      values.resize(static_cast<std::size_t>(kStatisticsBlock));
      for (std::size_t b = 0; b < static_cast<std::size_t>(blocks); ++b)
        kernel.evaluate(&outputs[o], 1, plan.model, *worker.workspaces[b], values.data() + b * kBlockPaths);
      values.resize(static_cast<std::size_t>(paths));
      pilot.bins[o] = pilot_bins(values, pilot.weight);
      if (is_all || static_cast<int>(o) == plan.tail.headline) pilot.values[o] = values;
    }
  });
  return pilot;
}

/// Tail sums with bins around the headline's lower quantile in the pilot.
TailSums new_tail(const TailPlan& plan, const Pilot& pilot) {
  if (plan.headline < 0) return {};
  const auto o = static_cast<std::size_t>(plan.headline);
  const Estimate headline = pilot.weight.empty() ? Estimate(pilot.values[o], Replication::none)
                                                 : Estimate(pilot.values[o], pilot.weight, Replication::none);
  constexpr std::size_t kLevel = 1;
  static_assert(kQuantileLevels[kLevel] == kTailShare);
  return {plan.told.size(), pilot.bins[o], headline.distribution().quantile[kLevel]};
}

Estimate estimate_of(const Pilot& pilot, const Accumulator& all, std::size_t o, bool exact, Replication replication) {
  if (!exact) return {all, static_cast<int>(o), pilot.bins[o]};
  if (all.weighted()) return {pilot.values[o], pilot.weight, replication};
  return Estimate(pilot.values[o], replication);
}

/// Turns the estimates of the outputs [first, last) into rows of the tables.
void fill_rows(const Simulation::Plan& plan, const Pilot& pilot, const Accumulator& all, std::int64_t paths,
               std::size_t first, std::size_t last, RunResults& results) {
  const bool exact = paths <= kStatisticsBlock && all.paths() == paths;
  for (std::size_t o = first; o < last; ++o) {
    const Estimate estimate = estimate_of(pilot, all, o, exact, replication_of(plan));
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
  const std::size_t outputs = plan.outputs.plans.size();
  std::vector<RunResults> parts(ranges_of_outputs(outputs));
  for_ranges_of_outputs(outputs, threads, scheduler, [&](std::size_t part, std::size_t first, std::size_t last) {
    fill_rows(plan, pilot, all, paths, first, last, parts[part]);
  });
  const auto reserve = [&](auto member) {
    std::size_t rows = 0;
    for (const RunResults& part : parts) rows += (part.*member).size();
    (results.*member).reserve(rows);
  };
  reserve(&RunResults::summary);
  reserve(&RunResults::probabilities);
  reserve(&RunResults::contributions);
  const auto append = [](auto& to, auto& rows) {
    to.insert(to.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  };
  for (RunResults& part : parts) {
    append(results.summary, part.summary);
    append(results.probabilities, part.probabilities);
    append(results.contributions, part.contributions);
  }
}

/// What the worst paths look like, once the tables are there.
std::optional<TailResult> tail_result(const Simulation::Plan& plan, const Pilot& pilot, const TailSums& tail,
                                      const RunResults& tables) {
  const std::optional<TailSums::Edge> edge = tail.edge(kTailShare);
  if (!edge) return std::nullopt;
  const auto headline = static_cast<std::size_t>(plan.tail.headline);
  TailResult result;
  result.headline = plan.outputs.labels[headline].series;
  result.period = plan.outputs.labels[headline].period;
  result.share = kTailShare;
  result.headline_edge = tail.edge_value(*edge, pilot.bins[headline]);
  std::size_t summary = 0, contribution = 0, told = 0;  // rows so far
  for (std::size_t o = 0; o < plan.outputs.labels.size() && told < plan.tail.told.size(); ++o) {
    const OutputLabel& label = plan.outputs.labels[o];
    const bool is_summary = label.table == OutputLabel::Table::summary;
    if (plan.tail.told[told] == static_cast<int>(o)) {
      const TailSums::Figure worst = tail.tail_mean(told++, *edge, kTailShare);
      const Distribution& all =
          is_summary ? tables.summary[summary].distribution : tables.contributions[contribution].distribution;
      const std::string series = is_summary ? label.series : label.series + "/" + label.by + "/" + label.key;
      result.rows.push_back({series, label.period, is_summary ? label.unit : "pp", all.mean, worst.value, worst.se});
    }
    if (is_summary) ++summary;
    if (label.table == OutputLabel::Table::contributions) ++contribution;
  }
  return result;
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

/// Blocks by paths of a plan; the last one may be a part.
struct Extent {
  std::int64_t paths, whole, all;
  BlockRange asked;  ///< whole and part

  Extent(std::int64_t plan_paths, const BlockRange& blocks)
      : paths(plan_paths), whole(paths / kStatisticsBlock), all((paths + kStatisticsBlock - 1) / kStatisticsBlock) {
    asked = {std::clamp<std::int64_t>(blocks.first, 0, all), std::clamp<std::int64_t>(blocks.last, 0, all)};
  }
  /// The last part is simulated where it is asked for, or where all else is there.
  bool has_part(const BlockRanges& done) const { return all > whole && (asked.last == all || done.count() == whole); }
  std::int64_t part_paths() const { return paths - whole * kStatisticsBlock; }
};

}  // namespace

RunResults run_blocks(const Simulation& simulation, const RunOptions& options, Scheduler scheduler) {
  const auto began = RunClock::now();
  const Simulation::Plan& plan = simulation.plan();
  RunResults results;
  const Kernels& kernel = kernels(options.instruction_set, &results.statistics.instruction_set);
  const std::int64_t paths = plan.scenario.paths;
  const Extent extent(paths, options.blocks);
  const int threads = std::max(1, options.threads);
  const auto stopped = [&] { return options.stop != nullptr && options.stop->load(); };

  State begun = options.begun ? std::move(*options.begun) : State{};
  const BlockRanges missing =
      begun.tally.done.missing_from({extent.asked.first, std::min(extent.asked.last, extent.whole)});
  BlockRanges covered = begun.tally.done;
  covered.add(missing);
  const std::int64_t goal = covered.count() * kStatisticsBlock + (extent.has_part(covered) ? extent.part_paths() : 0);

  const EvidenceScale scale = find_scale(plan, kernel, options, scheduler);
  Pilot pilot;
  if (begun.tally.done.empty() || paths <= kStatisticsBlock)
    pilot = simulate_pilot(plan, kernel, scale, std::min(paths, kStatisticsBlock), threads, scheduler);
  else
    pilot.bins = std::move(begun.bins);
  if (begun.tally.done.empty()) begun.tally.tail = new_tail(plan.tail, pilot);
  if (paths > kStatisticsBlock) pilot.values = {};

  results.statistics.paths_before = begun.tally.sums.paths();
  Tally tally = std::move(begun.tally);
  if (tally.done.empty()) {
    tally.sums = Accumulator(static_cast<int>(plan.outputs.plans.size()), plan.evidence.observations.size(),
                             replication_of(plan));
    populate_counters(tally.sums, threads, scheduler);
  }
  PathsProgress progress(options, results.statistics.paths_before, goal);
  Saving saving(options, scheduler, plan, pilot.bins);
  std::optional<Wave> wave(std::in_place, plan, kernel, scale, blocks_per_wave(plan, missing.count(), threads));
  run_waves(options, scheduler, missing, pilot.bins, *wave, progress, saving, tally);
  // Tables are filled while the disk is busy; nothing but a part of a block changes the tally any more.
  const bool has_part = !stopped() && extent.has_part(tally.done);
  std::future<void> saved = saving.save_at_the_end(tally, has_part);
  if (has_part) {
    wave->simulate(0, extent.whole * kStatisticsBlock, paths);
    wave->count(pilot.bins, threads, scheduler, tally);
    progress.add(extent.part_paths());
  }
  wave.reset();  // its memory serves the tables
  const Accumulator& all = tally.sums;

  results.statistics.paths_requested = goal;
  results.statistics.paths_done = all.paths();
  results.statistics.threads = threads;
  results.statistics.paths_unsolved = tally.unsolved;
  if (all.paths() > 0) {
    if (all.weighted()) {
      results.evidence = evidence_result(plan.evidence, all.weights());
      if (all.paths() == paths) check_evidence(plan.evidence, all.weights(), paths);
    }
    // A part of the paths may be too few to weigh: more of them are to come.
    if (!all.weighted() || enough_evidence(all.weights())) {
      fill_tables(plan, pilot, all, paths, threads, scheduler, results);
      results.sampling = sampling_result(plan, kernel, results.summary, threads, scheduler);
      results.tail = tail_result(plan, pilot, tally.tail, results);
    }
  }
  if (saved.valid()) saved.get();
  results.pins = plan.pins;
  results.history = *plan.history;
  results.driver_levels = plan.driver_levels;
  results.sets = plan.scenario.sets;
  results.titles = plan.titles;
  for (SpreadRow row : plan.spread) {
    for (const SummaryRow& summary : results.summary) {
      if (summary.series != "exports.total.yoy" || summary.period != row.period) continue;
      row.sd_pp = summary.distribution.sd;
      results.spread.push_back(row);
    }
  }
  note_cost(results.statistics, began);
  return results;
}

RunResults run(const Simulation& simulation, const RunOptions& options) {
  return run_blocks(simulation, options, Scheduler::tbb);
}

}  // namespace plimsoll
