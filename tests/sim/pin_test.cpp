#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "driver_paths.hpp"
#include "models/pin_setup.hpp"
#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/workspace_memory.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

constexpr double kRootYear = 3.4641016151377544;

DriverPin pin_at(const Calibration& c, const std::string& driver, int from, int to, double change_pct) {
  DriverPin pin;
  pin.driver = driver;
  pin.from = c.as_of + from;
  pin.to = c.as_of + to;
  pin.change_pct = change_pct;
  return pin;
}

/// Oil and exchange rate as random walks of 5% and 3% a month with a correlation.
class Pinned : public ::testing::Test {
 protected:
  Pinned() : calibration_(quiet_calibration(1, 2)), scenario_(quiet_scenario(calibration_, 8)) {
    scenario_.oil_price = {"random_walk", {{"annual_sd_log", RandomNumber::fixed(0.05 * kRootYear)}}, {}, {}};
    scenario_.exchange_rate = {"random_walk", {{"annual_sd_log", RandomNumber::fixed(0.03 * kRootYear)}}, {}, {}};
    scenario_.correlations = {{"oil_price", "exchange_rate", 0.6}};
    set_parameter(calibration_, "demand_sd_pp", 2 * kRootYear);  // 2% a month
    set_parameter(calibration_, "demand_common_share_frac", 0.36);
  }
  std::vector<std::vector<double>> paths_of(DriverRow row) { return driver_paths(scenario_, calibration_, row, 256); }
  static Moments change(const std::vector<std::vector<double>>& paths, std::size_t from, std::size_t to) {
    std::vector<double> x;
    for (const auto& path : paths) x.push_back(path[to] - path[from]);
    return moments_of(x);
  }
  Calibration calibration_;
  Scenario scenario_;
};

void expect_moments(const Moments& m, double mean, double variance) {
  EXPECT_NEAR(m.mean, mean, 4 * m.se_mean() + 1e-6);
  EXPECT_NEAR(m.variance, variance, 4 * variance * std::sqrt(2 / m.count) + 1e-10);
}

TEST_F(Pinned, RandomWalkIsWhereItIsPinnedAndGoesOnFromThere) {
  scenario_.pins = {pin_at(calibration_, "oil_price", 3, 4, 10)};
  const auto oil = paths_of(DriverRow::oil_price);
  const double target = std::log(1.1);
  for (const auto& path : oil) {
    ASSERT_NEAR(path[3], target, 1e-7);
    ASSERT_NEAR(path[4], target, 1e-7);
  }
  expect_moments(change(oil, 0, 2), 0, 2 * 0.0025);  // before the pin nothing changes
  expect_moments(change(oil, 0, 7), target, 3 * 0.0025);
}

TEST_F(Pinned, PullsWhatCorrelatesByItsRegressionOnTheImpliedShock) {
  scenario_.pins = {pin_at(calibration_, "oil_price", 1, 1, 10)};
  const double implied = std::log(1.1) / 0.05;
  const auto rate = paths_of(DriverRow::exchange_rate);
  expect_moments(change(rate, 0, 1), 0.03 * 0.6 * implied, 0.0009 * (1 - 0.36));
  expect_moments(change(rate, 1, 2), 0, 0.0009);
}

TEST_F(Pinned, LevelIsInTheDriversUnit) {
  scenario_.pins = {pin_at(calibration_, "oil_price", 2, 2, 0)};
  scenario_.pins[0].change_pct.reset();
  scenario_.pins[0].level = 120;  // 100 at as_of
  for (const auto& path : paths_of(DriverRow::oil_price)) ASSERT_NEAR(path[2], std::log(1.2), 1e-6);
}

