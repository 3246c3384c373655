/// \file
/// Counting some blocks of paths in the nearest cache, by bin and replicate at once or by bin alone, gives what
/// counting each path by itself gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "models/calibration_reader.hpp"
#include "sim/accumulator.hpp"
#include "sim/bin_edges.hpp"
#include "sim/first_pass.hpp"
#include "sim/plan.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

/// Bins that fit, and bins so narrow or wide that most paths lie beyond them or all in one.
BinPlan bins_of_output(std::size_t output, const double* values) {
  constexpr double kScales[] = {1, 0.3, 1e-3, 1e-9, 100};
  BinPlan bins = bins_of(values, kBlockPaths);
  bins.scale *= kScales[output % std::size(kScales)];
  return bins;
}

/// All counters of an output, one after the other.
std::vector<std::int64_t> counters_of(Accumulator& all, int output) {
  const CounterRow row = all.counters(output);
  std::vector<std::int64_t> counters(row.counts, row.counts + kBins);
  if (row.replicate_counts == nullptr) return counters;
  counters.insert(counters.end(), row.replicate_counts, row.replicate_counts + kReplicates * kCoarseBins);
  counters.insert(counters.end(), row.replicate_shift, row.replicate_shift + kReplicates);
  return counters;
}

void expect_counts_of_every_path(Replication replication, const std::vector<std::string>& series, int most_kept) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 19);
  s.report.series = series;
  const Simulation simulation(s, c);
  const Simulation::Plan& plan = simulation.plan();
  const std::size_t outputs = plan.outputs.plans.size();
  ASSERT_GE(plan.evaluation->view().most_kept, most_kept);
  constexpr std::int64_t kPaths = 17 * kStatisticsBlock + 107;  // more than a byte a replicate holds, and a part
  constexpr std::size_t kParts = 18;
  for (const std::string& set : usable_instruction_sets()) {
    const Kernels& kernel = kernels(set);
    Worker worker(plan.model, kParts, outputs, plan.evaluation->view().most_kept);
    const int blocks = simulate_paths(plan.model, kernel, 0, kPaths, worker);
    std::vector<std::vector<double>> values(outputs,
                                            std::vector<double>(static_cast<std::size_t>(blocks) * kBlockPaths));
    std::vector<BinPlan> bins;
    for (std::size_t o = 0; o < outputs; ++o) {
      for (std::size_t b = 0; b < static_cast<std::size_t>(blocks); ++b)
        kernel.evaluate(&plan.outputs.plans[o], 1, plan.model, *worker.workspaces[b], &values[o][b * kBlockPaths]);
      bins.push_back(bins_of_output(o, values[o].data()));
    }
    const auto count = static_cast<int>(outputs);
    Accumulator jointly(count, 0, replication), alone(count, 0, replication);
    kernel.accumulate(plan.evaluation->view(), plan.model, worker.simulated(blocks, kPaths), bins.data(),
                      jointly.counters());
    std::int64_t beyond = 0;  // paths outside the bins that are told apart
    for (int o = 0; o < count; ++o) {
      const auto at = static_cast<std::size_t>(o);
      for (std::size_t part = 0; part < kParts; ++part) {
        const std::int64_t first = static_cast<std::int64_t>(part) * kStatisticsBlock;
        double sum = 0, square = 0;
        kernel.count(&values[at][static_cast<std::size_t>(first)],
                     static_cast<int>(std::min(kStatisticsBlock, kPaths - first)), bins[at], alone.counters(o), &sum,
                     &square);
        EXPECT_EQ(worker.sum[part][at], sum) << set << o;
        EXPECT_EQ(worker.square[part][at], square) << set << o;
      }
      ASSERT_EQ(counters_of(jointly, o), counters_of(alone, o)) << set << o;
      for (int k = 0; k < kFirstCoarse; ++k) beyond += static_cast<std::int64_t>(alone.count(o, k));
    }
    EXPECT_GT(beyond, 100) << set;
  }
}

const std::vector<std::string> kSeries{"exports.total.value", "exports.total.yoy", "exports.market.us.yoy"};

TEST(CountsByBinAndReplicate, AreThoseOfEveryPathByItself) {
  expect_counts_of_every_path(Replication::sixteen, kSeries, 2);
}
TEST(CountsByBin, AreThoseOfEveryPathByItself) { expect_counts_of_every_path(Replication::none, kSeries, 2); }

TEST(CountsByBinAndReplicate, NeedNothingThatOutputsShare) {
  expect_counts_of_every_path(Replication::sixteen, {"driver.oil_price.level"}, 1);
}

}  // namespace
}  // namespace plimsoll
