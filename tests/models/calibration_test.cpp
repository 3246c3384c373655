#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "models/calibration_reader.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

const Calibration& calibration(const std::string& name = "china-2026-05") {
  static std::map<std::string, Calibration> loaded;
  const auto place = loaded.find(name);
  return place != loaded.end() ? place->second : loaded.emplace(name, load_calibration(name)).first->second;
}

/// What holds for every calibration that ships.
class ShippedCalibration : public ::testing::TestWithParam<const char*> {
 protected:
  const Calibration& c_ = calibration(GetParam());
};

TEST_P(ShippedCalibration, SumsToTheCustomsTotalInEveryMonth) {
  const Calibration& c = c_;
  const std::size_t cells = c.products.size() * c.markets.size();
  ASSERT_EQ(c.cells.size(), cells * c.detail_months());
  for (std::size_t k = 0; k < c.detail_months(); ++k) {
    double sum = 0;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      const double x = c.cells[k * cells + cell];
      ASSERT_GT(x, 0);
      sum += x;
    }
    const Month month = c.detail_from + static_cast<int>(k);
    EXPECT_NEAR(sum / c.total[static_cast<std::size_t>(month - c.total_from)], 1, 1e-9) << to_string(month);
  }
}

TEST_P(ShippedCalibration, FitsEveryMonthToItsProductsAndMarkets) {
  const Calibration& c = c_;
  const CsvTable t =
      parse_csv(*shipped_file("models/calibrations/" + std::string(GetParam()) + "/history.csv"), "history.csv");
  const std::size_t markets = c.markets.size(), cells = c.products.size() * markets;
  std::size_t checked = 0;
  for (const CsvTable::Row& row : t.rows) {
    const int product = c.product_index(row.fields[0]), market = c.market_index(row.fields[1]);
    if (product < 0 && market < 0) continue;
    const auto k = static_cast<std::size_t>(*parse_month(row.fields[2]) - c.detail_from);
    double sum = 0;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      const bool in = product >= 0 ? cell / markets == static_cast<std::size_t>(product)
                                   : cell % markets == static_cast<std::size_t>(market);
      if (in) sum += c.cells[k * cells + cell];
    }
    EXPECT_NEAR(sum / *parse_double(row.fields[3]), 1, 1e-9) << row.line;
    ++checked;
  }
  EXPECT_EQ(checked, c.detail_months() * (c.products.size() + markets));
}

TEST_P(ShippedCalibration, HasSetsOfKnownMembers) {
  const Calibration& c = c_;
  EXPECT_FALSE(c.sets.empty());
  for (const NamedSet& set : c.sets) {
    EXPECT_FALSE(set.weight_frac.empty()) << set.id;
    for (const auto& [member, weight] : set.weight_frac) {
      EXPECT_GE(set.dimension == NamedSet::Dimension::product ? c.product_index(member) : c.market_index(member), 0)
          << member;
      EXPECT_GT(weight, 0) << set.id << " " << member;
    }
  }
}

TEST(LatestCalibration, HasTheGroupsAndHistoryItPromises) {
  const Calibration& c = calibration();
  EXPECT_EQ(c.products.size(), 23U);
  EXPECT_EQ(c.markets.size(), 14U);
  EXPECT_EQ(to_string(c.as_of), "2026-05");
  EXPECT_EQ(to_string(c.known_on), "2026-06-09");
  EXPECT_EQ(to_string(c.total_from), "2008-01");
  for (const auto& [name, history] : c.drivers) EXPECT_GE(history.level.size(), 36U) << name;
  for (const TariffSchedule& schedule : c.tariffs) EXPECT_FALSE(schedule.steps.empty());
  EXPECT_EQ(c.sha256.size(), 64U);
}

TEST_P(ShippedCalibration, MarksTheColumnOfTheUnitedStatesAsObservedAndMostOthersAsImputed) {
  const Calibration& c = c_;
  const std::size_t us = static_cast<std::size_t>(c.market_index("us"));
  int imputed = 0;
  for (std::size_t cell = 0; cell < c.cell_status.size(); ++cell)
    imputed += cell % c.markets.size() != us && c.cell_status[cell] == CellStatus::imputed;
  EXPECT_EQ(c.cell_status[us], CellStatus::observed);
  EXPECT_GT(imputed, 200);
}

TEST_P(ShippedCalibration, GivesEveryParameterASource) {
  for (const Parameter& p : c_.parameters) EXPECT_FALSE(p.provenance.source.empty()) << p.name;
  for (const Loading& l : c_.loadings) EXPECT_LE(l.provenance.known_from, c_.known_on);
}

TEST_P(ShippedCalibration, HasSeasonalFactorsThatAverageToZero) {
  const Calibration& c = c_;
  for (std::size_t p = 0; p < c.products.size(); ++p) {
    double sum = 0;
    for (const double f : c.seasonal_log[p]) sum += f;
    EXPECT_NEAR(sum, 0, 1e-4) << c.products[p].id;
  }
  // January and February of a year share their season: the two halves weigh 2 f and 2 (1 - f).
  const double f = c.january_frac.at(2026);
  EXPECT_NEAR(c.seasonal(0, Month::of(2026, 1)) - c.seasonal(0, Month::of(2026, 2)), std::log(f / (1 - f)), 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Vintage, ShippedCalibration, ::testing::Values("china-2026-05", "china-2025-12"),
                         [](const auto& test) { return "to_" + std::string(test.param).substr(6, 4); });

TEST(Calibration, TakesTheMostSpecificRowOfAParameter) {
  Calibration c;
  c.parameters = {{"x", "", "", RandomNumber::fixed(1), 0, "", {}},
                  {"x", "p", "", RandomNumber::fixed(2), 0, "", {}},
                  {"x", "", "m", RandomNumber::fixed(3), 0, "", {}}};
  EXPECT_EQ(c.parameter("x").value.args[0], 1);
  EXPECT_EQ(c.parameter("x", "p", "m").value.args[0], 2);
  EXPECT_EQ(c.parameter("x", "q", "m").value.args[0], 3);
  EXPECT_THROW(c.parameter("y"), std::logic_error);
}

TEST(Catalog, NamesWhatScenariosMayUse) {
  const IdCatalog catalog = catalog_of(calibration());
  EXPECT_EQ(catalog.products.front(), "memory");
  EXPECT_NEAR(catalog.capex_reported_usd_bn.at("amazon").at(2026), 44.203, 1e-9);
  EXPECT_NEAR(catalog.capex_cash_per_company_frac, 0.917, 1e-9);
}

}  // namespace
}  // namespace plimsoll
