#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "named_outputs.hpp"
#include "sim/simulation.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

using Outputs = std::map<std::string, std::vector<double>>;

void declare(Calibration& c, const std::string& id, double sd, double ar1) {
  c.declared_drivers.push_back({id, RandomNumber::fixed(sd), RandomNumber::fixed(ar1), {}});
}
void load(Calibration& c, const std::string& product, const std::string& market, const std::string& driver,
          double volume, double price) {
  c.loadings.push_back({product, market, driver, RandomNumber::fixed(volume), RandomNumber::fixed(price), 0, {}});
}

/// 2 x 5 cells (a tile and a rest for every width) with two drivers, a factor and residuals of their own.
Calibration busy_calibration() {
  Calibration c = quiet_calibration(2, 5);
  declare(c, "steel", 0.02, 0.9);
  declare(c, "freight", 0.05, -0.3);
  load(c, "all", "all", "steel", 0.3, 0.5);
  load(c, "p1", "m3", "steel", -0.1, 0.2);
  load(c, "p0", "all", "freight", 0.2, 0);
  c.residual_factors = {"mood"};
  c.residual_loadings = {{"all", "all", "mood", 0.01, 0.004, {}}, {"p1", "m4", "mood", 0.02, 0, {}}};
  set_parameter(c, "cell_volume_sd_log", 0.03);
  set_parameter(c, "cell_volume_sd_log", 0.06, "p0", "m2");
  set_parameter(c, "cell_volume_ar1", 0.6);
  set_parameter(c, "cell_price_sd_log", 0.01, "p1");
  set_parameter(c, "cell_price_ar1", 0.8);
  set_parameter(c, "cell_price_ar1", 0.5, "p1");
  return c;
}

/// Sampled moments of x = 10 e^(N(0, v)) against the lognormal's, at every horizon, in standard errors.
template <class Variance>
void expect_lognormal(const Calibration& c, Variance variance) {
  Scenario s = quiet_scenario(c, 7);
  s.paths = 65536;
  int months = 0;
  for (const SummaryRow& row : run(Simulation(s, c), {.threads = 2}).summary) {
    if (row.series != "exports.total.value" || row.period.frequency != Frequency::month) continue;
    const int t = row.period.last - Month::of(2026, 5);
    const double v = variance(t), mean = 10 * std::exp(v / 2);
    const Distribution& d = row.distribution;
    EXPECT_NEAR(d.mean, mean, 4 * d.se_mean) << "t = " << t;
    EXPECT_NEAR(d.sd, mean * std::sqrt(std::expm1(v)), 4 * d.se_sd) << "t = " << t;
    EXPECT_NEAR(d.quantile[1], 10 * std::exp(-1.6448536269514722 * std::sqrt(v)), 4 * d.se_quantile[1]) << "t = " << t;
    ++months;
  }
  EXPECT_GE(months, 5);
}

double ar1_variance(double sd, double ar1, int t) { return sd * sd * (1 - std::pow(ar1, 2 * t)) / (1 - ar1 * ar1); }

TEST(OneCellWithADeclaredDriver, IsLognormalWithKnownMomentsAtEveryHorizon) {
  Calibration c = quiet_calibration(1, 1);
  declare(c, "steel", 0.05, 0.9);
  load(c, "p0", "m0", "steel", 0.7, 0.5);
  expect_lognormal(c, [](int t) { return 1.44 * ar1_variance(0.05, 0.9, t); });
}

TEST(OneCellWithResidualsOfItsOwn, HasTheVarianceOfVolumeAndPrice) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "cell_volume_sd_log", 0.05);
  set_parameter(c, "cell_volume_ar1", 0.6);
  set_parameter(c, "cell_price_sd_log", 0.03);
  set_parameter(c, "cell_price_ar1", -0.4);
  expect_lognormal(c, [](int t) { return ar1_variance(0.05, 0.6, t) + ar1_variance(0.03, -0.4, t); });
}

TEST(OneCellOnAResidualFactor, FeelsItsShocksThroughBothCoefficients) {
  Calibration c = quiet_calibration(1, 1);
  c.residual_factors = {"mood"};
  c.residual_loadings = {{"p0", "all", "mood", 0.05, 0.03, {}}};
  set_parameter(c, "cell_volume_ar1", 0.6);
  set_parameter(c, "cell_price_ar1", 0.9);
  expect_lognormal(c, [](int t) {
    double v = 0;
    for (int k = 0; k < t; ++k) v += std::pow(0.05 * std::pow(0.6, k) + 0.03 * std::pow(0.9, k), 2);
    return v;
  });
}

TEST(ADeclaredDriver, MovesEveryCellByItsLoadingsOnEveryPath) {
  Calibration c = quiet_calibration(2, 5);
  declare(c, "steel", 0.02, 0.9);
  declare(c, "freight", 0.05, -0.3);
  load(c, "all", "all", "steel", 0.3, 0.5);
  load(c, "p1", "m3", "steel", -0.1, 0.2);
  load(c, "p0", "all", "freight", 0.2, 0.1);
  load(c, "all", "m4", "freight", 0, -0.4);
  const Outputs out = named_outputs(quiet_scenario(c, 7), c, 64);
  for (const char* month : {"2026-06", "2026-09", "2026-12"}) {
    for (std::size_t lane = 0; lane < 64; ++lane) {
      const auto log_level = [&](const std::string& d) {
        return std::log(out.at("driver." + d + ".level@" + month)[lane]);
      };
      const double steel = log_level("steel"), freight = log_level("freight");
      EXPECT_NE(steel, 0);
      const double p0 = 4 * std::exp(0.8 * steel + 0.3 * freight) + std::exp(0.8 * steel - 0.1 * freight);
      const double p1 = 3 * std::exp(0.8 * steel) + std::exp(0.9 * steel) + std::exp(0.8 * steel - 0.4 * freight);
      EXPECT_NEAR(out.at(std::string("exports.product.p0.value@") + month)[lane], 10 * p0, 1e-4);
      EXPECT_NEAR(out.at(std::string("exports.product.p1.value@") + month)[lane], 10 * p1, 1e-4);
    }
  }
}

