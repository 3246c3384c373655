#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "models/calibration_reader.hpp"
#include "named_outputs.hpp"
#include "scenarios/input_error.hpp"
#include "sim/plan.hpp"
#include "tariff_layers.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

using Model = ElasticityModel;
using Values = std::map<std::string, std::vector<double>>;

constexpr ElasticityShare kPartial{Model::partial_adjustment, 1}, kConstant{Model::constant_elasticity, 1},
    kArmington{Model::armington_ces, 1};

TariffLayer layer_on(const std::string& market, double change_pp, Date effective = Date{2026, 9, 1}) {
  TariffLayer layer = tariff_layer(market, change_pp, effective);
  return layer;
}

Scenario with_models(const Calibration& c, int months, std::vector<ElasticityShare> models,
                     std::vector<TariffLayer> layers) {
  Scenario s = quiet_scenario(c, months);
  s.report.single_lunar_months = true;
  s.elasticity_models = std::move(models);
  s.tariff_shocks = std::move(layers);
  return s;
}

/// Elasticities of one size, a quick adjustment: after two years the long run is reached.
Calibration brisk_calibration(int products, int markets, double long_run) {
  Calibration c = quiet_calibration(products, markets);
  set_parameter(c, "tariff_elasticity_1y", 0.85 * long_run);
  set_parameter(c, "tariff_elasticity_long_run", long_run);
  set_parameter(c, "tariff_half_life_months", 2);
  return c;
}

double log_of(const Values& x, const std::string& name) { return std::log(x.at(name)[0] / 10); }

TEST(ConstantElasticity, AnswersAtOnceWithTheLongRunValue) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "tariff_elasticity_1y", 0.9);
  set_parameter(c, "tariff_elasticity_long_run", 2.5);
  set_parameter(c, "tariff_pass_through_frac", 0.9);
  const Values x = named_outputs(with_models(c, 24, {kConstant}, {layer_on("m0", 10)}), c);
  EXPECT_NEAR(log_of(x, "exports.total.value@2026-09"), 0, 1e-6);  // goods under way
  EXPECT_NEAR(log_of(x, "exports.total.value@2026-10"), -2.5 * std::log(1.1), 1e-4);
  EXPECT_NEAR(log_of(x, "exports.total.value@2028-05"), -2.5 * std::log(1.1), 1e-4);
}

TEST(ConstantElasticity, EqualsPartialAdjustmentInTheLongRun) {
  const Calibration c = brisk_calibration(1, 1, 3);
  const auto at = [&](ElasticityShare model) {
    return log_of(named_outputs(with_models(c, 60, {model}, {layer_on("m0", 20)}), c), "exports.total.value@2031-05");
  };
  EXPECT_NEAR(at(kPartial), at(kConstant), 1e-5);
}

TEST(Armington, OfFixedSupplyPricesHasTheClosedForm) {
  Calibration c = brisk_calibration(1, 2, 3);
  for (const char* name : {"china_supply_elasticity", "rival_supply_elasticity", "domestic_supply_elasticity"})
    set_parameter(c, name, 1e9);
  set_parameter(c, "import_demand_elasticity", 1.4);
  const Values x = named_outputs(with_models(c, 60, {kArmington}, {layer_on("m0", 20)}), c);
  const double own = std::log(1.2), w = 0.3, imports = 0.5;
  const double lower = std::log(w * std::exp(-2 * own) + 1 - w) / -2;
  const double all = std::log(imports * std::exp(-0.4 * lower) + 1 - imports) / -0.4;
  const double volume = -3 * (own - lower) - 1.4 * (lower - all) - 0.5 * all;
  EXPECT_NEAR(log_of(x, "exports.market.m0.value@2031-05"), volume, 2e-5);
  EXPECT_NEAR(log_of(x, "exports.market.m1.value@2031-05"), 0, 2e-5);
}

