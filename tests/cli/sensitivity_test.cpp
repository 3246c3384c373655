/// The verb `sensitivity`: files, words, digests, folders of sweeps and runs, refusals, interrupts.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "program.hpp"

namespace plimsoll {
namespace {

using Json = nlohmann::json;

/// [input][quantity] of one figure.
std::map<std::string, std::map<std::string, Json>> rows_of(const Json& told, const std::string& of) {
  std::map<std::string, std::map<std::string, Json>> rows;
  for (const Json& row : told.at("rows")) {
    if (row.at("of") == of) rows[row.at("input")][row.at("quantity")] = row;
  }
  return rows;
}

TEST(SensitivityProgram, WritesTablesMemosAndAPictureThatAgree) {
  const ProgramFolder folder;
  const std::string asked = "sensitivity base --of 'p05(exports.total.yoy@2027)' --paths 512 --out ";
  const Outcome o = folder.run(asked + "one --threads 1 --format json");
  ASSERT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.err.find("tornado of "), std::string::npos) << o.err;  // what it costs, before it starts
  EXPECT_EQ(o.out, folder.read("one/sensitivity.json"));
  const Json told = Json::parse(o.out);
  auto rows = rows_of(told, "p05(exports.total.yoy@2027)");
  const Json& swing = rows.at("trend").at("swing");
  EXPECT_GT(swing.at("value"), 10);
  EXPECT_GT(swing.at("se"), 0);
  EXPECT_EQ(swing.at("unit"), "pp");
  EXPECT_NEAR(
      swing.at("value"),
      rows.at("trend").at("at_p90").at("value").get<double>() - rows.at("trend").at("at_p10").at("value").get<double>(),
      1e-9);
  const std::string csv = folder.read("one/sensitivity.csv");
  EXPECT_EQ(csv.find("of,method,basis,input,quantity,unit,value,se,low95,high95\n"), 0U);
  EXPECT_NE(csv.find("p05(exports.total.yoy@2027),tornado,points,trend,swing,pp,"), std::string::npos);
  EXPECT_NE(folder.read("one/inputs.csv").find("shocks/memory_price,1,"), std::string::npos);
  EXPECT_NE(folder.read("one/memo.en.md").find("# Sensitivity of base: tornado"), std::string::npos);
  EXPECT_NE(folder.read("one/memo.zh.md").find("敏感性分析：base"), std::string::npos);
  EXPECT_NE(folder.read("one/tornado.zh.svg").find("输入取10%分位数"), std::string::npos);
  const Json manifest = Json::parse(folder.read("one/manifest.json"));
  EXPECT_EQ(manifest.at("of").at(0), "p05(exports.total.yoy@2027)");

  ASSERT_EQ(folder.run(asked + "two --threads 3 --quiet").code, 0);
  EXPECT_EQ(Json::parse(folder.read("two/manifest.json")).at("digest"), manifest.at("digest"));
  EXPECT_EQ(folder.read("two/memo.zh.md"), folder.read("one/memo.zh.md"));

  const Outcome zh = folder.run(asked + "two --force --quiet --language zh");
  EXPECT_EQ(zh.out, folder.read("one/memo.zh.md"));
  for (const char* gone : {"two/memo.en.md", "two/tornado.en.svg"})
    EXPECT_FALSE(std::filesystem::exists(folder.path() / gone)) << gone;
}

TEST(SensitivityProgram, SobolIndicesOfGrowthAndOfItsTail) {
  const ProgramFolder folder;
  const Outcome o = folder.run(
      "sensitivity base --method sobol --of exports.total.yoy@2027 --of 'p05(exports.total.yoy@2027)' --points 4 "
      "--paths 256 --out s --format json");
  ASSERT_EQ(o.code, 0) << o.err;
  const Json told = Json::parse(o.out);
  const auto growth = rows_of(told, "exports.total.yoy@2027"), tail = rows_of(told, "p05(exports.total.yoy@2027)");
  EXPECT_EQ(growth.at("trend").at("total").at("basis"), "paths");
  EXPECT_EQ(tail.at("trend").at("total").at("basis"), "points");
  double first = 0;
  for (const auto& [input, rows] : growth) {
    if (!input.empty()) first += rows.at("first").at("value").get<double>();
  }
  EXPECT_NEAR(first, 1, 0.4);  // little interacts; 256 paths
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "s/tornado.en.svg"));
}

