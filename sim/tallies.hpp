/// \file
/// The tallies that a run's threads add their blocks to, and the saving of what they came to.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <vector>

#include "sim/object_pool.hpp"
#include "sim/plan.hpp"
#include "sim/state_file.hpp"

namespace plimsoll {

/// One tally is used by one thread at a time. There may be fewer of them than threads: each holds all bins.
class Tallies {
 public:
  /// `begun`: what is done already; without blocks only its tail's bins count. All but it must outlive the object.
  Tallies(const Simulation::Plan& plan, const RunOptions& options, const std::vector<BinPlan>& bins, int copies,
          Tally begun);

  /// Waits for an idle one.
  std::unique_ptr<Tally> take();
  void give(std::unique_ptr<Tally> tally) { pool_.give(std::move(tally)); }

  /// Saves when it is time. Waits for the blocks under way; threads that want a tally wait for the saving.
  void save_if_due();

  /// What all came to, saved; call when no block is under way.
  std::unique_ptr<Tally> finish();

 private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point after_interval() const;
  std::unique_ptr<Tally> fresh() const;
  std::unique_ptr<Tally> take_all();
  void save(const Tally& all, RunOptions::Save when) const;

  const Simulation::Plan& plan_;
  const RunOptions& options_;
  const std::vector<BinPlan>& bins_;
  const int copies_;
  const int first_tail_bin_;
  ObjectPool<Tally> pool_;
  std::mutex saving_;
  std::atomic<bool> saving_now_{false};
  Clock::time_point next_save_;
};

}  // namespace plimsoll
