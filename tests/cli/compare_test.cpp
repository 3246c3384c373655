#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "program.hpp"
#include "scenarios/csv.hpp"

namespace plimsoll {
namespace {

class Compare : public ::testing::Test {
 protected:
  ProgramFolder folder_;
};

TEST_F(Compare, WritesDifferencesWithTheirOwnErrors) {
  const Outcome o = folder_.run("compare base memory-downcycle --paths 512 --out here");
  ASSERT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.out.find("memory-downcycle less base"), std::string::npos) << o.out;
  EXPECT_NE(o.out.find("What makes the difference of 2027, by driver"), std::string::npos);
  EXPECT_EQ(folder_.read("here/differences.csv")
                .rfind("series,frequency,period,unit,paths,mean_base,se_mean_base,mean_scenario,se_mean_scenario,"
                       "difference,se_difference,sd,p05,p25,p50,p75,p95,se_p05,se_p25,se_p50,se_p75,se_p95\n",
                       0),
            0U);
  EXPECT_NE(folder_.read("here/differences.csv").find("\nexports.total.yoy,A,2027,pct,512,"), std::string::npos);
  EXPECT_NE(folder_.read("here/contribution_differences.csv").find("\nexports.total.yoy,driver,memory_price,A,2027,"),
            std::string::npos);
  const nlohmann::json manifest = nlohmann::json::parse(folder_.read("here/manifest.json"));
  EXPECT_EQ(manifest.at("scenarios").at(1).at("name"), "memory-downcycle");
  EXPECT_EQ(manifest.at("paths").at("done"), 512);
}

TEST_F(Compare, TakesRunFoldersAndGivesTheSameBytesAsTheirScenarios) {
  ASSERT_EQ(folder_.run("run base capex-pause --paths 304 --out runs --quiet").code, 0);
  ASSERT_EQ(folder_.run("compare base capex-pause --paths 304 --out names --quiet").code, 0);
  const Outcome o = folder_.run("compare runs/base runs/capex-pause --threads 2 --out folders --quiet");
  ASSERT_EQ(o.code, 0) << o.err;
  EXPECT_EQ(folder_.read("folders/differences.csv"), folder_.read("names/differences.csv"));
  EXPECT_FALSE(folder_.read("names/differences.csv").empty());
}

TEST_F(Compare, ComparesEveryFurtherScenarioWithTheFirst) {
  ASSERT_EQ(folder_.run("compare base capex-pause memory-downcycle --paths 64 --out all --quiet").code, 0);
  EXPECT_FALSE(folder_.read("all/base-capex-pause/differences.csv").empty());
  EXPECT_FALSE(folder_.read("all/base-memory-downcycle/differences.csv").empty());
}

TEST_F(Compare, PrintsTablesAsJsonAndSeveralPairsAsAList) {
  const Outcome one = folder_.run(
      "compare base capex-pause --paths 64 --set report.series=[exports.total.yoy] --out one --quiet --format json");
  ASSERT_EQ(one.code, 0) << one.err;
  const nlohmann::json json = nlohmann::json::parse(one.out);
  const CsvTable csv = parse_csv(folder_.read("one/differences.csv"), "differences.csv");
  ASSERT_EQ(json.at("differences").size(), csv.rows.size());
  for (std::size_t k = 0; k < csv.rows.size(); ++k) {
    const auto cell = [&](const char* name) { return csv.rows[k].fields[static_cast<std::size_t>(csv.column(name))]; };
    EXPECT_EQ(json["differences"][k]["period"], cell("period"));
    EXPECT_EQ(json["differences"][k]["difference"], std::stod(cell("difference")));
    EXPECT_EQ(json["differences"][k]["se_p05"], std::stod(cell("se_p05")));
  }
  EXPECT_EQ(json.at("digest"), nlohmann::json::parse(folder_.read("one/manifest.json")).at("digest"));
  const Outcome two = folder_.run("compare base capex-pause truce --paths 64 --out two --quiet --format json");
  const nlohmann::json list = nlohmann::json::parse(two.out);
  ASSERT_EQ(list.size(), 2U) << two.err;
  EXPECT_EQ(list[1]["scenarios"][1]["name"], "truce");
}

TEST_F(Compare, ExplainsALaterForecastByMonthAndByDriverWithoutARest) {
  const Outcome o = folder_.run("compare as-of-2025-12 as-of-2026-05 --vintage --paths 512 --out v --quiet");
  ASSERT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.out.find("months observed since"), std::string::npos) << o.out;
  const CsvTable table = parse_csv(folder_.read("v/bridge.csv"), "bridge.csv");
  std::map<std::string, double> sum;
  for (const CsvTable::Row& row : table.rows) {
    const auto cell = [&](const char* name) { return row.fields[static_cast<std::size_t>(table.column(name))]; };
    sum[cell("period") + " " + cell("split")] += std::stod(cell("change_pp"));
  }
  EXPECT_GT(std::abs(sum.at("2026 growth")), 1);
  EXPECT_NEAR(sum.at("2026 driver"), sum.at("2026 growth"), 1e-6);
  EXPECT_NEAR(sum.at("2026 when"), sum.at("2026 growth"), 1e-6);
  EXPECT_NEAR(sum.at("2027 driver"), sum.at("2027 growth"), 1e-6);
  EXPECT_EQ(sum.count("2027 when"), 0U);  // none of its months is observed
}

