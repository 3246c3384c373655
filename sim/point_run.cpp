#include "sim/point_run.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "sim/bin_edges.hpp"
#include "sim/cell_index.hpp"
#include "sim/for_each_task.hpp"
#include "sim/kernels.hpp"
#include "sim/object_pool.hpp"
#include "sim/plan.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

namespace {

constexpr auto kLanes = static_cast<std::size_t>(kStatisticsBlock);
/// Above this share of unsolved paths a point has failed, as a run has.
constexpr double kMostUnsolved = 0.001;

/// One thread's paths: values [figure * kLanes + path] of a statistics block, cells first, then events.
class PointWorker {
 public:
  PointWorker(const FigurePlan& plan, const std::vector<OutputPlan>& outputs, const Simulation::Plan& simulation)
      : plan_(plan),
        outputs_(outputs),
        model_(simulation.model),
        memory_(simulation.model),
        values_((plan.cells.size() + plan.events.size()) * kLanes) {}

  const std::vector<double>& values(const Kernels& kernel, std::int64_t first, std::size_t paths) {
    const Workspace& w = memory_.rows();
    for (std::size_t lane = 0; lane < paths; lane += kBlockPaths) {
      kernel.simulate(model_, static_cast<std::uint64_t>(first) + lane, Drawing::planned, 0, w);
      const std::size_t lanes = std::min(kBlockPaths, paths - lane);
      unsolved += std::count_if(w.unsolved->at, w.unsolved->at + lanes, [](float x) { return x > 0; });
      for (std::size_t o = 0; o < outputs_.size(); ++o)
        kernel.evaluate(&outputs_[o], 1, model_, w, values_.data() + o * kLanes + lane);
    }
    for (std::size_t e = 0; e < plan_.events.size(); ++e) fill_event(e, paths);
    return values_;
  }
  std::int64_t unsolved = 0;

 private:
  void fill_event(std::size_t event, std::size_t paths) {
    double* out = values_.data() + (plan_.cells.size() + event) * kLanes;
    std::fill_n(out, paths, 1.0);
    for (const FigurePlan::Event::Part& part : plan_.events[event].parts) {
      const double* x = values_.data() + part.cell * kLanes;
      for (std::size_t i = 0; i < paths; ++i) {
        const bool holds = part.side == Side::below ? x[i] < part.threshold : x[i] > part.threshold;
        if (!holds) out[i] = 0;
      }
    }
  }

  const FigurePlan& plan_;
  const std::vector<OutputPlan>& outputs_;
  const ModelPlan& model_;
  WorkspaceMemory memory_;
  std::vector<double> values_;
};

/// All paths of the point, block by block; the first block places the bins and is counted itself.
class PointCount {
 public:
  PointCount(const FigurePlan& plan, const std::vector<OutputPlan>& outputs, const Simulation::Plan& simulation,
             const RunOptions& options)
      : plan_(plan),
        outputs_(outputs),
        simulation_(simulation),
        options_(options),
        kernel_(kernels(options.instruction_set)),
        figures_(plan.cells.size() + plan.events.size()),
        paths_(simulation.scenario.paths) {}

  /// False when asked to stop.
  bool count() {
    const std::int64_t blocks = (paths_ + kStatisticsBlock - 1) / kStatisticsBlock;
    count_block(0);
    if (options_.threads <= 1) {  // perhaps inside a task: a limit of one thread would hold for all tasks
      for (std::int64_t block = 1; block < blocks && !stopped(); ++block) count_block(block);
    } else {
      for_each_task(blocks - 1, options_.threads, Scheduler::tbb, [&](std::int64_t task) {
        if (!stopped()) count_block(task + 1);
      });
    }
    return !stopped();
  }

  std::vector<Estimate> estimates() {
    Accumulator& all = *sums_.all().front();
    for (std::size_t k = 1; k < sums_.all().size(); ++k) all.merge(*sums_.all()[k]);
    std::vector<Estimate> estimates;
    for (std::size_t f = 0; f < figures_; ++f) {
      if (paths_ <= kStatisticsBlock)
        estimates.emplace_back(std::move(exact_[f]), replication_of(simulation_));
      else
        estimates.emplace_back(all, static_cast<int>(f), bins_[f]);
    }
    return estimates;
  }
  std::int64_t unsolved() {
    std::int64_t unsolved = 0;
    for (const std::unique_ptr<PointWorker>& worker : workers_.all()) unsolved += worker->unsolved;
    return unsolved;
  }

 private:
  bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  void count_block(std::int64_t block) {
    std::unique_ptr<PointWorker> worker = workers_.take();
    if (!worker) worker = std::make_unique<PointWorker>(plan_, outputs_, simulation_);
    std::unique_ptr<Accumulator> mine = sums_.take();
    if (!mine)
      mine = std::make_unique<Accumulator>(static_cast<int>(figures_), std::size_t{0}, replication_of(simulation_));
    const std::int64_t first = block * kStatisticsBlock;
    const auto lanes = static_cast<std::size_t>(std::min(kStatisticsBlock, paths_ - first));
    const std::vector<double>& values = worker->values(kernel_, first, lanes);
    if (block == 0) place_bins(values, lanes);
    std::vector<double> sum(figures_), square(figures_);
    for (std::size_t f = 0; f < figures_; ++f)
      kernel_.count(values.data() + f * kLanes, static_cast<int>(lanes), bins_[f], mine->counters(static_cast<int>(f)),
                    &sum[f], &square[f]);
    mine->add_block(sum, square, static_cast<std::int64_t>(lanes));
    sums_.give(std::move(mine));
    workers_.give(std::move(worker));
  }
  void place_bins(const std::vector<double>& values, std::size_t lanes) {
    for (std::size_t f = 0; f < figures_; ++f) {
      const double* x = values.data() + f * kLanes;
      bins_.push_back(bins_of(x, lanes));
      if (paths_ <= kStatisticsBlock) exact_.emplace_back(x, x + lanes);
    }
  }

