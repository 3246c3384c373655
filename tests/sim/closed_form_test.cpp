#include <gtest/gtest.h>

#include <cmath>

#include "sim/simulation.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

constexpr double kZ[3] = {-1.6448536269514722, 0, 1.6448536269514722};

/// Sampled moments of x = 10 e^(N(0, v)) against the lognormal's, at every horizon, in standard errors.
void expect_lognormal(const RunResults& results, double (*variance)(int)) {
  int months = 0;
  for (const SummaryRow& row : results.summary) {
    if (row.series != "exports.total.value" || row.period.frequency != Frequency::month) continue;
    const int t = row.period.last - Month::of(2026, 5);
    const double v = variance(t);
    const Distribution& d = row.distribution;
    const double mean = 10 * std::exp(v / 2);
    EXPECT_NEAR(d.mean, mean, 4 * d.se_mean) << "t = " << t;
    EXPECT_NEAR(d.sd, mean * std::sqrt(std::expm1(v)), 4 * d.se_sd) << "t = " << t;
    const std::size_t level[3] = {1, 4, 7};
    for (int k = 0; k < 3; ++k) {
      EXPECT_NEAR(d.quantile[level[k]], 10 * std::exp(kZ[k] * std::sqrt(v)), 4 * d.se_quantile[level[k]])
          << "t = " << t;
    }
    ++months;
  }
  EXPECT_GE(months, 5);
}

TEST(OneCellWithOneAr1Driver, IsLognormalWithKnownMomentsAtEveryHorizon) {
  Calibration c = quiet_calibration(1, 1);
  // Oil reverts with k = 2^(-1/12) a month, sd 0.3/sqrt(12); the unit value takes 0.8 of it, without lag.
  set_parameter(c, "oil_annual_sd_log", 0.3);
  c.loadings.push_back({"p0", "all", "oil_price", RandomNumber::fixed(0), RandomNumber::fixed(0.8), 0, {}});
  Scenario s = quiet_scenario(c, 7);
  s.paths = 65536;
  s.report.single_lunar_months = true;
  expect_lognormal(run(Simulation(s, c), {.threads = 2}), [](int t) {
    const double k = std::exp2(-1.0 / 12);
    return 0.64 * 0.09 / 12 * (1 - std::pow(k, 2 * t)) / (1 - k * k);
  });
}

TEST(OneCellWithAnAr1Residual, IsLognormalWithKnownMomentsAtEveryHorizon) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "residual_volume_sd_log", 0.05);
  set_parameter(c, "residual_volume_ar1", 0.6);
  Scenario s = quiet_scenario(c, 7);
  s.paths = 65536;
  expect_lognormal(run(Simulation(s, c), {.threads = 2}),
                   [](int t) { return 0.0025 * (1 - std::pow(0.36, t)) / (1 - 0.36); });
}

TEST(OneCellWithALocalLinearTrend, HasTheVarianceOfItsShocks) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "trend_damping_monthly", 0.9);
  set_parameter(c, "level_sd_log", 0.02, "p0");
  set_parameter(c, "trend_sd_log_per_year", 0.05, "p0");
  set_parameter(c, "trend_start_sd_log_per_year", 0.1, "p0");
  Scenario s = quiet_scenario(c, 7);
  s.paths = 65536;
  expect_lognormal(run(Simulation(s, c), {.threads = 2}), [](int t) {
    const double phi = 0.9;
    const auto g = [&](int n) { return (1 - std::pow(phi, n)) / (1 - phi) / 12; };  // sum of phi^k/12, k < n
    double v = t * 0.02 * 0.02 + 0.01 * g(t) * g(t);
    for (int j = 1; j < t; ++j) v += 0.0025 * g(t - j) * g(t - j);
    return v;
  });
}

TEST(ExchangeRateAsARandomWalk, HasVarianceProportionalToTime) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "exchange_rate_annual_sd_log", 0.12);
  c.loadings.push_back({"all", "all", "exchange_rate", RandomNumber::fixed(0.5), RandomNumber::fixed(-0.2), 0, {}});
  Scenario s = quiet_scenario(c, 7);
  s.paths = 65536;
  expect_lognormal(run(Simulation(s, c), {.threads = 2}), [](int t) { return 0.09 * 0.0144 / 12 * t; });
}

}  // namespace
}  // namespace plimsoll
