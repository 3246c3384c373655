#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "program.hpp"
#include "scenarios/csv.hpp"

namespace plimsoll {
namespace {

class BacktestVerb : public ::testing::Test {
 protected:
  ProgramFolder folder_;
  std::string shipped_totals() const {
    std::ifstream in(PLIMSOLL_SOURCE_DIR "/models/backtest/totals.csv", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

const std::string kShort = "backtest --from 2025-02 --horizons 2 --flow exports";

TEST_F(BacktestVerb, WritesTablesAndDocuments) {
  const Outcome outcome = folder_.run(kShort + " --out bt");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const char* part : {"Growth of exports", "this model", "pool of the three", "consensus", "±", "Monte Carlo"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
  const CsvTable scores = parse_csv(folder_.read("bt/scores.csv"), "scores.csv");
  EXPECT_GT(scores.rows.size(), 100U);
  const CsvTable forecasts = parse_csv(folder_.read("bt/forecasts.csv"), "forecasts.csv");
  EXPECT_GE(forecasts.column("se_p05"), 0);
  const CsvTable published = parse_csv(folder_.read("bt/register.csv"), "register.csv");
  EXPECT_GT(published.rows.size(), 8U);
  EXPECT_EQ(parse_csv(folder_.read("bt/pit.csv"), "pit.csv").header.size(), 9U);
  EXPECT_EQ(folder_.read("bt/backtest.md").rfind("# How good the forecasts would have been", 0), 0U);
  const std::string html = folder_.read("bt/backtest.html");
  EXPECT_NE(html.find("<svg"), std::string::npos);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);

  const Outcome again = folder_.run(kShort + " --out bt");
  EXPECT_EQ(again.code, 2) << "a folder that is not empty";
  EXPECT_EQ(folder_.run(kShort + " --out other --threads 1").code, 0);
  EXPECT_EQ(folder_.read("bt/forecasts.csv"), folder_.read("other/forecasts.csv"));
  EXPECT_EQ(folder_.read("bt/backtest.html"), folder_.read("other/backtest.html"));
}

/// PLIMSOLL_UPDATE=1 writes the pages.
TEST_F(BacktestVerb, WritesTheTablesOfTheValidationPages) {
  for (const auto& [options, name] :
       {std::pair{"", "backtest-tables.md"}, std::pair{" --vintage first", "backtest-tables-first.md"}}) {
    ASSERT_EQ(folder_.run(std::string("backtest --force --out all") + options).code, 0);
    const std::string page = std::string(PLIMSOLL_SOURCE_DIR "/docs/validation/") + name;
    const std::string now = folder_.read("all/backtest.md");
    if (std::getenv("PLIMSOLL_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << now;
    std::ifstream in(page, std::ios::binary);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), now) << name;
  }
}

TEST_F(BacktestVerb, SpeaksCsvJsonAndChinese) {
  EXPECT_EQ(folder_.run(kShort + " --format csv").out.rfind("flow,model,span,against,window,horizon,score,", 0), 0U);
  const auto json = nlohmann::json::parse(folder_.run(kShort + " --format json").out);
  EXPECT_FALSE(json.at("scores").empty());
  bool told = false;
  for (const auto& row : json.at("scores")) {
    if (row.at("model") != "plimsoll" || row.at("score") != "crps" || row.at("vs_pool").is_null()) continue;
    EXPECT_LE(row.at("p05_vs_pool"), row.at("p95_vs_pool"));
    told = true;
  }
  EXPECT_TRUE(told);
  EXPECT_FALSE(json.at("pit").empty());
  const std::string table = folder_.run(kShort + " --language zh").out;
  EXPECT_NE(table.find("出口同比"), std::string::npos);
  EXPECT_NE(table.find("市场一致预期"), std::string::npos);
}

TEST_F(BacktestVerb, ScoresOnesOwnTotalsWithoutRivals) {
  std::string text = shipped_totals();
  const std::size_t at = text.find("2025-06,") + 8;
  text.replace(at, text.find(',', at) - at, "333.3");
  std::ofstream(folder_.path() / "mine.csv") << text;
  const Outcome outcome = folder_.run("backtest mine.csv --from 2025-02 --horizons 1 --format csv");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("without rivals"), std::string::npos);
  EXPECT_NE(outcome.out.find("exports,plimsoll,month"), std::string::npos);
  EXPECT_EQ(outcome.out.find("exports,ets"), std::string::npos);
  EXPECT_EQ(outcome.out.find("consensus"), std::string::npos) << "economists were asked about other totals";
}

TEST_F(BacktestVerb, TakesOnesOwnRivalsOnlyWhereTheyBelongToTheTotals) {
  std::string text = shipped_totals();
  const std::size_t at = text.find("2025-06,") + 8;
  text.replace(at, text.find(',', at) - at, "333.3");
  std::ofstream(folder_.path() / "mine.csv") << text;
  std::ifstream in(PLIMSOLL_SOURCE_DIR "/models/backtest/rivals.csv", std::ios::binary);
  std::string rivals{std::istreambuf_iterator<char>(in), {}};
  std::ofstream(folder_.path() / "theirs.csv") << rivals;
  const std::string asked = "backtest mine.csv --from 2025-02 --horizons 1 --format csv --rivals ";
  const Outcome refused = folder_.run(asked + "theirs.csv");
  EXPECT_EQ(refused.code, 4);
  EXPECT_NE(refused.err.find("theirs.csv:"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("exports of 2025-06 were 324.6 there and are 333.3 here"), std::string::npos)
      << refused.err;
  EXPECT_EQ(refused.out, "");
  for (std::size_t k = rivals.find("exports,2025-06,"); k != std::string::npos;
       k = rivals.find("exports,2025-06,", k + 1)) {
    const std::size_t level = rivals.find(',', k + 16) + 1;  // after the horizon
    rivals.replace(level, rivals.find(',', level) - level, "333.300");
  }
  std::ofstream(folder_.path() / "own.csv") << rivals;
  const Outcome taken = folder_.run(asked + "own.csv");
  ASSERT_EQ(taken.code, 0) << taken.err;
  EXPECT_NE(taken.out.find("exports,ets,month"), std::string::npos);
}

TEST_F(BacktestVerb, ScoresLevelsAsFirstKnown) {
  const Outcome outcome = folder_.run("backtest --vintage first --from 2025-02 --horizons 1 --flow exports");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("levels as first known"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("pool of the three"), std::string::npos) << outcome.out;
}

TEST_F(BacktestVerb, LeavesABandThatIsNotKnownEmpty) {
  ASSERT_EQ(folder_.run("backtest --from 2025-09 --horizons 2 --flow exports --paths 1024 --out short").code, 0);
  const CsvTable pits = parse_csv(folder_.read("short/pit.csv"), "pit.csv");
  ASSERT_FALSE(pits.rows.empty());
  for (const CsvTable::Row& row : pits.rows) {
    EXPECT_NE(row.fields[6], "");  // frequency
    EXPECT_EQ(row.fields[7] + row.fields[8], "");
  }
  EXPECT_EQ(folder_.read("short/backtest.html").find(",n/a"), std::string::npos);  // no corner of a picture
}

TEST_F(BacktestVerb, RefusesWhatItCannotDo) {
  const auto refused = [&](const std::string& arguments, int code, const std::string& says) {
    const Outcome outcome = folder_.run("backtest " + arguments);
    EXPECT_EQ(outcome.code, code) << arguments;
    EXPECT_NE(outcome.err.find(says), std::string::npos) << arguments << "\n" << outcome.err;
    EXPECT_EQ(outcome.out, "");
  };
  refused("--level all", 2, "it takes totals or groups");
  refused("--flow both", 2, "it takes exports or imports");
  refused("--from soon", 2, "no month");
  refused("--horizons 13", 2, "from 1 to 12");
  refused("--paths 1000", 2, "multiple of 16");
  refused("--language en,zh", 2, "one language");
  refused("--from 2027-01", 4, "give --from 2026-04 or earlier");
  refused("--vintage second", 2, "it takes final or first");
  refused("--vintage first --from 2016-03", 4, "give --from 2016-08 or later");
  refused("--rivals none.csv", 4, "rivals.R");
  refused("--conditional --vintage first", 2, "--conditional has no --vintage");
  refused("--conditional --rivals r.csv", 2, "--conditional has no --rivals");
  refused("--level groups --vintage first", 2, "--level groups has no --vintage");
  std::string others = shipped_totals();
  const std::size_t at = others.find("2025-06,") + 8;
  others.replace(at, others.find(',', at) - at, "333.3");
  std::ofstream(folder_.path() / "others.csv") << others;
  refused("others.csv --vintage first", 2, "of the totals that ship");
  refused("--from 2009-05", 4, "the first origin is 2010-12");
  refused("none.csv", 4, "cannot be read");
  refused("a.csv b.csv", 2, "one table");
  std::string text = shipped_totals();
  text.erase(text.find("2015-07,"), text.find("2015-08,") - text.find("2015-07,"));
  std::ofstream(folder_.path() / "gap.csv") << text;
  refused("gap.csv --out here", 4, "gap.csv:92:1: error: after 2015-06 comes 2015-08");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "here"));
}

const std::string kKnown = "backtest --conditional --from 2025-11 --horizons 6 --paths 1024 --flow exports";

TEST_F(BacktestVerb, TellsWhatKnowingTheDriversIsWorth) {
  const Outcome outcome = folder_.run(kKnown + " --out known");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const char* part : {"drivers expected", "as they came", "only oil price", "in-sample", "2025-12 missed", "left",
                           "Monte Carlo", "±"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
  const CsvTable misses = parse_csv(folder_.read("known/misses.csv"), "misses.csv");
  EXPECT_EQ(misses.header.back(), "se_part_pp");
  EXPECT_GE(misses.rows.size(), 6U * 4U);
  const std::string scores = folder_.read("known/scores.csv");
  EXPECT_NE(scores.find("exports,in_sample,in_sample,"), std::string::npos);
  EXPECT_NE(scores.find("exports,conditional,before_origin,"), std::string::npos);
  EXPECT_NE(folder_.read("known/elasticities.csv").find("exports,2025-12,capex,"), std::string::npos);
  EXPECT_NE(folder_.read("known/backtest.html").find("<table"), std::string::npos);
  ASSERT_EQ(folder_.run(kKnown + " --out other --threads 1").code, 0);
  for (const char* file : {"scores.csv", "forecasts.csv", "misses.csv", "backtest.md"})
    EXPECT_EQ(folder_.read(std::string("known/") + file), folder_.read(std::string("other/") + file)) << file;

  const auto json = nlohmann::json::parse(folder_.run(kKnown + " --format json").out);
  EXPECT_TRUE(json.at("misses").at(0).at("parts").contains("memory_price"));
  EXPECT_NE(folder_.run(kKnown + " --language zh").out.find("驱动按预期"), std::string::npos);
  const Outcome early = folder_.run("backtest --conditional --from 2012-05");
  EXPECT_EQ(early.code, 4);
  EXPECT_NE(early.err.find("2013-02"), std::string::npos) << early.err;
}

/// PLIMSOLL_UPDATE=1 writes the page.
TEST_F(BacktestVerb, WritesTheTablesOfTheConditionalPageAndHoldsItsClaims) {
  ASSERT_EQ(folder_.run("backtest --conditional --out all").code, 0);
  const std::string page = PLIMSOLL_SOURCE_DIR "/docs/validation/conditional-tables.md";
  const std::string now = folder_.read("all/backtest.md");
  if (std::getenv("PLIMSOLL_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << now;
  std::ifstream in(page, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), now);

  const CsvTable table = parse_csv(folder_.read("all/forecasts.csv"), "forecasts.csv");
  const auto rmse = [&](const std::string& flow, const std::string& model, const std::string& year) {
    const auto text = [&](const CsvTable::Row& row, const char* column) -> const std::string& {
      return row.fields.at(static_cast<std::size_t>(table.column(column)));
    };
    double squares = 0;
    int counted = 0;
    for (const CsvTable::Row& row : table.rows) {
      if (text(row, "flow") != flow || text(row, "model") != model || text(row, "target").rfind(year, 0) != 0) continue;
      if (text(row, "actual_pct").empty()) continue;
      squares += std::pow(std::stod(text(row, "p50")) - std::stod(text(row, "actual_pct")), 2);
      ++counted;
    }
    return std::sqrt(squares / counted);
  };
  // docs/validation/conditional.md, by year of the target.
  struct Claim {
    const char *flow, *year;
    double expected, came;
  };
  for (const Claim& claim :
       {Claim{"exports", "2020", 12.7, 16.3}, Claim{"exports", "2021", 20.7, 12.9}, Claim{"exports", "2024", 5.8, 6.2},
        Claim{"exports", "2025", 4.6, 5.0}, Claim{"exports", "2026", 12.3, 8.2}, Claim{"imports", "2025", 5.6, 11.2}}) {
    EXPECT_NEAR(rmse(claim.flow, "unconditional", claim.year), claim.expected, 0.06) << claim.flow << claim.year;
    EXPECT_NEAR(rmse(claim.flow, "conditional", claim.year), claim.came, 0.06) << claim.flow << claim.year;
  }
}

/// The text between `<!-- name -->` and `<!-- end of name -->`; with PLIMSOLL_UPDATE=1 `now` is put there.
std::string told_in(const std::string& page, const std::string& name, const std::string& now) {
  std::ifstream in(page, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(in), {});
  const std::string begin = "<!-- " + name + " -->\n", end = "<!-- end of " + name + " -->";
  const std::size_t from = text.find(begin) + begin.size(), to = text.find(end);
  if (std::getenv("PLIMSOLL_UPDATE") != nullptr) {
    text.replace(from, to - from, now);
    std::ofstream(page, std::ios::binary) << text;
    return now;
  }
  return text.substr(from, to - from);
}

TEST_F(BacktestVerb, WritesTheBridgeOfTheDecemberVintage) {
  const std::string page = PLIMSOLL_SOURCE_DIR "/docs/validation/vintage-2025-12.md";
  const std::string conditional = PLIMSOLL_SOURCE_DIR "/docs/validation/as-of-2025-12-conditional.yaml";
  const Outcome bridge = folder_.run(
      "compare as-of-2025-12 base --vintage --sampling random --paths 16384 --quiet --write csv --out bridge");
  ASSERT_EQ(bridge.code, 0) << bridge.err;
  EXPECT_EQ(told_in(page, "bridge", "```\n" + bridge.out + "```\n"), "```\n" + bridge.out + "```\n");
  const Outcome known =
      folder_.run("compare as-of-2025-12 " + conditional + " --paths 16384 --quiet --write csv --out known");
  ASSERT_EQ(known.code, 0) << known.err;
  EXPECT_EQ(told_in(page, "conditional", "```\n" + known.out + "```\n"), "```\n" + known.out + "```\n");
}

}  // namespace
}  // namespace plimsoll