TEST_F(Pinned, HoldsRevertingRatesCyclesWithNoiseAndRegimes) {
  scenario_.correlations.clear();  // so that oil is free after its pin
  scenario_.oil_price = {"mean_reverting",
                         {{"annual_sd_log", RandomNumber::fixed(0.2)},
                          {"level_usd_per_bbl", RandomNumber::fixed(80)},
                          {"half_life_months", RandomNumber::fixed(6)}},
                         {},
                         {}};
  scenario_.memory_price_cycle.process = {"stochastic_cycle",
                                          {{"amplitude_log", RandomNumber::fixed(0.5)},
                                           {"noise.monthly_sd_log", RandomNumber::fixed(0.05)},
                                           {"noise.half_life_months", RandomNumber::fixed(4)}},
                                          {},
                                          {}};
  Regime calm{{"calm", RandomNumber::fixed(6), {}}, RandomNumber::fixed(0), RandomNumber::fixed(0.01), false};
  Regime wild{{"wild", RandomNumber::fixed(3), {}}, RandomNumber::fixed(-0.02), RandomNumber::fixed(0.06), false};
  scenario_.exchange_rate = {"regime_switching", {}, {}, {}};
  scenario_.exchange_rate.regimes = {calm, wild};
  scenario_.exchange_rate.start_pct = {RandomNumber::fixed(50), RandomNumber::fixed(50)};
  scenario_.pins = {pin_at(calibration_, "oil_price", 2, 5, -20), pin_at(calibration_, "memory_price", 3, 4, 25),
                    pin_at(calibration_, "exchange_rate", 1, 8, 4)};
  const auto oil = paths_of(DriverRow::oil_price), memory = paths_of(DriverRow::memory_price),
             rate = paths_of(DriverRow::exchange_rate);
  for (std::size_t i = 0; i < oil.size(); ++i) {
    for (std::size_t t = 2; t <= 5; ++t) ASSERT_NEAR(oil[i][t], std::log(0.8), 1e-6);
    for (std::size_t t = 3; t <= 4; ++t) ASSERT_NEAR(memory[i][t], std::log(1.25), 1e-6);
    for (std::size_t t = 1; t <= 8; ++t) ASSERT_NEAR(rate[i][t], std::log(1.04), 1e-6);
  }
  // Pinned at its mean, oil stays there on average and spreads as from any start.
  const double k = std::exp2(-1.0 / 6), sd = 0.2 / kRootYear;
  expect_moments(change(oil, 5, 7), 0, sd * sd * (1 + k * k));
}

/// Demand of the two markets and the pins' distance after the last month, straight from the workspace.
struct DemandPaths {
  std::vector<double> first, second, distance;
};
DemandPaths demand_paths(const Scenario& s, const Calibration& c, int blocks) {
  const Simulation simulation(s, c);
  WorkspaceMemory memory(simulation.plan().model);
  DemandPaths out;
  for (int block = 0; block < blocks; ++block) {
    kernels("").simulate(simulation.plan().model, static_cast<std::uint64_t>(block) * kBlockPaths, Drawing::planned, 0,
                         memory.rows());
    for (std::size_t i = 0; i < kBlockPaths; ++i) {
      out.first.push_back(static_cast<double>(memory.rows().demand[0].at[i]));
      out.second.push_back(static_cast<double>(memory.rows().demand[1].at[i]));
      out.distance.push_back(static_cast<double>(memory.rows().pin_distance->at[i]));
    }
  }
  return out;
}

TEST_F(Pinned, DemandOfOneMarketMovesTheOthersByTheCommonPart) {
  scenario_.horizon = calibration_.as_of + 1;
  scenario_.memory_price_cycle.process.points[0].month = scenario_.horizon;
  scenario_.pins = {pin_at(calibration_, "foreign_demand.m0", 1, 1, -3)};
  const DemandPaths paths = demand_paths(scenario_, calibration_, 256);
  for (const double y : paths.first) ASSERT_NEAR(y, std::log(0.97), 1e-7);
  // Correlation of two markets: the common share.
  expect_moments(moments_of(paths.second), 0.36 * std::log(0.97), 0.0004 * (1 - 0.36 * 0.36));
}

