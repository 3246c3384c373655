/// What must hold on every path of the real calibration, with common random numbers: one thing moves, one thing
/// follows.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/calibration_reader.hpp"
#include "named_outputs.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

RandomNumber fixed(double x) { return RandomNumber::fixed(x); }

const Calibration& china() {
  static const Calibration c = load_calibration("china-2026-05");
  return c;
}

using Outputs = std::map<std::string, std::vector<double>>;

/// Every month of a series (`..value@`, `..price@2026`) on every path: the first run's at most the second's, but for
/// rounding of 32-bit cells: a hundred-thousandth of the level, which is a thousandth of a point of growth.
void expect_never_above(const Outputs& low, const Outputs& high, const std::string& series) {
  int compared = 0;
  for (const auto& [name, values] : low) {
    if (!name.starts_with(series) || name.find('-') == std::string::npos) continue;
    for (std::size_t lane = 0; lane < 64; ++lane, ++compared)
      EXPECT_LE(values[lane], high.at(name)[lane] + std::max(1e-3, 1e-5 * std::abs(values[lane])))
          << name << " path " << lane;
  }
  EXPECT_GE(compared, 64 * 7);
}

TariffLayer layer(const std::string& market, double points) {
  TariffLayer out;
  out.name = "test";
  out.market = market;
  out.products = {"all"};
  out.change_pp = fixed(points);
  out.effective = Date{2026, 9, 1};
  return out;
}

TEST(Property, AHigherTariffNeverRaisesExportsToThatMarketWithoutFrontLoading) {
  Scenario s = quiet_scenario(china(), 19);
  s.tariff_shocks = {layer("us", 10)};
  const auto low = named_outputs(s, china());
  s.tariff_shocks = {layer("us", 30)};
  const auto high = named_outputs(s, china());
  expect_never_above(high, low, "exports.market.us.value@");
}

TEST(Property, WithFrontLoadingAHigherTariffNeverRaisesTheVolumeSummedFromItsAnnouncement) {
  Calibration c = china();
  // The buyer pays all of the tariff: the exporter's price stays, and values are volumes.
  for (Parameter& parameter : c.parameters)
    if (parameter.name == "tariff_pass_through_frac") parameter.value = fixed(1);
  Scenario s = quiet_scenario(c, 31);
  s.report.single_lunar_months = true;
  s.tariff_shocks = {layer("us", 10)};
  s.tariff_shocks[0].announced = Date{2026, 7, 1};
  const auto low = named_outputs(s, c);
  s.tariff_shocks[0].change_pp = fixed(30);
  const auto high = named_outputs(s, c);
  bool shipped_ahead = false;
  for (std::size_t lane = 0; lane < 64; ++lane) {
    double with_low = 0, with_high = 0;
    for (int t = 2; t <= 31; ++t) {
      const std::string name = "exports.market.us.value@" + to_string(c.as_of + t);
      with_low += low.at(name)[lane];
      with_high += high.at(name)[lane];
      shipped_ahead = shipped_ahead || high.at(name)[lane] > low.at(name)[lane] * 1.001;
    }
    EXPECT_LE(with_high, with_low * (1 + 1e-5)) << "path " << lane;
  }
  EXPECT_TRUE(shipped_ahead);  // in single months it does raise them
}

TEST(Property, AWeakerYuanNeverLowersVolumeNorRaisesTheDollarPrice) {
  Scenario s = quiet_scenario(china(), 19);
  const auto with_rate = [&](double factor) {
    const double now = china().drivers.at("exchange_rate").at(china().as_of);
    s.exchange_rate.kind = "path";
    s.exchange_rate.points = {{china().as_of + 2, fixed(now * factor)}, {china().as_of + 19, fixed(now * factor)}};
    return named_outputs(s, china());
  };
  const auto strong = with_rate(0.95), weak = with_rate(1.05);
  expect_never_above(strong, weak, "exports.total.volume@2026");
  expect_never_above(weak, strong, "exports.total.price@2026");
  expect_never_above(strong, weak, "exports.total.yoy_rmb@2026");
}

