#include "models/replicated_draws.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "models/growth_mixture.hpp"
#include "models/scores.hpp"

namespace plimsoll {
namespace {

double uniform(std::mt19937_64& numbers) { return (static_cast<double>(numbers() >> 11U) + 0.5) / 9007199254740992.0; }
double mean_of(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

/// One normal in each of `size` strata, in every replicate.
std::vector<double> stratified_normals(std::size_t replicates, std::size_t size, std::mt19937_64& numbers) {
  std::vector<double> out;
  for (std::size_t r = 0; r < replicates; ++r) {
    for (std::size_t k = 0; k < size; ++k)
      out.push_back(normal_quantile((static_cast<double>(k) + uniform(numbers)) / static_cast<double>(size)));
  }
  return out;
}

/// Unbiased where draws are independent: mean distance to x less half that of two different draws.
double crps_of_independent(const std::vector<double>& draws, double x) {
  const auto n = static_cast<double>(draws.size());
  double to_x = 0, pairs = 0;
  for (const double one : draws) {
    to_x += std::abs(one - x) / n;
    for (const double other : draws) pairs += std::abs(one - other) / (n * (n - 1));
  }
  return to_x - pairs / 2;
}

TEST(ReplicatedDraws, HaveAnUnbiasedCrpsWhereStrataWouldMakeItTooSmall) {
  std::mt19937_64 numbers(3);
  constexpr int kWorlds = 200;
  constexpr std::size_t kReplicates = 16, kSize = 16;
  double fair = 0, of_each = 0;
  for (int world = 0; world < kWorlds; ++world) {
    const std::vector<double> draws = stratified_normals(kReplicates, kSize, numbers);
    fair += mean_of(ReplicatedDraws(draws, kReplicates).crps_of_replicates(0.4)) / kWorlds;
    const std::vector<double> one(draws.begin(), draws.begin() + kSize);
    of_each += crps_of_independent(one, 0.4) / kWorlds;
  }
  const double exact = crps_normal(0, 1, 0.4);
  EXPECT_NEAR(fair, exact, 1e-3);
  EXPECT_LT(of_each, exact - 0.02);  // the mean of replicates' own estimates, as it was once told
}

TEST(ReplicatedDraws, SayHowSureTheCrpsIs) {
  std::mt19937_64 numbers(4);
  constexpr int kWorlds = 400;
  double squares = 0, told = 0;
  for (int world = 0; world < kWorlds; ++world) {
    std::vector<double> draws;
    for (int k = 0; k < 16 * 20; ++k) draws.push_back(normal_quantile(uniform(numbers)));
    const std::vector<double> crps = ReplicatedDraws(draws, 16).crps_of_replicates(1);
    squares += std::pow(mean_of(crps) - crps_normal(0, 1, 1), 2) / kWorlds;
    told += std::pow(se_of_mean(crps), 2) / kWorlds;
  }
  EXPECT_NEAR(std::sqrt(told / squares), 1, 0.12);
}

TEST(ReplicatedDraws, EqualTheSumOverAllPairsOfDifferentReplicates) {
  const std::vector<double> draws{0, 3, 1, 5, 2, 9};  // three replicates of two
  double pairs = 0, to_x = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    to_x += std::abs(draws[i] - 4) / 6;
    for (std::size_t j = 0; j < 6; ++j) pairs += i / 2 == j / 2 ? 0 : std::abs(draws[i] - draws[j]) / 24;
  }
  const ReplicatedDraws replicated(draws, 3);
  EXPECT_NEAR(mean_of(replicated.crps_of_replicates(4)), to_x - pairs / 2, 1e-12);
  EXPECT_DOUBLE_EQ(replicated.quantile(0.5), 2.5);
  EXPECT_DOUBLE_EQ(replicated.probability_below(4), 4.5 / 7);
}

TEST(GrowthMixture, HasTheCrpsThatQuadratureByAnotherProgramGives) {
  // scipy.integrate.quad of 100 e^z (F(z) - 1{x <= z})^2
  const std::vector<MixturePart> parts{{0.3, 0.02, 0.06}, {0.7, -0.03, 0.1}};
  EXPECT_NEAR(crps_mixture_growth(parts, 7, 5), 3.728737185766605, 2e-6);  // fat tails, cut at ten scales
  EXPECT_NEAR(crps_mixture_growth(parts, 20, 5), 3.6745460890378374, 1e-9);
  EXPECT_NEAR(crps_mixture_growth(parts, 20, -30), 23.64925770477406, 1e-8);
  EXPECT_NEAR(crps_mixture_growth(parts, 20, 80), 75.68728736472339, 1e-8);
}

TEST(GrowthMixture, OfOnePartWithManyDegreesIsLognormalGrowth) {
  EXPECT_NEAR(crps_mixture_growth({{1, 0.04, 0.08}}, 1e7, 12), crps_lognormal_growth(0.04, 0.08, 12), 1e-5);
}

}  // namespace
}  // namespace plimsoll