TEST(SensitivityProgram, VariesTheFieldsItIsGivenAndNoOthers) {
  const ProgramFolder folder;
  const Outcome o = folder.run(
      "sensitivity base --over 'oil_price.annual_sd_log={uniform: [0.1, 0.6]}' "
      "--over 'memory_price_cycle.downswing_months={uniform: [8, 30]}' --of 'sd(driver.oil_price.level@2027)' "
      "--of 'mean(exports.product.memory.yoy@2027)' --paths 512 --out s --format json");
  ASSERT_EQ(o.code, 0) << o.err;
  const Json told = Json::parse(o.out);
  const auto oil = rows_of(told, "sd(driver.oil_price.level@2027)");
  ASSERT_EQ(oil.size(), 2U);  // the figure itself and the one field that moves it
  EXPECT_GT(oil.at("oil_price.annual_sd_log").at("swing").at("value"), 5);  // USD per barrel
  const auto memory = rows_of(told, "mean(exports.product.memory.yoy@2027)");
  EXPECT_GT(memory.at("memory_price_cycle.downswing_months").at("swing").at("value"), 1);
  EXPECT_NE(folder.read("s/scenario.resolved.yaml").find("uniform: [0.1, 0.6]"), std::string::npos);
}

TEST(SensitivityProgram, HoldsAnEventAtNeverAndAlways) {
  // A layer of even chances that nobody knows before: the mean lies in the middle, but for how often it is drawn.
  const ProgramFolder folder;
  const std::string of = "mean(exports.market.eu.yoy@2027)";
  const Outcome o = folder.run("sensitivity tariff-escalation --of '" + of + "' --paths 1024 --out s --format json");
  ASSERT_EQ(o.code, 0) << o.err;
  const auto rows = rows_of(Json::parse(o.out), of);
  const auto& event = rows.at("events/tariff_shocks.eu safeguard on cars.2027-01-01");
  const double never = event.at("never").at("value"), always = event.at("always").at("value");
  EXPECT_LT(always, never);
  EXPECT_NEAR(rows.at("").at("value").at("value"), (never + always) / 2, 4 * 0.5 / 32 * (never - always));
}

TEST(SensitivityProgram, TellsIndicesOfASweepWithoutNewRuns) {
  const ProgramFolder folder;
  const auto sweep = [&](const std::string& design, int points) {
    std::ofstream(folder.path() / (design + ".yaml"))
        << "plimsoll_sweep: 1\nname: " << design << "\nscenario: base\npaths: 256\ndesign:\n  " << design
        << ":\n    memory_price_cycle.downswing_months: {uniform: [8, 30]}\n"
           "    oil_price.annual_sd_log: {uniform: [0.2, 0.21]}\n  points: "
        << points << "\noutputs: ['mean(exports.total.yoy@2027)']\n";
    const Outcome o = folder.run("sweep " + design + ".yaml --out " + design + " --quiet");
    ASSERT_EQ(o.code, 0) << o.err;
  };
  sweep("saltelli", 8);
  const Outcome sobol = folder.run("sensitivity saltelli --format json");
  ASSERT_EQ(sobol.code, 0) << sobol.err;
  auto rows = rows_of(Json::parse(sobol.out), "mean(exports.total.yoy@2027)");
  EXPECT_GT(rows.at("memory_price_cycle.downswing_months").at("first").at("value"), 0.9);
  EXPECT_LT(rows.at("oil_price.annual_sd_log").at("total").at("value"), 0.1);
  sweep("morris", 4);
  const Outcome morris = folder.run("sensitivity morris --format json --out told");
  ASSERT_EQ(morris.code, 0) << morris.err;
  rows = rows_of(Json::parse(morris.out), "mean(exports.total.yoy@2027)");
  const Json& mu = rows.at("memory_price_cycle.downswing_months").at("mu");
  EXPECT_GT(mu.at("value"), 1);  // a longer downswing leaves prices higher
  EXPECT_NEAR(mu.at("value"), rows.at("memory_price_cycle.downswing_months").at("mu_star").at("value"), 1e-9);
  EXPECT_NE(folder.read("told/memo.en.md").find("mu*"), std::string::npos);
  EXPECT_EQ(folder.run("sensitivity morris --method sobol").code, 2);
  EXPECT_EQ(folder.run("sensitivity morris --set seed=3").code, 2);
}

