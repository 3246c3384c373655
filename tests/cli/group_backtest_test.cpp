#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "program.hpp"
#include "scenarios/csv.hpp"

namespace plimsoll {
namespace {

class GroupBacktestVerb : public ::testing::Test {
 protected:
  ProgramFolder folder_;
};

const std::string kShort = "backtest --level groups --from 2026-03 --paths 1024";

TEST_F(GroupBacktestVerb, WritesTablesAndDocuments) {
  const Outcome outcome = folder_.run(kShort + " --out bt");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const char* part : {"16 groups, 2 origins", "nothing is claimed", "Integrated circuits", "All other goods",
                           "Monte Carlo", "2026-04-28"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
  const CsvTable scores = parse_csv(folder_.read("bt/scores.csv"), "scores.csv");
  EXPECT_EQ(scores.rows.size(), 18U * 5U * 10U * 3U);  // all groups, the total, 16; models; scores; all, h=1, h=2
  const CsvTable forecasts = parse_csv(folder_.read("bt/forecasts.csv"), "forecasts.csv");
  EXPECT_EQ(forecasts.rows.size(), 17U * 5U * 3U);
  EXPECT_GE(forecasts.column("se_p05"), 0);
  EXPECT_EQ(parse_csv(folder_.read("bt/pit.csv"), "pit.csv").rows.size(), 20U);
  const std::string html = folder_.read("bt/backtest.html");
  EXPECT_NE(html.find("<svg"), std::string::npos);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("NaN"), std::string::npos);
  EXPECT_EQ(folder_.run(kShort + " --out other --threads 1").code, 0);
  EXPECT_EQ(folder_.read("bt/forecasts.csv"), folder_.read("other/forecasts.csv"));
  EXPECT_EQ(html, folder_.read("other/backtest.html"));
}

/// PLIMSOLL_UPDATE=1 writes the page.
TEST_F(GroupBacktestVerb, WritesTheTablesOfTheValidationPage) {
  ASSERT_EQ(folder_.run("backtest --level groups --out all").code, 0);
  const std::string page = PLIMSOLL_SOURCE_DIR "/docs/validation/backtest-groups.md";
  const std::string now = folder_.read("all/backtest.md");
  if (std::getenv("PLIMSOLL_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << now;
  std::ifstream in(page, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), now);
}

TEST_F(GroupBacktestVerb, WritesThePageOfImports) {
  ASSERT_EQ(folder_.run("backtest --level groups --flow imports --out all").code, 0);
  const std::string page = PLIMSOLL_SOURCE_DIR "/docs/validation/backtest-groups-imports.md";
  const std::string now = folder_.read("all/backtest.md");
  for (const char* part : {"18 groups of imports, 6 origins (2025-09 to 2026-04)", "Growth of total imports",
                           "Data-processing equipment and parts", "no, June 2026", "blocks of months"})
    EXPECT_NE(now.find(part), std::string::npos) << part;
  EXPECT_EQ(now.find("nan"), std::string::npos);
  if (std::getenv("PLIMSOLL_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << now;
  std::ifstream in(page, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), now);
  const CsvTable forecasts = parse_csv(folder_.read("all/forecasts.csv"), "forecasts.csv");
  // Lines: 4 targets from three origins, 3, 2 and 1 from the others; the total: every period.
  EXPECT_EQ(forecasts.rows.size(), 5U * (18U * 18U + 7U + 6U + 5U + 3U + 2U + 1U));
}

TEST_F(GroupBacktestVerb, SpeaksCsvJsonAndChinese) {
  EXPECT_EQ(folder_.run(kShort + " --format csv").out.rfind("group,model,horizon,score,", 0), 0U);
  const auto json = nlohmann::json::parse(folder_.run(kShort + " --format json").out);
  EXPECT_EQ(json.at("origins").size(), 2U);
  EXPECT_EQ(json.at("origins")[0].at("known_on"), "2026-04-28");
  EXPECT_FALSE(json.at("scores").empty());
  EXPECT_EQ(json.at("pit").size(), 20U);
  EXPECT_EQ(json.at("flow"), "exports");
  const std::string imports = folder_.run(kShort + " --flow imports --language zh").out;
  for (const char* part : {"进口 18 组", "进口总额同比", "大豆", "否，2026年6月"})
    EXPECT_NE(imports.find(part), std::string::npos) << part << "\n" << imports;
  const std::string table = folder_.run(kShort + " --language zh").out;
  for (const char* part : {"集成电路", "其余全部商品", "不作断言"})
    EXPECT_NE(table.find(part), std::string::npos) << part;
}

const std::string kKnown = kShort + " --conditional";

TEST_F(GroupBacktestVerb, TellsWhatKnowingTheDriversIsWorth) {
  const Outcome outcome = folder_.run(kKnown + " --out known");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const char* part :
       {"Total exports by the full engine, 2 origins", "16 groups together", "Targets of 2026", "only tariffs",
        "Integrated circuits", "left", "origins after the priors", "USD bn a quarter", "Monte Carlo"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
  const CsvTable forecasts = parse_csv(folder_.read("known/forecasts.csv"), "forecasts.csv");
  EXPECT_EQ(forecasts.rows.size(), 17U * 7U * 3U);
  const CsvTable scores = parse_csv(folder_.read("known/scores.csv"), "scores.csv");
  EXPECT_EQ(scores.header.back(), "se_change_monte_carlo");
  // All groups, the total, 16; models; windows (all, 2026, priors in time); scores; all, h=1, h=2.
  EXPECT_EQ(scores.rows.size(), 18U * 7U * 3U * 10U * 3U);
  EXPECT_EQ(parse_csv(folder_.read("known/misses.csv"), "misses.csv").rows.size(), 17U * 3U * 7U);
  EXPECT_EQ(parse_csv(folder_.read("known/mean_misses.csv"), "mean_misses.csv").rows.size(), 18U * 3U * 8U);
  EXPECT_EQ(parse_csv(folder_.read("known/drivers.csv"), "drivers.csv").rows.size(), 2U * 5U);
  const std::string html = folder_.read("known/backtest.html");
  EXPECT_NE(html.find("<table"), std::string::npos);
  for (const char* wrong : {"<script", "NaN", "nan ", "n/a"}) EXPECT_EQ(html.find(wrong), std::string::npos) << wrong;
  ASSERT_EQ(folder_.run(kKnown + " --out other --threads 1").code, 0);
  for (const char* file :
       {"scores.csv", "forecasts.csv", "misses.csv", "mean_misses.csv", "drivers.csv", "backtest.md"})
    EXPECT_EQ(folder_.read(std::string("known/") + file), folder_.read(std::string("other/") + file)) << file;

  const auto json = nlohmann::json::parse(folder_.run(kKnown + " --format json").out);
  EXPECT_EQ(json.at("origins").at(0).at("drivers").at("oil_price").at("last_now"), "2026-05");
  EXPECT_TRUE(json.at("misses").at(0).at("parts").contains("exchange_rate"));
  EXPECT_EQ(folder_.run(kKnown + " --format csv").out.rfind("group,model,window,horizon,score,", 0), 0U);
  const std::string table = folder_.run(kKnown + " --language zh").out;
  for (const char* part : {"驱动按预期", "仅关税", "集成电路", "未解释"})
    EXPECT_NE(table.find(part), std::string::npos) << part;
}

/// PLIMSOLL_UPDATE=1 writes the tables; the figures of docs/validation/conditional-groups.md stand here.
TEST_F(GroupBacktestVerb, WritesTheTablesOfTheConditionalPageAndHoldsItsClaims) {
  ASSERT_EQ(folder_.run("backtest --level groups --conditional --out all").code, 0);
  const std::string page = PLIMSOLL_SOURCE_DIR "/docs/validation/conditional-groups-tables.md";
  const std::string now = folder_.read("all/backtest.md");
  if (std::getenv("PLIMSOLL_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << now;
  std::ifstream in(page, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), now);

  const CsvTable table = parse_csv(folder_.read("all/scores.csv"), "scores.csv");
  const auto figure = [&](const std::string& group, const std::string& model, const std::string& window,
                          const std::string& score, const char* column) {
    for (const CsvTable::Row& row : table.rows) {
      const auto text = [&](const char* name) { return row.fields.at(static_cast<std::size_t>(table.column(name))); };
      if (text("group") == group && text("model") == model && text("window") == window && text("horizon") == "all" &&
          text("score") == score)
        return std::stod(text(column));
    }
    ADD_FAILURE() << group << " " << model << " " << window << " " << score;
    return 0.0;
  };
  struct Claim {
    const char *group, *window;
    double expected, came, change_pct;
  };
  for (const Claim& claim :
       {Claim{"total", "all", 10.81, 6.88, -36}, Claim{"total", "2025", 4.44, 5.55, 25},
        Claim{"total", "2026", 13.30, 7.58, -43}, Claim{"total", "priors_later", 10.96, 6.86, -37},
        Claim{"total", "priors_in_time", 10.14, 6.94, -32}, Claim{"all_groups", "all", 51.9, 40.1, -23},
        Claim{"integrated_circuits", "all", 55.9, 10.6, -81}, Claim{"storage_units", "all", 89.3, 23.5, -74},
        Claim{"computer_parts", "all", 132.7, 103.7, -22}}) {
    EXPECT_NEAR(figure(claim.group, "unconditional", claim.window, "rmse_median", "value"), claim.expected, 0.06)
        << claim.group << claim.window;
    EXPECT_NEAR(figure(claim.group, "conditional", claim.window, "rmse_median", "value"), claim.came, 0.06)
        << claim.group << claim.window;
    EXPECT_NEAR(100 * figure(claim.group, "conditional", claim.window, "rmse_median", "change_frac"), claim.change_pct,
                0.51)
        << claim.group << claim.window;
  }
  for (const auto& [driver, change_pct] :
       {std::pair{"memory_price", -28}, std::pair{"capex", -11}, std::pair{"tariffs", -5}, std::pair{"oil_price", -3},
        std::pair{"exchange_rate", 7}})
    EXPECT_NEAR(100 * figure("total", std::string("only.") + driver, "all", "rmse_median", "change_frac"), change_pct,
                0.51)
        << driver;
  EXPECT_NEAR(100 * figure("total", "conditional", "all", "coverage_90", "value"), 93, 0.51);
  EXPECT_NEAR(100 * figure("all_groups", "conditional", "all", "coverage_90", "value"), 79, 0.51);
}

TEST_F(GroupBacktestVerb, RefusesWhatItCannotDo) {
  const auto refused = [&](const std::string& arguments, int code, const std::string& says) {
    const Outcome outcome = folder_.run("backtest --level groups " + arguments);
    EXPECT_EQ(outcome.code, code) << arguments;
    EXPECT_NE(outcome.err.find(says), std::string::npos) << arguments << "\n" << outcome.err;
    EXPECT_EQ(outcome.out, "");
  };
  refused("--flow imports --from 2025-08", 2, "the first origin");
  refused("--from 2025-05", 2, "the first origin is 2025-06");
  refused("mine.csv", 2, "no table of totals");
  refused("--conditional --flow imports", 2, "--level groups --conditional has no imports yet");
  refused("--conditional --from 2025-05", 2, "the first origin is 2025-06");
  refused("--conditional --vintage first", 2, "--conditional has no --vintage");
  refused("--conditional mine.csv", 2, "no table of totals");
  refused("--conditional --from 2026-05 --out here", 4, "too early for an origin in 2026-05");
  refused("--horizons 13", 2, "from 1 to 12");
  refused("--from 2026-05 --out here", 4, "too early for an origin in 2026-05");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "here"));
}

}  // namespace
}  // namespace plimsoll
