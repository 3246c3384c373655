#include <gtest/gtest.h>

#include <algorithm>

#include "models/calibration_reader.hpp"
#include "sim/plan.hpp"
#include "sim/run_blocks.hpp"
#include "tariff_layers.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

bool same(const Distribution& a, const Distribution& b) {
  return a.mean == b.mean && a.sd == b.sd && a.quantile == b.quantile && a.se_mean == b.se_mean &&
         a.se_quantile == b.se_quantile;
}
bool same(const RunResults& a, const RunResults& b) {
  return std::equal(a.summary.begin(), a.summary.end(), b.summary.begin(), b.summary.end(),
                    [](const SummaryRow& x, const SummaryRow& y) {
                      return x.series == y.series && same(x.distribution, y.distribution);
                    }) &&
         std::equal(a.contributions.begin(), a.contributions.end(), b.contributions.begin(), b.contributions.end(),
                    [](const ContributionRow& x, const ContributionRow& y) {
                      return x.key == y.key && same(x.distribution, y.distribution);
                    });
}

class RealRun : public ::testing::Test {
 protected:
  RealRun() : calibration_(load_calibration("china-2026-05")), scenario_(quiet_scenario(calibration_, 7)) {
    scenario_.memory_price_cycle.process.kind = "stochastic_cycle";
    scenario_.paths = 2000;  // the last block is not full
  }
  Calibration calibration_;
  Scenario scenario_;
};

TEST_F(RealRun, HasTheSameDigitsForAnyNumberOfThreads) {
  const Simulation simulation(scenario_, calibration_);
  const RunResults one = run(simulation, {.threads = 1});
  EXPECT_TRUE(same(one, run(simulation, {.threads = 2})));
  EXPECT_TRUE(same(one, run(simulation, {.threads = 7})));
  EXPECT_EQ(one.statistics.paths_done, 2000);
}

TEST_F(RealRun, HasTheSameDigitsForAnyOrderOfBlocks) {
  const Simulation simulation(scenario_, calibration_);
  EXPECT_TRUE(
      same(run(simulation, {.threads = 1}), run_blocks(simulation, {.threads = 3}, Scheduler::shuffled_threads)));
}

TEST_F(RealRun, HasTheSameDigitsOnEveryInstructionSet) {
  const std::vector<std::string> sets = usable_instruction_sets();
  const Simulation simulation(scenario_, calibration_);
  const RunResults best = run(simulation, {.threads = 2});
  for (const std::string& set : sets)
    EXPECT_TRUE(same(best, run(simulation, {.threads = 2, .instruction_set = set}))) << set;
}

TEST_F(RealRun, ChangesWithTheSeedAndTakesZeroAsAnOrdinarySeed) {
  const RunResults base = run(Simulation(scenario_, calibration_), {.threads = 2});
  scenario_.seed = 0;
  const RunResults zero = run(Simulation(scenario_, calibration_), {.threads = 2});
  scenario_.seed = 1;
  const RunResults one = run(Simulation(scenario_, calibration_), {.threads = 2});
  EXPECT_FALSE(same(base, zero));
  EXPECT_FALSE(same(zero, one));
  EXPECT_NEAR(zero.summary.front().distribution.mean, one.summary.front().distribution.mean,
              10 * one.summary.front().distribution.se_mean);
}

TEST_F(RealRun, KeepsEveryOtherDrawWhenATariffIsAdded) {
  const Simulation plain(scenario_, calibration_);
  TariffLayer layer = tariff_layer("us", 50, Date{2026, 8, 1});
  layer.name = "never";
  layer.probability_pct = RandomNumber::fixed(0);
  scenario_.tariff_shocks = {layer};
  const Simulation with(scenario_, calibration_);
  // Each path is the same up to the float rounding of ln(1 + tau), taken once at set-up or per path.
  const std::vector<double> a = simulate_outputs(plain.plan(), 0), b = simulate_outputs(with.plan(), 0);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t k = 0; k < a.size(); ++k) ASSERT_NEAR(a[k], b[k], 1e-3 + 1e-5 * std::abs(a[k]));
}

TEST_F(RealRun, WorksForOnePathAndOneMonth) {
  scenario_.paths = 1;
  scenario_.horizon = calibration_.as_of + 1;
  const RunResults results = run(Simulation(scenario_, calibration_), {.threads = 2});
  EXPECT_FALSE(results.summary.empty());
  for (const SummaryRow& row : results.summary) {
    EXPECT_EQ(row.distribution.paths, 1);
    EXPECT_EQ(row.distribution.sd, 0);
  }
}

TEST_F(RealRun, StopsBetweenBlocksWhenAsked) {
  const std::atomic<bool> stop{true};
  const RunResults results = run(Simulation(scenario_, calibration_), {.threads = 2, .stop = &stop});
  EXPECT_EQ(results.statistics.paths_done, 0);
  EXPECT_TRUE(results.summary.empty());
}

}  // namespace
}  // namespace plimsoll
