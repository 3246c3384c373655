// What a regression tells of the slope at its end: closed forms against simulated series.
#include "models/start_slope.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/estimation/start_weight.hpp"
#include "models/scores.hpp"
#include "models/trend_window.hpp"
#include "tests/models/simulated_normals.hpp"

namespace plimsoll {
namespace {

constexpr int kWindow = 29;
constexpr SlopeProcess kProcess{0.93, 0.01, 0.03, 0.02, 0.3};

/// Log level and slope by month; the slope starts from rest.
struct Simulated {
  std::vector<double> log_level, slope;
};
Simulated simulated(const SlopeProcess& p, int months, unsigned seed) {
  SimulatedNormals normal(seed);
  Simulated out;
  double level = 0, slope = 0, noise = 0;
  for (int t = 0; t < months; ++t) {
    level += slope / 12 + p.level_sd * normal();
    slope = p.damping * slope + p.slope_sd * normal();
    noise = p.noise_ar1 * noise + p.noise_sd * normal();
    out.log_level.push_back(level + noise);
    out.slope.push_back(slope);
  }
  return out;
}

TEST(StartSlope, IsTheBestLinearForecastOfTheSlope) {
  const std::vector<double> weight = trend_weights(kWindow, 0.4).slope;
  const StartSlope expected = start_slope(kProcess, weight);
  const Simulated s = simulated(kProcess, 400000, 3);
  double squares = 0, products = 0, slopes = 0;
  int count = 0;
  for (std::size_t t = 300; t < s.slope.size(); t += 3, ++count) {
    double slope = 0;
    for (std::size_t j = 0; j < kWindow; ++j) slope += weight[j] * s.log_level[t - (kWindow - 1) + j];
    squares += slope * slope;
    products += slope * s.slope[t];
    slopes += s.slope[t] * s.slope[t];
  }
  const double best = products / squares;
  EXPECT_NEAR(expected.weight_frac, best, 0.02);
  EXPECT_NEAR(expected.sd_log, std::sqrt((slopes - best * products) / count), 0.02 * expected.sd_log);
  EXPECT_GT(expected.weight_frac, 0.3);
  EXPECT_LT(expected.weight_frac, 0.9);
}

TEST(StartSlope, TrustsALineWithoutNoiseAndNothingWhereSlopesNeverMove) {
  const std::vector<double> weight = trend_weights(kWindow, 1).slope;
  const StartSlope still = start_slope({.damping = 0.9, .level_sd = 0.02, .noise_sd = 0.03}, weight);
  EXPECT_EQ(still.weight_frac, 0);
  EXPECT_EQ(still.sd_log, 0);
  const StartSlope lasting = start_slope({.damping = 1, .slope_sd = 0.01}, weight);
  EXPECT_NEAR(lasting.weight_frac, 1, 0.1);  // twenty years of changes before the window, 29 months of them in it
  const StartSlope exact = start_slope({}, weight);
  EXPECT_EQ(exact.weight_frac, 1);
  EXPECT_EQ(exact.sd_log, 0);
}

TEST(StartSlope, KnowsTheLevelAsALocalLevelModelDoes) {
  // Given all figures, the variance P of the level solves 1/P = 1/(P + q) + 1/r.
  const double q = 0.02 * 0.02, r = 0.03 * 0.03, p = std::pow(start_level_sd(0.02, 0.03), 2);
  EXPECT_NEAR(1 / p, 1 / (p + q) + 1 / r, 1e-6 / p);
}

TEST(StartWeight, MeasuresOnForecastsWhatTheClosedFormSays) {
  const Simulated s = simulated(kProcess, 60000, 7);
  MonthlySeries logs{Month::of(1, 1), s.log_level};
  for (std::size_t t = 0; t < logs.values.size(); t += 12) {  // January has no figure of its own
    logs.values[t + 1] = (logs.values[t] + logs.values[t + 1]) / 2;
    logs.values[t] = std::nan("");
  }
  const double gain = 0.4;
  const StartWeight measured = measure_start_weight(logs, {kWindow, gain, kProcess.damping, 0, logs.from, logs.last()});
  const StartSlope expected = start_slope(kProcess, trend_weights(kWindow, gain).slope);
  EXPECT_NEAR(measured.best_frac, expected.weight_frac, 0.1);
  EXPECT_NEAR(measured.belief.mean, measured.best_frac, 2 * measured.se_frac);
  EXPECT_LT(measured.se_frac, 0.05);
  EXPECT_GT(measured.origins, 50000);
  EXPECT_THROW(measure_start_weight(logs, {kWindow, gain, 0.9, 0, Month::of(10, 1), Month::of(12, 12)}),
               std::domain_error);
}

TEST(StartWeight, IsBelievedBetween0And1) {
  for (const NormalBelief& belief : {NormalBelief{0.4, 0.1}, {-0.6, 0.3}, {1.2, 0.4}, {0.5, 3}}) {
    constexpr int kSteps = 20000;
    double all = 0, first = 0, second = 0;
    for (int k = 0; k < kSteps; ++k) {
      const double x = (k + 0.5) / kSteps, density = normal_density((x - belief.mean) / belief.sd);
      all += density;
      first += density * x;
      second += density * x * x;
    }
    const NormalBelief inside = between_0_and_1(belief);
    EXPECT_NEAR(inside.mean, first / all, 1e-6) << belief.mean;
    EXPECT_NEAR(inside.sd, std::sqrt(second / all - first / all * first / all), 1e-5) << belief.mean;
  }
  const NormalBelief far = between_0_and_1({-9, 1});
  EXPECT_NEAR(far.mean, 1.0 / 9, 0.01);
  EXPECT_GT(between_0_and_1({9, 1}).mean, 0.85);
}

}  // namespace
}  // namespace plimsoll
