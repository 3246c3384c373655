#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "driver_paths.hpp"
#include "models/calibration_reader.hpp"
#include "scenarios/input_error.hpp"
#include "sim/plan.hpp"
#include "sim/run_blocks.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

RandomNumber fixed(double x) { return RandomNumber::fixed(x); }

/// Monthly changes of the exchange rate as a random walk with a monthly sd of 1%, in sd.
std::vector<double> walk_shocks(std::optional<double> dof, int blocks) {
  const Calibration c = quiet_calibration(1, 1);
  Scenario s = quiet_scenario(c, 24);
  s.exchange_rate.parameters["annual_sd_log"] = fixed(0.01 * std::sqrt(12.0));
  s.exchange_rate.innovations_dof = dof;
  std::vector<double> x;
  for (const auto& path : driver_paths(s, c, DriverRow::exchange_rate, blocks)) {
    for (std::size_t t = 1; t < path.size(); ++t) x.push_back((path[t] - path[t - 1]) / 0.01);
  }
  return x;
}

TEST(StudentInnovations, HaveUnitVarianceAndTheKurtosisOfStudentsT) {
  // Kurtosis 3 + 6/(dof - 4); dof 10: 4, and its sampling error is finite (the eighth moment is).
  const Moments ten = moments_of(walk_shocks(10, 512));
  EXPECT_NEAR(ten.mean, 0, 4 * ten.se_mean());
  EXPECT_NEAR(ten.variance, 1, 4 * std::sqrt(3 / ten.count));
  EXPECT_NEAR(ten.kurtosis, 4, 0.15);
  const Moments five = moments_of(walk_shocks(5, 512));
  EXPECT_NEAR(five.variance, 1, 4 * std::sqrt(8 / five.count));
  EXPECT_GT(five.kurtosis, 6);
}

TEST(StudentInnovations, HaveTheQuantilesOfStudentsT) {
  std::vector<double> x = walk_shocks(4, 512);
  std::sort(x.begin(), x.end());
  const boost::math::students_t t(4);
  for (const double p : {0.001, 0.01, 0.05, 0.5, 0.95, 0.99, 0.999}) {
    const double q = boost::math::quantile(t, p), n = static_cast<double>(x.size());
    const double se = std::sqrt(p * (1 - p) / n) / boost::math::pdf(t, q) * std::sqrt(0.5);
    EXPECT_NEAR(x[static_cast<std::size_t>(p * n)], q * std::sqrt(0.5), 4 * se + 1e-4) << p;
  }
}

TEST(StudentInnovations, OfManyDegreesOfFreedomAreNearlyNormal) {
  const std::vector<double> normal = walk_shocks(std::nullopt, 2), nearly = walk_shocks(1000, 2);
  ASSERT_EQ(normal.size(), nearly.size());
  for (std::size_t k = 0; k < normal.size(); ++k) ASSERT_NEAR(normal[k], nearly[k], 0.02);
}

TEST(StudentInnovations, ReachTheNoiseOfTheMemoryCycle) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "memory_noise_sd_log", 0.1);
  set_parameter(c, "memory_noise_half_life_months", 0.02);  // no memory: the noise is its innovation
  Scenario s = quiet_scenario(c, 1);
  s.memory_price_cycle.process = {"stochastic_cycle", {}, {}, {}};
  s.memory_price_cycle.process.innovations_dof = 10;
  std::vector<double> x;
  for (const auto& path : driver_paths(s, c, DriverRow::memory_price, 4096)) x.push_back(path[1]);
  const Moments m = moments_of(x);
  EXPECT_NEAR(m.variance, 0.01, 4 * 0.01 * std::sqrt(3 / m.count));
  EXPECT_NEAR(m.kurtosis, 4, 0.25);
}

TEST(StudentInnovations, AreRefusedWhereThereIsNoNoise) {
  const Calibration c = quiet_calibration(1, 1);
  Scenario s = quiet_scenario(c, 3);
  s.oil_price = {"path", {}, {{c.as_of + 3, fixed(120)}}, {}};
  s.oil_price.innovations_dof = 5;
  EXPECT_THROW(Simulation(s, c), InputError);
}

/// Shocks of oil and exchange rate in the same months, in sd.
struct Pair {
  std::vector<double> a, b;
  double correlation() const {
    const Moments x = moments_of(a), y = moments_of(b);
    double sum = 0;
    for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - x.mean) * (b[k] - y.mean);
    return sum / x.count / std::sqrt(x.variance * y.variance);
  }
  /// Of the months with a in its lowest share p, the share with b in its own.
  double both_low(double p) const {
    const auto quantile = [&](std::vector<double> x) {
      const auto at = x.begin() + static_cast<std::ptrdiff_t>(p * static_cast<double>(x.size()));
      std::nth_element(x.begin(), at, x.end());
      return *at;
    };
    const double qa = quantile(a), qb = quantile(b);
    double low = 0, both = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
      low += a[k] < qa ? 1 : 0;
      both += a[k] < qa && b[k] < qb ? 1 : 0;
    }
    return both / low;
  }
};
Pair shocks(double correlation, std::optional<double> copula_dof, std::optional<double> dof = std::nullopt) {
  const Calibration c = quiet_calibration(1, 1);
  Scenario s = quiet_scenario(c, 24);
  for (ProcessSpec* process : {&s.oil_price, &s.exchange_rate}) {
    process->kind = "random_walk";
    process->parameters["annual_sd_log"] = fixed(0.01 * std::sqrt(12.0));
  }
  s.oil_price.innovations_dof = dof;
  s.correlations = {{"oil_price", "exchange_rate", correlation}};
  s.copula_dof = copula_dof;
  Pair out;
  for (const DriverRow row : {DriverRow::oil_price, DriverRow::exchange_rate}) {
    std::vector<double>& x = row == DriverRow::oil_price ? out.a : out.b;
    for (const auto& path : driver_paths(s, c, row, 256)) {
      for (std::size_t t = 1; t < path.size(); ++t) x.push_back((path[t] - path[t - 1]) / 0.01);
    }
  }
  return out;
}