TEST_F(Compare, RefusesWhatRandomNumbersInCommonCannotJoin) {
  const Outcome one = folder_.run("compare base");
  EXPECT_EQ(one.code, 2);
  EXPECT_NE(one.err.find("needs two scenarios"), std::string::npos);
  std::ofstream(folder_.path() / "other.yaml") << "plimsoll: 1\nextends: base\nseed: 7\n";
  const Outcome seeds = folder_.run("compare base other.yaml");
  EXPECT_EQ(seeds.code, 2);
  EXPECT_NE(seeds.err.find("add --seed 20260605"), std::string::npos) << seeds.err;
  std::ofstream(folder_.path() / "other.yaml") << "plimsoll: 1\nextends: base\npaths: 64\n";
  const Outcome paths = folder_.run("compare base other.yaml");
  EXPECT_EQ(paths.code, 2);
  EXPECT_NE(paths.err.find("add --paths 64"), std::string::npos) << paths.err;
  std::ofstream(folder_.path() / "other.yaml") << "plimsoll: 1\nextends: base\nsampling: random\n";
  const Outcome sampling = folder_.run("compare base other.yaml");
  EXPECT_EQ(sampling.code, 2);
  EXPECT_NE(sampling.err.find("add --sampling sobol"), std::string::npos) << sampling.err;
  std::ofstream(folder_.path() / "other.yaml") << "plimsoll: 1\nextends: base\nhorizon: 2029-06\n";
  const Outcome horizons = folder_.run("compare base other.yaml --paths 64");
  EXPECT_EQ(horizons.code, 2);
  EXPECT_NE(horizons.err.find("same side of 32"), std::string::npos) << horizons.err;
  EXPECT_EQ(folder_.run("compare base other.yaml --paths 64 --sampling random --out d --quiet").code, 0);
  std::filesystem::remove_all(folder_.path() / "d");
  const Outcome weighed = folder_.run("compare base nowcast-2026-06 --paths 64");
  EXPECT_EQ(weighed.code, 2);
  EXPECT_NE(weighed.err.find("observations"), std::string::npos) << weighed.err;
  const Outcome vintage = folder_.run("compare base capex-pause --vintage");
  EXPECT_EQ(vintage.code, 2);
  EXPECT_NE(vintage.err.find("earlier data"), std::string::npos) << vintage.err;
  EXPECT_EQ(folder_.run("compare base no-such --paths 64").code, 3);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "runs"));
}

TEST_F(Compare, WritesAWorkbookOfTheSameFigures) {
  const std::string asked = "compare base capex-pause --paths 64 --set report.series=[exports.total.*] --quiet ";
  ASSERT_EQ(folder_.run(asked + "--write xlsx --out one").code, 0);
  ASSERT_EQ(folder_.run(asked + "--write xlsx --out two").code, 0);
  EXPECT_EQ(folder_.read("one/differences.xlsx"), folder_.read("two/differences.xlsx"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "one/report.html"));
  int code = 77;
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    if (code == 77)
      code = WEXITSTATUS(
          std::system((std::string(python) + " -B " PLIMSOLL_SOURCE_DIR "/tests/cli/check_differences.py '" +
                       (folder_.path() / "one").string() + "'")
                          .c_str()));
  }
  if (code == 77) GTEST_SKIP() << "no Python with openpyxl (python3-openpyxl)";
  EXPECT_EQ(code, 0);
  const Outcome memo = folder_.run(asked + "--write memo --out three");
  EXPECT_EQ(memo.code, 2);
  EXPECT_NE(memo.err.find("writes no memo"), std::string::npos) << memo.err;
}

}  // namespace
}  // namespace plimsoll
