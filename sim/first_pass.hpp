/// \file
/// What a thread needs to simulate paths, and the pass over them that finds their largest likelihood.
#pragma once

#include <cstdint>
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
  std::vector<std::vector<WideRow>> kept_rows;
  std::vector<WideRow*> kept;       ///< by path block: what groups of outputs share
  std::vector<double> sum, square;  ///< of the block under way
  EvidenceBlock evidence;
  std::int64_t unsolved = 0;  ///< paths so far with an equilibrium that was not found

  Worker(const ModelPlan& plan, std::size_t outputs, int most_kept)
      : kept_rows(kPathBlocks, std::vector<WideRow>(static_cast<std::size_t>(most_kept))),
        sum(outputs),
        square(outputs) {
    for (std::size_t k = 0; k < kPathBlocks; ++k) memory.emplace_back(plan);
    for (const WorkspaceMemory& m : memory) workspaces.push_back(&m.rows());
    for (std::vector<WideRow>& rows : kept_rows) kept.push_back(rows.data());
  }
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
