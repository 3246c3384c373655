#include <gtest/gtest.h>

#include "named_outputs.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

RandomNumber fixed(double x) { return RandomNumber::fixed(x); }

/// A layer on m0 that is in truce at as_of; `next` are the rows of deal, escalation and truce.
Scenario with_regimes(const Calibration& c, const std::vector<std::vector<double>>& next) {
  Scenario s = quiet_scenario(c, 18);
  s.report.single_lunar_months = true;
  TariffLayer layer;
  layer.name = "relations";
  layer.market = "m0";
  layer.products = {"all"};
  layer.effective = Date{2026, 6, 1};
  const char* names[] = {"deal", "escalation", "truce"};
  const double change[] = {10, 30, 0};  // from a rate of zero a deal can only be dearer
  for (std::size_t r = 0; r < 3; ++r) {
    TariffRegime regime;
    regime.name = names[r];
    regime.change_pp = fixed(change[r]);
    for (const double p : next[r]) regime.next_pct.push_back(fixed(p));
    layer.regimes.push_back(regime);
  }
  layer.start_pct = {fixed(0), fixed(0), fixed(100)};
  s.tariff_shocks = {layer};
  s.diversion.share = fixed(0);
  return s;
}

Calibration answering() {
  Calibration c = quiet_calibration(1, 2);
  set_parameter(c, "tariff_elasticity_1y", 1);
  set_parameter(c, "tariff_elasticity_long_run", 1);
  set_parameter(c, "tariff_pass_through_frac", 1);
  return c;
}

TEST(TariffRegimes, EqualADatedLayerWhenOneRegimeIsCertain) {
  const Calibration c = answering();
  Scenario s = with_regimes(c, {{100, 0, 0}, {0, 100, 0}, {0, 100, 0}});  // escalation from the first month on
  const auto chain = named_outputs(s, c);
  s.tariff_shocks[0].regimes.clear();
  s.tariff_shocks[0].start_pct.clear();
  s.tariff_shocks[0].change_pp = fixed(30);
  const auto dated = named_outputs(s, c);
  for (const std::string month : {"2026-06", "2026-07", "2026-12", "2027-11"}) {
    const std::string series = "exports.market.m0.value@" + month;
    EXPECT_EQ(chain.at(series), dated.at(series)) << month;
  }
  EXPECT_LT(chain.at("exports.market.m0.value@2027-11")[0], 9);
}

TEST(TariffRegimes, NeverTakeTheRateBelowZero) {
  const Calibration c = answering();
  Scenario s = with_regimes(c, {{100, 0, 0}, {0, 100, 0}, {0, 100, 0}});
  s.tariff_shocks[0].regimes[1].change_pp = fixed(-60);
  EXPECT_NEAR(named_outputs(s, c).at("exports.market.m0.value@2027-11")[0], 10, 1e-4);
}

TEST(TariffRegimes, FollowTheChainOneStateAMonth) {
  const Calibration c = answering();
  const auto x = named_outputs(with_regimes(c, {{90, 10, 0}, {20, 60, 20}, {10, 20, 70}}), c);
  // Without slow adjustment a month's value tells the state of the month before.
  std::vector<std::vector<int>> moves(3, std::vector<int>(3, 0));
  for (std::size_t lane = 0; lane < 64; ++lane) {
    int state = 2;
    for (int t = 2; t <= 18; ++t) {
      const double value = x.at("exports.market.m0.value@" + to_string(c.as_of + t))[lane];
      const int now = value > 9.7 ? 2 : value < 8.5 ? 1 : 0;
      ++moves[static_cast<std::size_t>(state)][static_cast<std::size_t>(now)];
      state = now;
    }
  }
  EXPECT_EQ(moves[0][2], 0);  // a deal is never followed by a truce
  const auto share = [&](std::size_t from, std::size_t to) {
    double all = 0;
    for (const int n : moves[from]) all += n;
    return moves[from][to] / all;
  };
  EXPECT_NEAR(share(2, 2), 0.7, 0.12);
  EXPECT_NEAR(share(1, 1), 0.6, 0.12);
  EXPECT_NEAR(share(0, 0), 0.9, 0.08);
}

}  // namespace
}  // namespace plimsoll
