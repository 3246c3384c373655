/// \file
/// What a thread needs to simulate paths, and the pass over them that finds their largest likelihood.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/counting_memory.hpp"
#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/run_blocks.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

/// Path blocks of a statistics block.
constexpr std::size_t kPathBlocks = kStatisticsBlock / static_cast<std::int64_t>(kBlockPaths);

/// What one thread needs to simulate some statistics blocks; reused. All path blocks are simulated before the first
/// output is evaluated.
struct Worker {
  std::vector<WorkspaceMemory> memory;
  std::vector<const Workspace*> workspaces;
  CountingMemory counting;
  std::vector<std::vector<double>> sum, square;  ///< by statistics block under way
  EvidenceBlock evidence;
  std::int64_t unsolved = 0;  ///< paths so far with an equilibrium that was not found

  /// `outputs` and `most_kept` (rows): of the plan whose outputs it counts, or 0. `shared`: whose scratch it uses too.
  Worker(const ModelPlan& plan, std::size_t statistics_blocks, std::size_t outputs, int most_kept,
         const WorkspaceMemory* shared = nullptr);
  /// Its path blocks as kernels count them, all sums set to 0.
  BlocksOfPaths simulated(int blocks, int paths);

 private:
  std::vector<double*> sum_at_, square_at_;
};

/// Simulates the paths [first, last), with the worker's scratch rows or others. \returns the number of path blocks
int simulate_paths(const ModelPlan& model, const Kernels& kernel, std::int64_t first, std::int64_t last, Worker& worker,
                   const Workspace* scratch = nullptr);

/// Log likelihoods of the paths that a worker holds, into worker.evidence.
void observe(const EvidencePlan& plan, const ModelPlan& model, const Kernels& kernel, std::int64_t paths,
             Worker& worker);

/// The largest likelihoods of the first kScalePaths paths, from a pass over them that simulates no month after the last
/// observed one. Without observations nothing is simulated.
EvidenceScale find_scale(const Simulation::Plan& plan, const Kernels& kernel, const RunOptions& options,
                         Scheduler scheduler);

}  // namespace plimsoll
