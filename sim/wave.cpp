#include "sim/wave.hpp"

#include <algorithm>
#include <cmath>

#include "sim/for_each_task.hpp"

namespace plimsoll {

namespace {
/// The months of the next group of a task are asked for while one is counted.
constexpr int kGroupsPerTask = 4;
}  // namespace

std::int64_t blocks_per_wave(const Simulation::Plan& plan, std::int64_t blocks, int threads) {
  const Accumulator one(1, plan.evidence.observations.size(), replication_of(plan));
  const WorkspaceMemory first(plan.model), next(plan.model, &first);
  const std::int64_t counters = one.bytes() * static_cast<std::int64_t>(plan.outputs.plans.size());
  const auto block = static_cast<std::int64_t>(kPathBlocks * next.bytes());
  // As much memory for paths as for counters, within these bounds; every thread has some blocks to take.
  constexpr std::int64_t kCountedAtOnce = 15;  // a replicate's paths in them fit a byte
  const std::int64_t fewest = 4 * threads;
  const std::int64_t most = std::max<std::int64_t>(1, 8 * threads / kCountedAtOnce) * kCountedAtOnce;
  const std::int64_t fitting = std::clamp(counters / block, fewest, most);
  const std::int64_t waves = std::max<std::int64_t>(1, (blocks + fitting - 1) / fitting);
  return std::max<std::int64_t>(1, (blocks + waves - 1) / waves);  // all alike
}

Wave::Wave(const Simulation::Plan& plan, const Kernels& kernel, const EvidenceScale& scale, std::int64_t blocks)
    : plan_(plan), kernel_(kernel), scale_(scale) {
  for (std::int64_t k = 0; k < blocks; ++k) {
    const WorkspaceMemory* shared = slots_.empty() ? nullptr : &slots_.front()->worker.memory.front();
    slots_.push_back(std::make_unique<Slot>(Slot{Worker(plan.model, 1, plan.outputs.plans.size(), 0, shared)}));
  }
}

void Wave::simulate(std::size_t slot, std::int64_t first, std::int64_t last) {
  std::unique_ptr<WorkspaceMemory> scratch = scratch_.take();
  if (!scratch) scratch = std::make_unique<WorkspaceMemory>(plan_.model);
  Slot& at = *slots_[slot];
  simulate_paths(plan_.model, kernel_, first, last, at.worker, &scratch->rows());
  scratch_.give(std::move(scratch));
  at.first = first;
  at.paths = last - first;
  if (!plan_.evidence.observations.empty()) observe(plan_.evidence, plan_.model, kernel_, at.paths, at.worker);
}

void Wave::count(const std::vector<BinPlan>& bins, int threads, Scheduler scheduler, Tally& tally) {
  std::vector<const Workspace*> workspaces;
  std::vector<double*> sum, square;
  std::vector<const Slot*> used_slots;
  std::int64_t paths = 0;
  weight_.clear();
  for (const std::unique_ptr<Slot>& slot : slots_) {
    if (slot->paths == 0) continue;
    Worker& worker = slot->worker;
    const BlocksOfPaths part = worker.simulated(static_cast<int>(kPathBlocks), static_cast<int>(slot->paths));
    const auto used =
        (slot->paths + static_cast<std::int64_t>(kBlockPaths) - 1) / static_cast<std::int64_t>(kBlockPaths);
    workspaces.insert(workspaces.end(), part.workspaces, part.workspaces + used);
    sum.push_back(part.sum[0]);
    square.push_back(part.square[0]);
    used_slots.push_back(slot.get());
    paths += slot->paths;
    tally.unsolved += worker.unsolved;
    worker.unsolved = 0;
    if (!tally.sums.weighted()) continue;
    weigh(scale_, worker.evidence, tally.sums.weights());
    weight_.insert(weight_.end(), worker.evidence.weight.begin(), worker.evidence.weight.end());
  }
  if (paths == 0) return;
  const BlocksOfPaths blocks{
      workspaces.data(), static_cast<int>(workspaces.size()), static_cast<int>(paths), nullptr, nullptr, sum.data(),
      square.data()};
  const int groups = plan_.evaluation->view().groups.size;
  for_each_task((groups + kGroupsPerTask - 1) / kGroupsPerTask, threads, scheduler, [&](std::int64_t task) {
    const int first = static_cast<int>(task) * kGroupsPerTask;
    count_groups(first, std::min(groups, first + kGroupsPerTask), blocks, static_cast<int>(sum.size()), bins.data(),
                 tally.sums);
  });
  tally.sums.add_paths(paths);
  const int headline = plan_.tail.headline;
  if (headline >= 0) add_tails(used_slots, bins[static_cast<std::size_t>(headline)], threads, scheduler, tally.tail);
  for (const std::unique_ptr<Slot>& slot : slots_) slot->paths = 0;
}

void Wave::add_tails(const std::vector<const Slot*>& slots, const BinPlan& headline, int threads, Scheduler scheduler,
                     TailSums& tail) const {
  ObjectPool<TailSums> sums;
  for_each_task(static_cast<std::int64_t>(slots.size()), threads, scheduler, [&](std::int64_t slot) {
    std::unique_ptr<TailSums> own = sums.take();
    if (!own) own = std::make_unique<TailSums>(plan_.tail.told.size(), tail.first_bin());
    add_tail(*slots[static_cast<std::size_t>(slot)], headline, *own);
    sums.give(std::move(own));
  });
  for (const std::unique_ptr<TailSums>& own : sums.all()) tail.merge(*own);
}

void Wave::add_tail(const Slot& slot, const BinPlan& headline, TailSums& tail) const {
  const std::vector<OutputPlan>& plans = plan_.tail.plans;
  const Worker& worker = slot.worker;
  constexpr auto kPaths = static_cast<std::int64_t>(kBlockPaths);
  std::vector<double> values(plans.size() * kBlockPaths);
  for (std::int64_t path = 0; path < slot.paths; path += kPaths) {
    kernel_.evaluate(plans.data(), static_cast<int>(plans.size()), plan_.model,
                     *worker.workspaces[static_cast<std::size_t>(path / kPaths)], values.data());
    const std::uint64_t* weight = plan_.evidence.observations.empty() ? nullptr : worker.evidence.weight.data() + path;
    tail.add(values.data(), slot.first + path, static_cast<int>(std::min(kPaths, slot.paths - path)), headline, weight);
  }
}

void Wave::count_groups(int first, int last, const BlocksOfPaths& blocks, int parts, const BinPlan* bins,
                        Accumulator& accumulator) {
  EvaluationView view = plan_.evaluation->view();
  view.groups = {&view.groups[first], last - first};
  std::unique_ptr<CountingMemory> memory = counting_.take();
  if (!memory) memory = std::make_unique<CountingMemory>(view.most_kept);
  BlocksOfPaths own = blocks;
  memory->lend_to(own);
  if (accumulator.weighted()) {
    kernel_.accumulate_weighted(view, plan_.model, own, bins, weight_.data(), std::ldexp(1.0, -kWeightBits),
                                accumulator.counters());
  } else {
    kernel_.accumulate(view, plan_.model, own, bins, accumulator.counters());
  }
  counting_.give(std::move(memory));
  for (const OutputGroup& g : view.groups) {
    for (int k = g.first_output; k < g.first_output + g.outputs; ++k) {
      const int o = view.outputs[k].output;
      for (int part = 0; part < parts; ++part) accumulator.add_sums(o, blocks.sum[part][o], blocks.square[part][o]);
    }
  }
}

}  // namespace plimsoll
