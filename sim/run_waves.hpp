/// \file
/// The blocks of a run, wave by wave: progress on the way, saving when it is time, the end when it is asked for.
#pragma once

#include <chrono>
#include <cstdint>
#include <future>
#include <mutex>
#include <string>
#include <vector>

#include "sim/run_blocks.hpp"
#include "sim/state_file.hpp"
#include "sim/wave.hpp"

namespace plimsoll {

/// What is done, told as it grows.
class PathsProgress {
 public:
  PathsProgress(const RunOptions& options, std::int64_t before, std::int64_t goal)
      : options_(options), done_(before), goal_(goal) {}
  void add(std::int64_t paths) {
    const std::lock_guard lock(guard_);
    done_ += paths;
    if (options_.progress) options_.progress(done_, goal_);
  }

 private:
  const RunOptions& options_;
  std::int64_t done_, goal_;
  std::mutex guard_;
};

/// When the state is to be saved, and its saving.
class Saving {
 public:
  /// All must outlive the object.
  Saving(const RunOptions& options, Scheduler scheduler, const Simulation::Plan& plan,
         const std::vector<BinPlan>& bins);
  bool is_due() const { return options_.save && Clock::now() >= next_; }
  /// What is not yet begun is not saved.
  void save(const Tally& tally, RunOptions::Save when);
  /// The last saving, while the caller goes on: the disk is slow. `tally_changes`: its bytes are made before this
  /// returns, as with one thread, which has its own work to do.
  std::future<void> save_at_the_end(const Tally& tally, bool tally_changes);

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point after_interval() const;
  std::string bytes_of(const Tally& tally) const;

  const RunOptions& options_;
  const Scheduler scheduler_;
  const Simulation::Plan& plan_;
  const std::vector<BinPlan>& bins_;
  Clock::time_point next_;
};

/// Simulates and counts whole blocks until all are done or the run is to stop.
void run_waves(const RunOptions& options, Scheduler scheduler, const BlockRanges& missing,
               const std::vector<BinPlan>& bins, Wave& wave, PathsProgress& progress, Saving& saving, Tally& tally);

}  // namespace plimsoll