TEST(Armington, AveragesTheSharePresentAtOnceLikePartialAdjustment) {
  // Fixed prices and a small tariff: both models are linear, and months 1 to 12 are the same share of the long run.
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "tariff_elasticity_1y", 1.2);
  set_parameter(c, "tariff_elasticity_long_run", 3);
  for (const char* name : {"china_supply_elasticity", "rival_supply_elasticity", "domestic_supply_elasticity"})
    set_parameter(c, name, 1e9);
  const auto share = [&](ElasticityShare model) {
    const Values x = named_outputs(with_models(c, 175, {model}, {layer_on("m0", 1)}), c);
    double mean = 0;
    for (int k = 1; k <= 12; ++k) mean += log_of(x, "exports.total.value@" + to_string(Month::of(2026, 9) + k)) / 12;
    return mean / log_of(x, "exports.total.value@2040-12");
  };
  EXPECT_NEAR(share(kPartial), 1.2 / 3, 0.005);
  EXPECT_NEAR(share(kArmington), share(kPartial), 0.002);
}

TEST(Armington, SendsPartOfTheLossToOtherMarketsAndLowersThePrice) {
  Calibration c = brisk_calibration(1, 3, 3);
  const Values x = named_outputs(with_models(c, 60, {kArmington}, {layer_on("m0", 40)}), c);
  const double lost = 10 - x.at("exports.market.m0.value@2031-05")[0];
  const double gained = x.at("exports.market.m1.value@2031-05")[0] - 10;
  EXPECT_GT(lost, 2);
  EXPECT_GT(gained, 0.01);
  EXPECT_LT(2 * gained, lost);
  EXPECT_LT(x.at("exports.total.price@2026-12")[0], -0.1);
  // All of it is the tariff's work: diversion has no term of its own here.
  const Values early = named_outputs(with_models(c, 12, {kArmington}, {layer_on("m0", 40)}), c);
  EXPECT_NEAR(early.at("exports.total.yoy/driver/tariff@2027-03")[0], early.at("exports.total.yoy@2027-03")[0], 1e-3);
  EXPECT_NEAR(early.at("exports.total.yoy/driver/diversion@2027-03")[0], 0, 1e-9);
}

TEST(Armington, TakesNoShareFromRivalsThatPayTheSame) {
  Calibration c = brisk_calibration(1, 1, 4);
  TariffLayer layer = layer_on("m0", 20);
  layer.all_suppliers = true;
  for (const char* name : {"china_supply_elasticity", "rival_supply_elasticity", "domestic_supply_elasticity"})
    set_parameter(c, name, 1e9);
  const Values x = named_outputs(with_models(c, 60, {kArmington}, {layer}), c);
  // Imports as a whole: 1 between them and domestic goods, 0.5 for all, whatever the elasticity between suppliers is.
  const double own = std::log(1.2), all = 0.5 * own;  // geometric: the elasticity is 1
  EXPECT_NEAR(log_of(x, "exports.total.value@2031-05"), -(own - all) - 0.5 * all, 2e-5);
}

TEST(ElasticityModels, WithoutAChangeOfTariffsAreAllTheSame) {
  Calibration c = quiet_calibration(2, 2);
  set_parameter(c, "residual_world_sd_log", 0.05);
  set_parameter(c, "trend_sd_log_per_year", 0.01);
  c.tariffs.push_back({"m0", "p1", {{Date{2018, 1, 1}, 0.2, 0.1}}});
  const Values partial = named_outputs(with_models(c, 14, {kPartial}, {}), c);
  EXPECT_EQ(partial, named_outputs(with_models(c, 14, {kConstant}, {}), c));
  const Values armington = named_outputs(with_models(c, 14, {kArmington}, {}), c);
  for (const auto& [name, values] : partial) {
    for (std::size_t lane = 0; lane < 64; ++lane)
      ASSERT_NEAR(armington.at(name)[lane], values[lane], 1e-3 + 1e-5 * std::abs(values[lane])) << name;
  }
}

const std::vector<std::string> kAllTerms{"capex",          "memory_price", "oil_price",     "exchange_rate",
                                         "foreign_demand", "tariff",       "front_loading", "diversion",
                                         "inherited",      "trend",        "residual"};