TEST(Property, AHarsherControlNeverRaisesTheImportsNorTheExportsThatNeedThem) {
  Scenario s = quiet_scenario(china(), 19);
  const auto with_cut = [&](double pct) {
    ExportControl control;
    control.name = "chips";
    control.goods = {"computing_chips"};
    control.effective = Date{2026, 8, 1};
    control.expires = Date{2027, 4, 1};
    control.probability_pct = fixed(60);
    control.cut_pct = fixed(pct);
    control.leak_frac = fixed(0.1);
    control.substitution_share = fixed(0.4);
    control.substitution_half_life_months = fixed(6);
    control.needed_by = {{{"servers_computers"}, fixed(0.3)}};
    s.export_controls = {control};
    return named_outputs(s, china());
  };
  const auto mild = with_cut(20), harsh = with_cut(70);
  expect_never_above(harsh, mild, "imports.product.computing_chips.value@");
  expect_never_above(harsh, mild, "exports.product.servers_computers.value@");
}

TEST(Property, HigherCapexNeverLowersTheNominalValueOfTheAiCore) {
  Scenario s = quiet_scenario(china(), 19);
  const auto with_growth = [&](double growth) {
    CapexPaths paths;
    for (const auto& [id, history] : china().capex) {
      paths.firms.push_back({id,
                             {{2026, 0, CapexKey::Measure::growth_pct, fixed(growth)},
                              {2027, 0, CapexKey::Measure::growth_pct, fixed(growth)}}});
    }
    s.capex_paths = paths;
    return named_outputs(s, china());
  };
  const auto low = with_growth(30), high = with_growth(60);
  expect_never_above(low, high, "exports.chain.ai_core.value@");
  expect_never_above(low, high, "exports.chain.ai.value@");
}

TEST(Property, DearerMemoryRaisesMemoryAndLowersTheVolumeOfPhones) {
  Scenario s = quiet_scenario(china(), 19);
  const double now = china().drivers.at("memory_price.boj_usd").at(china().as_of);
  const auto with_price = [&](double factor) {
    s.memory_price_cycle.process.kind = "path";
    s.memory_price_cycle.process.points = {{china().as_of + 3, fixed(now * factor)},
                                           {china().as_of + 19, fixed(now * factor)}};
    return named_outputs(s, china());
  };
  const auto low = with_price(0.6), high = with_price(1.1);
  expect_never_above(low, high, "exports.product.memory.value@");
  expect_never_above(low, high, "imports.product.memory.value@");
  expect_never_above(high, low, "exports.product.phones.volume@2026");
}

TEST(Property, DearerOilRaisesCrudeImportsInValueAndNeverTheirVolume) {
  Scenario s = quiet_scenario(china(), 19);
  const auto with_oil = [&](double level) {
    s.oil_price.kind = "path";
    s.oil_price.points = {{china().as_of + 2, fixed(level)}, {china().as_of + 19, fixed(level)}};
    return named_outputs(s, china());
  };
  const auto low = with_oil(60), high = with_oil(120);
  expect_never_above(low, high, "imports.product.crude_oil.value@");
  expect_never_above(high, low, "imports.product.crude_oil.volume@2026");
  // Plastics and refined products are exported too: on single paths dear oil may pay, on the whole it costs.
  for (const auto& [name, values] : low) {
    if (name.rfind("balance.total.value@", 0) != 0) continue;
    const std::vector<double>& dear = high.at(name);
    EXPECT_LE(std::accumulate(dear.begin(), dear.end(), 0.0), std::accumulate(values.begin(), values.end(), 0.0) + 0.1)
        << name;
  }
}

TEST(Property, StrongerDemandAbroadNeverLowersExportsToThatMarketAlone) {
  Scenario s = quiet_scenario(china(), 19);
  s.foreign_demand.growth_pct["eu"] = fixed(0);
  const auto low = named_outputs(s, china());
  s.foreign_demand.growth_pct["eu"] = fixed(3);
  const auto high = named_outputs(s, china());
  expect_never_above(low, high, "exports.market.eu.value@");
  for (const auto& [name, values] : low) {
    if (name.starts_with("exports.market.us.value@")) {
      EXPECT_EQ(values, high.at(name)) << name;
    }
  }
}

TEST(Property, MoreCapacityNeverRaisesThePriceNorLowersTheVolume) {
  Scenario s = quiet_scenario(china(), 19);
  const auto with_expansion = [&](double pct) {
    s.supply_limits = {{{"network_optical"}, {}, fixed(95), {}, fixed(90), fixed(1.2), fixed(0.1)}};
    s.supply_limits[0].expansions = {{china().as_of + 2, china().as_of + 8, fixed(pct)}};
    return named_outputs(s, china());
  };
  const auto tight = with_expansion(0), wide = with_expansion(40);
  expect_never_above(tight, wide, "exports.product.network_optical.volume@2026");
  expect_never_above(wide, tight, "exports.product.network_optical.price@2026");
}

}  // namespace
}  // namespace plimsoll