TEST(StudentCopula, LeavesEveryDriversOwnDistributionNormal) {
  for (const double dof : {2.0, 3.0, 30.0}) {
    const Pair pair = shocks(0.5, dof);
    for (const std::vector<double>* x : {&pair.a, &pair.b}) {
      const Moments m = moments_of(*x);
      EXPECT_NEAR(m.mean, 0, 4 * m.se_mean()) << dof;
      EXPECT_NEAR(m.variance, 1, 4 * std::sqrt(2 / m.count)) << dof;
      EXPECT_NEAR(m.kurtosis, 3, 4 * std::sqrt(24 / m.count)) << dof;
    }
  }
}

TEST(StudentCopula, HasTheTailDependenceOfTheoryAndTheNormalHasLess) {
  // Lower tail dependence 2 F_{dof+1}(-sqrt((dof + 1)(1 - r)/(1 + r))): 0.3125 for dof 3 and r 0.5.
  const boost::math::students_t t(4);
  const double limit = 2 * boost::math::cdf(t, -std::sqrt(4.0 * 0.5 / 1.5));
  const double with = shocks(0.5, 3.0).both_low(0.002), without = shocks(0.5, std::nullopt).both_low(0.002);
  EXPECT_NEAR(with, limit, 0.07);  // 790 months, and the limit is not yet reached
  EXPECT_GT(with, without + 0.1);
  // Without correlation too extremes come together, though the shocks do not correlate.
  const Pair zero = shocks(0, 3.0);
  EXPECT_NEAR(zero.correlation(), 0, 0.02);
  EXPECT_GT(zero.both_low(0.01), 0.04);
}

TEST(StudentCopula, KeepsAlmostTheCorrelationOfTheNormalOne) {
  EXPECT_NEAR(shocks(0.5, std::nullopt).correlation(), 0.5, 0.01);
  const double with = shocks(0.5, 5.0).correlation();
  EXPECT_LT(with, 0.5);
  EXPECT_GT(with, 0.45);
}

TEST(StudentCopula, JoinsFatTailedDriversToo) {
  const Pair pair = shocks(0.5, 10.0, 10.0);
  EXPECT_NEAR(moments_of(pair.a).kurtosis, 4, 0.2);
  EXPECT_NEAR(moments_of(pair.b).kurtosis, 3, 4 * std::sqrt(24 / moments_of(pair.b).count));
}

/// Everything at once on the shipped calibration.
TEST(FatTailsRegimesAndBlocks, HaveTheSameDigitsOnEveryInstructionSetAndNumberOfThreads) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 13);
  s.paths = 2000;
  s.memory_price_cycle.process = {"stochastic_cycle", {}, {}, {}};
  s.memory_price_cycle.process.innovations_dof = 4;
  s.oil_price = {"regime_switching", {}, {}, {}};
  s.oil_price.regimes = {{{"a", fixed(10), {}}, fixed(0), {RandomNumber::Kind::uniform, {0.02, 0.04}}, false},
                         {{"b", {}, {fixed(30), fixed(70)}}, fixed(0.01), fixed(0.4), true}};
  s.oil_price.start_pct = {fixed(50), fixed(50)};
  s.exchange_rate = {"bootstrap", {}, {}, {}};
  s.copula_dof = 5;
  const Simulation simulation(s, c);
  const auto digits = [](const RunResults& results) {
    std::vector<double> all;
    for (const SummaryRow& row : results.summary) {
      all.push_back(row.distribution.mean);
      all.push_back(row.distribution.sd);
      all.insert(all.end(), row.distribution.quantile.begin(), row.distribution.quantile.end());
    }
    return all;
  };
  const std::vector<double> one = digits(run(simulation, {.threads = 1}));
  ASSERT_FALSE(one.empty());
  EXPECT_EQ(one, digits(run(simulation, {.threads = 3})));
  EXPECT_EQ(one, digits(run_blocks(simulation, {.threads = 3}, Scheduler::shuffled_threads)));
  for (const std::string& set : usable_instruction_sets())
    EXPECT_EQ(one, digits(run(simulation, {.threads = 2, .instruction_set = set}))) << set;
}

}  // namespace
}  // namespace plimsoll
