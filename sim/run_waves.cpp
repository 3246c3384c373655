#include "sim/run_waves.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

namespace plimsoll {

Saving::Saving(const RunOptions& options, Scheduler scheduler, const Simulation::Plan& plan,
               const std::vector<BinPlan>& bins)
    : options_(options), scheduler_(scheduler), plan_(plan), bins_(bins), next_(after_interval()) {}

std::string Saving::bytes_of(const Tally& tally) const {
  return state_bytes(options_.run_hash, hash_of_outputs(plan_.outputs), bins_, tally, std::max(1, options_.threads),
                     scheduler_);
}

void Saving::save(const Tally& tally, RunOptions::Save when) {
  if (!options_.save || tally.done.empty()) return;
  options_.save(bytes_of(tally), tally.sums.paths(), when);
  next_ = after_interval();
}

std::future<void> Saving::save_at_the_end(const Tally& tally, bool tally_changes) {
  if (!tally_changes && options_.threads > 1)
    return std::async(std::launch::async, [this, &all = tally] { save(all, RunOptions::Save::at_the_end); });
  if (!options_.save || tally.done.empty()) return {};
  return std::async(std::launch::async, [this, bytes = bytes_of(tally), paths = tally.sums.paths()]() mutable {
    options_.save(std::move(bytes), paths, RunOptions::Save::at_the_end);
  });
}

Saving::Clock::time_point Saving::after_interval() const {
  return Clock::now() +
         std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options_.save_every_s));
}

void run_waves(const RunOptions& options, Scheduler scheduler, const BlockRanges& missing,
               const std::vector<BinPlan>& bins, Wave& wave, PathsProgress& progress, Saving& saving, Tally& tally) {
  const int threads = std::max(1, options.threads);
  const auto stopped = [&] { return options.stop != nullptr && options.stop->load(); };
  std::vector<std::int64_t> left;  // blocks, last ones first
  for (const BlockRange& range : missing.ranges()) {
    for (std::int64_t block = range.first; block < range.last; ++block) left.push_back(block);
  }
  std::reverse(left.begin(), left.end());
  while (!left.empty() && !stopped()) {
    std::vector<std::int64_t> blocks;
    for (; blocks.size() < wave.slots() && !left.empty(); left.pop_back()) blocks.push_back(left.back());
    std::atomic<bool> cut{false};  // what is to be saved is saved before the rest of the wave
    std::vector<char> is_done(blocks.size());
    for_each_task(static_cast<std::int64_t>(blocks.size()), threads, scheduler, [&](std::int64_t task) {
      if (cut || stopped()) return;
      const auto slot = static_cast<std::size_t>(task);
      wave.simulate(slot, blocks[slot] * kStatisticsBlock, (blocks[slot] + 1) * kStatisticsBlock);
      is_done[slot] = 1;
      progress.add(kStatisticsBlock);
      if (saving.is_due()) cut = true;
    });
    wave.count(bins, threads, scheduler, tally);
    for (std::size_t k = blocks.size(); k-- > 0;) {
      if (is_done[k] != 0)
        tally.done.add(BlockRange{blocks[k], blocks[k] + 1});
      else
        left.push_back(blocks[k]);
    }
    if (saving.is_due() && !left.empty()) saving.save(tally, RunOptions::Save::on_the_way);
  }
}

}  // namespace plimsoll
