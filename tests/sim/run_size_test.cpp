#include "sim/run_size.hpp"

#include <gtest/gtest.h>

#include "models/calibration_reader.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

RunSize size_of(const std::vector<std::string>& series, std::int64_t paths, int threads) {
  static const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 19);
  s.paths = paths;
  s.report.series = series;
  return size_of_run(Simulation(s, c), threads);
}

TEST(RunSize, GrowsWithOutputsAndThreadsAndHardlyWithPaths) {
  const RunSize one = size_of({"exports.total.value"}, 100'000, 2);
  const RunSize some = size_of({"exports.product.*"}, 100'000, 2);
  const RunSize all = size_of({}, 100'000, 2);
  EXPECT_LT(one.outputs, some.outputs);
  EXPECT_LT(some.outputs, all.outputs);
  EXPECT_EQ(one.tail_rows, 0);  // growth of total exports is not reported
  EXPECT_GT(all.tail_rows, 100);
  EXPECT_LT(one.memory.all(), some.memory.all());
  EXPECT_LT(some.memory.all(), all.memory.all());
  // What the rest of the year needs for the one threshold, of exports and of imports, is a probability row alone.
  EXPECT_EQ(all.outputs, all.summary_rows + all.contributions + 2);
  const RunSize four = size_of({}, 100'000, 4);
  EXPECT_EQ(four.memory.accumulators, all.memory.accumulators);  // one set, whatever the threads
  EXPECT_GT(four.memory.all(), all.memory.all());
  std::int64_t before = 0;
  for (const std::int64_t paths : {100, 1000, 10'000, 100'000, 1'000'000, 100'000'000}) {
    const std::int64_t bytes = size_of({"exports.total.*"}, paths, 2).memory.all();
    EXPECT_GE(bytes, before) << paths;
    before = bytes;
  }
  EXPECT_EQ(size_of({"exports.total.*"}, 1'000'000, 2).memory.all(), before);
}

TEST(RunTime, IsMeasuredAndGrowsWithPathsAndFallsWithThreads) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 7);
  s.report.series = {"exports.total.value"};
  s.paths = 1'000'000;
  const RunTime one = time_of_run(Simulation(s, c), 1, 8);
  EXPECT_GT(one.block_seconds, 0);
  EXPECT_GT(one.seconds, 3900 * one.block_seconds);
  const RunTime eight = time_of_run(Simulation(s, c), 8, 8);
  EXPECT_LT(eight.seconds / eight.block_seconds, 0.2 * one.seconds / one.block_seconds);
}

}  // namespace
}  // namespace plimsoll
