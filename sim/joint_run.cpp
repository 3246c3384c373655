#include "sim/joint_run.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

#include "sim/bin_edges.hpp"
#include "sim/for_each_task.hpp"
#include "sim/kernels.hpp"
#include "sim/object_pool.hpp"
#include "sim/plan.hpp"
#include "sim/run_cost.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

namespace {

constexpr std::size_t kLanes = static_cast<std::size_t>(kStatisticsBlock);
using BlockValues = std::vector<double>;  ///< [figure * kLanes + path]

/// One of the two simulations as the joint run needs it: cells, then the months of total exports.
class SimulatedSide {
 public:
  SimulatedSide(const Simulation::Plan& plan, const std::vector<OutputPlan>& cells)
      : plan_(plan), outputs_(cells), memory_(plan.model) {
    for (int t = 1; t <= plan.model.months; ++t) {
      OutputPlan month;
      month.kind = OutputPlan::Kind::value;
      month.now = {0, t, t};
      outputs_.push_back(month);
    }
    values_.resize(outputs_.size() * kLanes);
  }

  /// Simulates the block and evaluates all outputs.
  void simulate(const Kernels& kernel, std::int64_t first, std::size_t paths) {
    unsolved_.assign(kLanes, 0);
    for (std::size_t k = 0; k * kBlockPaths < paths; ++k) {
      const Workspace& w = memory_.rows();
      kernel.simulate(plan_.model, static_cast<std::uint64_t>(first) + k * kBlockPaths, Drawing::planned, 0, w);
      for (std::size_t i = 0; i < kBlockPaths; ++i) unsolved_[k * kBlockPaths + i] = w.unsolved->at[i] > 0 ? 1 : 0;
      for (std::size_t o = 0; o < outputs_.size(); ++o)
        kernel.evaluate(&outputs_[o], 1, plan_.model, w, values_.data() + o * kLanes + k * kBlockPaths);
    }
  }
  const double* output(std::size_t o) const { return values_.data() + o * kLanes; }
  bool unsolved(std::size_t lane) const { return unsolved_[lane] != 0; }

 private:
  const Simulation::Plan& plan_;
  std::vector<OutputPlan> outputs_;
  WorkspaceMemory memory_;
  BlockValues values_;
  std::vector<char> unsolved_;
};

/// One thread's simulations and the figures of a block.
class JointWorker {
 public:
  JointWorker(const StressPlan& plan, const Simulation::Plan* baseline, const std::vector<OutputPlan>& baseline_outputs,
              const Simulation::Plan& scenario, const std::vector<OutputPlan>& outputs)
      : plan_(plan),
        places_(plan, baseline != nullptr),
        scenario_(scenario, outputs),
        path_(plan.history),
        baseline_path_(plan.history),
        figures_(places_.all * kLanes) {
    if (baseline != nullptr) baseline_ = std::make_unique<SimulatedSide>(*baseline, baseline_outputs);
  }

  /// Figures [figure * kLanes + path] of a block.
  const BlockValues& figures(const Kernels& kernel, std::int64_t first, std::size_t paths) {
    scenario_.simulate(kernel, first, paths);
    if (baseline_) baseline_->simulate(kernel, first, paths);
    std::copy_n(scenario_.output(0), plan_.cells.size() * kLanes, figures_.begin());
    for (std::size_t i = 0; i < paths; ++i) {
      unsolved += scenario_.unsolved(i) || (baseline_ && baseline_->unsolved(i)) ? 1 : 0;
      fill_events(i);
      fill_path(scenario_, i, path_);
      at(places_.peak_to_trough, i) = peak_to_trough_pct(path_);
      at(places_.months_below, i) = months_below_zero(path_);
      if (baseline_) fill_pair(i);
    }
    return figures_;
  }
  /// Joint drivers of a path of that block, as deviations.
  void drivers(std::size_t lane, const std::vector<double>& centre, std::vector<double>& out) const {
    for (std::size_t k = 0; k < out.size(); ++k) out[k] = driver(k, lane) - (centre.empty() ? 0 : centre[k]);
  }
  std::int64_t unsolved = 0;

 private:
  double& at(std::size_t figure, std::size_t lane) { return figures_[figure * kLanes + lane]; }
  double cell(int c, std::size_t lane) const { return scenario_.output(static_cast<std::size_t>(c))[lane]; }