class RealElasticity : public ::testing::TestWithParam<int> {
 protected:
  RealElasticity() : calibration_(load_calibration("china-2026-05")) {
    const std::vector<std::vector<ElasticityShare>> all{
        {kPartial},
        {kConstant},
        {kArmington},
        {{Model::partial_adjustment, 0.5}, {Model::constant_elasticity, 0.2}, {Model::armington_ces, 0.3}}};
    models_ = all[static_cast<std::size_t>(GetParam())];
  }
  Scenario scenario(int months, double change_pp) const {
    return with_models(calibration_, months, models_, {layer_on("us", change_pp, Date{2026, 8, 1})});
  }
  Calibration calibration_;
  std::vector<ElasticityShare> models_;
};

TEST_P(RealElasticity, TermsSumToGrowthAndGroupsToTheTotalOnEveryPath) {
  for (Parameter& parameter : calibration_.parameters) {
    if (parameter.name.starts_with("residual_") && !parameter.name.ends_with("_corr"))
      parameter.value = RandomNumber::fixed(0);
  }
  const Values x = named_outputs(scenario(25, 20), calibration_);
  for (const char* period : {"2026-06", "2026-12", "2027-06", "2028-04", "2027"}) {
    const std::string at = std::string("@") + period;
    for (std::size_t lane = 0; lane < 64; ++lane) {
      double sum = 0, markets = 0;
      for (const std::string& key : kAllTerms) sum += x.at("exports.total.yoy/driver/" + key + at)[lane];
      ASSERT_NEAR(sum, x.at("exports.total.yoy" + at)[lane], 1e-9) << period;
      for (const Market& m : calibration_.markets) markets += x.at("exports.market." + m.id + ".value" + at)[lane];
      ASSERT_NEAR(markets / x.at("exports.total.value" + at)[lane], 1, 1e-9);
      if (std::string(period) >= "2027-06") {  // the whole base period is simulated: no residual is left
        ASSERT_NEAR(x.at("exports.total.yoy/driver/residual" + at)[lane], 0, 2e-3) << period;
      }
    }
  }
}

