#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "models/estimation/trend_filter.hpp"
#include "tests/models/simulated_normals.hpp"

namespace plimsoll {
namespace {

const Seasons kTrueSeasons = [] {
  Seasons s{-0.15, -0.05, 0.0, 0.02, 0.04, 0.03, 0.05, 0.02, 0.02, 0.06, 0.11};
  double mean = 0;
  for (std::size_t k = 0; k < kSeasons; ++k) mean += s[k] * season_months(k) / 12;
  for (double& one : s) one -= mean;
  return s;
}();

/// Log levels of a local linear trend with seasons and an AR(1) residual.
MonthlySeries simulated(const TrendModel& model, int months, unsigned seed) {
  SimulatedNormals normal(seed);
  MonthlySeries series{Month::of(2008, 1), {}};
  double a = 5, mu = model.long_run_slope_log, u = 0;
  for (int t = 0; t < months; ++t) {
    a += mu / 12 + model.level_sd * normal();
    mu = model.slope_damping * mu + (1 - model.slope_damping) * model.long_run_slope_log + model.slope_sd * normal();
    u = model.residual_ar1 * u + model.residual_sd * normal();
    series.values.push_back(std::exp(a + u + kTrueSeasons[season_of(series.from + t)]));
  }
  return series;
}

TEST(ReleasedPeriods, CountJanuaryAndFebruaryAsOne) {
  EXPECT_EQ(released_periods(Month::of(2024, 1), Month::of(2025, 12)), 22);
  EXPECT_EQ(released_periods(Month::of(2024, 1), Month::of(2026, 5)), 26);
  EXPECT_EQ(months_to_released(Month::of(2026, 5), 1), 1);
  EXPECT_EQ(months_to_released(Month::of(2026, 5), 8), 9);
  EXPECT_EQ(months_to_released(Month::of(2025, 12), 1), 2);
  const MonthlySeries logs = released_logs({Month::of(2025, 12), {4, 1, 3, 5}});
  EXPECT_NEAR(logs.values[0], std::log(4), 1e-15);
  EXPECT_TRUE(std::isnan(logs.values[1]));
  EXPECT_NEAR(logs.values[2], std::log(2), 1e-15);
}

TEST(SeasonColumns, AverageToZeroOverAYear) {
  const Dense x = season_columns(Month::of(2024, 1), 12);
  for (std::size_t c = 0; c < x.columns; ++c) {
    double sum = 0;
    for (std::size_t r = 0; r < 12; ++r) sum += x(r, c);
    EXPECT_EQ(sum, 0);
  }
  const Seasons seasons = seasons_from({.1, .2, .3, 0, 0, 0, 0, 0, 0, -.1});
  double mean = 0;
  for (std::size_t s = 0; s < kSeasons; ++s) mean += seasons[s] * season_months(s);
  EXPECT_NEAR(mean, 0, 1e-15);
}

TEST(TrendFilter, ItsLikelihoodIsThatOfAKnownCase) {
  // Two figures of a pure random walk: the second given the first is N(y1, level variance + what the start left).
  const TrendModel walk{0.2, 0, 0, 0, 1, 0};
  const TrendFilter filter = filter_trend({1.0, 1.3}, Dense(2, 0), walk);
  ASSERT_EQ(filter.innovations.size(), 2U);
  // Variance of the level after one figure is about 0; slope 0.05 +- 0.15 a year adds a twelfth of itself.
  const double variance = 0.04 + 0.15 * 0.15 / 144 + 2e-8;
  EXPECT_NEAR(filter.innovations[1], (0.3 - 0.05 / 12) / std::sqrt(variance), 1e-5);
}

TEST(TrendFilter, MissingMonthsSayNothing) {
  const TrendModel model{0.01, 0.01, 0.02, 0.5, 0.9, 0.05};
  const double none = std::numeric_limits<double>::quiet_NaN();
  TrendFilter filter = filter_trend({1, 1.1, 1.2, none, none}, Dense(5, 0), model);
  TrendFilter shorter = filter_trend({1, 1.1, 1.2}, Dense(3, 0), model);
  EXPECT_EQ(filter.log_likelihood, shorter.log_likelihood);
  shorter.state.step(model);
  shorter.state.step(model);
  EXPECT_NEAR(filter.state.level(), shorter.state.level(), 1e-14);
  EXPECT_NEAR(filter.state.covariance[0][0], shorter.state.covariance[0][0], 1e-14);
}

TEST(TrendFit, RecoversSeasonsAndShocksOfASimulatedSeries) {
  const TrendModel truth{0.012, 0.01, 0.025, 0.45, 0.94, 0.05};
  TrendModel mean{};
  constexpr int kSeries = 6, kMonths = 221;
  double worst = 0;
  for (unsigned seed = 1; seed <= kSeries; ++seed) {
    const MonthlySeries logs = released_logs(simulated(truth, kMonths, seed));
    const Dense columns = season_columns(logs.from, logs.values.size());
    const TrendFit fit = fit_trend(logs.values, columns, truth.slope_damping, truth.long_run_slope_log);
    const Seasons seasons = seasons_from(filter_trend(logs.values, columns, fit.model).effects);
    for (std::size_t s = 0; s < kSeasons; ++s) worst = std::max(worst, std::abs(seasons[s] - kTrueSeasons[s]));
    mean.level_sd += fit.model.level_sd / kSeries;
    mean.residual_sd += fit.model.residual_sd / kSeries;
    mean.residual_ar1 += fit.model.residual_ar1 / kSeries;
  }
  // A season has 18 figures with noise of about 0.03: standard error 0.007.
  EXPECT_LT(worst, 4 * 0.007);
  EXPECT_NEAR(mean.residual_sd, truth.residual_sd, 0.005);
  EXPECT_NEAR(mean.level_sd, truth.level_sd, 0.006);
  EXPECT_NEAR(mean.residual_ar1, truth.residual_ar1, 0.15);
}

TEST(TrendFit, ForecastSdIsThatOfSimulatedPaths) {
  const TrendModel model{0.01, 0.012, 0.02, 0.5, 0.9, 0.04};
  SimulatedNormals normal(11);
  constexpr int kPaths = 20000, kAhead = 8;
  double squares = 0;
  for (int k = 0; k < kPaths; ++k) {
    double a = 0, mu = 0.03 * normal(), u = 0;
    for (int t = 0; t < kAhead; ++t) {
      a += mu / 12 + model.level_sd * normal();
      mu = model.slope_damping * mu + model.slope_sd * normal();
      u = model.residual_ar1 * u + model.residual_sd * normal();
    }
    squares += (a + u) * (a + u) / kPaths;
  }
  EXPECT_NEAR(std::sqrt(squares) / forecast_sd_log(model, 0.03, kAhead), 1, 0.02);
}

TEST(LevelAndNoise, AreToldApartInShortSeries) {
  SimulatedNormals normal(5);
  double level = 0, noise = 0;
  constexpr int kSeries = 40;
  for (int k = 0; k < kSeries; ++k) {
    std::vector<double> z;
    double a = 0;
    for (int t = 0; t < 60; ++t) z.push_back((a += 0.02 * normal()) + 0.03 * normal());
    const LevelAndNoise split = split_level_noise(z);
    level += split.level_sd / kSeries;
    noise += split.noise_sd / kSeries;
  }
  EXPECT_NEAR(level, 0.02, 0.004);
  EXPECT_NEAR(noise, 0.03, 0.004);
}

TEST(ShrunkSeasons, KeepRealSeasonsAndDropNoise) {
  SimulatedNormals normal(9);
  MonthlySeries real{Month::of(2024, 1), {}}, noise{Month::of(2024, 1), {}};
  for (int t = 0; t < 36; ++t) {
    const Month m = real.from + t;
    const double none = std::numeric_limits<double>::quiet_NaN();
    real.values.push_back(m.month() == 1 ? none : 0.01 * t + 2 * kTrueSeasons[season_of(m)] + 0.01 * normal());
    noise.values.push_back(m.month() == 1 ? none : 0.01 * t + 0.05 * normal());
  }
  const ShrunkSeasons kept = shrunk_seasons(real), dropped = shrunk_seasons(noise);
  EXPECT_GT(kept.kept_frac, 0.9);
  EXPECT_LT(dropped.kept_frac, 0.6);
  double mean = 0;
  for (std::size_t s = 0; s < kSeasons; ++s) {
    EXPECT_NEAR(kept.effects[s], 2 * kTrueSeasons[s], 0.035);
    mean += kept.effects[s] * season_months(s);
  }
  EXPECT_NEAR(mean, 0, 1e-12);
}

TEST(NewYear, JanuarysShareIsAQuadraticOfItsDate) {
  std::map<int, Date> days;
  MonthlySeries levels{Month::of(2015, 1), std::vector<double>(12 * 10, 10.0)};
  for (int y = 2015; y < 2025; ++y) {
    const int day = 22 + (y * 7) % 25;  // from 22 January
    days[y] = day <= 31 ? Date{y, 1, day} : Date{y, 2, day - 31};
    const double x = (day - 38) / 10.0, share = 0.55 - 0.03 * x + 0.01 * x * x;
    levels.values[static_cast<std::size_t>(12 * (y - 2015))] = 100 * share;
    levels.values[static_cast<std::size_t>(12 * (y - 2015) + 1)] = 100 * (1 - share);
  }
  days[2030] = {2030, 2, 3};
  const NewYearFit fit = fit_january_shares(levels, days, {});
  EXPECT_NEAR(fit.fitted.at(2030), 0.55 - 0.03 * -0.4 + 0.01 * 0.16, 1e-10);
  EXPECT_NEAR(fit.residual_sd, 0, 1e-8);
  EXPECT_EQ(fit.actual.count(2030), 0U);
}

}  // namespace
}  // namespace plimsoll
