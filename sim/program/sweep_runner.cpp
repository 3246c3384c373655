#include "sim/program/sweep_runner.hpp"

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <mutex>

#include "outputs/atomic_file.hpp"
#include "outputs/sweep_index.hpp"
#include "sim/for_each_task.hpp"
#include "sim/program/kept_work.hpp"
#include "sim/program/progress.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/sweep_points.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// The shard's own file: what it held, and what is done since. Another copy of the shard may write it too; what that
/// one has done is taken over before each writing.
class ShardFile {
 public:
  ShardFile(const std::string& folder, const SweepPlan& plan, const PointShard& shard, double every_s)
      : plan_(plan), file_(results_file(folder, shard)), every_(every_s), next_(after_interval()) {
    fs::create_directories(file_.parent_path());
    clear_temporaries(file_.parent_path());
    take_over();
  }

  void add(std::int64_t point, PointOutcome outcome) {
    const std::lock_guard lock(guard_);
    outcomes_[point] = std::move(outcome);
    unsaved_ = true;
    if (Clock::now() < next_) return;
    try {
      write();
    } catch (const std::system_error& error) {  // the points go on, and the next writing may succeed
      std::cerr << "\nwarning: no checkpoint: " << error.what() << std::endl;
    }
    next_ = after_interval();
  }
  void save() {
    const std::lock_guard lock(guard_);
    if (unsaved_) write();
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point after_interval() const {
    return Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(every_));
  }
  void take_over() {
    const StoredResults stored = read_results(file_);
    if (!belongs(plan_, stored)) return;
    for (const PointLine& line : lines_of(stored.text)) {
      const auto mine = outcomes_.find(line.point);
      if (mine == outcomes_.end() || (mine->second.failed() && !line.failed))
        outcomes_[line.point] = outcome_of(stored.text.substr(line.at, line.length));
    }
  }
  void write() {
    take_over();
    write_file_atomically(file_, results_text(plan_, outcomes_));
    unsaved_ = false;
  }

  const SweepPlan& plan_;
  const fs::path file_;
  const double every_;
  Clock::time_point next_;
  std::mutex guard_;
  Outcomes outcomes_;
  bool unsaved_ = false;
};

class Runner {
 public:
  Runner(const SweepPlan& plan, ShardFile& file, const CommandLine& line, int threads, std::size_t points)
      : points_(plan),
        file_(file),
        threads_(std::max(1, threads)),
        progress_(progress_kind(line.quiet), plan.name, "points"),
        all_(static_cast<std::int64_t>(points)) {}

  /// As many whole rounds as there are of a point on each thread; the rest, one by one, with all threads on each.
  void run(const std::vector<std::int64_t>& todo) {
    const auto count = static_cast<std::int64_t>(todo.size());
    const std::int64_t rounds = points_.weighted() ? 0 : count / threads_ * threads_;
    for_each_task(rounds, threads_, Scheduler::tbb,
                  [&](std::int64_t k) { simulate(todo[static_cast<std::size_t>(k)], 1); });
    for (std::int64_t k = rounds; k < count; ++k) simulate(todo[static_cast<std::size_t>(k)], threads_);
  }
  std::int64_t simulated() const { return simulated_; }
  std::int64_t failed() const { return failed_; }

 private:
  void simulate(std::int64_t point, int threads) {
    if (stop_.load()) return;
    std::optional<PointOutcome> outcome = points_.simulate(point, threads, stop_);
    if (!outcome) return;
    const bool failed = outcome->failed();
    file_.add(point, std::move(*outcome));
    const std::lock_guard lock(guard_);
    failed_ += failed ? 1 : 0;
    progress_.report(++simulated_, all_);
  }

  const SweepPoints points_;
  ShardFile& file_;
  const int threads_;
  const std::atomic<bool>& stop_ = watch_signals();
  Progress progress_;
  std::mutex guard_;
  std::int64_t all_, simulated_ = 0, failed_ = 0;
};

}  // namespace

ShardOutcome run_sweep(const std::string& folder, const SweepPlan& plan, const std::optional<Shard>& shard,
                       const CommandLine& line, int threads) {
  const PointShard part = shard ? PointShard{shard->number, shard->of} : PointShard{};
  ShardOutcome outcome;
  std::vector<std::int64_t> todo;
  {
    const SweepIndex index(plan, results_files(folder));
    for (const fs::path& file : index.damaged())
      std::cerr << "warning: " << file.string() << " is damaged; its points are simulated again" << std::endl;
    for (std::int64_t k = 0; k < plan.point_count(); ++k) {
      if (!part.contains(k)) continue;
      ++outcome.points;
      if (index.status(k) == SweepIndex::Status::done)
        ++outcome.before;
      else
        todo.push_back(k);
    }
  }
  const std::atomic<bool>& stop = watch_signals();
  if (todo.empty()) return outcome;
  // Every point takes and frees large rows; on the heap, the small things that stay would keep their pages.
  constexpr int kLargeBytes = 1 << 17;
  mallopt(M_MMAP_THRESHOLD, kLargeBytes);
  ShardFile file(folder, plan, part, line.checkpoint_s);
  Runner runner(plan, file, line, threads, todo.size());
  const auto save = [&] {
    with_advice("the points that were written before", "make room; 'plimsoll resume " + folder + "' does the others",
                [&] { file.save(); });
  };
  try {
    runner.run(todo);
  } catch (...) {
    save();
    throw;
  }
  save();
  outcome.simulated = runner.simulated();
  outcome.failed = runner.failed();
  outcome.stopped = stop.load() && outcome.simulated < static_cast<std::int64_t>(todo.size());
  return outcome;
}

}  // namespace plimsoll
