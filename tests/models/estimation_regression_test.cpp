#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>

#include "models/estimation/bayesian_regression.hpp"
#include "models/estimation/covariance_shrinkage.hpp"
#include "models/estimation/nelder_mead.hpp"
#include "tests/models/simulated_normals.hpp"

namespace plimsoll {
namespace {

Dense column(const std::vector<double>& x) {
  Dense a(x.size(), 1);
  a.value = x;
  return a;
}

TEST(BayesianRegression, IsTheConjugateClosedFormForOneMean) {
  // y ~ N(mu, s2), mu | s2 ~ N(1, s2/4), s2 ~ IG(3, 2): mean (4*1 + sum y)/(4 + n).
  Dense precision(1, 1);
  precision(0, 0) = 4;
  const std::vector<double> y{2, 3, 4, 7};
  const RegressionPosterior after = posterior({{1}, precision, 3, 2}, column({1, 1, 1, 1}), y);
  EXPECT_NEAR(after.mean[0], (4 + 16) / 8.0, 1e-14);
  EXPECT_NEAR(after.shape, 5, 1e-14);
  // scale = 2 + (sum of squares about the mean + n k/(n + k) (ybar - 1)^2) / 2
  EXPECT_NEAR(after.scale, 2 + (14.0 + 4 * 4 / 8.0 * 9) / 2, 1e-12);
  EXPECT_NEAR(after.sd[0], std::sqrt(after.scale / 4 / 8), 1e-14);
}

TEST(BayesianRegression, EvidenceOfOneObservationIsItsStudentDensity) {
  // Marginally y ~ t with 2a degrees of freedom, centre m, squared scale b/a (1 + 1/k).
  Dense precision(1, 1);
  precision(0, 0) = 2;
  const double a = 3, b = 5, m = 0.5, y = 1.7, s2 = b / a * (1 + 0.5), z2 = (y - m) * (y - m) / s2;
  const double log_density = std::lgamma(a + 0.5) - std::lgamma(a) - 0.5 * std::log(2 * a * std::numbers::pi * s2) -
                             (a + 0.5) * std::log(1 + z2 / (2 * a));
  EXPECT_NEAR(posterior({{m}, precision, a, b}, column({1}), {y}).log_evidence, log_density, 1e-12);
}

TEST(BayesianRegression, WithoutAPriorItIsLeastSquares) {
  Dense x(5, 2);
  const std::vector<double> y{1, 2.5, 2, 4, 6};
  for (std::size_t r = 0; r < 5; ++r) {
    x(r, 0) = 1;
    x(r, 1) = static_cast<double>(r);
  }
  const RegressionPosterior after = posterior({{0, 0}, Dense(2, 2), 0, 0}, x, y);
  const LeastSquares fit = least_squares(x, y);
  EXPECT_NEAR(after.mean[0], fit.coefficients[0], 1e-12);
  EXPECT_NEAR(after.mean[1], fit.coefficients[1], 1e-12);
}

TEST(BayesianRegression, SaysSoWhenNothingIsKnownOfACoefficient) {
  Dense x(3, 2);  // the second column is zero
  for (std::size_t r = 0; r < 3; ++r) x(r, 0) = 1;
  EXPECT_THROW(posterior({{0, 0}, Dense(2, 2), 0, 0}, x, {1, 2, 3}), std::domain_error);
}

TEST(BayesianRegression, CoversTheTrueSlopeAsOftenAsItSays) {
  // Slopes drawn from the prior, data from the slopes, errors AR(1): 90% intervals hold it in 90% of 400 cases.
  SimulatedNormals normal(7);
  constexpr int kCases = 400, kMonths = 60;
  constexpr double kRho = 0.6, kNoise = 0.1;
  int inside = 0;
  double ar1 = 0;
  for (int k = 0; k < kCases; ++k) {
    const double slope = 0.5 + 0.2 * normal(), level = 2 * normal();
    Dense x(kMonths, 2);
    std::vector<double> y;
    double e = normal() * kNoise, driver = 0;
    for (std::size_t i = 0; i < kMonths; ++i) {
      if (i > 0) e = kRho * e + std::sqrt(1 - kRho * kRho) * kNoise * normal();
      driver += 0.08 * normal();
      x(i, 0) = 1;
      x(i, 1) = driver;
      y.push_back(level + slope * driver + e);
    }
    Dense precision(2, 2);
    precision(1, 1) = kNoise * kNoise / (0.2 * 0.2);  // in units of the noise
    const auto after = posterior_ar1({{0, 0.5}, precision, 1, kNoise * kNoise}, x, y, std::vector<int>(kMonths, 1));
    inside += std::abs(after.regression.mean[1] - slope) < 1.645 * after.regression.sd[1];
    ar1 += after.ar1 / kCases;
  }
  EXPECT_NEAR(inside / static_cast<double>(kCases), 0.90, 4 * std::sqrt(0.09 / kCases));
  EXPECT_NEAR(ar1, kRho, 0.08);
}

TEST(NormalBeliefs, AreWeighedByPrecision) {
  const NormalBelief after = combined({1, 0.5}, {2, 0.25});
  EXPECT_NEAR(after.mean, (4 * 1 + 16 * 2) / 20.0, 1e-14);
  EXPECT_NEAR(after.sd, std::sqrt(1 / 20.0), 1e-14);
}

TEST(ShrunkCovariance, OfTwoSeriesIsTheSample) {
  // With one pair the mean correlation is the pair's own: target and sample are the same.
  Dense data(4, 2);
  data.value = {1, 2, 2, 1, 3, 5, 4, 4};
  const ShrunkCovariance shrunk = shrink_to_constant_correlation(data);
  EXPECT_NEAR(shrunk.matrix(0, 0), 1.25, 1e-12);
  EXPECT_NEAR(shrunk.matrix(0, 1), 1.25, 1e-12);
  EXPECT_NEAR(shrunk.matrix(1, 1), 2.5, 1e-12);
}

/// Series of one factor with equal loadings: correlation 0.3 everywhere.
Dense one_factor(std::size_t n, std::size_t k, unsigned seed) {
  SimulatedNormals normal(seed);
  Dense data(n, k);
  for (std::size_t r = 0; r < n; ++r) {
    const double common = normal();
    for (std::size_t c = 0; c < k; ++c)
      data(r, c) = (1 + 0.1 * static_cast<double>(c)) * (std::sqrt(0.3) * common + std::sqrt(0.7) * normal());
  }
  return data;
}

TEST(ShrunkCovariance, IsNearerToTheTruthThanTheSample) {
  constexpr std::size_t kMonths = 30, kSeries = 20;
  double sample_error = 0, shrunk_error = 0, weight = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Dense data = one_factor(kMonths, kSeries, seed);
    const ShrunkCovariance shrunk = shrink_to_constant_correlation(data);
    Dense x = data;
    for (std::size_t c = 0; c < kSeries; ++c) {
      double mean = 0;
      for (std::size_t r = 0; r < kMonths; ++r) mean += data(r, c) / kMonths;
      for (std::size_t r = 0; r < kMonths; ++r) x(r, c) -= mean;
    }
    const Dense sample = gram(x);
    for (std::size_t i = 0; i < kSeries; ++i) {
      for (std::size_t j = 0; j < kSeries; ++j) {
        const double truth =
            (i == j ? 1 : 0.3) * (1 + 0.1 * static_cast<double>(i)) * (1 + 0.1 * static_cast<double>(j));
        sample_error += std::pow(sample(i, j) / kMonths - truth, 2);
        shrunk_error += std::pow(shrunk.matrix(i, j) - truth, 2);
      }
    }
    weight += shrunk.shrinkage_frac / 20;
    EXPECT_NO_THROW(inverse_spd(shrunk.matrix));
  }
  EXPECT_LT(shrunk_error, 0.6 * sample_error);
  EXPECT_GT(weight, 0.5);
}

TEST(FactorStructure, FindsOneFactorAndItsShare) {
  const Dense data = one_factor(2000, 10, 3);
  const FactorStructure factors = factors_of(correlations_of(shrink_to_constant_correlation(data).matrix), 4);
  ASSERT_EQ(factors.common_frac.size(), 1U);
  // The largest eigenvalue of equal correlations r is 1 + (k - 1) r.
  EXPECT_NEAR(factors.common_frac[0], (1 + 9 * 0.3) / 10, 0.02);
  for (std::size_t i = 0; i < 10; ++i)
    EXPECT_NEAR(factors.loadings(i, 0) * factors.loadings(i, 0) + factors.specific_frac[i], 1, 1e-12);
}

TEST(SymmetricEigen, TakesAMatrixApartAndPutsItTogether) {
  Dense a(3, 3);
  a.value = {4, 1, -2, 1, 3, 0.5, -2, 0.5, 5};
  const SymmetricEigen eigen = symmetric_eigen(a);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 3; ++k) sum += eigen.values[k] * eigen.vectors(i, k) * eigen.vectors(j, k);
      EXPECT_NEAR(sum, a(i, j), 1e-12);
    }
  }
  EXPECT_GE(eigen.values[0], eigen.values[1]);
}

TEST(Simplex, FindsTheMinimumOfRosenbrocksValley) {
  const auto valley = [](const std::vector<double>& x) {
    return 100 * std::pow(x[1] - x[0] * x[0], 2) + std::pow(1 - x[0], 2);
  };
  const SimplexResult found = minimise_by_simplex(valley, {-1.2, 1}, {2000, 1e-8, 1e-12});
  EXPECT_NEAR(found.x[0], 1, 1e-6);
  EXPECT_NEAR(found.x[1], 1, 1e-6);
}

TEST(Root, IsFoundToTheLastBits) {
  EXPECT_DOUBLE_EQ(root_between([](double x) { return x * x - 2; }, 0, 2), std::numbers::sqrt2);
  EXPECT_DOUBLE_EQ(root_between([](double x) { return 3 - x; }, 0, 10), 3);
}

}  // namespace
}  // namespace plimsoll
