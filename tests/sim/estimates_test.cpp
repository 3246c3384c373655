#include "sim/estimates.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "sim/kernels.hpp"

namespace plimsoll {
namespace {

/// Normal draws, 64 at a time, through the real bins.
Estimate binned_normals(int blocks, double mean, double sd, std::vector<double>* kept = nullptr) {
  const Kernels& kernel = kernels("");
  const BinPlan bins{mean + 0.3 * sd, 1.1 * sd};  // a pilot is never exact
  Accumulator all(1);
  std::vector<float> z(256);
  std::vector<double> x(64);
  std::vector<double> sum(1), square(1);
  for (int b = 0; b < blocks; ++b) {
    kernel.normals(11, 22, 0, static_cast<std::uint64_t>(b) * 64, z.data());
    for (std::size_t i = 0; i < 64; ++i) x[i] = mean + sd * static_cast<double>(z[i]);
    sum[0] = square[0] = 0;
    kernel.count(x.data(), 64, bins, all.counters(0), sum.data(), square.data());
    all.add_block(sum, square, 64);
    if (kept != nullptr) kept->insert(kept->end(), x.begin(), x.end());
  }
  return Estimate(all, 0, bins);
}

TEST(Estimate, OfANormalAgreesWithItsClosedForms) {
  const Distribution d = binned_normals(4000, 3, 2).distribution();
  EXPECT_EQ(d.paths, 256'000);
  EXPECT_NEAR(d.mean, 3, 4 * d.se_mean);
  EXPECT_NEAR(d.sd, 2, 4 * d.se_sd);
  const double z[9] = {-2.326348, -1.644854, -1.281552, -0.674490, 0, 0.674490, 1.281552, 1.644854, 2.326348};
  for (std::size_t k = 0; k < 9; ++k) EXPECT_NEAR(d.quantile[k], 3 + 2 * z[k], 4 * d.se_quantile[k]);
  EXPECT_NEAR(d.se_mean, 2 / std::sqrt(256'000.0), 1e-4);
  EXPECT_NEAR(d.se_sd, 2 / std::sqrt(2 * 256'000.0), 1e-4);
  // se of the median is sd sqrt(pi/2)/sqrt(n)
  EXPECT_NEAR(d.se_quantile[4], 2 * std::sqrt(3.14159265 / 2 / 256'000), 0.05 * d.se_quantile[4]);
}

TEST(Estimate, KnowsTheErrorOfOuterQuantilesFromFewPaths) {
  // 1,024 normals at their expected places: sqrt(p (1 - p)/n)/density, at the 1% and 99% quantile too.
  std::vector<double> sample;
  const boost::math::normal normal;
  for (int k = 0; k < 1024; ++k) sample.push_back(boost::math::quantile(normal, (k + 0.625) / 1024.25));
  const Distribution d = Estimate(sample).distribution();
  const double level[9] = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};
  for (std::size_t k = 0; k < 9; ++k) {
    const double density = boost::math::pdf(normal, boost::math::quantile(normal, level[k]));
    const double error = std::sqrt(level[k] * (1 - level[k]) / 1024) / density;
    EXPECT_NEAR(d.se_quantile[k], error, 0.12 * error) << level[k];
  }
}

TEST(Estimate, FromBinsIsCloseToTheExactSample) {
  std::vector<double> sample;
  const Distribution binned = binned_normals(500, 0, 1, &sample).distribution();
  const Distribution exact = Estimate(sample).distribution();
  EXPECT_NEAR(binned.mean, exact.mean, 1e-12);
  EXPECT_NEAR(binned.sd, exact.sd, 1e-12);
  for (std::size_t k = 0; k < 9; ++k) EXPECT_NEAR(binned.quantile[k], exact.quantile[k], 0.3 * exact.se_quantile[k]);
}

TEST(Estimate, OfTailsHasTheClosedFormOfANormal) {
  const Estimate e = binned_normals(4000, 0, 1);
  const Estimate::Figure below = e.probability_below(-1);
  EXPECT_NEAR(below.value, 0.158655, 4 * below.se + 1e-4);
  const Estimate::Figure shortfall = e.expected_shortfall(0.05);
  EXPECT_NEAR(shortfall.value, -2.062713, 4 * shortfall.se);
  EXPECT_GT(shortfall.se, 0);
}

TEST(Estimate, OfOneValueIsThatValueWithoutSpread) {
  const Distribution d = Estimate(std::vector<double>{4.5}).distribution();
  EXPECT_EQ(d.mean, 4.5);
  EXPECT_EQ(d.sd, 0);
  for (const double q : d.quantile) EXPECT_EQ(q, 4.5);
}

TEST(Estimate, KeepsValuesFarOutsideThePilotsRange) {
  const Kernels& kernel = kernels("");
  const BinPlan bins{0, 1};
  Accumulator all(1);
  std::vector<double> x(64, 0.0), sum(1), square(1);
  x[0] = 1e5;
  x[1] = -1e5;
  kernel.count(x.data(), 64, bins, all.counters(0), sum.data(), square.data());
  all.add_block(sum, square, 64);
  const Distribution d = Estimate(all, 0, bins).distribution();
  EXPECT_GT(d.quantile[8], 5e4);
  EXPECT_LT(d.quantile[0], -5e4);
}

}  // namespace
}  // namespace plimsoll
