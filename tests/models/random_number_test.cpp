#include "scenarios/random_number.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/beta.hpp>
#include <cmath>

namespace plimsoll {
namespace {

using Kind = RandomNumber::Kind;

TEST(RandomNumber, HasTheClosedFormQuantilesOfItsDistribution) {
  EXPECT_EQ(quantile_at_normal(RandomNumber::fixed(4), 1.3), 4);
  EXPECT_DOUBLE_EQ(quantile_at_normal({Kind::normal, {2, 3}}, -1), -1);
  EXPECT_DOUBLE_EQ(quantile_at_normal({Kind::lognormal, {10, 0.5}}, 2), 10 * std::exp(1.0));
  EXPECT_NEAR(quantile_at_normal({Kind::uniform, {0, 1}}, 1.6448536269514722), 0.95, 1e-12);
  EXPECT_NEAR(quantile_at_normal({Kind::triangular, {0, 1, 2}}, 0), 1, 1e-12);
  EXPECT_NEAR(quantile_at_normal({Kind::triangular, {0, 0, 1}}, 0), 1 - std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(quantile_at_normal({Kind::beta, {1, 1, 0, 1}}, 1.6448536269514722), 0.95, 1e-9);
  EXPECT_NEAR(quantile_at_normal({Kind::student_t, {0, 1, 1}}, 0.6744897501960817), 1, 1e-9);  // Cauchy quartile
  const RandomNumber discrete{Kind::discrete, {1, 0.25, 5, 0.75}};
  EXPECT_EQ(quantile_at_normal(discrete, -1), 1);
  EXPECT_EQ(quantile_at_normal(discrete, 0), 5);
  const RandomNumber quantiles{Kind::quantiles, {0.05, -1, 0.5, 0, 0.95, 3}};
  EXPECT_NEAR(quantile_at_normal(quantiles, -1.6448536269514722), -1, 1e-9);
  EXPECT_NEAR(quantile_at_normal(quantiles, 2 * 1.6448536269514722), 6, 1e-9);
}

TEST(RandomNumber, IsMonotoneInZ) {
  for (const RandomNumber& number :
       {RandomNumber{Kind::triangular, {-1, 0.2, 3}}, RandomNumber{Kind::beta, {2, 5, -1, 1}},
        RandomNumber{Kind::student_t, {0, 2, 4}}, RandomNumber{Kind::discrete, {1, 0.3, 2, 0.3, 7, 0.4}},
        RandomNumber{Kind::uniform, {-2, 5}}}) {
    for (double z = -6; z < 6; z += 0.1) EXPECT_LE(quantile_at_normal(number, z), quantile_at_normal(number, z + 0.1));
  }
}

TEST(RandomNumber, HasTheMeanOfItsQuantiles) {
  for (const RandomNumber& number :
       {RandomNumber{Kind::lognormal, {2, 0.3}}, RandomNumber{Kind::triangular, {0, 1, 5}},
        RandomNumber{Kind::beta, {2, 3, 0, 10}}, RandomNumber{Kind::discrete, {1, 0.3, 2, 0.7}}}) {
    double sum = 0, weight = 0;
    for (double z = -8; z <= 8; z += 0.001) {
      const double w = std::exp(-z * z / 2);
      sum += w * quantile_at_normal(number, z);
      weight += w;
    }
    EXPECT_NEAR(mean(number), sum / weight, 2e-3);
  }
}

TEST(RandomNumber, HasTheExactMeanOfStatedQuantiles) {
  const double z = 1.6448536269514722;
  EXPECT_NEAR(mean({Kind::quantiles, {0.05, 2 - 3 * z, 0.5, 2, 0.95, 2 + 3 * z}}), 2, 1e-12);  // a normal
  // Slope 1 below the median and 3 above: mean = (3 - 1) phi(0).
  EXPECT_NEAR(mean({Kind::quantiles, {0.05, -z, 0.5, 0, 0.95, 3 * z}}), 2 / std::sqrt(2 * std::acos(-1.0)), 1e-12);
}

TEST(RandomNumber, AgreesWithTheBetaDistributionInBothTails) {
  const boost::math::beta_distribution<> beta(2, 5);
  for (const double z : {-6.0, -2.0, 0.0, 2.0, 6.0}) {
    const double x = quantile_at_normal({Kind::beta, {2, 5, 0, 1}}, z);
    const double below = std::erfc(-z / std::sqrt(2.0)) / 2, above = std::erfc(z / std::sqrt(2.0)) / 2;
    if (z > 0) {
      EXPECT_NEAR(boost::math::cdf(complement(beta, x)) / above, 1, 1e-6) << z;
    } else {
      EXPECT_NEAR(boost::math::cdf(beta, x) / below, 1, 1e-6) << z;
    }
  }
}

TEST(RandomNumber, IsFiniteFarOutInTheTails) {
  for (const double z : {-60.0, 60.0}) {
    EXPECT_TRUE(std::isfinite(quantile_at_normal({Kind::student_t, {0, 1, 4}}, z)));
    EXPECT_TRUE(std::isfinite(quantile_at_normal({Kind::beta, {2, 5, 0, 1}}, z)));
  }
}

TEST(RandomNumber, ScalesWithAFactor) {
  EXPECT_DOUBLE_EQ(quantile_at_normal(scaled({Kind::normal, {1, 2}}, 3), 1), 9);
  for (const RandomNumber& number :
       {RandomNumber{Kind::lognormal, {2, 0.3}}, RandomNumber{Kind::triangular, {0, 1, 5}},
        RandomNumber{Kind::beta, {2, 3, 0, 10}}, RandomNumber{Kind::discrete, {1, 0.3, 2, 0.2, 9, 0.5}},
        RandomNumber{Kind::uniform, {1, 4}}, RandomNumber{Kind::student_t, {1, 2, 5}},
        RandomNumber{Kind::quantiles, {0.05, -1, 0.3, 0, 0.95, 3}}}) {
    for (const double z : {-2.5, -1.0, 0.2, 1.7}) {
      EXPECT_NEAR(quantile_at_normal(scaled(number, 2), z), 2 * quantile_at_normal(number, z), 1e-9);
      EXPECT_NEAR(quantile_at_normal(scaled(number, -2), z), -2 * quantile_at_normal(number, -z), 1e-9);
    }
    EXPECT_NEAR(mean(scaled(number, -2)), -2 * mean(number), 1e-9);
  }
}

}  // namespace
}  // namespace plimsoll
