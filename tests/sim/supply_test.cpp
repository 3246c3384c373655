#include <gtest/gtest.h>

#include <cmath>

#include "models/calibration_reader.hpp"
#include "named_outputs.hpp"
#include "scenarios/input_error.hpp"
#include "sim/simulation.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

RandomNumber fixed(double x) { return RandomNumber::fixed(x); }

/// Demand for p0 that jumps by 40% in the third month and stays.
Scenario with_demand(const Calibration& c, double factor = 1.4) {
  Scenario s = quiet_scenario(c, 15);
  s.report.single_lunar_months = true;
  GenericShock shock;
  shock.name = "demand";
  shock.on = GenericShock::On::volume;
  shock.products = {"p0"};
  shock.markets = {"all"};
  shock.process.kind = "path";
  shock.process.points = {{c.as_of + 2, fixed(100)}, {c.as_of + 3, fixed(100 * factor)}};
  s.shocks = {shock};
  return s;
}

SupplyLimit ceiling(double utilisation, double demand, double supply, double tight = 99.9) {
  return {{"p0"}, {}, fixed(utilisation), {}, fixed(tight), fixed(demand), fixed(supply)};
}

TEST(SupplyLimit, HandsDemandBeyondCapacityFromVolumeToPrice) {
  const Calibration c = quiet_calibration(2, 2);
  Scenario s = with_demand(c);
  s.supply_limits = {ceiling(80, 1.2, 0.3)};
  const auto x = named_outputs(s, c);
  // z - g = ln 1.4 + ln 0.8; price (z - g)/(eps + sigma), volume z - eps price.
  const double price = std::log(1.4 * 0.8) / 1.5, volume = std::log(1.4) - 1.2 * price;
  EXPECT_NEAR(x.at("exports.product.p0.price@2026-10")[0], 100 * std::expm1(price), 1e-3);
  EXPECT_NEAR(x.at("exports.product.p0.volume@2026-10")[0], 100 * std::expm1(volume), 1e-3);
  EXPECT_NEAR(x.at("exports.product.p1.yoy@2026-10")[0], 0, 1e-4);
  EXPECT_NEAR(x.at("exports.total.yoy/driver/residual@2026-10")[0], 0, 1e-4);
  const double given_up = x.at("exports.total.yoy/driver/supply_limits@2026-10")[0];
  EXPECT_NEAR(x.at("exports.total.yoy/driver/shocks.demand@2026-10")[0] + given_up,
              x.at("exports.total.yoy@2026-10")[0], 1e-4);
  EXPECT_LT(given_up, 0);  // buyers give up more than they pay more: eps > 1
}

TEST(SupplyLimit, LeavesDemandBelowItAlone) {
  const Calibration c = quiet_calibration(2, 2);
  Scenario s = with_demand(c, 1.2);
  const auto free = named_outputs(s, c);
  s.supply_limits = {ceiling(80, 1.2, 0.3)};
  const auto limited = named_outputs(s, c);
  EXPECT_NEAR(limited.at("exports.total.value@2026-10")[0], free.at("exports.total.value@2026-10")[0], 1e-2);
}

TEST(SupplyLimit, EasesAsCapacityIsBuilt) {
  const Calibration c = quiet_calibration(1, 2);
  Scenario s = with_demand(c);
  s.supply_limits = {ceiling(100, 1, 0.1)};
  s.supply_limits[0].expansions = {{c.as_of + 7, c.as_of + 10, fixed(40)}};
  const auto x = named_outputs(s, c);
  const auto price = [&](const char* month) { return x.at(std::string("exports.product.p0.price@") + month)[0]; };
  EXPECT_NEAR(price("2026-10"), 100 * std::expm1(std::log(1.4) / 1.1), 0.05);
  EXPECT_NEAR(price("2027-01"), 100 * std::expm1(0.5 * std::log(1.4) / 1.1), 0.05);  // half of the ramp
  EXPECT_NEAR(price("2027-04"), 0, 0.1);
}

