/// The tail story: means of outputs where the headline is lowest, with their errors.
#include "sim/tail_sums.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <map>
#include <random>

#include "models/calibration_reader.hpp"
#include "models/lanes_rows.hpp"
#include "sim/simulation.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

constexpr double kRho = 0.6;

/// Independent pairs: the headline, and an output with correlation rho.
TailSums normal_pairs(unsigned seed, int paths) {
  const BinPlan headline{0, 1};
  TailSums sums(1, headline, -1.6);
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  constexpr int kBlock = static_cast<int>(kBlockPaths);
  for (int first = 0; first < paths; first += kBlock) {
    std::vector<double> values(2 * kBlockPaths);
    for (std::size_t lane = 0; lane < kBlockPaths; ++lane) {
      const double x = normal(random);
      values[lane] = x;
      values[kBlockPaths + lane] = kRho * x + std::sqrt(1 - kRho * kRho) * normal(random);
    }
    sums.add(values.data(), first, kBlock, headline, nullptr);
  }
  return sums;
}

TEST(TailSums, GiveTheMeanOfABivariateNormalBeyondAQuantile) {
  const boost::math::normal normal;
  const double quantile = boost::math::quantile(normal, kTailShare);
  const double expected = -kRho * boost::math::pdf(normal, quantile) / kTailShare;
  constexpr int kRuns = 60;
  double sum = 0, square = 0, told = 0;
  for (unsigned seed = 1; seed <= kRuns; ++seed) {
    const TailSums sums = normal_pairs(seed, 16384);
    const auto edge = sums.edge(kTailShare);
    ASSERT_TRUE(edge.has_value());
    EXPECT_NEAR(sums.edge_value(*edge, {0, 1}), quantile, 0.08);
    const TailSums::Figure tail = sums.tail_mean(0, *edge, kTailShare);
    sum += tail.value - expected;
    square += (tail.value - expected) * (tail.value - expected);
    told += tail.se * tail.se;
  }
  EXPECT_NEAR(sum / kRuns, 0, 4 * std::sqrt(told) / kRuns);
  EXPECT_NEAR(std::sqrt(square / told), 1, 0.3);  // the spread of 60 runs is known to 9%
}

TEST(TailSums, DoNotDependOnTheOrderOfAdding) {
  TailSums ab = normal_pairs(1, 4096);
  ab.merge(normal_pairs(2, 4096));
  TailSums ba = normal_pairs(2, 4096);
  ba.merge(normal_pairs(1, 4096));
  ByteWriter first, second;
  ab.write(first);
  ba.write(second);
  EXPECT_EQ(first.bytes(), second.bytes());
  ByteReader in(first.bytes());
  ByteWriter third;
  TailSums::read(in).write(third);
  EXPECT_TRUE(in.at_end());
  EXPECT_EQ(third.bytes(), first.bytes());
}

TEST(TailSums, TellNothingWhenTheQuantileLiesOutsideTheirBins) {
  EXPECT_FALSE(normal_pairs(1, 4096).edge(0.5).has_value());
  EXPECT_FALSE(normal_pairs(1, 4096).edge(0.0005).has_value());
}

class TailStory : public testing::TestWithParam<const char*> {
 protected:
  static RunResults simulate(const std::string& sampling) {
    const Calibration china = load_calibration("china-2026-05");
    Scenario s = quiet_scenario(china, 19);
    s.sampling = sampling;
    s.paths = 4096;
    s.report.series = {"exports.total.yoy", "driver.memory_price.level"};
    return run(Simulation(s, china), {.threads = 2});
  }
};

TEST_P(TailStory, OfContributionsSumsToTheTailOfGrowth) {
  const RunResults results = simulate(GetParam());
  ASSERT_TRUE(results.tail.has_value());
  const TailResult& tail = *results.tail;
  EXPECT_EQ(tail.headline, "exports.total.yoy");
  EXPECT_EQ(to_string(tail.period), "2027");
  std::map<std::string, double> growth, sum;  // by period, and by period and split
  for (const TailResult::Row& row : tail.rows) {
    if (row.period.frequency != Frequency::year) continue;
    const std::string period = to_string(row.period);
    if (row.series == "exports.total.yoy") growth[period] = row.tail_mean;
    for (const std::string by : {"driver", "market", "product"}) {
      if (row.series.rfind("exports.total.yoy/" + by + "/", 0) == 0) sum[period + by] += row.tail_mean;
    }
  }
  ASSERT_EQ(growth.size(), 2U);
  ASSERT_EQ(sum.size(), 6U);
  for (const auto& [name, total] : sum) EXPECT_NEAR(total, growth.at(name.substr(0, 4)), 1e-8) << name;
}

TEST_P(TailStory, OfTheHeadlineIsItsExpectedShortfall) {
  const RunResults results = simulate(GetParam());
  ASSERT_TRUE(results.tail.has_value());
  const auto tail = std::find_if(results.tail->rows.begin(), results.tail->rows.end(), [&](const auto& row) {
    return row.series == results.tail->headline && row.period == results.tail->period;
  });
  const auto shortfall = std::find_if(results.probabilities.begin(), results.probabilities.end(), [&](const auto& row) {
    return row.series == results.tail->headline && row.period == results.tail->period && row.event == "es_low" &&
           row.threshold == 5;
  });
  ASSERT_NE(tail, results.tail->rows.end());
  ASSERT_NE(shortfall, results.probabilities.end());
  EXPECT_NEAR(tail->tail_mean, shortfall->probability, 0.2 * shortfall->se);
  EXPECT_NEAR(tail->se_tail_mean / shortfall->se, 1, 0.6);  // sixteen replicates here, all paths there
}

INSTANTIATE_TEST_SUITE_P(Samplings, TailStory, testing::Values("sobol", "random"));

}  // namespace
}  // namespace plimsoll