  /// Levels in logs; contributions, which may have any sign, as they are.
  double driver(std::size_t k, std::size_t lane) const {
    const int c = plan_.joint_drivers[k];
    const bool level = plan_.cells[static_cast<std::size_t>(c)].series.starts_with("driver.");
    return level ? std::log(cell(c, lane)) : cell(c, lane);
  }
  void fill_events(std::size_t lane) {
    for (std::size_t e = 0; e < plan_.events.size(); ++e) {
      const auto& parts = plan_.events[e].parts;
      at(places_.events + e, lane) = std::all_of(parts.begin(), parts.end(), [&](const EventPlan::Part& part) {
        const double x = cell(part.cell, lane);
        return part.side == Side::below ? x < part.threshold : x > part.threshold;
      });
    }
    for (std::size_t e = 0; e < plan_.exposures.size(); ++e) {
      const ExposurePlan& exposure = plan_.exposures[e];
      double growth = 0;
      for (std::size_t k = 0; k < exposure.cell.size(); ++k)
        growth += exposure.weight_frac[k] * cell(exposure.cell[k], lane);
      at(places_.exposures + e, lane) = growth;
    }
  }
  void fill_path(const SimulatedSide& side, std::size_t lane, MonthlyExports& path) const {
    const auto observed = static_cast<std::size_t>(path.as_of - path.first + 1);
    for (std::size_t t = observed; t < path.values.size(); ++t)
      path.values[t] = side.output(plan_.cells.size() + t - observed)[lane];
  }
  void fill_pair(std::size_t lane) {
    fill_path(*baseline_, lane, baseline_path_);
    for (std::size_t d = 0; d < plan_.differences.size(); ++d) {
      const auto c = static_cast<std::size_t>(plan_.differences[d]);
      at(places_.differences + d, lane) = scenario_.output(c)[lane] - baseline_->output(c)[lane];
    }
    double gap = 0, whole = 0;
    for (Month m = path_.as_of + 1; m <= path_.last(); m = m + 1) {
      gap += path_.at(m) - baseline_path_.at(m);
      whole += baseline_path_.at(m);
    }
    at(places_.cumulative, lane) = gap;
    at(places_.cumulative_pct, lane) = 100 * gap / whole;
    const Recovery recovery = recovery_of(path_, baseline_path_, plan_.recovery_tolerance_pct);
    const bool never = recovery.hit && !recovery.recovered;
    at(places_.hit, lane) = recovery.hit ? 1 : 0;
    at(places_.never_recovered, lane) = never ? 1 : 0;
    at(places_.recovery_months, lane) = never ? never_months(plan_) : recovery.months;
  }

  const StressPlan& plan_;
  FigurePlaces places_;
  SimulatedSide scenario_;
  std::unique_ptr<SimulatedSide> baseline_;
  MonthlyExports path_, baseline_path_;
  BlockValues figures_;
};

struct Sums {
  Accumulator figures;
  GroupMoments drivers;
  Sums(std::size_t count, Replication replication, std::size_t joint_drivers)
      : figures(static_cast<int>(count), 0, replication), drivers(joint_drivers) {}
};

}  // namespace

FigurePlaces::FigurePlaces(const StressPlan& plan, bool paired)
    : events(plan.cells.size()),
      exposures(events + plan.events.size()),
      peak_to_trough(exposures + plan.exposures.size()),
      months_below(peak_to_trough + 1),
      differences(months_below + 1),
      cumulative(differences + plan.differences.size()),
      cumulative_pct(cumulative + 1),
      hit(cumulative + 2),
      never_recovered(cumulative + 3),
      recovery_months(cumulative + 4),
      all(paired ? cumulative + 5 : differences) {}

double never_months(const StressPlan& plan) {
  return static_cast<double>(plan.history.last() - plan.history.as_of + 1);
}