TEST(SensitivityProgram, TellsTheTailOfARunWithoutNewRuns) {
  const ProgramFolder folder;
  ASSERT_EQ(folder.run("run base --paths 1024 --write csv --out r --quiet").code, 0);
  const Outcome o = folder.run("sensitivity r --format json");
  ASSERT_EQ(o.code, 0) << o.err;
  double share = 0;
  const Json told = Json::parse(o.out);
  for (const Json& row : told.at("rows")) {
    if (row.at("quantity") != "tail_share") continue;
    share += row.at("value").get<double>();
    EXPECT_GE(row.at("se"), 0);
  }
  EXPECT_NEAR(share, 1, 1e-9);
  EXPECT_EQ(folder.run("sensitivity r --method tornado").code, 2);
}

TEST(SensitivityProgram, PrintsWhatTheGuideShows) {
  std::ifstream guide(PLIMSOLL_SOURCE_DIR "/docs/guide/sensitivity.md");
  const ProgramFolder folder;
  const Outcome o = folder.run("sensitivity base --of 'p05(exports.total.yoy@2027)' --out s");
  ASSERT_EQ(o.code, 0) << o.err;
  int rows = 0;
  for (std::string line; std::getline(guide, line);) {
    if (line.rfind("    | ", 0) != 0 && line.rfind("    p05(", 0) != 0) continue;
    const std::string shown = line.substr(4, line.find(" ...") - 4);
    EXPECT_NE(o.out.find(shown), std::string::npos) << shown << "\n" << o.out;
    ++rows;
  }
  EXPECT_GE(rows, 5);
  EXPECT_EQ(o.out.find("| `"), std::string::npos) << "an input without a name for people\n" << o.out;
}

TEST(SensitivityProgram, RefusesWhatItCannotAnswer) {
  const ProgramFolder folder;
  const auto refused = [&](const std::string& arguments, const std::string& why, int code = 2) {
    const Outcome o = folder.run("sensitivity " + arguments);
    EXPECT_EQ(o.code, code) << arguments << o.err;
    EXPECT_NE(o.err.find(why), std::string::npos) << o.err;
  };
  refused("", "takes one scenario");
  refused("base --method tornados", "did you mean tornado?");
  refused("base --of 'p05(exports.total.yoi@2027)'", "did you mean exports.total.yoy?");
  refused("base --of 'q05(exports.total.yoy@2027)'", "--of");
  refused("base --of exports.total.yoy@2025", "the series has no such period");
  refused("base --method importance --of exports.total.value@2027", "not split by driver");
  refused("base --points 8", "--points is of no use to tornado");
  refused("base --method morris --points 1", "not a number of points");
  refused("base --by numbers", "group or number");
  refused("base --over oil_price.annual_sd_log", "names no distribution");
  refused("base --over oil_price.annual_sd_log=0.3", "gives one number");
  refused("base --over 'oil_price.annual_sd_log={uniform: [2]}'", "uniform");
  refused("base --over 'oil_price.annual_sd_lag={uniform: [0.2, 0.4]}'", "annual_sd_log", 3);
  refused("base --paths 48", "too few");
  refused("base --sampling sobol", "unknown option '--sampling'");
  refused("nowcast-2026-06", "has observations");
  EXPECT_TRUE(folder.empty());
}

TEST(SensitivityProgram, LeavesNothingWhenInterrupted) {
  const ProgramFolder folder;
  const Outcome o = folder.run("sensitivity base --paths 4194304 --out s", "timeout --preserve-status -s INT 3");
  EXPECT_EQ(o.code, 130) << o.err;
  EXPECT_NE(o.err.find("nothing written"), std::string::npos) << o.err;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "s"));
}

}  // namespace
}  // namespace plimsoll
