#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "models/calibration_reader.hpp"
#include "sim/plan.hpp"
#include "tariff_layers.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

/// Monthly values of every series on the 64 paths from 0 on: [month][lane].
std::map<std::string, std::vector<std::vector<double>>> monthly(const Scenario& s, const Calibration& c,
                                                                const std::string& ending = ".value") {
  const Simulation simulation(s, c);
  const std::vector<double> values = simulate_outputs(simulation.plan(), 0);
  std::map<std::string, std::vector<std::vector<double>>> out;
  for (std::size_t o = 0; o < simulation.plan().outputs.labels.size(); ++o) {
    const OutputLabel& label = simulation.plan().outputs.labels[o];
    if (label.period.frequency != Frequency::month || label.period.first != label.period.last) continue;
    const std::string name =
        label.table == OutputLabel::Table::summary ? label.series : label.series + "/" + label.by + "/" + label.key;
    if (label.table == OutputLabel::Table::summary && !name.ends_with(ending)) continue;
    out[name].emplace_back(values.begin() + static_cast<std::ptrdiff_t>(o * 64),
                           values.begin() + static_cast<std::ptrdiff_t>(o * 64 + 64));
  }
  return out;
}

Scenario with_layer(const Calibration& c, int months, bool announced) {
  Scenario s = quiet_scenario(c, months);
  s.report.single_lunar_months = true;
  TariffLayer layer = tariff_layer("m0", 20, Date{2026, 9, 16});
  if (announced) layer.announced = Date{2026, 7, 1};
  s.tariff_shocks = {layer};
  return s;
}

/// A tenth of a month's goods a month of lead for ten points of tariff, up to a cap; tariffs do nothing else.
void front_load(Calibration& c, double cap_months) {
  for (const char* name : {"tariff_elasticity_1y", "tariff_elasticity_long_run", "import_demand_elasticity"})
    set_parameter(c, name, 0);
  set_parameter(c, "front_loading_share", 0.1);
  set_parameter(c, "front_loading_cap_months", cap_months);
}

TEST(FrontLoading, IsPaidBackButForItsPermanentPart) {
  Calibration c = quiet_calibration(1, 1);
  front_load(c, 10);
  set_parameter(c, "front_loading_payback_share", 0.7);
  set_parameter(c, "front_loading_payback_months", 3);
  const auto x = monthly(with_layer(c, 60, true), c).at("exports.total.value");
  // 20 points expected: 0.2 of a month's 10 bn a month of lead, in July, August and half of September.
  EXPECT_NEAR(x[0][0], 10, 1e-5);
  EXPECT_NEAR(x[1][0], 12, 1e-5);
  EXPECT_NEAR(x[2][0], 12, 1e-5);
  EXPECT_NEAR(x[3][0], 11, 1e-5);
  EXPECT_LT(x[4][0], 10);
  double sum = 0;
  for (const auto& month : x) sum += month[0] - 10;
  EXPECT_NEAR(sum, 0.3 * 5, 1e-4);  // 5 bn shipped early, 70% of it missed later
}

TEST(FrontLoading, StopsAtItsCap) {
  Calibration c = quiet_calibration(1, 1);
  front_load(c, 0.3);
  const auto x = monthly(with_layer(c, 12, true), c).at("exports.total.value");
  EXPECT_NEAR(x[1][0], 12, 1e-5);
  EXPECT_NEAR(x[2][0], 11, 1e-5);
  EXPECT_NEAR(x[3][0], 10, 1e-5);
}

TEST(FrontLoading, ComesBackAfterACancelledTariffToo) {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "front_loading_share", 0.1);
  set_parameter(c, "front_loading_cap_months", 10);
  set_parameter(c, "front_loading_payback_share", 1);
  set_parameter(c, "front_loading_payback_months", 2);
  Scenario s = with_layer(c, 60, true);
  s.tariff_shocks[0].probability_pct = RandomNumber::fixed(50);
  const auto x = monthly(s, c).at("exports.total.value");
  int cancelled = 0;
  for (std::size_t lane = 0; lane < 64; ++lane) {
    EXPECT_NEAR(x[1][lane], 11, 1e-5);  // half of the wedge is expected
    double sum = 0;
    for (const auto& month : x) sum += month[lane] - 10;
    if (std::abs(x[50][lane] - 10) > 0.1) continue;  // the tariff came
    ++cancelled;
    EXPECT_NEAR(sum, 0, 1e-4);
  }
  EXPECT_GT(cancelled, 10);
}

