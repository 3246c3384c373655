#include "sim/driver_severity.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace plimsoll {
namespace {

constexpr std::int64_t kPaths = 65536;

/// Two normals of correlation rho, the first moved by `shift` of its standard deviations.
GroupMoments normals(double rho, double shift) {
  std::mt19937_64 generator(7);
  std::normal_distribution<double> normal;
  GroupMoments moments(2);
  for (std::int64_t k = 0; k < kPaths; ++k) {
    const double x = normal(generator), y = normal(generator);
    const std::array<double, 2> at{3 * (x + shift), 0.1 * (rho * x + std::sqrt(1 - rho * rho) * y)};
    moments.add(k, at.data());
  }
  return moments;
}

TEST(GroupMomentsOfPaths, AreTheirMeansAndCovariancesWithAndWithoutAGroup) {
  GroupMoments moments(2), other(2);
  const double values[4][2] = {{1, 2}, {3, 5}, {4, 1}, {0, 0}};
  for (int k = 0; k < 3; ++k) (k == 1 ? other : moments).add(k, values[k]);
  moments.merge(other);
  EXPECT_EQ(moments.paths(), 3);
  EXPECT_DOUBLE_EQ(moments.mean()[0], 8.0 / 3);
  EXPECT_NEAR(moments.covariance()[0], (25.0 / 9 + 1.0 / 9 + 16.0 / 9) / 2, 1e-12);
  EXPECT_NEAR(moments.covariance()[1], (1 * 2 + 3 * 5 + 4 * 1 - 3 * (8.0 / 3) * (8.0 / 3)) / 2, 1e-12);
  EXPECT_EQ(moments.paths(1), 2);
  EXPECT_DOUBLE_EQ(moments.mean(1)[1], 1.5);
}

TEST(JointSeverityOf, IsTheDistanceAndChanceOfAChiSquare) {
  const GroupMoments baseline = normals(0, 0);
  const JointSeverity same = joint_severity(baseline, baseline);
  EXPECT_EQ(same.distance.value, 0);
  EXPECT_EQ(same.plausibility.value, 1);
  const JointSeverity two = joint_severity(baseline, normals(0, 2));
  EXPECT_EQ(two.dimensions, 2);
  EXPECT_GT(two.distance.se, 0);
  EXPECT_NEAR(two.distance.value, 2, 4 * two.distance.se);
  EXPECT_NEAR(two.plausibility.value, std::exp(-2.0), 4 * two.plausibility.se);
  EXPECT_LT(two.plausibility.se, 0.01);
}

TEST(JointSeverityOf, IsLargerWhereADriverMovesAgainstItsFellow) {
  // Moving one of two correlated normals alone by 1 sd: distance 1 / sqrt(1 - rho^2).
  const JointSeverity severity = joint_severity(normals(0.8, 0), normals(0.8, 1));
  EXPECT_NEAR(severity.distance.value, 1 / 0.6, 4 * severity.distance.se);
}

TEST(JointSeverityOf, HasNoDistanceWhereTheBaselineDoesNotMove) {
  GroupMoments fixed(2), moved(2);
  for (std::int64_t k = 0; k < 320; ++k) {
    const double x = static_cast<double>(k % 7);
    const std::array<double, 2> a{x, 1}, b{x, 2};
    fixed.add(k, a.data());
    moved.add(k, b.data());
  }
  const JointSeverity severity = joint_severity(fixed, moved);
  EXPECT_TRUE(severity.outside);
  EXPECT_EQ(severity.plausibility.value, 0);
  EXPECT_FALSE(joint_severity(fixed, fixed).outside);
  EXPECT_EQ(joint_severity(fixed, fixed).dimensions, 1);
}

TEST(SeverityOf, IsTheShareOfTheBaselineBelowTheMedian) {
  std::vector<double> baseline, scenario;
  for (int k = 0; k < 200; ++k) {
    baseline.push_back(k + 0.5);
    scenario.push_back(k / 4.0);
  }
  const SeverityRow row = severity_of(Estimate(baseline), Estimate(scenario));
  EXPECT_DOUBLE_EQ(row.centre.value, 24.875);
  EXPECT_DOUBLE_EQ(row.quantile.value, 0.125);
  EXPECT_GE(row.quantile.se, std::sqrt(0.125 * 0.875 / 200));
}

}  // namespace
}  // namespace plimsoll
