/// \file
/// What a thread needs to simulate paths, and the pass over them that finds their largest likelihood.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/run_blocks.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

/// Path blocks of a statistics block.
constexpr std::size_t kPathBlocks = kStatisticsBlock / static_cast<std::int64_t>(kBlockPaths);

/// What one thread needs to simulate a statistics block; reused. All its path blocks are simulated before the first
/// output is evaluated, so that an output's counters are fetched once for all of them.
struct Worker {
  std::vector<WorkspaceMemory> memory;
  std::vector<const Workspace*> workspaces;
  std::vector<double> sum, square;  ///< of the block under way
  EvidenceBlock evidence;

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

/// Simulates the paths [first, last) of a statistics block. \returns the number of path blocks
int simulate_paths(const ModelPlan& model, const Kernels& kernel, std::int64_t first, std::int64_t last,
                   Worker& worker);

/// Log likelihoods of the paths that a worker holds, into worker.evidence.
void observe(const EvidencePlan& plan, const ModelPlan& model, const Kernels& kernel, std::int64_t paths,
             Worker& worker);

/// The largest likelihoods of all paths, from a pass over them that simulates no month after the last observed one.
/// Without observations nothing is simulated.
EvidenceScale find_scale(const Simulation::Plan& plan, const Kernels& kernel, const RunOptions& options,
                         Scheduler scheduler);

}  // namespace plimsoll
