#include "sim/run_size.hpp"

#include <algorithm>
#include <chrono>

#include "sim/accumulator.hpp"
#include "sim/bin_edges.hpp"
#include "sim/joint_bins.hpp"
#include "sim/plan.hpp"
#include "sim/wave.hpp"

namespace plimsoll {

namespace {

constexpr std::int64_t kMiB = std::int64_t{1} << 20;
/// Measured on this program: libraries, embedded files, scenario and calibration.
constexpr std::int64_t kProgramBytes = 36 * kMiB;
/// Rows while tables are filled; a vector that grows holds up to twice its rows. Names are short strings on the heap.
constexpr std::int64_t kNameBytes = 64;
/// state.bin holds what is not zero of some hundred bins an output, of as many more by replicate; while it is made,
/// half of it twice.
constexpr std::int64_t kStateBytesPerOutput = 1100, kReplicateStateBytesPerOutput = 1900;
/// Estimating and writing an output's rows, on one thread; measured.
constexpr double kSecondsPerOutput = 12e-6;

bool draws_choice(const ProcessPlan& p) { return p.regimes.size > 0 || p.changes.size > 0; }

/// Streams of which four months are drawn at a time.
std::int64_t monthly_streams(const ModelPlan& m) {
  const int factors = 1 + m.markets + m.products;
  std::int64_t streams = 5 + m.capex.firms.size + m.markets + 2 * factors + factors + m.products;
  streams += (m.capex.pause_hazard_pct != kNone ? 1 : 0) + (m.copula.mixing.size > 0 ? 1 : 0);
  for (const ProcessPlan* p : {&m.memory, &m.oil, &m.exchange_rate})
    streams += (p->jump_hazard_pct != kNone ? 1 : 0) + (draws_choice(*p) ? 1 : 0);
  for (const GenericShockPlan& shock : m.shocks)
    streams += 1 + (shock.process.jump_hazard_pct != kNone ? 1 : 0) + (draws_choice(shock.process) ? 1 : 0);
  streams += m.tariff_chains.size;
  const int inputs = m.imports.products.size;
  if (inputs > 0) streams += 2 * (1 + inputs) + 1 + 2 * inputs + 1;
  return streams;
}

/// Draws of once a path; the kernel makes four of each.
std::int64_t single_streams(const ModelPlan& m) {
  const int inputs = m.imports.products.size;
  return m.family_streams.size + m.draws.size + m.tariff_layers + (m.elasticity.ensemble ? 1 : 0) + 1 + m.markets +
         m.products + (inputs > 0 ? 1 + inputs : 0) + m.supply.controls.size;
}

RunMemory memory_of(const Simulation::Plan& plan, const RunSize& size) {
  const auto outputs = static_cast<std::int64_t>(plan.outputs.plans.size());
  const std::size_t observations = plan.evidence.observations.size();
  RunMemory memory;
  memory.program = kProgramBytes;
  memory.outputs = outputs * static_cast<std::int64_t>(sizeof(OutputPlan) + sizeof(OutputLabel) + sizeof(BinPlan) +
                                                       sizeof(EvaluatedOutput) + kNameBytes) +
                   size.summary_rows * static_cast<std::int64_t>(2 * sizeof(SummaryRow) + kNameBytes) +
                   size.contributions * static_cast<std::int64_t>(2 * sizeof(ContributionRow) + 3 * kNameBytes) +
                   size.probabilities * static_cast<std::int64_t>(2 * sizeof(ProbabilityRow) + kNameBytes);
  constexpr int kSome = 64;  // large enough to forget what an accumulator holds beside its outputs
  const Accumulator some(kSome, observations, replication_of(plan));
  memory.accumulators = outputs * some.bytes() / kSome;
  const std::int64_t blocks = (size.paths + kStatisticsBlock - 1) / kStatisticsBlock;
  const std::int64_t slots = blocks_per_wave(plan, blocks, size.threads);
  const WorkspaceMemory first(plan.model), next(plan.model, &first);
  const std::int64_t slot =
      static_cast<std::int64_t>(kPathBlocks * next.bytes()) + outputs * static_cast<std::int64_t>(2 * sizeof(double));
  const std::int64_t thread =
      static_cast<std::int64_t>(first.bytes()) +
      static_cast<std::int64_t>(sizeof(WideRow)) * kMostKeptBlocks * plan.evaluation->view().most_kept +
      static_cast<std::int64_t>(kMostGroupOutputs * kJointBytes);
  memory.workers = slots * slot + std::min<std::int64_t>(size.threads, slots) * thread;
  const bool replicated = replication_of(plan) == Replication::sixteen;
  memory.state = outputs * (kStateBytesPerOutput + (replicated ? kReplicateStateBytesPerOutput : 0));
  return memory;
}

/// Bins as a pilot of 64 paths places them: where values fall decides how fast they are counted.
std::vector<BinPlan> pilot_bins(const Simulation::Plan& plan, const Kernels& kernel, const Workspace& w) {
  std::vector<BinPlan> bins;
  double values[kBlockPaths];
  for (const OutputPlan& output : plan.outputs.plans) {
    kernel.evaluate(&output, 1, plan.model, w, values);
    bins.push_back(bins_of(values, kBlockPaths));
  }
  return bins;
}

}  // namespace

RunSize size_of_run(const Simulation& simulation, int threads) {
  const Simulation::Plan& plan = simulation.plan();
  RunSize size;
  size.paths = plan.scenario.paths;
  size.threads = std::max(1, threads);
  size.months = plan.model.months;
  size.outputs = static_cast<std::int64_t>(plan.outputs.plans.size());
  size.tail_rows = static_cast<std::int64_t>(plan.tail.told.size());
  const auto thresholds = static_cast<std::int64_t>(plan.scenario.report.thresholds_pct.size());
  for (const OutputLabel& label : plan.outputs.labels) {
    if (label.table == OutputLabel::Table::summary) {
      ++size.summary_rows;
      if (label.unit == "pct") size.probabilities += 2 * thresholds + 2;
    } else {
      ++(label.table == OutputLabel::Table::contributions ? size.contributions : size.probabilities);
    }
  }
  size.normals_per_path = monthly_streams(plan.model) * ((size.months + 3) / 4 * 4) + 4 * single_streams(plan.model);
  size.memory = memory_of(plan, size);
  return size;
}

RunTime time_of_run(const Simulation& simulation, int threads, int cpus, const std::string& instruction_set) {
  using Clock = std::chrono::steady_clock;
  const Simulation::Plan& plan = simulation.plan();
  const Kernels& kernel = kernels(instruction_set);
  const std::size_t outputs = plan.outputs.plans.size();
  const EvaluationView& view = plan.evaluation->view();
  const std::int64_t paths = plan.scenario.paths, blocks = (paths + kStatisticsBlock - 1) / kStatisticsBlock;
  const std::int64_t at_once = std::min<std::int64_t>(blocks_per_wave(plan, blocks, std::max(1, threads)), 8);
  const std::int64_t task = at_once * kStatisticsBlock;
  Worker worker(plan.model, static_cast<std::size_t>(at_once), outputs, view.most_kept);
  Accumulator counts(static_cast<int>(outputs), 0, replication_of(plan));
  std::vector<BinPlan> bins;
  RunTime time;
  constexpr int kTasks = 3;  // the first warms the caches; the faster of the others counts
  for (int k = 0; k < kTasks; ++k) {
    const Clock::time_point began = Clock::now();
    const int simulated = simulate_paths(plan.model, kernel, k * task, (k + 1) * task, worker);
    if (bins.empty()) bins = pilot_bins(plan, kernel, *worker.workspaces.front());
    kernel.accumulate(view, plan.model, worker.simulated(simulated, static_cast<int>(task)), bins.data(),
                      counts.counters());
    const double seconds = std::chrono::duration<double>(Clock::now() - began).count() / static_cast<double>(at_once);
    if (k == 1 || (k > 1 && seconds < time.block_seconds)) time.block_seconds = seconds;
  }
  const auto at_work = static_cast<double>(std::clamp<std::int64_t>(std::min(threads, cpus), 1, blocks));
  const double passes = plan.evidence.observations.empty() ? 1 : 2;  // the likelihoods' scale has a pass of its own
  time.seconds = time.block_seconds * (1 + passes * std::max(static_cast<double>(blocks) / at_work, 1.0)) +
                 kSecondsPerOutput * static_cast<double>(outputs) * (1 + 1 / at_work);
  return time;
}

}  // namespace plimsoll