TEST(SupplyLimit, TakesOverSmoothlyFromTheTightUtilisationOn) {
  const Calibration c = quiet_calibration(1, 1);
  double before = -1, slope = 0;
  for (const double factor : {1.0, 1.1, 1.2, 1.3, 1.4}) {
    Scenario s = with_demand(c, factor);
    s.supply_limits = {ceiling(80, 1, 0.2, 85)};
    const double price = std::log1p(named_outputs(s, c).at("exports.product.p0.price@2026-10")[0] / 100);
    if (before >= 0) {
      EXPECT_GT(price - before, slope);
      slope = price - before;
    }
    before = price;
  }
}

TEST(SupplyLimit, RefusesTwoCeilingsOnAProduct) {
  const Calibration c = quiet_calibration(2, 1);
  Scenario s = quiet_scenario(c, 6);
  s.supply_limits = {ceiling(80, 1, 0.1), ceiling(90, 1, 0.1)};
  EXPECT_THROW(Simulation(s, c), InputError);
}

TEST(SupplyLimit, RefusesGroupsWithAPriceOfTheirOwnAndPartsOfGroups) {
  Calibration c = quiet_calibration(2, 1);
  Scenario s = quiet_scenario(c, 6);
  c.sets.push_back({"half", NamedSet::Dimension::product, {{"p0", 0.5}}});
  s.supply_limits = {ceiling(80, 1, 0.1)};
  s.supply_limits[0].place = {"here.yaml", 6, 16};
  const auto refusal = [&](const std::string& products) {
    s.supply_limits[0].products = {products};
    try {
      Simulation(s, c);
    } catch (const InputError& error) {
      EXPECT_EQ(error.problems().front().place.line, 6);
      return error.problems().front().what;
    }
    return std::string();
  };
  EXPECT_EQ(refusal("p0"), "");
  EXPECT_EQ(refusal("half"), "the ceiling covers 50% of p0");
  c.loadings.push_back({"p1", "all", "memory_price", fixed(0), fixed(1), 0, {}});
  EXPECT_EQ(refusal("all"), "a ceiling on p1 cannot set its price");
}

TEST(SupplyLimit, DrawsTheSameWhereverItStandsInTheList) {
  const Calibration c = quiet_calibration(2, 1);
  Scenario s = with_demand(c);
  SupplyLimit first = ceiling(80, 1, 0.1), second = ceiling(80, 1, 0.1);
  first.utilisation_pct = second.utilisation_pct = {RandomNumber::Kind::uniform, {70, 99}};
  second.products = {"p1"};
  s.supply_limits = {first};
  const auto alone = named_outputs(s, c);
  s.supply_limits = {second, first};
  EXPECT_EQ(named_outputs(s, c).at("exports.product.p0.value@2026-10"), alone.at("exports.product.p0.value@2026-10"));
}

TEST(SupplyLimit, TakesOutThePriceThatALoadingOfTheCellBrings) {
  Calibration c = quiet_calibration(1, 2);
  c.loadings.push_back({"p0", "m0", "oil_price", fixed(0), fixed(1), 0, {}});
  Scenario s = quiet_scenario(c, 15);
  s.oil_price.kind = "path";
  s.oil_price.points = {{c.as_of + 1, fixed(200)}, {c.as_of + 15, fixed(200)}};
  const auto free = named_outputs(s, c);
  s.supply_limits = {ceiling(100, 1, 0.1)};
  s.supply_limits[0].tight_pct = fixed(99.9);
  EXPECT_GT(free.at("exports.product.p0.yoy@2026-10")[0], 40);  // price alone: no volume meets the ceiling
  EXPECT_NEAR(named_outputs(s, c).at("exports.product.p0.yoy@2026-10")[0], free.at("exports.product.p0.yoy@2026-10")[0],
              0.05);
}

