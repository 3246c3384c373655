// How a trend starts: the weight of the regression's slope, the level that goes with it, and the level's own error.
#include <gtest/gtest.h>

#include <cmath>

#include "models/trend_window.hpp"
#include "named_outputs.hpp"
#include "sim/simulation.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

constexpr double kGrowth = 0.24, kLongRun = 0.03, kDamping = 0.9;  // log a year; a month
constexpr double kTiny = 1e-7;                                     // ratio of noise and level that sets the gain

/// Exports and imports grow along a line; shocks are too small to be seen but fix the gain at that of 0.6 and 1.
Calibration growing() {
  Calibration c = quiet_imports();
  const auto grown = [](std::vector<double>& values, std::size_t cells) {
    for (std::size_t k = 0; k < values.size(); ++k)
      values[k] *= std::exp(kGrowth / 12 * (static_cast<double>(k / cells) - 28));
  };
  grown(c.cells, 4);
  grown(c.imports.values, 2);
  const auto set_import = [&](const std::string& name, double value) {
    for (Parameter& p : c.imports.parameters) {
      if (p.name == name) p.value = RandomNumber::fixed(value);
    }
  };
  set_parameter(c, "trend_damping_monthly", kDamping);
  set_parameter(c, "trend_long_run_log_per_year", kLongRun);
  set_import("import_trend_long_run_log_per_year", kLongRun);
  set_parameter(c, "level_sd_log", 0.6 * kTiny);
  for (const char* product : {"p0", "p1"}) set_parameter(c, "level_sd_log", 0, product);
  for (const char* market : {"m0", "m1"}) set_parameter(c, "level_sd_log", 0, "", market);
  set_parameter(c, "residual_world_sd_log", kTiny);
  return c;
}

void start_with(Calibration& c, const RandomNumber& weight) {
  set_parameter(c, "trend_start_weight_frac", weight);
  c.imports.parameters.push_back({"import_trend_start_weight_frac", "", "", weight, 0, "", {}});
}

double years(int t) { return (1 - std::pow(kDamping, t)) / (1 - kDamping) / 12; }

TEST(TrendStart, WeighsTheSlopeAndTheLevelThatGoesWithIt) {
  for (const double weight : {0.0, 0.25, 1.0}) {
    Calibration c = growing();
    start_with(c, RandomNumber::fixed(weight));
    Scenario s = quiet_scenario(c, 19);
    s.report.frequencies = {Frequency::month};
    const auto values = named_outputs(s, c);
    const double lag = trend_weights(29, local_level_gain(0.6, 1)).smoothing_years;
    EXPECT_GT(lag, 0.05);
    for (const auto& [period, t] : {std::pair{"2026-06", 1}, {"2026-12", 7}, {"2027-12", 19}}) {
      const double expected = kLongRun * t / 12 + (years(t) * weight - lag * (1 - weight)) * (kGrowth - kLongRun);
      EXPECT_NEAR(values.at("exports.total.value@" + std::string(period)).at(5), 40 * std::exp(expected), 4e-4)
          << weight << " " << period;
      EXPECT_NEAR(values.at("imports.total.value@" + std::string(period)).at(5), 16 * std::exp(expected), 2e-4)
          << weight << " " << period;
    }
  }
}

TEST(TrendStart, TrustsTheRegressionWhereNothingIsSaid) {
  Calibration c = growing();
  const Scenario s = quiet_scenario(c, 12);
  const auto without = named_outputs(s, c);
  start_with(c, RandomNumber::fixed(1));
  set_parameter(c, "level_start_log", 0);
  EXPECT_EQ(named_outputs(s, c), without);
}

TEST(TrendStart, LeavesTheTrendsContributionToTheTrend) {
  // What the level was smoothed by fades like the last month's residual, so it is not called trend.
  Calibration c = growing();
  start_with(c, RandomNumber::fixed(0.25));
  const auto values = named_outputs(quiet_scenario(c, 19), c);
  double sum = 0;
  for (const auto& [name, paths] : values) {
    if (name.starts_with("exports.total.yoy/driver/") && name.ends_with("@2027-12")) sum += paths.at(0);
  }
  EXPECT_NEAR(sum, values.at("exports.total.yoy@2027-12").at(0), 1e-3);
  // Both months lie in the forecast, the level's term is the same in both, so only trend is left.
  EXPECT_NEAR(values.at("exports.total.yoy/driver/residual@2027-12").at(0), 0, 1e-3);
  EXPECT_NEAR(values.at("exports.total.yoy/driver/trend@2027-12").at(0),
              100 * std::expm1(kLongRun + 0.25 * (years(19) - years(7)) * (kGrowth - kLongRun)), 1e-2);
}

TEST(TrendStart, ItsLevelErrorComesInAsTheResidualFades) {
  Calibration c = quiet_imports();
  constexpr double kRho = 0.5, kSd = 0.04;
  const RandomNumber error{RandomNumber::Kind::normal, {0, kSd}};
  set_parameter(c, "residual_world_ar1", kRho);
  set_parameter(c, "level_start_log", error);
  c.imports.parameters.push_back({"import_level_start_log", "", "", error, 0, "", {}});
  Scenario s = quiet_scenario(c, 6);
  s.paths = 16384;
  const RunResults results = run(Simulation(s, c), {.threads = 2});
  int seen = 0;
  for (const SummaryRow& row : results.summary) {
    const bool exports = row.series == "exports.total.value";
    if ((!exports && row.series != "imports.total.value") || row.period.frequency != Frequency::month) continue;
    const int t = row.period.last - c.as_of;
    const double sd = exports ? kSd * (1 - std::pow(kRho, t)) : kSd;  // imports' residual has no memory here
    EXPECT_NEAR(row.distribution.quantile[7], (exports ? 40 : 16) * std::exp(1.6448536 * sd),
                4 * row.distribution.se_quantile[7] + 1e-4)
        << row.series << " " << t;
    ++seen;
  }
  EXPECT_EQ(seen, 12);
}

}  // namespace
}  // namespace plimsoll
