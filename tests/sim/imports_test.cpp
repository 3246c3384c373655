#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "models/calibration_reader.hpp"
#include "named_outputs.hpp"
#include "sim/plan.hpp"
#include "tariff_layers.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

ImportLoading loading(const std::string& product, const std::string& driver, double volume, double price) {
  return {product, driver, RandomNumber::fixed(volume), RandomNumber::fixed(price), 0, {}};
}

Scenario steady(const Calibration& c, int months) {
  Scenario s = quiet_scenario(c, months);
  s.domestic_demand.sd_pp = RandomNumber::fixed(0);
  return s;
}

TEST(Imports, StayWhereTheyAreWhenNothingHappens) {
  const Calibration c = quiet_imports();
  const auto x = named_outputs(steady(c, 14), c);
  EXPECT_NEAR(x.at("imports.total.value@2026-10")[0], 16, 1e-5);
  EXPECT_NEAR(x.at("imports.total.yoy@2027-06")[0], 0, 1e-4);
  EXPECT_NEAR(x.at("balance.total.value@2026")[0], 12 * (40 - 16), 1e-3);
}

TEST(Imports, TakePriceAndVolumeFromTheSameDriversAsExports) {
  Calibration c = quiet_imports();
  c.imports.loadings = {loading("i0", "oil_price", -0.1, 1)};
  c.loadings.push_back({"p0", "all", "oil_price", RandomNumber::fixed(0), RandomNumber::fixed(0.5), 0, {}});
  Scenario s = steady(c, 15);
  s.oil_price.kind = "path";
  s.oil_price.points = {{c.as_of + 1, RandomNumber::fixed(200)}, {c.as_of + 15, RandomNumber::fixed(200)}};
  const auto x = named_outputs(s, c);
  const double growth = 100 * (std::pow(2.0, 0.9) - 1);
  EXPECT_NEAR(x.at("imports.product.i0.yoy@2026-10")[0], growth, 1e-3);
  EXPECT_NEAR(x.at("imports.product.i0.price@2026-10")[0], 100, 1e-3);
  EXPECT_NEAR(x.at("imports.product.i0.volume@2026-10")[0], 100 * (std::pow(2.0, -0.1) - 1), 1e-3);
  EXPECT_NEAR(x.at("imports.product.i1.yoy@2026-10")[0], 0, 1e-4);
  EXPECT_NEAR(x.at("balance.total.value@2026-10")[0],
              x.at("exports.total.value@2026-10")[0] - x.at("imports.total.value@2026-10")[0], 1e-9);
}

TEST(Imports, FollowTheVolumeOfTheExportsThatUseThem) {
  Calibration c = quiet_imports();
  c.imports.loadings = {loading("i0", "exports.p0", 0.5, 0)};
  set_parameter(c, "tariff_elasticity_1y", 2);
  set_parameter(c, "tariff_elasticity_long_run", 2);
  Scenario s = steady(c, 15);
  s.tariff_shocks = {tariff_layer("m0", 30, Date{2026, 7, 1}, {"p0"})};
  const auto x = named_outputs(s, c);
  const double exports = std::log1p(x.at("exports.product.p0.yoy@2026-12")[0] / 100);
  EXPECT_LT(exports, -0.1);
  EXPECT_NEAR(std::log1p(x.at("imports.product.i0.yoy@2026-12")[0] / 100), 0.5 * exports, 1e-5);
}

TEST(Imports, FollowDomesticDemand) {
  Calibration c = quiet_imports();
  c.imports.loadings = {loading("all", "domestic_demand", 1.5, 0)};
  Scenario s = steady(c, 12);
  s.domestic_demand.growth_pct = RandomNumber::fixed(4);
  const auto x = named_outputs(s, c);
  EXPECT_NEAR(x.at("imports.total.yoy@2027-05")[0], 100 * (std::pow(1.04, 1.5) - 1), 1e-3);
}

TEST(Imports, OfTheRealCalibrationKeepTheirIdentitiesOnEveryPath) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 19);
  s.memory_price_cycle.process.kind = "stochastic_cycle";
  const auto x = named_outputs(s, c);
  for (const char* period : {"2026-06", "2026Q4", "2026", "2027-06", "2027"}) {
    const std::string at = std::string("@") + period;
    for (std::size_t lane = 0; lane < 64; ++lane) {
      double sum = 0;
      for (const Product& p : c.imports.products) sum += x.at("imports.product." + p.id + ".value" + at)[lane];
      ASSERT_NEAR(sum, x.at("imports.total.value" + at)[lane], 1e-9 * sum) << period;
      ASSERT_NEAR(x.at("balance.chain.ai.value" + at)[lane],
                  x.at("exports.chain.ai.value" + at)[lane] - x.at("imports.chain.ai.value" + at)[lane], 1e-9);
      const double price = x.at("imports.total.price" + at)[lane], volume = x.at("imports.total.volume" + at)[lane];
      ASSERT_NEAR((1 + price / 100) * (1 + volume / 100), 1 + x.at("imports.total.yoy" + at)[lane] / 100, 1e-11);
    }
  }
  // Memory is exported and imported: both unit values move with one price, so their paths move together.
  double both = 0, exports = 0, imports = 0;
  const auto &a = x.at("exports.product.memory.price@2027-06"), &b = x.at("imports.product.memory.price@2027-06");
  double mean_a = 0, mean_b = 0;
  for (std::size_t lane = 0; lane < 64; ++lane) {
    mean_a += a[lane] / 64;
    mean_b += b[lane] / 64;
  }
  for (std::size_t lane = 0; lane < 64; ++lane) {
    both += (a[lane] - mean_a) * (b[lane] - mean_b);
    exports += (a[lane] - mean_a) * (a[lane] - mean_a);
    imports += (b[lane] - mean_b) * (b[lane] - mean_b);
  }
  EXPECT_GT(both / std::sqrt(exports * imports), 0.8);
}

}  // namespace
}  // namespace plimsoll
