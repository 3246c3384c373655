#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "models/denton.hpp"
#include "models/tariff_setup.hpp"
#include "models/trend_window.hpp"
#include "sim/plan.hpp"
#include "tariff_layers.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

/// Monthly total on path 0 relative to 10 per cell, t = 1 .. months.
std::vector<double> path(const Scenario& s, const Calibration& c) {
  const Simulation simulation(s, c);
  const std::vector<double> values = simulate_outputs(simulation.plan(), 0);
  std::vector<double> out;
  for (std::size_t o = 0; o < simulation.plan().outputs.labels.size(); ++o) {
    const OutputLabel& label = simulation.plan().outputs.labels[o];
    if (label.series == "exports.total.value" && label.period.frequency == Frequency::month &&
        label.period.first == label.period.last) {
      out.push_back(values[o * 64] / c.total.back());
    }
  }
  return out;
}

Scenario with_layer(const Calibration& c, int months, Date effective, std::optional<Date> expires = std::nullopt) {
  Scenario s = quiet_scenario(c, months);
  s.report.single_lunar_months = true;
  TariffLayer layer = tariff_layer("m0", 10, effective);
  layer.expires = expires;
  s.tariff_shocks = {layer};
  return s;
}

TEST(Tariff, HasItsOneYearValueElasticityOnAverageOverTheFirstTwelveMonths) {
  for (const double pass_through : {1.0, 0.9}) {
    for (const double long_run : {1.2, 2.5, 8.0}) {
      Calibration c = quiet_calibration(1, 1);
      set_parameter(c, "tariff_elasticity_1y", 0.9);
      set_parameter(c, "tariff_elasticity_long_run", long_run);
      set_parameter(c, "tariff_pass_through_frac", pass_through);
      const std::vector<double> x = path(with_layer(c, 13, Date{2026, 6, 1}), c);
      EXPECT_NEAR(x[0], 1, 1e-5);  // the month of the tariff: goods under way
      double mean = 0;
      for (int k = 1; k <= 12; ++k) mean += std::log(x[static_cast<std::size_t>(k)]) / 12;
      EXPECT_NEAR(mean, -0.9 * std::log(1.1), 2e-4) << pass_through << " " << long_run;
    }
  }
}

TEST(Tariff, GrowsTowardsItsLongRunElasticity) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "tariff_elasticity_1y", 0.9);
  set_parameter(c, "tariff_elasticity_long_run", 2.5);
  set_parameter(c, "tariff_half_life_months", 12);
  const std::vector<double> x = path(with_layer(c, 120, Date{2026, 6, 1}), c);
  EXPECT_GT(x[2], x[30]);
  EXPECT_NEAR(std::log(x[119]), -2.5 * std::log(1.1), 0.005);
}

TEST(Tariff, IsWeightedByDaysAndEndsOnItsExpiry) {
  EXPECT_DOUBLE_EQ(days_in_force(Month::of(2026, 11), Date{2026, 11, 16}, std::nullopt), 0.5);
  EXPECT_DOUBLE_EQ(days_in_force(Month::of(2026, 10), Date{2026, 11, 16}, std::nullopt), 0);
  EXPECT_DOUBLE_EQ(days_in_force(Month::of(2026, 12), Date{2026, 11, 16}, Date{2026, 12, 1}), 0);
  EXPECT_DOUBLE_EQ(days_in_force(Month::of(2026, 11), Date{2026, 11, 1}, Date{2026, 11, 16}), 0.5);
}

TEST(Tariff, OnEverySupplierActsThroughImportDemandOnly) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "tariff_elasticity_1y", 5);
  set_parameter(c, "tariff_elasticity_long_run", 5);
  set_parameter(c, "import_demand_elasticity", 0.7);
  Scenario s = with_layer(c, 6, Date{2026, 6, 1});
  s.tariff_shocks[0].all_suppliers = true;
  EXPECT_NEAR(std::log(path(s, c)[3]), -0.7 * std::log(1.1), 1e-4);
}

TEST(Tariff, InForceBeforeTheStartGoesOnWorkingAsInherited) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "tariff_elasticity_1y", 0.5);
  set_parameter(c, "tariff_elasticity_long_run", 2);
  c.tariffs.push_back({"m0", "p0", {{Date{2018, 1, 1}, 0.0, 0.0}, {Date{2026, 3, 1}, 0.2, 0.0}}});
  const RunResults results = run(Simulation(quiet_scenario(c, 12), c), {.threads = 1});
  double inherited = 0;
  for (const ContributionRow& row : results.contributions) {
    if (row.key == "inherited" && to_string(row.period) == "2027-05") inherited = row.distribution.mean;
  }
  EXPECT_LT(inherited, -1);
}

TEST(Oil, ReachesPricesThroughAGammaLagThatSumsToOne) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "oil_lag_months", 3);
  c.loadings.push_back({"p0", "all", "oil_price", RandomNumber::fixed(0), RandomNumber::fixed(0.5), 0, {}});
  Scenario s = quiet_scenario(c, 40);
  s.report.single_lunar_months = true;
  s.oil_price.kind = "path";
  s.oil_price.points = {{c.as_of + 1, RandomNumber::fixed(120)}};
  const std::vector<double> x = path(s, c);
  const auto cdf = [](double m) { return 1 - std::exp(-2 * m / 3) * (1 + 2 * m / 3); };
  EXPECT_NEAR(std::log(x[0]) / (0.5 * std::log(1.2)), cdf(0.5) / cdf(24.5), 1e-3);
  EXPECT_NEAR(std::log(x[3]) / (0.5 * std::log(1.2)), cdf(3.5) / cdf(24.5), 1e-3);
  EXPECT_NEAR(std::log(x[39]), 0.5 * std::log(1.2), 1e-5);
}

