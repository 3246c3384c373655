#include <gtest/gtest.h>

#include <cmath>

#include "named_outputs.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

RandomNumber fixed(double x) { return RandomNumber::fixed(x); }

/// Capex loads on the volume of p0 with 1, without delay; the firms stay where they are.
Calibration loaded() {
  Calibration c = quiet_calibration(1, 1);
  c.loadings.push_back({"p0", "all", "capex", fixed(1), fixed(0), 0, {}});
  set_parameter(c, "capex_lag_months", 0.05);
  return c;
}

TEST(OtherBuyers, CountByTheirShareAndGrowth) {
  const Calibration c = loaded();
  Scenario s = quiet_scenario(c, 31);
  s.report.single_lunar_months = true;
  const double before = named_outputs(s, c).at("exports.total.value@2027-11")[0];
  double firms = 0;
  for (const auto& [id, history] : c.capex) firms += history.level.back() * 4;
  CapexPaths paths;
  paths.other_buyers = {{"sovereigns", fixed(firms), {{2026, fixed(0)}, {2027, fixed(50)}}}};
  s.capex_paths = paths;
  const auto x = named_outputs(s, c);
  // As large as the firms together, at rest in 2026; November 2027 lies in the quarter whose middle is ten and a half
  // months into the year of growth, which starts at the middle of December 2026.
  EXPECT_NEAR(x.at("exports.total.value@2026-12")[0], 10, 1e-3);
  const double grown = std::pow(1.5, 11.0 / 12);
  EXPECT_NEAR(x.at("exports.total.value@2027-11")[0] / before, (1 + grown) / 2, 0.01);
}

TEST(OtherBuyers, ThatGrowLikeTheFirmsChangeNothing) {
  const Calibration c = loaded();
  Scenario s = quiet_scenario(c, 12);
  const double alone = named_outputs(s, c).at("exports.total.value@2027-05")[0];
  CapexPaths paths;
  paths.other_buyers = {{"sovereigns", fixed(100), {{2026, fixed(0)}}}};
  s.capex_paths = paths;
  EXPECT_NEAR(named_outputs(s, c).at("exports.total.value@2027-05")[0], alone, 1e-4);
}

}  // namespace
}  // namespace plimsoll
