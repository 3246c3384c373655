#include "sim/tallies.hpp"

#include <thread>

namespace plimsoll {

Tallies::Tallies(const Simulation::Plan& plan, const RunOptions& options, const std::vector<BinPlan>& bins, int copies,
                 Tally begun)
    : plan_(plan),
      options_(options),
      bins_(bins),
      copies_(copies),
      first_tail_bin_(begun.tail.first_bin()),
      next_save_(after_interval()) {
  for (int k = 1; k < copies; ++k) pool_.give(fresh());
  pool_.give(begun.done.empty() ? fresh() : std::make_unique<Tally>(std::move(begun)));
}

std::unique_ptr<Tally> Tallies::take() {
  for (;;) {
    // Who wants to save goes first, or blocks without end would keep it waiting.
    std::unique_ptr<Tally> tally = saving_now_ ? nullptr : pool_.take();
    if (tally) return tally;
    std::this_thread::yield();
  }
}

std::unique_ptr<Tally> Tallies::take_all() {
  std::unique_ptr<Tally> all;
  for (int k = 0; k < copies_;) {
    std::unique_ptr<Tally> one = pool_.take();
    if (!one) {
      std::this_thread::yield();
      continue;
    }
    ++k;
    if (all)
      all->merge(*one);
    else
      all = std::move(one);
  }
  return all;
}

void Tallies::save_if_due() {
  if (!options_.save) return;
  const std::unique_lock lock(saving_, std::try_to_lock);
  if (!lock || Clock::now() < next_save_) return;
  saving_now_ = true;
  std::unique_ptr<Tally> all = take_all();
  save(*all, RunOptions::Save::on_the_way);
  give(std::move(all));
  for (int k = 1; k < copies_; ++k) give(fresh());
  next_save_ = after_interval();
  saving_now_ = false;
}

std::unique_ptr<Tally> Tallies::finish() {
  std::unique_ptr<Tally> all = take_all();
  if (options_.save && !all->done.empty()) save(*all, RunOptions::Save::at_the_end);
  return all;
}

Tallies::Clock::time_point Tallies::after_interval() const {
  return Clock::now() +
         std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options_.save_every_s));
}

std::unique_ptr<Tally> Tallies::fresh() const {
  auto tally = std::make_unique<Tally>();
  tally->sums = Accumulator(static_cast<int>(plan_.outputs.plans.size()), plan_.evidence.observations.size(),
                            replication_of(plan_));
  tally->tail = TailSums(plan_.tail.told.size(), first_tail_bin_);
  return tally;
}

void Tallies::save(const Tally& all, RunOptions::Save when) const {
  options_.save(state_bytes(options_.run_hash, hash_of_outputs(plan_.outputs), bins_, all), all.sums.paths(), when);
}

}  // namespace plimsoll
