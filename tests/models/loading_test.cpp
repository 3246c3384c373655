// Posteriors of loadings and lags: what no data move stays, what data say comes out, and nothing leaves its support.
#include <gtest/gtest.h>

#include <cmath>

#include "models/estimation/forecast_errors.hpp"
#include "models/estimation/loading_regression.hpp"
#include "scenarios/random_number_text.hpp"
#include "tests/models/simulated_normals.hpp"

namespace plimsoll {
namespace {

RandomNumber number(const std::string& text) {
  std::vector<Problem> problems;
  return parse_random_number_text(text, {}, problems);
}

TEST(LagPosterior, IsThePriorWithItsTailsWhereTheDataSayNothing) {
  for (const char* text : {"{triangular: [0, 2, 6]}", "{lognormal: {median: 2, sd_log: 0.5}}",
                           "{normal: {mean: 4, sd: 1}}", "{uniform: [1, 3]}"}) {
    const RandomNumber prior = number(text);
    const NormalBelief before = belief_of(prior), after = posterior_on_grid(prior, [](double) { return 0.0; });
    EXPECT_NEAR(after.mean, before.mean, 0.002 * before.mean) << text;
    EXPECT_NEAR(after.sd, before.sd, 0.01 * before.sd) << text;
  }
}

TEST(LagPosterior, OfANormalIsTheConjugateOneAlsoFarOut) {
  // Data 3.5 prior sds away: a grid that ends at 2 would stop there.
  const NormalBelief prior{4, 1}, data{7.5, 0.5};
  const NormalBelief exact = combined(prior, data);
  const NormalBelief found = posterior_on_grid(number("{normal: {mean: 4, sd: 1}}"),
                                               [&](double x) { return -0.5 * std::pow((x - data.mean) / data.sd, 2); });
  EXPECT_NEAR(found.mean, exact.mean, 0.01);
  EXPECT_NEAR(found.sd, exact.sd, 0.01);
}

TEST(LoadingPosterior, KeepsTheSupportOfItsPrior) {
  const RandomNumber prior = number("{triangular: [-0.3, -0.12, 0]}");
  const NormalBelief before = belief_of(prior);
  const NormalBelief same = on_prior(prior, before, before);
  EXPECT_NEAR(same.mean, before.mean, 1e-3);
  EXPECT_NEAR(same.sd, before.sd, 1e-3);
  // A regression that ends above 0 with a normal stays below it.
  const NormalBelief after = on_prior(prior, before, {0.02, 0.03});
  EXPECT_LT(after.mean, 0);
  EXPECT_GT(after.mean, before.mean);
  const RandomNumber drawn = number(posterior_text(prior, after));
  EXPECT_LE(quantile_at_normal(drawn, 6), 0);
  EXPECT_GE(quantile_at_normal(drawn, -6), -0.3);
  EXPECT_NEAR(belief_of(drawn).mean, after.mean, 2e-4);
  EXPECT_NEAR(belief_of(drawn).sd, after.sd, 2e-4);
  // A normal is conjugate: what the regression says.
  const NormalBelief plain = on_prior(number("{normal: {mean: 1, sd: 2}}"), {1, 2}, {1.5, 0.4});
  EXPECT_EQ(plain.mean, 1.5);
  EXPECT_EQ(plain.sd, 0.4);
}

TEST(LoadingRegression, TakesPeriodsOfSeveralMonths) {
  // Oil that wanders; a unit value that follows it by 0.8 at a lag of one month, printed by blocks of one to four
  // months.
  SimulatedNormals normal(7);
  DriverLogs drivers;
  MonthlySeries oil{Month::of(2019, 1), {}};
  double log_oil = 4.3;
  for (int k = 0; k < 80; ++k) oil.values.push_back(std::exp(log_oil += 0.08 * normal()));
  drivers.memory = drivers.oil = drivers.exchange_rate = drivers.capex = oil;
  DriverLags lags;
  lags.oil = 1;
  LoadingSeries series;
  const auto at = [&](Month m) { return std::log(oil.at(m)) * 0.75 + std::log(oil.at(m - 1)) * 0.25; };
  for (Month m = Month::of(2020, 1); m + 3 <= oil.last();) {
    const int months = 1 + static_cast<int>(series.logs.size()) % 4;
    double sum = 0;
    for (int k = 0; k < months; ++k) sum += 0.8 * at(m + k) / months;
    series.periods.push_back({m, m + (months - 1)});
    series.logs.push_back(sum + 0.01 * normal() / std::sqrt(months));
    m = m + months;
  }
  ASSERT_GE(series.logs.size(), 20U);
  const LoadingPosterior fit = regress_loadings(series, {{"oil_price", {0.3, 0.4}}}, drivers, lags);
  EXPECT_NEAR(fit.after[0].mean, 0.8, 0.12);
  EXPECT_LT(fit.after[0].sd, 0.1);
}

/// A damped trend with noise and no season, from 2004.
MonthlySeries simulated_total(unsigned seed, int months) {
  SimulatedNormals normal(seed);
  MonthlySeries series{Month::of(2004, 1), {}};
  double a = 5, mu = 0.05;
  for (int t = 0; t < months; ++t) {
    series.values.push_back(std::exp(a + 0.03 * normal()));
    a += mu / 12 + 0.01 * normal();
    mu = 0.9 * mu + 0.1 * 0.05 + 0.02 * normal();
  }
  return series;
}

TEST(ForecastErrors, OfAnExpandingFitAreNearThoseOfTheTruth) {
  double squares = 0, inside = 0;
  constexpr int kSets = 6;
  for (unsigned seed = 1; seed <= kSets; ++seed) {
    const MonthlySeries levels = simulated_total(seed, 268);
    const TotalTrend honest = fit_total(levels, ErrorsOf::expanding_fit);
    EXPECT_EQ(honest.errors_of, ErrorsOf::expanding_fit);
    squares += std::pow(honest.error_pp.at(5), 2) / kSets;
    inside += std::pow(fit_total(levels, ErrorsOf::whole_sample_fit).error_pp.at(5), 2) / kSets;
  }
  const TrendModel truth{0.01, 0.02, 0.03, 0, 0.9, 0.05};
  const double best = 100 * forecast_sd_log(truth, 0, 5);
  // Nobody forecasts better than one who knows the model; who fits it on the past does somewhat worse.
  EXPECT_GT(std::sqrt(squares), best);
  EXPECT_LT(std::sqrt(squares), 1.6 * best);
  EXPECT_GT(squares, inside);
}

TEST(ForecastErrors, OfAShortSeriesSayThatOneFitMadeThem) {
  const TotalTrend trend = fit_total(simulated_total(3, 60), ErrorsOf::expanding_fit);
  EXPECT_EQ(trend.errors_of, ErrorsOf::whole_sample_fit);
  EXPECT_NE(errors_name(ErrorsOf::expanding_fit, trend).find("by one fit of the whole series"), std::string::npos);
}

TEST(ForecastErrors, KnowNothingOfWhatCameLater) {
  // The last month is a target and nothing else: moved by d, it changes the sum of squares by 2 e d + d^2, so second
  // differences over d are 2 d^2 over the number of forecasts, a whole number. A fit that saw it would move all errors.
  constexpr double kStep = 0.05;
  const MonthlySeries levels = simulated_total(9, 180);
  const auto square = [&](double moved) {
    MonthlySeries s = levels;
    s.values.back() *= std::exp(moved);
    return std::pow(fit_total(s, ErrorsOf::expanding_fit).error_pp.at(3), 2);
  };
  const double count = 2 * std::pow(100 * kStep, 2) / (square(2 * kStep) - 2 * square(kStep) + square(0));
  EXPECT_GT(count, 40);
  EXPECT_NEAR(count, std::round(count), 1e-4);
}

}  // namespace
}  // namespace plimsoll
