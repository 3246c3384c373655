/// \file
/// The runnable: a scenario and a calibration turned into a checked, immutable plan, and the run itself.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/scenario.hpp"
#include "sim/block_ranges.hpp"
#include "sim/results.hpp"

namespace plimsoll {

struct State;

/// The checked, immutable plan. Names have become numbers; nothing can fail for a reason of the user's any more.
class Simulation {
 public:
  /// \throws InputError when scenario and calibration do not fit together.
  Simulation(const Scenario& scenario, const Calibration& calibration);
  ~Simulation();
  Simulation(Simulation&&) noexcept;

  struct Plan;
  const Plan& plan() const { return *plan_; }

 private:
  std::unique_ptr<const Plan> plan_;
};

/// Observations that leave too few paths to tell anything: a failure while running, with place, reason and hint.
class CollapsedEvidence : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

inline constexpr std::int64_t kAllBlocks = std::int64_t{1} << 40;

/// How to run: nothing here changes a digit of what a path gives, and of the results when all paths are done.
struct RunOptions {
  int threads = 1;
  std::string instruction_set{};                                        ///< empty: the best; x86-64-v3 or x86-64-v4
  std::function<void(std::int64_t done, std::int64_t all)> progress{};  ///< called from any thread, serialised
  const std::atomic<bool>* stop = nullptr;                              ///< set: finish the blocks under way and return
  BlockRange blocks{0, kAllBlocks};                                     ///< a shard's; others are left out
  std::shared_ptr<State> begun{};  ///< what is done already; its sums are taken over
  std::string run_hash{};          ///< goes into the state

  /// Called with the bytes of state.bin every `save_every_s` seconds, when asked to stop, and at the end. From any
  /// thread, one call at a time; no block is simulated meanwhile.
  enum class Save { on_the_way, at_the_end };
  std::function<void(std::string state, std::int64_t paths_done, Save)> save{};
  double save_every_s = 60;
};

/// Simulates what is missing and returns all answers. Same scenario, calibration and seed: same digits for any options
/// under which all paths get done. Paths beyond the last whole statistics block are part of the answers, never of the
/// state: whoever holds all blocks simulates them again.
/// \throws CollapsedEvidence
RunResults run(const Simulation& simulation, const RunOptions& options);

/// The instruction sets that this program and host can use, best first; empty when the host has no AVX2 and FMA.
std::vector<std::string> usable_instruction_sets();

}  // namespace plimsoll
