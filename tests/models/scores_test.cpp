#include "models/scores.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "models/score_comparison.hpp"

namespace plimsoll {
namespace {

TEST(Crps, OfANormalIsItsClosedForm) {
  // (sqrt 2 - 1) / sqrt pi at the centre; scipy.integrate.quad of (F - 1{x <= t})^2 elsewhere.
  EXPECT_NEAR(crps_normal(0, 1, 0), (std::sqrt(2) - 1) / std::sqrt(M_PI), 1e-14);
  EXPECT_NEAR(crps_normal(1.5, 2, 0.3), 0.7463117618715, 1e-10);
}

TEST(Crps, OfAUniformIsItsIntegralAndOfAPointItsDistance) {
  EXPECT_NEAR(crps_uniform(2, 4, 7), 3 + 2.0 / 3, 1e-14);
  EXPECT_NEAR(crps_uniform(2, 4, 1), 1 + 2.0 / 3, 1e-14);
  EXPECT_NEAR(crps_uniform(2, 4, 3), 1.0 / 6, 1e-14);
  EXPECT_DOUBLE_EQ(crps_uniform(5, 5, 3.5), 1.5);
  std::vector<double> points;
  for (int k = 0; k < 2000; ++k) points.push_back(2 + 2 * (k + 0.5) / 2000);
  EXPECT_NEAR(crps_uniform(2, 4, 2.3), crps_of_points(points, 2.3), 1e-6);
}

TEST(Crps, OfLognormalGrowthEqualsQuadratureByAnotherProgram) {
  EXPECT_NEAR(crps_lognormal_growth(0.05, 0.12, -8), 8.133313831856, 1e-7);
  EXPECT_NEAR(crps_lognormal_growth(0.05, 0.12, 30), 17.455230819680, 1e-7);
}

TEST(Crps, OfMidQuantilesOfAUniformTendsToItsClosedForm) {
  std::vector<double> points;
  for (int k = 0; k < 2000; ++k) points.push_back((k + 0.5) / 2000);
  for (const double x : {0.0, 0.2, 0.5, 0.9})
    EXPECT_NEAR(crps_of_points(points, x), (x * x * x + std::pow(1 - x, 3)) / 3, 1e-6) << x;
}

TEST(Crps, OfFewDrawsTakenForTheDistributionIsTooLargeByTheirNumber) {
  std::mt19937_64 numbers(3);
  double plain = 0;
  constexpr int kTimes = 40000, kDraws = 8;
  for (int t = 0; t < kTimes; ++t) {
    std::vector<double> draws;
    for (int k = 0; k < kDraws; ++k)
      draws.push_back(normal_quantile((static_cast<double>(numbers() >> 11U) + 0.5) / 9007199254740992.0));
    std::sort(draws.begin(), draws.end());
    plain += crps_of_points(draws, 0.7) / kTimes;
  }
  // half of E|X - X'| over the number of draws
  EXPECT_NEAR(plain - crps_normal(0, 1, 0.7), std::sqrt(1 / M_PI) / kDraws, 0.004);
}

TEST(Crps, IsTwiceTheMeanPinballLossOverProbabilities) {
  double sum = 0;
  constexpr int kLevels = 4000;
  for (int k = 0; k < kLevels; ++k) {
    const double p = (k + 0.5) / kLevels;
    sum += 2 * pinball(1.5 + 2 * normal_quantile(p), p, 0.3) / kLevels;
  }
  EXPECT_NEAR(sum, crps_normal(1.5, 2, 0.3), 1e-3);
}

TEST(Pinball, WeighsMissesByTheSideOnWhichTheyFall) {
  EXPECT_DOUBLE_EQ(pinball(10, 0.9, 12), 1.8);
  EXPECT_DOUBLE_EQ(pinball(10, 0.9, 7), 0.3);
}

TEST(Quantile, InterpolatesBetweenDraws) {
  EXPECT_DOUBLE_EQ(quantile_of({1, 2, 4}, 0.5), 2);
  EXPECT_DOUBLE_EQ(quantile_of({1, 2, 4}, 0.75), 3);
  EXPECT_DOUBLE_EQ(quantile_of({1, 2, 4}, 1), 4);
}

std::vector<double> absolute_differences() {
  const std::vector<double> one{1.2,  -0.7, 2.1,  0.3, -1.5, 0.9,  1.8, -2.2, 0.4, 1.1,
                                -0.6, 1.9,  -1.4, 0.2, 0.8,  -1.1, 2.4, -0.3, 1.6, -0.9};
  const std::vector<double> other{0.8,  -1.9, 1.0,  1.3, -0.5, 2.9,  0.8, -1.2, 2.4, 1.7,
                                  -1.6, 0.9,  -2.4, 1.2, 1.8,  -0.1, 1.4, -2.3, 0.6, -1.9};
  std::vector<double> out;
  for (std::size_t k = 0; k < one.size(); ++k) out.push_back(std::abs(one[k]) - std::abs(other[k]));
  return out;
}

TEST(DieboldMariano, EqualsRsForecastPackage) {
  // forecast 8.20: dm.test(e1, e2, h = 1 and 3, power = 1, varestimator = "acf")
  const DieboldMariano one = diebold_mariano(absolute_differences(), 1);
  EXPECT_NEAR(one.mean_difference / one.se, -0.998504420468, 1e-9);
  EXPECT_NEAR(one.p_value, 0.330582465814, 1e-9);
  const DieboldMariano three = diebold_mariano(absolute_differences(), 3);
  EXPECT_NEAR(three.mean_difference / three.se, -3.02512739891, 1e-9);
  EXPECT_NEAR(three.p_value, 0.00696299283114, 1e-9);
}

TEST(DieboldMariano, FallsBackWhenTheEstimatedVarianceIsNotPositive) {
  std::vector<double> swings;
  for (int k = 0; k < 12; ++k) swings.push_back(k % 2 == 0 ? 1.5 : -0.5);
  const DieboldMariano two = diebold_mariano(swings, 2);
  EXPECT_TRUE(two.truncated);
  EXPECT_GT(two.se, 0);
}

double mean_se(const std::vector<double>& x, std::size_t block) {
  double sum = 0, squares = 0;
  const auto resamples = block_resamples(x.size(), block, 2000, 1);
  for (const auto& positions : resamples) {
    double mean = 0;
    for (const std::size_t k : positions) mean += x[k] / static_cast<double>(x.size());
    sum += mean / 2000;
    squares += mean * mean / 2000;
  }
  return std::sqrt(squares - sum * sum);
}

TEST(BlockBootstrap, SeesThatNeighboursAreAlike) {
  std::mt19937_64 numbers(5);
  std::vector<double> white, red;
  double u = 0;
  for (int k = 0; k < 4000; ++k) {
    const double z = normal_quantile((static_cast<double>(numbers() >> 11U) + 0.5) / 9007199254740992.0);
    u = 0.8 * u + z;
    white.push_back(z);
    red.push_back(u);
  }
  EXPECT_NEAR(mean_se(white, 1), 1 / std::sqrt(4000), 0.0015);
  EXPECT_NEAR(mean_se(white, 50), 1 / std::sqrt(4000), 0.004);
  EXPECT_NEAR(mean_se(red, 100), 5 / std::sqrt(4000), 0.02);  // long-run sd 1 / (1 - 0.8)
  EXPECT_LT(mean_se(red, 1), 0.5 * mean_se(red, 100));
  EXPECT_EQ(block_resamples(10, 3, 2, 7), block_resamples(10, 3, 2, 7));
}

}  // namespace
}  // namespace plimsoll
