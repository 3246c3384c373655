#include "scenarios/assumptions.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/test_catalog.hpp"

namespace plimsoll {
namespace {

std::vector<ResolvedValue> values_of(const std::string& name, const std::vector<std::string>& set = {}) {
  ReadOptions options;
  for (const std::string& assignment : set) options.overrides.push_back({assignment, "command line"});
  return load_scenario(name, options, test_catalog).values;
}

TEST(Assumptions, OfBaseBesideItselfAreNone) { EXPECT_TRUE(differences(values_of("base"), values_of("base")).empty()); }

TEST(Assumptions, SayWhatIsSetWhatBaseHasAndWhereItComesFrom) {
  const auto rows =
      assumptions_beside(values_of("base", {"oil_price.half_life_months=12", "paths=32", "seed=7"}), values_of("base"));
  ASSERT_EQ(rows.size(), 1U);  // how many paths are drawn how is no assumption
  EXPECT_EQ(rows[0], (Assumption{"oil_price.half_life_months", "12", "", "command line"}));
  EXPECT_TRUE(is_by_hand(rows[0]));
}

TEST(Assumptions, CompareNumbersAsNumbers) {
  const auto base = values_of("base", {"oil_price.annual_sd_log=0.3"});
  EXPECT_TRUE(differences(values_of("base", {"oil_price.annual_sd_log=0.30"}), base).empty());
  const auto rows = differences(values_of("base", {"oil_price.annual_sd_log={uniform: [0.2, 0.4]}"}), base);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].value, "{uniform: [0.2, 0.4]}");
  EXPECT_EQ(rows[0].base_value, "0.3");
}

TEST(Assumptions, KnowItemsOfListsByName) {
  const auto rows = assumptions_beside(
      values_of("base", {"tariff_shocks=[{name: a, market: us, products: all, change_pp: 5, effective: 2026-09}]"}),
      values_of("base"));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].path, "tariff_shocks[a]");
  EXPECT_NE(rows[0].value.find("change_pp: 5"), std::string::npos);
}

TEST(Assumptions, TellWhatBaseStatesAlone) {
  const auto rows = differences(values_of("base"), values_of("base", {"domestic_demand.growth_pct=4"}));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].value, "");
  EXPECT_EQ(rows[0].base_value, "4");
  EXPECT_FALSE(is_by_hand(rows[0]));
}

TEST(Assumptions, OfPinsAndObservationsAreByHandWhereverTheyStand) {
  EXPECT_TRUE(is_by_hand({"pin[0]", "{driver: oil_price}", "", "mine.yaml:4"}));
  EXPECT_TRUE(is_by_hand({"observations[0]", "{}", "", "mine.yaml:4"}));
  EXPECT_FALSE(is_by_hand({"capex_paths.amazon.2026", "200", "180", "mine.yaml:4"}));
}

}  // namespace
}  // namespace plimsoll
