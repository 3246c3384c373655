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

const std::vector<std::string> kAllTerms{"capex",          "memory_price", "oil_price",     "exchange_rate",
                                         "foreign_demand", "tariff",       "front_loading", "diversion",
                                         "inherited",      "trend",        "residual"};

class RealAttribution : public ::testing::Test {
 protected:
  RealAttribution() : calibration_(load_calibration("china-2026-05")), scenario_(quiet_scenario(calibration_, 31)) {
    scenario_.memory_price_cycle.process.kind = "stochastic_cycle";
    scenario_.tariff_shocks = {tariff_layer("us", 20, Date{2026, 9, 16})};
  }
  Calibration calibration_;
  Scenario scenario_;
};

TEST_F(RealAttribution, OfDriversSumsToGrowthOnEveryPath) {
  const auto values = named_outputs(scenario_, calibration_);
  for (const char* period : {"2026-06", "2026-12", "2027-01..02", "2027-06", "2028-12", "2026Q3", "2027Q4", "2026",
                             "2027", "2028", "2026-09ytd", "2027-03ytd"}) {
    const std::vector<double>& growth = values.at(std::string("exports.total.yoy@") + period);
    for (std::size_t lane = 0; lane < 64; ++lane) {
      double sum = 0;
      for (const std::string& key : kAllTerms) {
        sum += values.at("exports.total.yoy/driver/" + key + "@" + period)[lane];
      }
      ASSERT_NEAR(sum, growth[lane], 1e-9) << period;
    }
  }
}

TEST_F(RealAttribution, LeavesNothingBeyondTheResidualsOfTheModel) {
  // Without residual factors the terms alone must explain every path: drivers, trend, what is inherited.
  for (Parameter& parameter : calibration_.parameters) {
    if (parameter.name.starts_with("residual_") && !parameter.name.ends_with("_corr"))
      parameter.value = RandomNumber::fixed(0);
  }
  const auto values = named_outputs(scenario_, calibration_);
  for (const char* period : {"2027-06", "2027-12", "2028-05", "2028-12", "2028"}) {
    const std::vector<double>& growth = values.at(std::string("exports.total.yoy@") + period);
    const std::vector<double>& residual = values.at(std::string("exports.total.yoy/driver/residual@") + period);
    double moved = 0;
    for (std::size_t lane = 0; lane < 64; ++lane) {
      EXPECT_NEAR(residual[lane], 0, 1e-3) << period;
      moved = std::max(moved, std::abs(growth[lane]));
    }
    EXPECT_GT(moved, 1) << period;
  }
}

TEST_F(RealAttribution, PriceTimesVolumeIsValueOnEveryPath) {
  const auto values = named_outputs(scenario_, calibration_);
  for (const char* series : {"exports.total", "exports.product.phones", "exports.product.memory", "exports.chain.ai"}) {
    for (const char* period : {"2026-06", "2026-11", "2027Q2", "2026", "2027", "2028"}) {
      const std::string at = std::string("@") + period;
      for (std::size_t lane = 0; lane < 64; ++lane) {
        const double price = values.at(series + std::string(".price") + at)[lane];
        const double volume = values.at(series + std::string(".volume") + at)[lane];
        const double growth = values.at(series + std::string(".yoy") + at)[lane];
        ASSERT_NEAR((1 + price / 100) * (1 + volume / 100), 1 + growth / 100, 1e-11) << series << at;
        const double parts = values.at(series + std::string(".yoy/price_volume/price") + at)[lane] +
                             values.at(series + std::string(".yoy/price_volume/volume") + at)[lane];
        ASSERT_NEAR(parts, growth, 1e-9) << series << at;
      }
    }
  }
}

TEST_F(RealAttribution, SharesSumToTheWholeWithAndWithoutAi) {
  const auto values = named_outputs(scenario_, calibration_);
  for (std::size_t lane = 0; lane < 64; ++lane) {
    EXPECT_NEAR(values.at("exports.chain.ai.share@2027")[lane] + values.at("exports.without.ai.share@2027")[lane], 100,
                1e-5);
    EXPECT_NEAR(
        values.at("exports.product.memory.share@2027")[lane] + values.at("exports.without.memory.share@2027")[lane],
        100, 1e-5);
    EXPECT_NEAR(
        values.at("exports.total.yoy/stage/ai@2027")[lane] + values.at("exports.total.yoy/stage/without_ai@2027")[lane],
        values.at("exports.total.yoy@2027")[lane], 1e-5);
  }
}