TEST(SupplyLimit, TakesOutAPriceThatGoesOnRisingAsItDid) {
  Calibration c = quiet_calibration(1, 2);
  c.loadings.push_back({"p0", "all", "oil_price", fixed(0), fixed(0.7), 0, {}});
  const double monthly = 0.02;
  const auto rising = [&](std::vector<double>& values, double elasticity, std::size_t together) {
    for (std::size_t k = 0; k < values.size(); ++k) {
      const std::size_t before = (values.size() - 1 - k) / together;
      values[k] *= std::exp(-elasticity * monthly * static_cast<double>(before));
    }
  };
  rising(c.drivers["oil_price"].level, 1, 1);
  rising(c.cells, 0.7, 2);
  rising(c.total, 0.7, 1);
  Scenario s = quiet_scenario(c, 15);
  s.oil_price.kind = "path";
  s.oil_price.points = {{c.as_of + 15, fixed(100 * std::exp(15 * monthly))}};
  const auto free = named_outputs(s, c);
  // Value rises with the price alone, so that no volume meets the ceiling.
  EXPECT_NEAR(free.at("exports.product.p0.value@2027-08")[0], 20 * std::exp(0.7 * 15 * monthly), 1e-4);
  s.supply_limits = {ceiling(100, 1.2, 0.1)};
  EXPECT_NEAR(named_outputs(s, c).at("exports.product.p0.value@2027-08")[0],
              free.at("exports.product.p0.value@2027-08")[0], 1e-4);
}

TEST(SupplyShock, RaisesThePriceAndLowersTheVolume) {
  const Calibration c = quiet_imports();
  Scenario s = with_demand(c, 1.5);
  s.domestic_demand.sd_pp = fixed(0);
  s.shocks[0].on = GenericShock::On::supply;
  s.shocks[0].volume_elasticity = fixed(0.4);
  s.shocks[0].imports = {"i0"};
  const auto x = named_outputs(s, c);
  for (const std::string series : {"exports.product.p0", "imports.product.i0"}) {
    EXPECT_NEAR(x.at(series + ".price@2026-10")[0], 50, 1e-3) << series;
    EXPECT_NEAR(x.at(series + ".volume@2026-10")[0], 100 * (std::pow(1.5, -0.4) - 1), 1e-3) << series;
    EXPECT_NEAR(x.at(series + ".yoy@2026-10")[0], 100 * (std::pow(1.5, 0.6) - 1), 1e-3) << series;
  }
  EXPECT_NEAR(x.at("imports.product.i1.yoy@2026-10")[0], 0, 1e-4);
  EXPECT_NEAR(x.at("exports.total.yoy/driver/residual@2026-10")[0], 0, 1e-4);
}

ExportControl control() {
  ExportControl out;
  out.name = "chips";
  out.goods = {"i0"};
  out.effective = Date{2026, 8, 1};
  out.probability_pct = fixed(100);
  out.cut_pct = fixed(50);
  out.leak_frac = fixed(0.2);
  out.substitution_share = fixed(0);
  out.substitution_half_life_months = fixed(6);
  out.needed_by = {{{"p0"}, fixed(0.5)}};
  return out;
}

TEST(ExportControl, CutsImportsAndTheExportsThatNeedThem) {
  const Calibration c = quiet_imports();
  Scenario s = quiet_scenario(c, 15);
  s.domestic_demand.sd_pp = fixed(0);
  s.export_controls = {control()};
  const auto x = named_outputs(s, c);
  EXPECT_NEAR(x.at("imports.product.i0.value@2026-07")[0], 8, 1e-5);
  EXPECT_NEAR(x.at("imports.product.i0.volume@2026-10")[0], -40, 1e-3);
  EXPECT_NEAR(x.at("imports.product.i1.yoy@2026-10")[0], 0, 1e-4);
  const double felt = 100 * (std::sqrt(0.6) - 1);
  EXPECT_NEAR(x.at("exports.product.p0.volume@2026-10")[0], felt, 1e-3);
  EXPECT_NEAR(x.at("exports.total.yoy/driver/export_controls@2026-10")[0], felt / 2, 1e-3);
  EXPECT_NEAR(x.at("exports.total.yoy/driver/residual@2026-10")[0], 0, 1e-4);
}

