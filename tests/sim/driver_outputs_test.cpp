#include "sim/driver_outputs.hpp"

#include <gtest/gtest.h>

#include <map>

#include "models/calibration_reader.hpp"
#include "named_outputs.hpp"
#include "sim/plan.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

DriverThreshold before_the_boom() {
  DriverThreshold threshold;
  threshold.driver = "memory_price";
  threshold.from = Month::of(2025, 1);
  threshold.to = Month::of(2025, 4);
  return threshold;
}

TEST(DriverLevels, StandInTheDriversOwnUnitAndMeanOverLongerPeriods) {
  const Calibration c = quiet_calibration(1, 1);  // every price is 100 throughout, one firm spends 30 bn a quarter
  Scenario s = quiet_scenario(c, 7);
  s.oil_price.kind = "path";
  for (int t = 1; t <= 7; ++t) s.oil_price.points.push_back({c.as_of + t, RandomNumber::fixed(100.0 + 10 * t)});
  auto values = named_outputs(s, c);
  EXPECT_NEAR(values.at("driver.oil_price.level@2026-07")[0], 120, 1e-4);
  EXPECT_NEAR(values.at("driver.oil_price.level@2026Q3")[0], 130, 1e-4);
  EXPECT_NEAR(values.at("driver.oil_price.level@2026")[0], (5 * 100 + 110 + 120 + 130 + 140 + 150 + 160 + 170) / 12.0,
              1e-4);
  EXPECT_NEAR(values.at("driver.capex.level@2026Q3")[0], 30, 1e-4);
  EXPECT_NEAR(values.at("driver.capex.level@2026")[0], 120, 1e-3);
}

TEST(DriverThresholds, ComeTrueOnThePathsThatReachThem) {
  const Calibration c = quiet_calibration(1, 1);
  Scenario s = quiet_scenario(c, 6);
  s.oil_price.kind = "path";  // 90, 80, 70, 80, 90, 100
  for (const auto& [t, level] : std::map<int, double>{{1, 90}, {3, 70}, {6, 100}})
    s.oil_price.points.push_back({c.as_of + t, RandomNumber::fixed(level)});
  DriverThreshold low, high;
  low.driver = high.driver = "oil_price";
  low.level = 75;
  high.level = 95;
  high.side = DriverThreshold::Side::above;
  s.report.driver_thresholds = {low, high};
  auto values = named_outputs(s, c);
  const std::map<std::string, std::vector<double>> expected{{"below", {0, 0, 1, 0, 0, 0}},
                                                            {"fallen_to", {0, 0, 1, 1, 1, 1}},
                                                            {"above", {0, 0, 0, 0, 0, 1}},
                                                            {"risen_to", {0, 0, 0, 0, 0, 1}}};
  for (const auto& [event, months] : expected) {
    for (int t = 1; t <= 6; ++t) {
      EXPECT_EQ(values.at("driver.oil_price.level/" + event + "@" + to_string(c.as_of + t))[0],
                months[static_cast<std::size_t>(t - 1)])
          << event << " " << t;
    }
  }
}

TEST(TheMemoryCycle, FallsBackToItsLevelBeforeTheBoomWithAProbabilityThatRisesWithTheHorizon) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 19);
  s.memory_price_cycle.process = {"stochastic_cycle", {}, {}, {}};
  s.report.driver_thresholds = {before_the_boom()};
  s.report.series = {"driver.memory_price.level"};
  EXPECT_NEAR(threshold_level(before_the_boom(), c), (55.1 + 54.8 + 54.0 + 54.9) / 4, 1e-9);
  const RunResults results = run(Simulation(s, c), {.threads = 2});
  std::map<std::string, std::map<Month, double>> chance;
  for (const ProbabilityRow& row : results.probabilities) chance[row.event][row.period.last] = row.probability;
  double before = 0;
  for (Month m = c.as_of + 1; m <= s.horizon; m = m + 1) {
    EXPECT_GE(chance["fallen_to"].at(m), before) << to_string(m);
    EXPECT_GE(chance["fallen_to"].at(m), chance["below"].at(m)) << to_string(m);
    before = chance["fallen_to"].at(m);
  }
  EXPECT_GT(chance["fallen_to"].at(Month::of(2026, 12)), 0);
  EXPECT_GT(chance["fallen_to"].at(Month::of(2027, 12)), 2 * chance["fallen_to"].at(Month::of(2026, 12)));
  EXPECT_LT(chance["fallen_to"].at(Month::of(2027, 12)), 1);
}

TEST(DriverThresholds, AgreeWithTheLevelsOnEveryPath) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 19);
  s.memory_price_cycle.process = {"stochastic_cycle", {}, {}, {}};
  s.report.driver_thresholds = {before_the_boom()};
  auto values = named_outputs(s, c);
  const double level = threshold_level(before_the_boom(), c);
  double passed = 0;
  for (std::size_t lane = 0; lane < 64; ++lane) {
    bool fallen = false;
    for (Month m = c.as_of + 1; m <= s.horizon; m = m + 1) {
      const bool below = values.at("driver.memory_price.level@" + to_string(m))[lane] <= level;
      fallen = fallen || below;
      EXPECT_EQ(values.at("driver.memory_price.level/below@" + to_string(m))[lane], below ? 1 : 0);
      EXPECT_EQ(values.at("driver.memory_price.level/fallen_to@" + to_string(m))[lane], fallen ? 1 : 0);
    }
    passed += fallen ? 1 : 0;
  }
  EXPECT_GT(passed, 0);
  EXPECT_LT(passed, 64);
}

}  // namespace
}  // namespace plimsoll