TEST(InheritedStock, IsMissedEvenlyAndReportedAsInherited) {
  Calibration c = quiet_calibration(2, 1);
  Scenario s = quiet_scenario(c, 14);
  s.report.single_lunar_months = true;
  const auto fixed = [](double x) { return RandomNumber::fixed(x); };
  s.front_loading.inherited = {{{"p0"}, {"m0"}, fixed(6), fixed(0), fixed(0.5), fixed(6)}};
  auto x = monthly(s, c);
  for (std::size_t t = 0; t < 14; ++t) {
    EXPECT_NEAR(x.at("exports.product.p0.value")[t][0], t < 6 ? 9.5 : 10, 1e-5) << t;
    EXPECT_NEAR(x.at("exports.product.p1.value")[t][0], 10, 1e-5);
  }
  EXPECT_NEAR(x.at("exports.total.yoy/driver/inherited")[2][0], -2.5, 1e-3);
  EXPECT_NEAR(x.at("exports.total.yoy/driver/residual")[2][0], 0, 1e-3);
  // Under way at as_of: the level lacks it already and recovers when it ends.
  s.front_loading.inherited = {{{"p0"}, {"m0"}, fixed(12), fixed(0.5), fixed(0.5), fixed(6)}};
  x = monthly(s, c);
  EXPECT_NEAR(x.at("exports.product.p0.value")[3][0], 10, 1e-5);
  EXPECT_NEAR(x.at("exports.product.p0.value")[8][0], 10 / 0.95, 1e-4);
}

TEST(Diversion, NeverAddsMoreThanIsLost) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 18);
  s.report.single_lunar_months = true;
  s.tariff_shocks = {tariff_layer("us", 40, Date{2026, 7, 1})};
  const auto with = monthly(s, c);
  s.diversion.share = RandomNumber::fixed(0);
  const auto without = monthly(s, c);
  s.tariff_shocks.clear();
  const auto calm = monthly(s, c);
  for (std::size_t t = 3; t < 18; ++t) {
    for (std::size_t lane = 0; lane < 64; ++lane) {
      const auto at = [&](const auto& run, const char* series) { return run.at(series)[t][lane]; };
      const double lost = at(calm, "exports.market.us.value") - at(without, "exports.market.us.value");
      const double added = at(with, "exports.total.value") - at(without, "exports.total.value");
      ASSERT_GT(lost, 0);
      ASSERT_GT(added, 0);
      ASSERT_LT(added, lost);
      ASSERT_NEAR(at(with, "exports.market.us.value"), at(without, "exports.market.us.value"), 1e-4);
      ASSERT_GT(at(with, "exports.market.asean.value"), at(without, "exports.market.asean.value"));
    }
  }
}

TEST(Diversion, EndsWhereItIsPolicedAndIsAttributed) {
  Calibration c = quiet_calibration(1, 2);
  set_parameter(c, "tariff_elasticity_1y", 2);
  set_parameter(c, "tariff_elasticity_long_run", 2);
  set_parameter(c, "diversion_share", 0.5);
  set_parameter(c, "diversion_full_gap_log", 0.05);
  set_parameter(c, "diversion_destination_share", 1, "", "m1");
  Scenario s = with_layer(c, 14, false);
  s.diversion.enforcement = Diversion::Enforcement{Month::of(2027, 3), RandomNumber::fixed(100)};
  auto x = monthly(s, c);
  const double lost = 10 - x.at("exports.market.m0.value")[6][0];
  EXPECT_GT(lost, 2);
  EXPECT_NEAR(x.at("exports.market.m1.value")[6][0] - 10, 0.5 * lost, 1e-3);
  EXPECT_NEAR(x.at("exports.market.m1.value")[9][0], 10, 1e-5);
  EXPECT_NEAR(x.at("exports.total.yoy/driver/diversion")[6][0], 100 * 0.5 * lost / 20, 1e-2);
  EXPECT_NEAR(x.at("exports.total.yoy/driver/residual")[6][0], 0, 1e-3);
}

TEST(HigherTariff, NeverRaisesExportsToTheMarketSummedFromItsStart) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 18);
  s.report.single_lunar_months = true;
  std::vector<std::vector<double>> sums;
  for (const double change : {5.0, 15.0, 60.0}) {
    s.tariff_shocks = {tariff_layer("us", change, Date{2026, 8, 1})};
    const auto us = monthly(s, c).at("exports.market.us.value");
    std::vector<double> sum(64, 0.0);
    for (const auto& month : us)
      for (std::size_t lane = 0; lane < 64; ++lane) sum[lane] += month[lane];
    if (!sums.empty()) {
      for (std::size_t lane = 0; lane < 64; ++lane) EXPECT_LT(sum[lane], sums.back()[lane]);
    }
    sums.push_back(sum);
  }
}

}  // namespace
}  // namespace plimsoll