TEST(ExportControl, LeavesBehindWhatMakersAtHomeHaveLearnt) {
  const Calibration c = quiet_imports();
  Scenario s = quiet_scenario(c, 19);
  s.report.single_lunar_months = true;
  s.domestic_demand.sd_pp = fixed(0);
  s.export_controls = {control()};
  s.export_controls[0].substitution_share = fixed(0.5);
  s.export_controls[0].expires = Date{2027, 2, 1};  // in force for six months, the half-life
  const auto x = named_outputs(s, c);
  EXPECT_NEAR(x.at("imports.product.i0.value@2026-12")[0], 8 * 0.6, 1e-4);
  const double learnt = 0.25;  // half of the share that they replace in the end
  EXPECT_NEAR(x.at("imports.product.i0.value@2027-06")[0], 8 * (1 - 0.4 * learnt), 1e-4);
  EXPECT_NEAR(x.at("exports.product.p0.value@2027-01")[0], 20 * std::sqrt(1 - 0.4 * (1 - learnt)), 1e-3);
  EXPECT_NEAR(x.at("exports.product.p0.value@2027-03")[0], 20, 1e-3);
}

TEST(ExportControl, HappensWithItsProbability) {
  const Calibration c = quiet_imports();
  Scenario s = quiet_scenario(c, 6);
  s.domestic_demand.sd_pp = fixed(0);
  s.export_controls = {control()};
  s.export_controls[0].probability_pct = fixed(30);
  int happened = 0;
  const auto outputs = named_outputs(s, c);
  for (const double x : outputs.at("imports.product.i0.value@2026-10")) {
    EXPECT_TRUE(std::abs(x - 8) < 1e-4 || std::abs(x - 4.8) < 1e-4) << x;
    happened += x < 7 ? 1 : 0;
  }
  EXPECT_GT(happened, 8);
  EXPECT_LT(happened, 32);
}

TEST(SupplyOfTheRealCalibration, LeavesNothingUnexplainedOnAnyPath) {
  Calibration c = load_calibration("china-2026-05");
  for (Parameter& parameter : c.parameters)
    if (parameter.name.starts_with("residual_") && parameter.name.ends_with("_sd_log")) parameter.value = fixed(0);
  Scenario s = quiet_scenario(c, 19);
  s.sampling = "random";  // the first Sobol points reach further into the corners, where weights move more
  const auto free = named_outputs(s, c);
  s.supply_limits = {{{"servers_computers", "network_optical"}, {}, fixed(95), {}, fixed(90), fixed(1.5), fixed(0.1)}};
  s.export_controls = {control()};
  s.export_controls[0].goods = {"memory", "semiconductor_equipment"};
  s.export_controls[0].needed_by = {{{"computing_chips", "servers_computers"}, fixed(0.3)}};
  const auto x = named_outputs(s, c);
  for (const std::string period : {"2026", "2027", "2026-09", "2027-06"}) {
    const auto term = [&](const auto& run, const char* key, std::size_t lane) {
      return run.at("exports.total.yoy/driver/" + std::string(key) + "@" + period)[lane];
    };
    double most = 0;
    for (std::size_t lane = 0; lane < 64; ++lane) {
      // What the sections do not bring themselves moves only with the weights of the changed cells.
      EXPECT_NEAR(term(x, "residual", lane), term(free, "residual", lane), 0.12) << period;
      most = std::max(most, std::abs(term(x, "supply_limits", lane)) + std::abs(term(x, "export_controls", lane)));
    }
    EXPECT_GT(most, 0.2) << period;
  }
}

}  // namespace
}  // namespace plimsoll
