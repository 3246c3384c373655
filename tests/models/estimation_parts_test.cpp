#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "models/estimation/component_pool.hpp"
#include "models/estimation/driver_estimates.hpp"
#include "models/estimation/matrix_estimate.hpp"
#include "models/estimation/memory_cycle.hpp"
#include "models/estimation/own_history.hpp"
#include "models/estimation/residual_factors.hpp"

namespace plimsoll {
namespace {

TEST(MatrixEstimate, KeepsObservedCellsAndMeetsTheSums) {
  const std::vector<double> rows{30, 50, 20}, columns{40, 60};
  std::vector<double> observed(6, -1);
  observed[0] = 10;  // row 0, column 0
  const MatrixEstimate fit = estimate_matrix({1, 1, 1, 3, 2, 1}, observed, rows, columns);
  EXPECT_EQ(fit.values[0], 10);
  EXPECT_TRUE(fit.observed[0]);
  EXPECT_FALSE(fit.observed[1]);
  for (std::size_t r = 0; r < 3; ++r) EXPECT_NEAR(fit.values[2 * r] + fit.values[2 * r + 1], rows[r], 1e-5);
  EXPECT_NEAR(fit.values[0] + fit.values[2] + fit.values[4], 40, 1e-5);
  // What is fitted keeps the seed's odds: rows 1 and 2.
  EXPECT_NEAR(fit.values[2] * fit.values[5] / (fit.values[3] * fit.values[4]), 1.0 * 1 / (3 * 2), 1e-6);
}

TEST(MatrixEstimate, CellsThatExceedTheirSumAreNotHeld) {
  const MatrixEstimate fit = estimate_matrix({1, 1, 1, 1}, {15, -1, -1, -1}, {10, 10}, {12, 8});
  EXPECT_FALSE(fit.observed[0]);
  EXPECT_NEAR(fit.values[0] + fit.values[1], 10, 1e-6);
}

TEST(ComponentPool, EqualComponentsKeepTheirSdAndMeetInTheMedian) {
  std::vector<Component> all(3);
  for (Component& one : all) {
    one.own_level_sd = 0.02;
    one.own_noise_sd = 0.03;
    one.periods = 24;
  }
  all[2].own_level_sd = all[2].own_noise_sd = 9;  // says nothing of itself
  all[2].in_pool = all[2].in_slopes = false;
  all[2].takes_median = true;
  const ComponentPool pool = pool_components(all, {18, 24});
  EXPECT_NEAR(pool.median_sd, std::sqrt(0.02 * 0.02 + 2 * 0.03 * 0.03), 1e-15);
  EXPECT_NEAR(all[0].level_sd, 0.02, 1e-12);
  EXPECT_NEAR(all[0].noise_sd, 0.03, 1e-12);
  EXPECT_NEAR(all[2].noise_sd, 0.03, 1e-12);
}

TEST(ComponentPool, SlopesShrinkByTheirOwnVariance) {
  std::vector<Component> all(5);
  const double slopes[] = {-0.4, -0.1, 0.05, 0.2, 0.5};
  for (std::size_t k = 0; k < all.size(); ++k) {
    all[k].own_level_sd = 0.02;
    all[k].own_noise_sd = 0.03;
    all[k].slope = slopes[k];
    all[k].periods = 24;
  }
  const ComponentPool pool = pool_components(all, {18, 24});
  const double v = 144 * (1.2 * 0.02 * 0.02 / 24 + 12 * 0.03 * 0.03 / std::pow(24, 3));
  EXPECT_NEAR(pool.slope_spread, std::sqrt(0.2 * 0.2 / 0.455 - v), 1e-12);
  EXPECT_NEAR(all[0].slope_sd, std::sqrt(1 / (1 / v + 1 / std::pow(pool.slope_spread, 2))), 1e-12);
}

TEST(PriceVolumeNoise, IsThatOfTheChanges) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const PriceVolumeNoise noise = price_volume_noise({0, 1, none, 0, 1}, {0, -1, 5, 0, -1});
  // Changes 1, -1, 1 and their opposites: mean 1/3, variance 8/9.
  EXPECT_NEAR(noise.volume_sd, std::sqrt(8.0 / 9), 1e-12);
  EXPECT_NEAR(noise.price_sd, std::sqrt(8.0 / 9), 1e-12);
  EXPECT_NEAR(noise.correlation, -0.8, 1e-12);
}

TEST(SlopePerYear, OfALineIsItsSlope) {
  EXPECT_NEAR(slope_per_year({1, 1.1, std::numeric_limits<double>::quiet_NaN(), 1.3}, 0, 4), 1.2, 1e-12);
}

TEST(MemoryCycle, ReadsTrendAndHeightOfAStraightLine) {
  MonthlySeries index{Month::of(2015, 1), {}};
  for (int t = 0; t < 60; ++t) index.values.push_back(100 * std::exp(-0.01 * t + (t % 2 == 0 ? 0.02 : -0.02)));
  index.values.push_back(100 * std::exp(-0.01 * 60 + 0.7));
  const MemoryCycle cycle = memory_cycle(index, Month::of(2019, 12), {{10, std::exp(0.4)}, {20, std::exp(0.8)}});
  EXPECT_NEAR(cycle.trend_log_per_month, -0.01, 1e-4);
  EXPECT_NEAR(cycle.height_log, 0.7, 0.005);
  const double a = std::log((0.4 - 10 * cycle.trend_log_per_month) / 2),
               b = std::log((0.8 - 20 * cycle.trend_log_per_month) / 2);
  EXPECT_NEAR(cycle.amplitude_log, std::exp((a + b) / 2), 1e-12);
  EXPECT_NEAR(cycle.amplitude_sd_log, std::abs(a - b) / std::sqrt(2.0), 1e-12);
  EXPECT_EQ(cycle.noise_half_life_months, 1);  // it alternates: the shortest that is told
  EXPECT_THROW(memory_cycle(index, Month::of(2016, 1), {{10, 2}, {20, 3}}), std::domain_error);
}

TEST(GammaLag, WeightsAddUpAndHaveTheirMean) {
  const std::vector<double> w = gamma_lag_weights(3, 60);
  double sum = 0, mean = 0;
  for (std::size_t k = 0; k < w.size(); ++k) {
    sum += w[k];
    mean += static_cast<double>(k) * w[k];
  }
  EXPECT_NEAR(sum, 1, 1e-14);
  EXPECT_NEAR(mean, 3, 0.02);
}

TEST(Correlations, AreJoinedAsIfTheirMonthsWere) {
  const CorrelationBelief after = combined(CorrelationBelief{0.5, 63}, CorrelationBelief{0.5, 123});
  EXPECT_NEAR(after.value, 0.5, 1e-14);
  EXPECT_EQ(after.months, 183);
  EXPECT_NEAR(combined(CorrelationBelief{0.3, 63}, CorrelationBelief{0.9, 3}).value, 0.3, 1e-14);
}

TEST(ResidualFactors, ChanceIsTheEdgeOfMarchenkoAndPastur) { EXPECT_NEAR(largest_by_chance(25, 100), 2.25, 1e-12); }

TEST(GroupIds, AreMadeFromPrintedNames) {
  EXPECT_EQ(id_from("Toys of wood", 1), "toys_of_wood");
  EXPECT_EQ(id_from("木制玩具", 4), "group_4");
  EXPECT_EQ(id_from("8542 chips", 2), "group_8542_chips");
}

TEST(Priors, AreReadAsMeanAndSd) {
  EXPECT_NEAR(belief_of({RandomNumber::Kind::normal, {0.5, 0.2}}).sd, 0.2, 0.002);
  EXPECT_NEAR(belief_of({RandomNumber::Kind::uniform, {0, 1}}).sd, std::sqrt(1 / 12.0), 0.001);
  EXPECT_EQ(belief_of(RandomNumber::fixed(3)).sd, 0);
}

}  // namespace
}  // namespace plimsoll