TEST(ARandomLoading, WithHardlyAnySpreadIsTheFixedOne) {
  Calibration fixed = busy_calibration(), random = busy_calibration();
  for (Loading& l : random.loadings) l.price = {RandomNumber::Kind::normal, {l.price.args[0], 1e-9}};
  const Scenario s = quiet_scenario(fixed, 7);
  const Outputs a = named_outputs(s, fixed), b = named_outputs(s, random);
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [name, values] : a) {
    for (std::size_t lane = 0; lane < 64; ++lane) EXPECT_NEAR(values[lane], b.at(name)[lane], 2e-3) << name;
  }
}

TEST(Growth, IsWhatItsDriversBringWhenNothingElseMoves) {
  Calibration c = quiet_calibration(2, 3);
  declare(c, "steel", 0.05, 0.9);
  declare(c, "freight", 0.05, 0.5);
  load(c, "all", "all", "steel", 0.3, 0.6);
  load(c, "p1", "m2", "freight", 0.5, 0);
  const Outputs out = named_outputs(quiet_scenario(c, 19), c);
  for (const char* month : {"2026-06", "2027-05", "2027-12"}) {
    const std::string at = std::string("@") + month;
    for (std::size_t lane = 0; lane < 64; ++lane) {
      const double growth = out.at("exports.total.yoy" + at)[lane];
      const double steel = out.at("exports.total.yoy/driver/steel" + at)[lane];
      const double freight = out.at("exports.total.yoy/driver/freight" + at)[lane];
      EXPECT_NEAR(steel + freight, growth, 1e-3) << month;
      EXPECT_NEAR(out.at("exports.total.yoy/driver/residual" + at)[lane], 0, 1e-3) << month;
      EXPECT_NEAR(out.at("exports.total.yoy/price_volume/price" + at)[lane], steel * 0.6 / 0.9, 1e-3) << month;
    }
  }
}

TEST(ResidualsOfCells, SplitIntoPriceAndVolumeAndAreTheResidual) {
  Calibration c = quiet_calibration(1, 3);
  set_parameter(c, "cell_price_sd_log", 0.04);
  set_parameter(c, "cell_price_ar1", 0.7);
  const Outputs out = named_outputs(quiet_scenario(c, 19), c);
  for (const char* month : {"2026-06", "2027-06", "2027-12"}) {
    const std::string at = std::string("@") + month;
    for (std::size_t lane = 0; lane < 64; ++lane) {
      const double growth = out.at("exports.total.yoy" + at)[lane];
      EXPECT_NEAR(out.at("exports.total.yoy/price_volume/price" + at)[lane], growth, 1e-3) << month;
      EXPECT_NEAR(out.at("exports.total.yoy/driver/residual" + at)[lane], growth, 1e-3) << month;
    }
  }
}

TEST(DeclaredParts, HaveTheSameDigitsOnEveryInstructionSet) {
  const Calibration c = busy_calibration();
  const Scenario s = quiet_scenario(c, 19);
  const Outputs best = named_outputs(s, c);
  for (const std::string& set : usable_instruction_sets()) EXPECT_EQ(best, named_outputs(s, c, 0, set)) << set;
}

TEST(DeclaredParts, HaveTheSameDigitsWithoutTheSplitOfGrowth) {
  const Calibration c = busy_calibration();
  Scenario s = quiet_scenario(c, 19);
  const Outputs all = named_outputs(s, c);
  s.report.series = {"exports.*.value@M"};
  const Outputs values = named_outputs(s, c);
  EXPECT_GT(values.size(), 100U);
  for (const auto& [name, value] : values) EXPECT_EQ(value, all.at(name)) << name;
}

TEST(AnotherDeclaredDriver, LeavesEveryOtherDrawAlone) {
  Calibration c = busy_calibration();
  const Scenario s = quiet_scenario(c, 7);
  const Outputs before = named_outputs(s, c);
  c.declared_drivers.insert(c.declared_drivers.begin(),
                            {"cotton", RandomNumber::fixed(0.03), RandomNumber::fixed(0.5), {}});
  const Outputs after = named_outputs(s, c);
  for (const auto& [name, value] : before) EXPECT_EQ(value, after.at(name)) << name;
}

TEST(StreamsWithoutUse, ChangeNoDigitOfTheOthers) {
  // A tiny loading makes oil's track live; without one its history is not even run.
  Calibration quiet = quiet_calibration(1, 2), live = quiet_calibration(1, 2);
  for (Calibration* c : {&quiet, &live}) set_parameter(*c, "residual_volume_sd_log", 0.04);
  load(live, "all", "all", "oil_price", 0, 1e-30);
  const Scenario s = quiet_scenario(quiet, 7);
  EXPECT_EQ(named_outputs(s, quiet), named_outputs(s, live));
}

}  // namespace
}  // namespace plimsoll