TEST(MeanReverting, HalvesTheDistanceAfterOneHalfLife) {
  Calibration c = quiet_calibration(1, 1);
  c.loadings.push_back({"p0", "all", "oil_price", RandomNumber::fixed(0), RandomNumber::fixed(1), 0, {}});
  Scenario s = quiet_scenario(c, 12);
  s.report.single_lunar_months = true;
  s.oil_price.parameters = {{"level_usd_per_bbl", RandomNumber::fixed(200)},
                            {"half_life_months", RandomNumber::fixed(12)}};
  EXPECT_NEAR(std::log(path(s, c)[11]), 0.5 * std::log(2.0), 1e-3);
}

TEST(StochasticCycle, FallsFromItsHeightToTheTroughOverTheDownswing) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "memory_height_log", 1.2);
  set_parameter(c, "memory_cycle_amplitude_log", 0.3);
  set_parameter(c, "memory_downswing_months", 18);
  set_parameter(c, "memory_cycle_period_months", 36);
  c.loadings.push_back({"p0", "all", "memory_price", RandomNumber::fixed(0), RandomNumber::fixed(1), 0, {}});
  Scenario s = quiet_scenario(c, 54);
  s.report.single_lunar_months = true;
  s.memory_price_cycle.process = ProcessSpec{"stochastic_cycle", {}, {}, {}};
  const std::vector<double> x = path(s, c);
  EXPECT_NEAR(std::log(x[17]), -0.3 - 1.2, 2e-3);  // trough at -amplitude
  EXPECT_NEAR(std::log(x[35]), 0.3 - 1.2, 2e-3);   // the next peak half a period later
  EXPECT_NEAR(std::log(x[53]), -0.3 - 1.2, 2e-3);
  for (std::size_t t = 1; t < 18; ++t) EXPECT_LT(x[t], x[t - 1]);
}

TEST(Capex, MovesVolumeAndUnitValueByItsElasticities) {
  Calibration c = quiet_calibration(1, 1);
  c.loadings.push_back({"p0", "all", "capex", RandomNumber::fixed(0.1), RandomNumber::fixed(0.3), 0, {}});
  Scenario s = quiet_scenario(c, 19);
  s.report.single_lunar_months = true;
  CapexPaths paths;
  using Measure = CapexKey::Measure;
  paths.firms = {{"amazon",
                  {{2026, 2, Measure::level_usd_bn, RandomNumber::fixed(30)},  // April and May are at the reference
                   {2026, 0, Measure::level_usd_bn, RandomNumber::fixed(150)},
                   {2027, 0, Measure::growth_pct, RandomNumber::fixed(32)}}}};
  s.capex_paths = paths;
  const std::vector<double> x = path(s, c);
  // 2027: 198 a year against 120 at the reference: the year's mean log is close to 0.4 ln(198/120).
  double mean = 0;
  for (std::size_t t = 7; t < 19; ++t) mean += x[t] / 12;
  EXPECT_NEAR(std::log(mean), 0.4 * std::log(198.0 / 120), 0.01);
}

TEST(Denton, MeetsTheSumsAndKeepsTheIndicatorsShape) {
  const std::vector<double> indicator{1.0, 1.1, 0.9, 1.0, 1.2, 1.0, 0.8};
  const DentonMap map = denton(indicator, 30, 1.0, {{0, 1, 2}, {3, 4, 5, 6}});
  ASSERT_EQ(map.constant.size(), 7U);
  const auto x = [&](std::size_t q) { return map.constant[q] + map.weight[2 * q] * 90 + map.weight[2 * q + 1] * 120; };
  EXPECT_NEAR(x(0) + x(1) + x(2), 90, 1e-9);
  EXPECT_NEAR(x(3) + x(4) + x(5) + x(6), 120, 1e-9);
  // The sums are those of the indicator times 30: the solution is exactly that.
  for (std::size_t q = 0; q < 7; ++q) EXPECT_NEAR(x(q), 30 * indicator[q], 1e-9);
  EXPECT_TRUE(denton(indicator, 30, 1.0, {{0}, {0}}).constant.empty());
}

TEST(TrendWeights, RecoverALineAndFollowTheLastResidualWithTheGain) {
  const TrendWeights w = trend_weights(29, 0.4);
  double slope = 0, level = 0, sum = 0;
  for (std::size_t j = 0; j < 29; ++j) {
    const double y = 2 + 0.06 * (static_cast<double>(j) - 28) / 12;
    slope += w.slope[j] * y;
    level += w.level[j] * y;
    sum += w.level[j];
  }
  EXPECT_NEAR(slope, 0.06, 1e-12);
  EXPECT_NEAR(level, 2, 1e-12);
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_NEAR(local_level_gain(1, 1), (std::sqrt(5.0) - 1) / 2, 1e-12);
}

}  // namespace
}  // namespace plimsoll