TEST_P(RealElasticity, AHigherTariffNeverRaisesExportsToItsMarketOnAnyPath) {
  std::vector<Values> runs;
  for (const double change : {0.0, 5.0, 15.0, 60.0, 145.0})
    runs.push_back(named_outputs(scenario(12, change), calibration_));
  for (std::size_t k = 1; k < runs.size(); ++k) {
    for (const char* month : {"2026-09", "2026-12", "2027-05"}) {
      const std::string at = std::string("exports.market.us.value@") + month;
      for (std::size_t lane = 0; lane < 64; ++lane) ASSERT_LT(runs[k].at(at)[lane], runs[k - 1].at(at)[lane]) << month;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AllModels, RealElasticity, ::testing::Range(0, 4));

TEST(Ensemble, OfWhichOneModelHasAllTheWeightIsThatModel) {
  // The other model's weight is too small for any path, so that the ensemble's own code runs and must change no digit.
  const Calibration c = load_calibration("china-2026-05");
  const auto run = [&](std::vector<ElasticityShare> models) {
    return named_outputs(with_models(c, 8, std::move(models), {layer_on("us", 20, Date{2026, 7, 1})}), c);
  };
  EXPECT_EQ(run({{Model::partial_adjustment, 1 - 1e-13}, {Model::armington_ces, 1e-13}}), run({kPartial}));
  EXPECT_EQ(run({{Model::partial_adjustment, 1e-13}, {Model::armington_ces, 1 - 1e-13}}), run({kArmington}));
}

TEST(Ensemble, GivesEachPathExactlyOneOfItsModels) {
  Calibration c = quiet_calibration(2, 2);  // no tariffs in history, so that the models share one centre
  set_parameter(c, "tariff_elasticity_1y", 1);
  set_parameter(c, "tariff_elasticity_long_run", 3);
  set_parameter(c, "residual_world_sd_log", 0.05);
  const auto run = [&](std::vector<ElasticityShare> models) {
    return named_outputs(with_models(c, 12, std::move(models), {layer_on("m0", 30)}), c)
        .at("exports.total.value@2027-03");
  };
  const std::vector<double> partial = run({kPartial}), constant = run({kConstant}), armington = run({kArmington});
  const std::vector<double> mixed =
      run({{Model::partial_adjustment, 0.5}, {Model::constant_elasticity, 0.25}, {Model::armington_ces, 0.25}});
  int from[3] = {0, 0, 0};
  for (std::size_t lane = 0; lane < 64; ++lane) {
    ASSERT_NE(partial[lane], constant[lane]);
    ASSERT_NE(partial[lane], armington[lane]);
    const int model = mixed[lane] == partial[lane] ? 0 : mixed[lane] == constant[lane] ? 1 : 2;
    if (model == 2) {
      ASSERT_EQ(mixed[lane], armington[lane]);
    }
    ++from[model];
  }
  EXPECT_GT(from[0], 20);
  EXPECT_GT(from[1], 5);
  EXPECT_GT(from[2], 5);
}

TEST(Ensemble, HasItsMeanBetweenItsModels) {
  const Calibration c = load_calibration("china-2026-05");
  const auto mean = [&](std::vector<ElasticityShare> models) {
    Scenario s = with_models(c, 12, std::move(models), {layer_on("us", 40, Date{2026, 7, 1})});
    s.report.series = {"exports.market.us.value"};
    s.paths = 8192;
    for (const SummaryRow& row : run(Simulation(s, c), {.threads = 2}).summary) {
      if (row.series == "exports.market.us.value" && to_string(row.period) == "2027-05") return row.distribution.mean;
    }
    return 0.0;
  };
  const double partial = mean({kPartial}), constant = mean({kConstant});
  const double mixed = mean({{Model::partial_adjustment, 0.5}, {Model::constant_elasticity, 0.5}});
  EXPECT_GT(std::abs(partial - constant) / partial, 0.05);
  EXPECT_GT(mixed, std::min(partial, constant));
  EXPECT_LT(mixed, std::max(partial, constant));
}

TEST(Ensemble, GivesTheSameDigitsOnEveryInstructionSet) {
  const Calibration c = load_calibration("china-2026-05");
  const Scenario s =
      with_models(c, 8, {{Model::partial_adjustment, 0.6}, {Model::armington_ces, 0.4}}, {layer_on("us", 20)});
  const Values first = named_outputs(s, c, 0, usable_instruction_sets().front());
  for (const std::string& set : usable_instruction_sets()) EXPECT_EQ(named_outputs(s, c, 0, set), first) << set;
}

TEST(Armington, CountsPathsWhosePricesAreNotDetermined) {
  Calibration c = brisk_calibration(1, 2, 3);
  set_parameter(c, "total_demand_elasticity", 0);
  for (const char* name : {"china_supply_elasticity", "rival_supply_elasticity", "domestic_supply_elasticity"})
    set_parameter(c, name, {RandomNumber::Kind::discrete, {0, 0.45, 4, 0.55}});
  const Scenario s = with_models(c, 6, {kArmington}, {layer_on("m0", 30, Date{2026, 7, 1})});
  const RunResults results = run(Simulation(s, c), {.threads = 2});
  EXPECT_EQ(results.statistics.paths_done, 4096);
  // All three elasticities are 0 on 0.45^3 of the paths.
  EXPECT_NEAR(static_cast<double>(results.statistics.paths_unsolved) / 4096, 0.091, 0.03);
  for (const SummaryRow& row : results.summary) EXPECT_TRUE(std::isfinite(row.distribution.mean)) << row.series;
  EXPECT_EQ(
      run(Simulation(with_models(c, 6, {kPartial}, s.tariff_shocks), c), {.threads = 2}).statistics.paths_unsolved, 0);
}

TEST(Armington, NeedsTheSharesOfSuppliersAndPricesAtTheCentre) {
  Calibration c = quiet_calibration(1, 1);
  const auto start = [&] { Simulation(with_models(c, 6, {kArmington}, {layer_on("m0", 30)}), c); };
  c.supplier_shares.clear();
  EXPECT_THROW(start(), InputError);
}

}  // namespace
}  // namespace plimsoll
