/// Run under the thread sanitizer: blocks on plain threads share pools, accumulators and progress.
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

#include "sim/run_blocks.hpp"
#include "sim/state_file.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

TEST(Threads, ShareNothingButThePoolsAndProgress) {
  Calibration c = quiet_calibration(2, 2);
  set_parameter(c, "residual_volume_sd_log", 0.05);
  Scenario s = quiet_scenario(c, 7);
  s.paths = 256 * 24;
  const Simulation simulation(s, c);
  std::int64_t last = 0;
  const RunResults results =
      run_blocks(simulation, {.threads = 12, .progress = [&](std::int64_t done, std::int64_t) { last = done; }},
                 Scheduler::shuffled_threads);
  EXPECT_EQ(results.statistics.paths_done, s.paths);
  EXPECT_EQ(last, s.paths);
}

TEST(Threads, SaveWhileBlocksGoOn) {
  Calibration c = quiet_calibration(2, 2);
  set_parameter(c, "residual_volume_sd_log", 0.05);
  Scenario s = quiet_scenario(c, 3);
  s.paths = 256 * 48 + 10;
  const Simulation simulation(s, c);
  std::string whole, part;
  RunOptions options{.threads = 12, .blocks = {3, 30}};
  options.save_every_s = 1e-6;
  int saved = 0;
  options.save = [&](const std::string& bytes, std::int64_t, RunOptions::Save) {
    ++saved;
    part = bytes;
  };
  run_blocks(simulation, options, Scheduler::shuffled_threads);
  EXPECT_GT(saved, 1);
  options.blocks = {0, kAllBlocks};
  options.begun = std::make_shared<State>(parse_state(part, "state.bin"));
  run_blocks(simulation, options, Scheduler::shuffled_threads);
  options.begun.reset();
  options.save = [&](const std::string& bytes, std::int64_t, RunOptions::Save) { whole = bytes; };
  run_blocks(simulation, options, Scheduler::shuffled_threads);
  EXPECT_TRUE(whole == part);
}

TEST(Threads, HandOnTheFirstFailure) {
  EXPECT_THROW(for_each_task(100, 4, Scheduler::shuffled_threads,
                             [](std::int64_t k) {
                               if (k == 50) throw std::runtime_error("x");
                             }),
               std::runtime_error);
}

TEST(Threads, RunEveryTaskOnce) {
  for (const Scheduler scheduler : {Scheduler::shuffled_threads}) {
    std::atomic<std::int64_t> sum{0};
    for_each_task(1000, 5, scheduler, [&](std::int64_t k) { sum += k; });
    EXPECT_EQ(sum.load(), 999 * 1000 / 2);
  }
}

}  // namespace
}  // namespace plimsoll