TEST(Attribution, GivesOneDriverAllOfItsGrowthAndItsPrice) {
  Calibration c = quiet_calibration(2, 2);
  c.loadings.push_back({"p0", "all", "oil_price", RandomNumber::fixed(-0.25), RandomNumber::fixed(1.25), 0, {}});
  c.loadings.push_back({"p1", "m1", "oil_price", RandomNumber::fixed(0), RandomNumber::fixed(1), 0, {}});
  Scenario s = quiet_scenario(c, 24);
  s.oil_price.kind = "path";
  for (int t = 1; t <= 24; ++t)
    s.oil_price.points.push_back({c.as_of + t, RandomNumber::fixed(100 * std::exp(0.01 * t))});
  const auto values = named_outputs(s, c);
  for (const char* period : {"2026-08", "2027-05", "2027-12", "2028-04", "2027"}) {
    const std::string at = std::string("@") + period;
    const double growth = values.at("exports.total.yoy" + at)[0];
    EXPECT_GT(growth, 1);
    EXPECT_NEAR(values.at("exports.total.yoy/driver/oil_price" + at)[0], growth, 2e-4) << period;
    EXPECT_NEAR(values.at("exports.total.yoy/driver/residual" + at)[0], 0, 2e-4) << period;
    // p0: ln value = 1.0 ln oil, of which price 1.25 and volume -0.25.
    const double p0 = std::log1p(values.at("exports.product.p0.yoy" + at)[0] / 100);
    EXPECT_NEAR(std::log1p(values.at("exports.product.p0.price" + at)[0] / 100), 1.25 * p0, 2e-5);
    EXPECT_NEAR(std::log1p(values.at("exports.product.p0.volume" + at)[0] / 100), -0.25 * p0, 2e-5);
  }
}

TEST(Attribution, TakesTheUnitValueOfThePastFromPrintedQuantities) {
  Calibration c = quiet_calibration(1, 1);  // value flat at 10, quantity halved a year ago: the unit value doubled
  c.quantity = {std::vector<double>(c.detail_months(), 2.0)};
  for (int k = 0; k < 3; ++k) c.quantity[0][c.quantity[0].size() - 1 - static_cast<std::size_t>(k)] = 1.0;
  const auto values = named_outputs(quiet_scenario(c, 15), c);
  EXPECT_NEAR(values.at("exports.product.p0.price@2026-06")[0], 100, 1e-3);
  EXPECT_NEAR(values.at("exports.product.p0.volume@2026-06")[0], -50, 1e-3);
  EXPECT_NEAR(values.at("exports.product.p0.price@2027-08")[0], 0, 1e-3);
}

TEST(Attribution, OfATariffEqualsItsWork) {
  Calibration c = quiet_calibration(1, 2);
  set_parameter(c, "tariff_elasticity_1y", 2);
  set_parameter(c, "tariff_elasticity_long_run", 3);
  set_parameter(c, "tariff_pass_through_frac", 0.9);
  Scenario s = quiet_scenario(c, 24);
  s.tariff_shocks = {tariff_layer("m0", 30, Date{2026, 9, 1})};
  const auto values = named_outputs(s, c);
  for (const char* period : {"2026-09", "2026-10", "2027-03", "2027-12", "2028-05"}) {
    const std::string at = std::string("@") + period;
    EXPECT_NEAR(values.at("exports.total.yoy/driver/tariff" + at)[0], values.at("exports.total.yoy" + at)[0], 2e-4)
        << period;
  }
  EXPECT_LT(values.at("exports.total.yoy/driver/tariff@2027-03")[0], -5);
  // 0.1 ln(1.3) of the price in one of two markets.
  EXPECT_NEAR(values.at("exports.market.m0.yoy@2026-09")[0], 0, 1e-4);
  EXPECT_LT(values.at("exports.total.price@2026-10")[0], -0.5);
}

TEST(RmbGrowth, IsGrowthInDollarsTimesTheRate) {
  Calibration c = quiet_calibration(1, 1);
  Scenario s = quiet_scenario(c, 15);
  s.exchange_rate.kind = "path";
  s.exchange_rate.points = {{c.as_of + 1, RandomNumber::fixed(110)}, {c.as_of + 15, RandomNumber::fixed(110)}};
  const auto values = named_outputs(s, c);
  EXPECT_NEAR(values.at("exports.total.yoy@2026-09")[0], 0, 1e-4);
  EXPECT_NEAR(values.at("exports.total.yoy_rmb@2026-09")[0], 10, 1e-4);
  EXPECT_NEAR(values.at("exports.total.yoy_2y@2026-09")[0], 0, 1e-4);
}

}  // namespace
}  // namespace plimsoll