JointRun run_jointly(const StressPlan& plan, const Simulation* baseline,
                     const std::vector<OutputPlan>& baseline_outputs, const Simulation& scenario,
                     const std::vector<OutputPlan>& outputs, const std::vector<double>& driver_centre,
                     const RunOptions& options) {
  const auto began = RunClock::now();
  const Simulation::Plan& b = scenario.plan();
  const Simulation::Plan* a = baseline == nullptr ? nullptr : &baseline->plan();
  JointRun result;
  const Kernels& kernel = kernels(options.instruction_set, &result.statistics.instruction_set);
  const std::int64_t paths = b.scenario.paths;
  const Replication replication = replication_of(b);
  const std::size_t count = FigurePlaces(plan, a != nullptr).all, joint = plan.joint_drivers.size();
  const auto new_worker = [&] { return std::make_unique<JointWorker>(plan, a, baseline_outputs, b, outputs); };

  ObjectPool<JointWorker> workers;
  ObjectPool<Sums> sums;
  std::vector<BinPlan> bins;
  std::vector<std::vector<double>> pilot(count);
  result.driver_centre = driver_centre;
  {
    auto worker = new_worker();
    const auto first_block = static_cast<std::size_t>(std::min(paths, kStatisticsBlock));
    const BlockValues& values = worker->figures(kernel, 0, first_block);
    for (std::size_t f = 0; f < count; ++f) {
      const double* x = values.data() + f * kLanes;
      bins.push_back(bins_of(x, first_block));
      if (paths <= kStatisticsBlock) pilot[f].assign(x, x + first_block);
    }
    if (result.driver_centre.empty()) {
      result.driver_centre.resize(joint);
      std::vector<double> drivers(joint);
      for (std::size_t i = 0; i < first_block; ++i) {
        worker->drivers(i, {}, drivers);
        for (std::size_t k = 0; k < joint; ++k)
          result.driver_centre[k] += drivers[k] / static_cast<double>(first_block);
      }
    }
    worker->unsolved = 0;  // its paths are simulated again
    workers.give(std::move(worker));
  }

  std::mutex progress_guard;
  std::int64_t done = 0;
  const std::int64_t blocks = (paths + kStatisticsBlock - 1) / kStatisticsBlock;
  for_each_task(blocks, std::max(1, options.threads), Scheduler::tbb, [&](std::int64_t block) {
    if (options.stop != nullptr && options.stop->load()) return;
    std::unique_ptr<JointWorker> worker = workers.take();
    if (!worker) worker = new_worker();
    std::unique_ptr<Sums> mine = sums.take();
    if (!mine) mine = std::make_unique<Sums>(count, replication, joint);
    const std::int64_t first = block * kStatisticsBlock;
    const int lanes = static_cast<int>(std::min(kStatisticsBlock, paths - first));
    const BlockValues& values = worker->figures(kernel, first, static_cast<std::size_t>(lanes));
    std::vector<double> sum(count), square(count), drivers(joint);
    for (std::size_t f = 0; f < count; ++f)
      kernel.count(values.data() + f * kLanes, lanes, bins[f], mine->figures.counters(static_cast<int>(f)), &sum[f],
                   &square[f]);
    mine->figures.add_block(sum, square, lanes);
    for (int i = 0; i < lanes; ++i) {
      worker->drivers(static_cast<std::size_t>(i), result.driver_centre, drivers);
      mine->drivers.add(first + i, drivers.data());
    }
    sums.give(std::move(mine));
    workers.give(std::move(worker));
    const std::lock_guard lock(progress_guard);
    done += lanes;
    if (options.progress) options.progress(done, paths);
  });

  result.statistics.paths_requested = paths;
  result.statistics.paths_done = done;
  result.statistics.threads = std::max(1, options.threads);
  for (const std::unique_ptr<JointWorker>& worker : workers.all()) result.statistics.paths_unsolved += worker->unsolved;
  result.drivers = GroupMoments(joint);
  if (done > 0) {
    Sums& all = *sums.all().front();
    for (std::size_t k = 1; k < sums.all().size(); ++k) {
      all.figures.merge(sums.all()[k]->figures);
      all.drivers.merge(sums.all()[k]->drivers);
    }
    result.drivers = all.drivers;
    for (std::size_t f = 0; f < count; ++f) {
      if (paths <= kStatisticsBlock)
        result.estimates.emplace_back(std::move(pilot[f]), replication);
      else
        result.estimates.emplace_back(all.figures, static_cast<int>(f), bins[f]);
    }
  }
  note_cost(result.statistics, began);
  return result;
}

}  // namespace plimsoll
