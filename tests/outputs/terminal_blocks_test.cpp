#include <gtest/gtest.h>

#include "outputs/terminal_table.hpp"

namespace plimsoll {
namespace {

Distribution at(double value, double error) {
  Distribution d;
  d.mean = value;
  d.quantile = {value - 3, value - 2, value - 2, value - 1, value, value + 1, value + 2, value + 2, value + 3};
  d.se_mean = error;
  d.se_quantile.fill(error);
  return d;
}

Period year(int y) { return {Frequency::year, Month::of(y, 1), Month::of(y, 12)}; }
Period month(int y, int m) { return {Frequency::month, Month::of(y, m), Month::of(y, m)}; }

void expect_line(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "'" << part << "' is not in\n" << text;
}

TEST(TheTerminal, TellsTheChanceThatADriverComesToALevelByTheEndOfEachYear) {
  RunResults results;
  EXPECT_EQ(driver_levels(results, {}), "");
  results.driver_levels = {{"driver.memory_price.level", "fallen_to", 54.7, "its mean of 2025-01 to 2025-04"}};
  for (const auto& [period, chance] : {std::pair(month(2026, 11), 0.01), std::pair(month(2026, 12), 0.02),
                                       std::pair(month(2027, 12), 0.8), std::pair(month(2028, 1), 0.81)}) {
    results.probabilities.push_back({"driver.memory_price.level", period, "fallen_to", 54.7, chance, 0.003});
    results.probabilities.push_back({"driver.memory_price.level", period, "below", 54.7, 0.5, 0.003});
  }
  const std::string text = driver_levels(results, {});
  expect_line(text, "memory price falls to 54.7, its mean of 2025-01 to 2025-04\n");
  expect_line(text, "by 2026-12: 2.0% ±0.3 pp");
  expect_line(text, "by 2027-12: 80% ±0.3 pp");
  expect_line(text, "by 2028-01: 81% ±0.3 pp");
  EXPECT_EQ(text.find("2026-11"), std::string::npos);
  EXPECT_EQ(text.find("50%"), std::string::npos);
}

TEST(TheTerminal, TellsWhatTheRestOfTheYearNeeds) {
  RunResults results;
  EXPECT_EQ(year_under_way(results, {}), "");
  results.summary = {{"exports.total.locked_in", year(2026), "pct", at(6.1, 0)},
                     {"exports.total.carry_over", year(2026), "pct", at(18.0, 0)},
                     {"exports.total.rest_of_year", year(2026), "pct", at(24.8, 0.1)}};
  results.probabilities = {{"exports.total.rest_of_year", year(2026), "required", 5, -1.8, 0},
                           {"exports.total.rest_of_year", year(2026), "below", 5, 0.1, 0.01}};
  const std::string text = year_under_way(results, {});
  expect_line(text, "The year under way, 2026");
  expect_line(text, "rest repeats the year before:          +6.1%\n");
  expect_line(text, "level stays:      +18.0%\n");
  expect_line(text, "needed for 5% in the year:              -1.8%\n");
  expect_line(text, "on the paths:                           +24.8% ±0.1 (5-95%: +22.8 to +26.8)\n");
}

TEST(TheTerminal, ShowsAScenariosOwnSetsByTheirTitle) {
  RunResults results;
  EXPECT_EQ(own_sets(results, {year(2026)}, {}), "");
  results.sets = {{"devices", SetDefinition::Of::products, {{"phones", 1}}, {"Consumer electronics", ""}},
                  {"energy", SetDefinition::Of::imports, {{"crude_oil", 1}}, {}}};
  results.summary = {{"exports.chain.devices.yoy", year(2026), "pct", at(4, 0.1)},
                     {"imports.chain.energy.yoy", year(2026), "pct", at(9, 0.2)}};
  results.contributions = {{"exports.total.yoy", "chain", "devices", year(2026), at(0.7, 0.01)}};
  const std::string text = own_sets(results, {year(2026)}, {});
  expect_line(text, "Consumer electronics (exports.chain.devices.yoy)\n");
  expect_line(text, "2026: +4.0% ±0.1 (5-95%: +2.0 to +6.0), +0.70 ±0.01 pp of the total's growth\n");
  expect_line(text, "energy (imports.chain.energy.yoy)\n    2026: +9.0% ±0.2 (5-95%: +7.0 to +11.0)\n");
}

}  // namespace
}  // namespace plimsoll
