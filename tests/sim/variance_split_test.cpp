/// Shares of a variance against closed forms: factors that multiply, and two models that differ.
#include "sim/variance_split.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/plan.hpp"
#include "tariff_layers.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

OutputPlan last_month(const Simulation& simulation) {
  OutputPlan output;
  output.kind = OutputPlan::Kind::value;
  output.now = {0, simulation.plan().model.months, simulation.plan().model.months};
  return output;
}

/// Oil is halved at once; how much of it prices take is uncertain.
Scenario halved(const Calibration& c, const RandomNumber& level) {
  Scenario s = quiet_scenario(c, 7);
  s.oil_price = {};
  s.oil_price.kind = "path";
  s.oil_price.points = {{c.as_of + 1, level}};
  return s;
}

double first_order(double own, double all) { return std::expm1(own) / std::expm1(all); }

TEST(VarianceSplitOf, ProductsOfLognormalsHasTheirFirstOrderShares) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "residual_volume_sd_log", 0.1);
  c.loadings.push_back(
      {"p0", "all", "oil_price", RandomNumber::fixed(0), {RandomNumber::Kind::normal, {0.8, 0.15}}, 0, {}});
  const Simulation simulation(halved(c, RandomNumber::fixed(50)), c);
  const std::optional<VarianceSplit> split = split_variance(simulation, last_month(simulation), 1024, {.threads = 2});
  ASSERT_TRUE(split);
  const double parameter = std::pow(0.15 * std::log(2.0), 2), shock = 0.01;
  EXPECT_NEAR(split->parameter.value, first_order(parameter, parameter + shock), 4 * split->parameter.se);
  EXPECT_LT(split->parameter.se, 0.04);
  EXPECT_NEAR(split->assumption.value, 0, 4 * split->assumption.se + 1e-6);
  EXPECT_EQ(split->model.value, 0);
  EXPECT_NEAR(split->shock.value + split->parameter.value + split->assumption.value + split->model.value, 1, 1e-12);
}

TEST(VarianceSplitOf, TellsWhatTheScenarioStatesFromTheCalibrationsParameters) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "residual_volume_sd_log", 0.1);
  c.loadings.push_back({"p0", "all", "oil_price", RandomNumber::fixed(0), RandomNumber::fixed(0.8), 0, {}});
  const Simulation simulation(halved(c, {RandomNumber::Kind::lognormal, {50, 0.1}}), c);
  const std::optional<VarianceSplit> split = split_variance(simulation, last_month(simulation), 1024, {.threads = 2});
  ASSERT_TRUE(split);
  const double assumption = std::pow(0.8 * 0.1, 2), shock = 0.01;
  EXPECT_NEAR(split->assumption.value, first_order(assumption, assumption + shock), 4 * split->assumption.se);
  EXPECT_NEAR(split->parameter.value, 0, 4 * split->parameter.se);
}

TEST(VarianceSplitOf, IsAllTheModelsWhereNothingElseMoves) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "tariff_elasticity_1y", 1);
  set_parameter(c, "tariff_elasticity_long_run", 3);
  set_parameter(c, "tariff_pass_through_frac", 1);
  Scenario s = quiet_scenario(c, 7);
  s.tariff_shocks = {tariff_layer("m0", 10, Date{2026, 7, 1})};
  s.elasticity_models = {{ElasticityModel::partial_adjustment, 0.7}, {ElasticityModel::constant_elasticity, 0.3}};
  const Simulation simulation(s, c);
  const std::optional<VarianceSplit> split = split_variance(simulation, last_month(simulation), 64, {});
  ASSERT_TRUE(split);
  EXPECT_GT(split->variance, 0);
  EXPECT_NEAR(split->model.value, 1, 4 * split->model.se + 0.02);
  EXPECT_NEAR(split->shock.value, 0, 4 * split->shock.se + 0.02);
}

TEST(VarianceSplitOf, GivesTheSameDigitsOnAnyNumberOfThreads) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "residual_volume_sd_log", {RandomNumber::Kind::uniform, {0.05, 0.1}});
  const Simulation simulation(quiet_scenario(c, 7), c);
  const auto one = split_variance(simulation, last_month(simulation), 100, {.threads = 1});
  const auto three = split_variance(simulation, last_month(simulation), 100, {.threads = 3});
  EXPECT_EQ(one->variance, three->variance);
  EXPECT_EQ(one->parameter.se, three->parameter.se);
}

}  // namespace
}  // namespace plimsoll
