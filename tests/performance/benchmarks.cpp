// Parts of the engine by themselves: normals, one block of paths, outputs, counting, and a whole run, on every
// instruction set of the host. Built with -DPLIMSOLL_BENCHMARKS=ON; run as `benchmarks --benchmark_filter=Normals`.
#include <benchmark/benchmark.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/calibration_reader.hpp"
#include "scenarios/scenario_reader.hpp"
#include "sim/accumulator.hpp"
#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/simulation.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {
namespace {

/// A workload that is loaded once.
struct Workload {
  std::unique_ptr<Simulation> simulation;

  explicit Workload(const std::string& what) {
    const bool is_w1 = what == "w1";
    const std::string folder = PLIMSOLL_SOURCE_DIR "/tests/performance";
    std::optional<Calibration> calibration;
    const LoadedScenario scenario = load_scenario(is_w1 ? folder + "/w1.yaml" : what, {}, [&](const std::string& name) {
      calibration = load_calibration(name, is_w1 ? folder + "/calibrations" : "");
      return catalog_of(*calibration);
    });
    simulation = std::make_unique<Simulation>(scenario.scenario, *calibration);
  }
  const Simulation::Plan& plan() const { return simulation->plan(); }
};
const Workload& workload(const std::string& what) {
  static const Workload w1("w1"), base("base");
  return what == "w1" ? w1 : base;
}

void paths_per_second(benchmark::State& state, std::int64_t paths) {
  state.SetItemsProcessed(state.iterations() * paths);
}

void normals(benchmark::State& state, const std::string& set) {
  const Kernels& kernel = kernels(set);
  std::vector<float> out(4 * kBlockPaths);
  std::uint32_t draw = 0;
  for (auto _ : state) {
    kernel.normals(1, 2, draw++, 0, out.data());
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}

/// Draws, drivers, cells and sums of 64 paths.
void block(benchmark::State& state, const std::string& set, const std::string& what) {
  const Simulation::Plan& plan = workload(what).plan();
  const WorkspaceMemory memory(plan.model);
  std::uint64_t path = 0;
  for (auto _ : state) {
    kernels(set).simulate(plan.model, path, Drawing::planned, 0, memory.rows());
    path += kBlockPaths;
  }
  paths_per_second(state, kBlockPaths);
}

/// All outputs of 64 simulated paths.
void outputs(benchmark::State& state, const std::string& set, const std::string& what) {
  const Simulation::Plan& plan = workload(what).plan();
  const WorkspaceMemory memory(plan.model);
  kernels(set).simulate(plan.model, 0, Drawing::planned, 0, memory.rows());
  std::vector<double> out(plan.outputs.plans.size() * kBlockPaths);
  for (auto _ : state) {
    kernels(set).evaluate(plan.outputs.plans.data(), static_cast<int>(plan.outputs.plans.size()), plan.model,
                          memory.rows(), out.data());
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}

/// Bins and sums of every output, as a run counts them: the bins of all outputs together do not fit the nearest caches.
void counting(benchmark::State& state, const std::string& set, Replication replication) {
  const Simulation::Plan& plan = workload("w1").plan();
  const std::size_t count = plan.outputs.plans.size();
  const std::vector<double> values = simulate_outputs(plan, 0, set);
  Accumulator counts(static_cast<int>(count), 0, replication);
  double sum = 0, square = 0;
  for (auto _ : state) {
    for (std::size_t o = 0; o < count; ++o)
      kernels(set).count(values.data() + o * kBlockPaths, kBlockPaths, {0.0, 3.0}, counts.counters(static_cast<int>(o)),
                         &sum, &square);
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values.size()));
}

/// Everything from the first draw to the finished tables.
void whole_run(benchmark::State& state, const std::string& set, const std::string& what) {
  const Simulation& simulation = *workload(what).simulation;
  for (auto _ : state) benchmark::DoNotOptimize(run(simulation, {.instruction_set = set}).summary.data());
  paths_per_second(state, simulation.plan().scenario.paths);
}

void register_all() {
  for (const std::string& set : usable_instruction_sets()) {
    const auto add = [&](const std::string& name, auto... arguments) {
      return benchmark::RegisterBenchmark((name + "/" + set).c_str(), arguments...);
    };
    add("Normals", normals, set);
    for (const std::string what : {"w1", "base"}) {
      add("Block/" + what, block, set, what);
      add("Outputs/" + what, outputs, set, what);
      add("WholeRun/" + what, whole_run, set, what)->Unit(benchmark::kMillisecond);
    }
    add("Counting", counting, set, Replication::none);
    add("CountingReplicates", counting, set, Replication::sixteen);
  }
}

}  // namespace
}  // namespace plimsoll

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  plimsoll::register_all();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
