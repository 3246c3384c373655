/// \file
/// Statistics blocks that are simulated side by side and then counted output by output. So there is one set of counters
/// whatever the threads, and each output's counters come from memory once a wave.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/first_pass.hpp"
#include "sim/object_pool.hpp"
#include "sim/state_file.hpp"

namespace plimsoll {

/// Statistics blocks of a wave when `blocks` are to be done: the more, the less often counters come from memory; the
/// fewer, the less memory their monthly values take. No digit depends on it.
std::int64_t blocks_per_wave(const Simulation::Plan& plan, std::int64_t blocks, int threads);

class Wave {
 public:
  /// All must outlive the object.
  Wave(const Simulation::Plan& plan, const Kernels& kernel, const EvidenceScale& scale, std::int64_t blocks);

  /// Simulates the paths [first, last) of a statistics block. Threads may do so at once, each with a slot of its own.
  void simulate(std::size_t slot, std::int64_t first, std::int64_t last);

  /// Counts what was simulated since the last call; only the last of the slots may hold a part of a block.
  void count(const std::vector<BinPlan>& bins, int threads, Scheduler scheduler, Tally& tally);

  std::size_t slots() const { return slots_.size(); }

 private:
  struct Slot {
    Worker worker;
    std::int64_t first = 0, paths = 0;  ///< simulated and not yet counted
  };
  /// Adds what the slots hold to the sums for the tail story.
  void add_tails(const std::vector<const Slot*>& slots, const BinPlan& headline, int threads, Scheduler scheduler,
                 TailSums& tail) const;
  void add_tail(const Slot& slot, const BinPlan& headline, TailSums& tail) const;
  /// Counts the outputs of the groups [first, last).
  void count_groups(int first, int last, const BlocksOfPaths& blocks, int parts, const BinPlan* bins,
                    Accumulator& accumulator);

  const Simulation::Plan& plan_;
  const Kernels& kernel_;
  const EvidenceScale& scale_;
  std::vector<std::unique_ptr<Slot>> slots_;
  ObjectPool<WorkspaceMemory> scratch_;
  ObjectPool<CountingMemory> counting_;
  std::vector<std::uint64_t> weight_;  ///< of the paths of all slots, with observations
};

}  // namespace plimsoll