  const FigurePlan& plan_;
  const std::vector<OutputPlan>& outputs_;
  const Simulation::Plan& simulation_;
  const RunOptions& options_;
  const Kernels& kernel_;
  const std::size_t figures_;
  const std::int64_t paths_;
  std::vector<BinPlan> bins_;
  std::vector<std::vector<double>> exact_;
  ObjectPool<PointWorker> workers_;
  ObjectPool<Accumulator> sums_;
};

Estimate::Figure figure_of(const Statistic& statistic, const Distribution& d) {
  if (statistic.kind == Statistic::Kind::mean) return {d.mean, d.se_mean};
  if (statistic.kind == Statistic::Kind::sd) return {d.sd, d.se_sd};
  const auto level = std::find(kQuantileLevels.begin(), kQuantileLevels.end(), statistic.level);
  const auto q = static_cast<std::size_t>(level - kQuantileLevels.begin());
  return {d.quantile.at(q), d.se_quantile.at(q)};
}

/// Growth has no atoms: its chance is read off the bins, to the digits of probabilities.csv. Everything else is
/// counted: a contribution is exactly 0 on paths where an event does not happen.
bool is_growth(const CellName& cell) { return cell.series.ends_with(".yoy"); }

Estimate::Figure probability(const FigurePlan& plan, std::size_t event, const std::vector<Estimate>& estimates) {
  const std::vector<FigurePlan::Event::Part>& parts = plan.events[event].parts;
  if (parts.size() > 1 || !is_growth(plan.cells[parts[0].cell])) {
    const Distribution d = estimates[plan.cells.size() + event].distribution();
    return {d.mean, d.se_mean};
  }
  const Estimate::Figure below = estimates[parts[0].cell].probability_below(parts[0].threshold);
  return {parts[0].side == Side::below ? below.value : 1 - below.value, below.se};
}

/// Paths that observations weigh are counted by the engine; its tables hold all but joint probabilities.
PointRun run_weighted(const FigurePlan& plan, const Simulation& simulation, const RunOptions& options) {
  RunOptions own;
  own.threads = options.threads;
  own.instruction_set = options.instruction_set;
  own.stop = options.stop;
  const RunResults results = run(simulation, own);
  PointRun out;
  out.paths_unsolved = results.statistics.paths_unsolved;
  if (results.statistics.paths_done < simulation.plan().scenario.paths) return out;
  const auto distribution_of = [&](const CellName& cell) -> const Distribution& {
    for (const SummaryRow& row : results.summary) {
      if (row.series == cell.series && to_string(row.period) == cell.period) return row.distribution;
    }
    for (const ContributionRow& row : results.contributions) {
      if (row.of + kContribution + row.key == cell.series && row.by == "driver" && to_string(row.period) == cell.period)
        return row.distribution;
    }
    throw std::runtime_error("nothing computes " + to_string(cell));
  };
  const auto chance_of = [&](const JointEvent& event) -> Estimate::Figure {
    const Condition& c = event.conditions.front();
    for (const ProbabilityRow& row : results.probabilities) {
      if (event.conditions.size() == 1 && row.series == c.cell.series && to_string(row.period) == c.cell.period &&
          row.event == (c.side == Side::below ? "below" : "above") && row.threshold == c.threshold)
        return {row.probability, row.se};
    }
    throw std::runtime_error("the probability of '" + to_string(event) +
                             "' is not told of weighted paths: with observations, only one condition on growth is");
  };
  for (const FigurePlan::Figure& f : plan.figures)
    out.figures.push_back(f.statistic.kind == Statistic::Kind::probability
                              ? chance_of(f.statistic.event)
                              : figure_of(f.statistic, distribution_of(f.statistic.cell)));
  out.paths_done = results.statistics.paths_done;
  return out;
}

void require_solved(const PointRun& run) {
  if (static_cast<double>(run.paths_unsolved) > kMostUnsolved * static_cast<double>(run.paths_done))
    throw std::runtime_error(std::to_string(run.paths_unsolved) + " of " + std::to_string(run.paths_done) +
                             " paths have no market equilibrium");
}

}  // namespace

PointRun run_point(const FigurePlan& plan, const Simulation& simulation, const RunOptions& options) {
  const Simulation::Plan& own = simulation.plan();
  const std::vector<OutputPlan> outputs = plan.outputs_of(own.outputs);
  PointRun run;
  if (!own.evidence.observations.empty()) {
    run = run_weighted(plan, simulation, options);
  } else {
    PointCount count(plan, outputs, own, options);
    if (!count.count()) return run;
    const std::vector<Estimate> estimates = count.estimates();
    std::vector<std::optional<Distribution>> distributions(plan.cells.size());
    for (const FigurePlan::Figure& f : plan.figures) {
      if (f.statistic.kind == Statistic::Kind::probability) {
        run.figures.push_back(probability(plan, f.place, estimates));
        continue;
      }
      std::optional<Distribution>& d = distributions[f.place];
      if (!d) d = estimates[f.place].distribution();
      run.figures.push_back(figure_of(f.statistic, *d));
    }
    run.paths_done = own.scenario.paths;
    run.paths_unsolved = count.unsolved();
  }
  if (run.paths_done > 0) require_solved(run);
  return run;
}

}  // namespace plimsoll
