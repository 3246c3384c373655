#include "sim/observed_history.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "models/calibration_reader.hpp"

namespace plimsoll {
namespace {

const std::map<std::string, double>& rows() {
  static const std::map<std::string, double> all = [] {
    std::map<std::string, double> found;
    for (const HistoryRow& row : observed_history(load_calibration("china-2026-05"))) {
      const auto [place, added] =
          found.emplace(row.series + "@" + to_string(row.period.frequency) + to_string(row.period), row.value);
      EXPECT_TRUE(added) << place->first;
    }
    return found;
  }();
  return all;
}
double at(const std::string& name) {
  const auto place = rows().find(name);
  EXPECT_NE(place, rows().end()) << name;
  return place == rows().end() ? std::nan("") : place->second;
}

TEST(ObservedHistory, HasTheCustomsFiguresOfTheLastMonths) {
  EXPECT_NEAR(at("exports.total.yoy@M2026-05"), 19.2, 0.05);
  EXPECT_NEAR(at("exports.total.value@M2026-05"), 376.3, 0.05);
}

TEST(ObservedHistory, QuartersAndYearsAreSumsOfMonths) {
  EXPECT_NEAR(at("exports.total.value@Q2026Q1"),
              at("exports.total.value@M2026-01..02") + at("exports.total.value@M2026-03"), 1e-9);
  double year = 0;
  for (const char* quarter : {"1", "2", "3", "4"}) year += at(std::string("exports.total.value@Q2025Q") + quarter);
  EXPECT_NEAR(at("exports.total.value@A2025"), year, 1e-9);
  EXPECT_EQ(rows().count("exports.total.value@A2026"), 0U);  // not over
  EXPECT_EQ(rows().count("exports.total.value@Q2026Q2"), 0U);
}

TEST(ObservedHistory, GrowthIsTheRatioOfItsValues) {
  EXPECT_NEAR(at("exports.product.memory.yoy@M2026-04"),
              100 * (at("exports.product.memory.value@M2026-04") / at("exports.product.memory.value@M2025-04") - 1),
              1e-9);
  EXPECT_NEAR(at("imports.total.yoy@A2025"),
              100 * (at("imports.total.value@A2025") / at("imports.total.value@A2024") - 1), 1e-9);
}

TEST(ObservedHistory, TheBalanceIsExportsLessImports) {
  EXPECT_NEAR(at("balance.total.value@M2026-05"),
              at("exports.total.value@M2026-05") - at("imports.total.value@M2026-05"), 1e-9);
}

TEST(ObservedHistory, GroupsSumToTheTotal) {
  double products = 0, markets = 0;
  for (const auto& [name, value] : rows()) {
    const bool here = name.ends_with(".value@M2026-03");
    if (here && name.starts_with("exports.product.")) products += value;
    if (here && name.starts_with("exports.market.") && name.find("market.non_us") == name.npos &&
        name.find("market.latin_america") == name.npos)
      markets += value;
  }
  EXPECT_NEAR(products, at("exports.total.value@M2026-03"), 1e-6);
  EXPECT_NEAR(markets, at("exports.total.value@M2026-03"), 1e-6);
}

TEST(ObservedHistory, DriversHaveTheirMonthsAndCapexItsReportedQuarters) {
  EXPECT_NEAR(at("driver.memory_price.level@M2026-05"), 197.4, 0.05);
  EXPECT_NEAR(at("driver.oil_price.level@Q2026Q1"),
              (at("driver.oil_price.level@M2026-01") + at("driver.oil_price.level@M2026-02") +
               at("driver.oil_price.level@M2026-03")) /
                  3,
              1e-9);
  EXPECT_GT(at("driver.capex.level@Q2026Q1"), 100);
  EXPECT_EQ(rows().count("driver.capex.level@M2026-03"), 0U);
}

}  // namespace
}  // namespace plimsoll