TEST_F(Pinned, SeveralTogetherAreConditionedJointly) {
  scenario_.horizon = calibration_.as_of + 1;
  scenario_.memory_price_cycle.process.points[0].month = scenario_.horizon;
  scenario_.correlations.push_back({"oil_price", "foreign_demand", 0.5});
  scenario_.pins = {pin_at(calibration_, "oil_price", 1, 1, 5), pin_at(calibration_, "foreign_demand.m0", 1, 1, 2)};
  // Pinned: oil's shock e and market 0's y = 0.6 c + 0.8 u; corr(e, y) = 0.6 0.5. The rate correlates 0.6 with e, and
  // with y not at all: its mean given both is a multiple of S^-1 (e, y).
  const double e = std::log(1.05) / 0.05, y = std::log(1.02) / 0.02, r = 0.3;
  const double first = (e - r * y) / (1 - r * r), second = (y - r * e) / (1 - r * r);
  const auto rate = paths_of(DriverRow::exchange_rate);
  expect_moments(change(rate, 0, 1), 0.03 * 0.6 * first, 0.0009 * (1 - 0.36 / (1 - r * r)));
  const DemandPaths paths = demand_paths(scenario_, calibration_, 256);
  const double joint = e * first + y * second;
  for (const double distance : paths.distance) ASSERT_NEAR(distance, joint, 2e-5 * joint);
  // Market 1: correlation 0.36 with y, 0.3 with e.
  const double gain = 0.3 * first + 0.36 * second;
  const double left = 1 - (0.3 * (0.3 - r * 0.36) + 0.36 * (0.36 - r * 0.3)) / (1 - r * r);
  expect_moments(moments_of(paths.second), 0.02 * gain, 0.0004 * left);
}

TEST_F(Pinned, PlausibilityIsTheChiSquareOfTheShocksOnTheCentralPath) {
  scenario_.pins = {pin_at(calibration_, "oil_price", 1, 2, 10)};
  const Simulation simulation(scenario_, calibration_);
  ASSERT_TRUE(simulation.plan().pins);
  const PinResult& result = *simulation.plan().pins;
  const double z = std::log(1.1) / 0.05;  // one shock leads there, the next month needs none
  EXPECT_NEAR(result.distance, z * z, 1e-4);
  EXPECT_EQ(result.months, 2);
  EXPECT_NEAR(result.plausibility,
              boost::math::cdf(boost::math::complement(boost::math::chi_squared(2), result.distance)), 1e-12);
  const RunResults run_results = run(simulation, {.threads = 1});
  EXPECT_EQ(run_results.pins->distance, result.distance);
}

TEST_F(Pinned, GenericShockIsHeldAndAddsItsShocksToTheDistance) {
  GenericShock shock;
  shock.name = "sentiment";
  shock.products = {"all"};
  shock.markets = {"all"};
  shock.process = {"random_walk", {{"annual_sd_log", RandomNumber::fixed(0.1 * kRootYear)}}, {}, {}};
  scenario_.shocks = {shock};
  scenario_.pins = {pin_at(calibration_, "shocks.sentiment", 1, 8, 10)};
  scenario_.paths = 256;
  scenario_.report.series = {"exports.total.value"};
  const Simulation simulation(scenario_, calibration_);
  EXPECT_NEAR(simulation.plan().pins->distance, std::pow(std::log(1.1) / 0.1, 2), 1e-4);
  const RunResults results = run(simulation, {.threads = 1});
  for (const SummaryRow& row : results.summary) {
    if (row.period.frequency != Frequency::month || row.period.first != row.period.last) continue;
    EXPECT_NEAR(row.distribution.mean, 20 * 1.1, 1e-3) << to_string(row.period);
    EXPECT_NEAR(row.distribution.sd, 0, 1e-4);
  }
}

TEST_F(Pinned, LeavesEveryDrawOfOthersAlone) {
  const auto plain = paths_of(DriverRow::exchange_rate);
  scenario_.correlations.clear();
  const auto free = paths_of(DriverRow::exchange_rate);
  scenario_.pins = {pin_at(calibration_, "oil_price", 1, 8, 30)};
  EXPECT_EQ(paths_of(DriverRow::exchange_rate), free);  // uncorrelated: bit by bit
  EXPECT_NE(plain, free);
}

TEST_F(Pinned, SaysTheSameOnEveryInstructionSet) {
  scenario_.pins = {pin_at(calibration_, "oil_price", 2, 4, 7), pin_at(calibration_, "foreign_demand.m1", 2, 3, -1)};
  const auto best = driver_paths(scenario_, calibration_, DriverRow::exchange_rate, 4);
  for (const std::string& set : usable_instruction_sets())
    EXPECT_EQ(driver_paths(scenario_, calibration_, DriverRow::exchange_rate, 4, set), best) << set;
}

}  // namespace
}  // namespace plimsoll
