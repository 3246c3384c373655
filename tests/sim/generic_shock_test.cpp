#include <gtest/gtest.h>

#include <cmath>

#include "named_outputs.hpp"
#include "sim/simulation.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

GenericShock shock_on(GenericShock::On on, const Calibration& c, double level) {
  GenericShock shock;
  shock.name = "test";
  shock.on = on;
  shock.products = {"p0"};
  shock.markets = {"m0", "m1"};
  shock.process.kind = "path";
  shock.process.points = {{c.as_of + 3, RandomNumber::fixed(level)}, {c.as_of + 15, RandomNumber::fixed(level)}};
  return shock;
}

TEST(GenericShock, MovesTheVolumeOrThePriceOfItsCellsAlone) {
  const Calibration c = quiet_calibration(2, 3);
  for (const GenericShock::On on : {GenericShock::On::volume, GenericShock::On::price, GenericShock::On::share}) {
    Scenario s = quiet_scenario(c, 15);
    s.shocks = {shock_on(on, c, 80)};
    s.shocks[0].elasticity = RandomNumber::fixed(0.5);
    const auto x = named_outputs(s, c);
    const double fall = 100 * (std::sqrt(0.8) - 1);
    const bool price = on == GenericShock::On::price;
    EXPECT_NEAR(x.at("exports.product.p0.yoy@2026-10")[0], fall * 2 / 3, 1e-4);  // two of its three markets
    EXPECT_NEAR(x.at("exports.product.p1.yoy@2026-10")[0], 0, 1e-4);
    EXPECT_NEAR(x.at("exports.market.m0.yoy@2026-10")[0], fall / 2, 1e-4);
    EXPECT_NEAR(x.at("exports.market.m2.yoy@2026-10")[0], 0, 1e-4);
    EXPECT_NEAR(x.at("exports.total.yoy/driver/shocks.test@2026-10")[0], fall / 3, 1e-4);
    EXPECT_NEAR(x.at("exports.total.yoy/driver/residual@2026-10")[0], 0, 1e-4);
    EXPECT_NEAR(x.at("exports.total.yoy/price_volume/price@2026-10")[0], price ? fall / 3 : 0, 1e-4);
    EXPECT_NEAR(x.at("exports.total.yoy/price_volume/volume@2026-10")[0], price ? 0 : fall / 3, 1e-4);
  }
}

TEST(GenericShock, OnCapexWorksThroughItsLoadings) {
  Calibration c = quiet_calibration(2, 1);
  c.loadings.push_back({"p0", "all", "capex", RandomNumber::fixed(0.4), RandomNumber::fixed(0.2), 0, {}});
  Scenario s = quiet_scenario(c, 15);
  s.shocks = {shock_on(GenericShock::On::capex, c, 50)};
  s.shocks[0].products.clear();
  s.shocks[0].markets.clear();
  const auto x = named_outputs(s, c);
  EXPECT_NEAR(x.at("exports.product.p0.yoy@2027-05")[0], 100 * (std::pow(0.5, 0.6) - 1), 0.01);
  EXPECT_NEAR(x.at("exports.total.yoy/driver/capex@2026-12")[0], x.at("exports.total.yoy@2026-12")[0], 1e-3);
  EXPECT_LT(x.at("exports.total.yoy@2026-12")[0], -10);
}

TEST(GenericShock, WithARandomWalkIsLognormal) {
  const Calibration c = quiet_calibration(1, 1);
  Scenario s = quiet_scenario(c, 12);
  s.paths = 65536;
  s.report.series = {"exports.total.value"};
  GenericShock shock = shock_on(GenericShock::On::volume, c, 100);
  shock.markets = {"m0"};
  shock.process = {};
  shock.process.kind = "random_walk";
  shock.process.parameters["annual_sd_log"] = RandomNumber::fixed(0.2);
  s.shocks = {shock};
  const RunResults results = run(Simulation(s, c), {.threads = 2});
  for (const SummaryRow& row : results.summary) {
    if (to_string(row.period) != "2027-05") continue;
    const double sd = 0.2, mean = 10 * std::exp(sd * sd / 2);
    EXPECT_NEAR(row.distribution.mean, mean, 4 * row.distribution.se_mean);
    EXPECT_NEAR(row.distribution.sd, mean * std::sqrt(std::expm1(sd * sd)), 4 * row.distribution.se_sd);
  }
}

TEST(GenericShock, LeavesEveryOtherDrawAlone) {
  Calibration c = quiet_calibration(2, 2);
  set_parameter(c, "residual_volume_sd_log", 0.05);
  Scenario s = quiet_scenario(c, 8);
  const auto before = named_outputs(s, c);
  s.shocks = {shock_on(GenericShock::On::volume, c, 90)};
  const auto after = named_outputs(s, c);
  for (std::size_t lane = 0; lane < 64; ++lane)
    EXPECT_EQ(before.at("exports.product.p1.yoy@2026-12")[lane], after.at("exports.product.p1.yoy@2026-12")[lane]);
}

}  // namespace
}  // namespace plimsoll
