#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "program.hpp"
#include "scenarios/csv.hpp"

namespace plimsoll {
namespace {

const std::string kExamples = PLIMSOLL_SOURCE_DIR "/tests/models/worked_examples/";

class EquilibriumVerb : public ::testing::Test {
 protected:
  ProgramFolder folder_;
  void write(const std::string& file, const std::string& text) const { std::ofstream(folder_.path() / file) << text; }
  void write_example(const std::string& file) const {
    std::filesystem::copy_file(kExamples + file, folder_.path() / file);
  }
};

/// Figures by their other columns, joined; `value` apart.
std::map<std::string, double> figures(const std::string& csv) {
  const CsvTable table = parse_csv(csv, "figures");
  std::map<std::string, double> all;
  for (const CsvTable::Row& row : table.rows) {
    std::string key;
    for (const char* column : {"case", "model", "variable", "exporter", "importer", "supplier"}) {
      if (table.column(column) >= 0) key += row.fields[static_cast<std::size_t>(table.column(column))] + "|";
    }
    all[key] = std::stod(row.fields[static_cast<std::size_t>(table.column("value"))]);
  }
  return all;
}

std::string example(const std::string& file) {
  std::ifstream in(kExamples + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(EquilibriumVerb, WritesTheWorkedExamplesFigures) {
  for (const std::string name : {"gsim_4x4", "single_market_ces", "fixed_world_prices"}) {
    write_example(name + "_inputs.csv");
    const Outcome outcome = folder_.run("equilibrium " + name + "_inputs.csv --out " + name + ".csv --format csv");
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, folder_.read(name + ".csv"));
    const std::map<std::string, double> got = figures(outcome.out);
    for (const auto& [key, value] : figures(example(name + "_expected.csv"))) {
      ASSERT_EQ(got.count(key), 1U) << key;
      EXPECT_NEAR(got.at(key), value, std::max(1e-9, 1e-8 * std::abs(value))) << key;
    }
  }
}

TEST_F(EquilibriumVerb, HasTheDocumentedColumnsAndATable) {
  write_example("gsim_4x4_inputs.csv");
  write_example("single_market_ces_inputs.csv");
  EXPECT_EQ(
      folder_.run("equilibrium gsim_4x4_inputs.csv --format csv")
          .out.rfind("case,model,variable,exporter,importer,value\nus_eu_fta,gsim_linear,world_price_change,US,,0.0791",
                     0),
      0U);
  EXPECT_EQ(folder_.run("equilibrium single_market_ces_inputs.csv --format=csv")
                .out.rfind("case,variable,supplier,value\nemr_readme,buyer_price_change,source1,0.02124", 0),
            0U);
  const Outcome table = folder_.run("equilibrium gsim_4x4_inputs.csv");
  EXPECT_EQ(table.code, 0);
  for (const char* part : {"us_eu_fta", "jp_unilateral", "+12.65", "+7.92", "net welfare"})
    EXPECT_NE(table.out.find(part), std::string::npos) << table.out;
  EXPECT_NE(folder_.run("equilibrium single_market_ces_inputs.csv").out.find("whole market"), std::string::npos);
  EXPECT_NE(folder_.run("help equilibrium").out.find("--out FILE"), std::string::npos);
}

TEST_F(EquilibriumVerb, RefusesMalformedInputWithEveryPlaceAndWritesNothing) {
  write("bad.csv",
        "case,parameter,exporter,importer,value\n"
        "a,import_demand_elasticity,,home,-1\n"
        "a,substitution_elasticty,,home,4\n"
        "a,export_supply_elasticity,near,,two\n");
  const Outcome bad = folder_.run("equilibrium bad.csv --out out.csv");
  EXPECT_EQ(bad.code, 4);
  EXPECT_TRUE(bad.out.empty());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "out.csv"));
  for (const char* part :
       {"bad.csv:3:3: error: unknown parameter 'substitution_elasticty'", "did you mean 'substitution_elasticity'?",
        "bad.csv:4:34: error: 'two' is not a valid export_supply_elasticity",
        "why: it is a number of at least 0, or inf", "trade_value_world_prices of 'near' in 'home' is missing"})
    EXPECT_NE(bad.err.find(part), std::string::npos) << part << "\n" << bad.err;
  write("ragged.csv", "case,parameter,supplier,value\na,b\n");
  EXPECT_EQ(folder_.run("equilibrium ragged.csv").code, 4);
  EXPECT_EQ(folder_.run("equilibrium nowhere.csv").code, 4);
  EXPECT_EQ(folder_.run("equilibrium .").code, 4);
}

TEST_F(EquilibriumVerb, NamesTheCaseWithoutAnEquilibrium) {
  write("open.csv",
        "case,parameter,supplier,value\n"
        "level open,total_demand_elasticity,,0\nlevel open,substitution_elasticity,,4\n"
        "level open,initial_expenditure,a,60\nlevel open,supply_elasticity,a,0\n"
        "level open,tariff_factor_initial,a,1\nlevel open,tariff_factor_final,a,1.2\n"
        "level open,initial_expenditure,b,40\nlevel open,supply_elasticity,b,0\n"
        "level open,tariff_factor_initial,b,1\nlevel open,tariff_factor_final,b,1\n");
  const Outcome open = folder_.run("equilibrium open.csv --out out.csv");
  EXPECT_EQ(open.code, 1);
  EXPECT_NE(open.err.find("case 'level open': world prices are not determined"), std::string::npos) << open.err;
  EXPECT_TRUE(open.out.empty());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "out.csv"));
}

TEST_F(EquilibriumVerb, PrintsTheSameFiguresAsCsvAndAsJson) {
  write_example("gsim_4x4_inputs.csv");
  const CsvTable csv = parse_csv(folder_.run("equilibrium gsim_4x4_inputs.csv --format csv").out, "csv");
  const nlohmann::json json = nlohmann::json::parse(folder_.run("equilibrium gsim_4x4_inputs.csv --format json").out);
  ASSERT_EQ(json.size(), csv.rows.size());
  for (std::size_t k = 0; k < csv.rows.size(); ++k) {
    EXPECT_EQ(json[k]["exporter"], csv.rows[k].fields[3]);
    EXPECT_EQ(json[k]["value"], std::stod(csv.rows[k].fields[5]));
  }
}

TEST_F(EquilibriumVerb, AnswersUsageErrorsWithExitCodeTwo) {
  write_example("gsim_4x4_inputs.csv");
  std::filesystem::create_directories(folder_.path() / "folder");
  for (const char* arguments : {"", "gsim_4x4_inputs.csv gsim_4x4_inputs.csv", "gsim_4x4_inputs.csv --format xml",
                                "gsim_4x4_inputs.csv --paths 5", "gsim_4x4_inputs.csv --out folder",
                                "gsim_4x4_inputs.csv --out nowhere/out.csv", "gsim_4x4_inputs.csv --out="}) {
    const Outcome outcome = folder_.run(std::string("equilibrium ") + arguments);
    EXPECT_EQ(outcome.code, 2) << arguments << "\n" << outcome.err;
    EXPECT_TRUE(outcome.out.empty()) << arguments;
  }
}

}  // namespace
}  // namespace plimsoll
