#include "models/ces_equilibrium_reader.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

const std::string kHeader = "case,parameter,exporter,importer,value\n";
const std::string kCase =
    "a,import_demand_elasticity,,home,-1\n"
    "a,substitution_elasticity,,home,4\n"
    "a,export_supply_elasticity,near,,inf\n"
    "a,trade_value_world_prices,near,home,10\n"
    "a,tariff_factor_initial,near,home,1\n"
    "a,tariff_factor_final,near,home,1.1\n";

/// Every problem as `place what`, one a line.
std::string problems(const std::string& text) {
  try {
    parse_equilibrium_inputs(text, "t.csv");
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::data);
    std::string all;
    for (const Problem& one : error.problems()) all += to_string(one.place) + " " + one.what + "\n";
    return all;
  }
  return "accepted";
}

std::string with(const std::string& from, const std::string& to) {
  std::string text = kHeader + kCase;
  return text.replace(text.find(from), from.size(), to);
}

TEST(CesEquilibriumReader, ReadsRegionsInAnyOrderOfColumnsAndRows) {
  const EquilibriumInputs inputs = parse_equilibrium_inputs(
      "value,case,parameter,importer,exporter\n"
      "1.1,a,tariff_factor_final,home,near\n1,a,tariff_factor_initial,home,near\n10,a,trade_value_world_prices,home,"
      "near\n"
      "0,a,trade_value_world_prices,home,home\n1,a,trade_value_world_prices,away,home\n"
      "5,a,trade_value_world_prices,away,near\n1,a,tariff_factor_initial,away,home\n1,a,tariff_factor_final,away,home\n"
      "1,a,tariff_factor_initial,away,near\n1.3,a,tariff_factor_final,away,near\n"
      "-1,a,import_demand_elasticity,home,\n-2,a,import_demand_elasticity,away,\n4,a,substitution_elasticity,home,\n"
      "3,a,substitution_elasticity,away,\ninf,a,export_supply_elasticity,,near\n0,a,export_supply_elasticity,,home\n",
      "t.csv");
  EXPECT_EQ(inputs.layout, EquilibriumLayout::regions);
  ASSERT_EQ(inputs.cases.size(), 1U);
  const CesIndustry& industry = inputs.cases[0];
  EXPECT_EQ(industry.exporters, (std::vector<std::string>{"near", "home"}));
  EXPECT_EQ(industry.importers, (std::vector<std::string>{"home", "away"}));
  EXPECT_EQ(industry.trade, (std::vector<double>{10, 5, 0, 1}));
  EXPECT_EQ(industry.tariff_final, (std::vector<double>{1.1, 1.3, 1, 1}));  // none needed where there is no trade
  EXPECT_EQ(industry.import_demand_elasticity, (std::vector<double>{-1, -2}));
  EXPECT_TRUE(std::isinf(industry.export_supply_elasticity[0]));
}

TEST(CesEquilibriumReader, TakesASingleMarketsExpenditureAsTariffPaid) {
  const EquilibriumInputs inputs = parse_equilibrium_inputs(
      "case,parameter,supplier,value\na,total_demand_elasticity,,-1\na,substitution_elasticity,,4\n"
      "a,initial_expenditure,s,60\na,supply_elasticity,s,2\na,tariff_factor_initial,s,1.2\na,tariff_factor_final,s,1\n",
      "t.csv");
  EXPECT_EQ(inputs.layout, EquilibriumLayout::single_market);
  EXPECT_DOUBLE_EQ(inputs.cases.at(0).trade.at(0), 50);
}

TEST(CesEquilibriumReader, RefusesEachMistakeWithItsPlace) {
  EXPECT_EQ(problems(kHeader + kCase), "accepted");
  EXPECT_EQ(problems(kHeader), "t.csv:1:1 the table has no rows\n");
  EXPECT_EQ(problems("case,parameter,exporter,importr,value\n"),
            "t.csv:1:1 column 'importer' is missing\nt.csv:1:1 unknown column 'importr'\n");
  EXPECT_EQ(problems("case,parameter,supplier,importer,value\n"), "t.csv:1:1 unknown column 'importer'\n");
  EXPECT_EQ(problems(with("home,4", "home,four")), "t.csv:3:33 'four' is not a valid substitution_elasticity\n");
  for (const char* value : {"", "nan", "inf", "0", "-1", "4 ", "1e999"})
    EXPECT_NE(problems(with("home,4", std::string("home,") + value)), "accepted") << value;
  EXPECT_EQ(problems(with("home,-1", "home,1")), "t.csv:2:34 '1' is not a valid import_demand_elasticity\n");
  EXPECT_EQ(problems(with(",,inf", ",,-2")), "t.csv:4:34 '-2' is not a valid export_supply_elasticity\n");
  EXPECT_EQ(problems(with("home,1.1", "home,0")), "t.csv:7:33 '0' is not a valid tariff_factor_final\n");
  EXPECT_EQ(problems(with("home,10", "home,-10")), "t.csv:5:38 '-10' is not a valid trade_value_world_prices\n");
  EXPECT_EQ(problems(with("a,subst", ",subst")),
            "t.csv:2:1 substitution_elasticity of 'home' is missing in case 'a'\nt.csv:3:1 the case has no name\n");
  EXPECT_EQ(problems(with("elasticity,,home,4", "elasticity,near,home,4")),
            "t.csv:2:1 substitution_elasticity of 'home' is missing in case 'a'\n"
            "t.csv:3:27 substitution_elasticity has no exporter\n");
  EXPECT_EQ(problems(with("final,near", "final,naer")),
            "t.csv:2:1 tariff_factor_final of 'near' in 'home' is missing in case 'a'\n"
            "t.csv:7:23 'naer' has no export_supply_elasticity in case 'a'\n");
  EXPECT_EQ(problems(with("home,10", "home,0")),
            "t.csv:2:29 'home' buys nothing in case 'a'\nt.csv:4:28 'near' sells nothing in case 'a'\n");
  EXPECT_EQ(problems(kHeader + kCase + "a,tariff_factor_final,near,home,1.2\n"),
            "t.csv:8:3 tariff_factor_final of 'near' in 'home' stands twice in case 'a'\n");
  EXPECT_EQ(problems(kHeader + kCase + "b,substitution_elasticity,,home,4\n"),
            "t.csv:8:1 case 'b' has no export_supply_elasticity\nt.csv:8:1 case 'b' has no import_demand_elasticity\n"
            "t.csv:8:28 'home' has no import_demand_elasticity in case 'b'\n");
}

TEST(CesEquilibriumReader, HintsAtTheNearestName) {
  try {
    parse_equilibrium_inputs(with("tariff_factor_final", "tarif_factor_final"), "t.csv");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(to_string(error).find("did you mean 'tariff_factor_final'?"), std::string::npos) << to_string(error);
  }
}

TEST(CesEquilibriumReader, RefusesAFileThatIsNotThereOrAFolder) {
  EXPECT_THROW(read_equilibrium_inputs(PLIMSOLL_SOURCE_DIR "/no_such_file.csv"), InputError);
  EXPECT_THROW(read_equilibrium_inputs(PLIMSOLL_SOURCE_DIR), InputError);
}

}  // namespace
}  // namespace plimsoll
