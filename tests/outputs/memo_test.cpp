// The memo says what it must, in both languages, and nothing that a user wrote breaks it.
#include "outputs/memo.hpp"

#include <gtest/gtest.h>

#include "outputs/calendar_days.hpp"
#include "outputs/markdown.hpp"
#include "tests/outputs/sample_results.hpp"

namespace plimsoll {
namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string memo_of(const RunResults& results, const RunContext& context, Language language = Language::en) {
  const std::string digest(64, 'd');
  return memo({results, context, digest}, language);
}

TEST(Memo, GivesEveryFigureWithItsError) {
  const std::string text = memo_of(sample_results(), sample_context());
  EXPECT_TRUE(holds(text, "| 2026 | +21.5% | ±0.07 | +18.5% to +24.5% | ±0.07 / ±0.07 | +21.8% | 4569.0 ±0.07 |"))
      << text;
  EXPECT_TRUE(holds(text, "| Capital spending on AI | +3.00 ±0.05 (+1.25 to +4.25) |  |")) << text;
  EXPECT_TRUE(holds(text, "| Probability of growth below 0% | below 0.1% ±0.06 pp | 58% ±1.6 pp |")) << text;
  EXPECT_TRUE(holds(text, "| mean of the worst 5% |  | -14.2% ±0.5 pp |")) << text;
  EXPECT_TRUE(holds(text, "plimsoll reproduce manifest.json"));
  EXPECT_TRUE(holds(text, std::string(64, 'd')));
}

TEST(Memo, TellsTheTailOnlyWhereThereIsOne) {
  RunResults results = sample_results();
  EXPECT_FALSE(holds(memo_of(results, sample_context()), "What the tail looks like"));
  results.tail = TailResult{"exports.total.yoy",
                            year(2027),
                            0.05,
                            -11.25,
                            {{"exports.total.yoy/driver/capex", year(2027), "pp", 1.5, -2.25, 0.05},
                             {"driver.memory_price.level", year(2027), "index", 80, 51.25, 0.5},
                             {"exports.total.yoy/driver/tariff", year(2026), "pp", 9, 9, 9}}};
  const std::string text = memo_of(results, sample_context());
  EXPECT_TRUE(holds(text, "worst 5% of paths exports grow by no more than -11.2% in 2027")) << text;
  EXPECT_TRUE(holds(text, "| Capital spending on AI | pp | +1.50 | -2.25 | ±0.05 |")) << text;
  EXPECT_TRUE(holds(text, "| Memory price index | index | 80.0 | 51.2 | ±0.5 |")) << text;
  EXPECT_FALSE(holds(text, "+9.00"));  // of another year
  EXPECT_TRUE(holds(memo_of(results, sample_context(), Language::zh), "最差5%的路径"));
}

TEST(Memo, ListsWhatDiffersFromBaseAndWhoSetItWhy) {
  RunContext context = sample_context();
  const RunResults results = sample_results();
  context.about = {"What if oil stays low?", "An Analyst", "2026-06-10", {}};
  context.assumptions = {{"oil_price.level_usd_per_bbl", "60", "80", "command line"},
                         {"capex_paths.amazon.2026", "", "200", "base.yaml:3"}};
  const std::string text = memo_of(results, context);
  EXPECT_TRUE(holds(text, "| `oil_price.level_usd_per_bbl` | `60` | `80` | command line |")) << text;
  EXPECT_TRUE(holds(text, "| `capex_paths.amazon.2026` | not stated | `200` | base.yaml:3 |")) << text;
  EXPECT_TRUE(holds(text, "Set by hand:\n  - `oil_price")) << text;  // what was typed has no author
  context.assumptions.push_back({"pin[0]", "{driver: oil_price}", "", "low.yaml:7"});
  EXPECT_TRUE(
      holds(memo_of(results, context),
            "Set by hand; the file's reason: What if oil stays low?; its author: An Analyst, 2026-06-10:\n  - "))
      << text;
  context.assumptions.clear();
  EXPECT_TRUE(holds(memo_of(results, context), "None: this is the base scenario."));
  EXPECT_TRUE(holds(memo_of(results, context, Language::zh), "人工调整：无"));
}

TEST(Memo, WarnsOfACalibrationOlderThanSixtyDaysOnTheDayOfTheRun) {
  RunContext context = sample_context();  // known on 2026-06-09
  context.started_utc = "2026-08-08T23:59:59Z";
  EXPECT_TRUE(holds(memo_of(sample_results(), context), "60 days old"));
  EXPECT_FALSE(holds(memo_of(sample_results(), context), "Warning"));
  context.started_utc = "2026-08-09T00:00:00Z";
  EXPECT_TRUE(
      holds(memo_of(sample_results(), context), "61 days old when the run began. **Warning: older than 60 days"));
  EXPECT_TRUE(holds(memo_of(sample_results(), context, Language::zh), "**警告：已超过 60 天"));
}

TEST(Memo, SaysWhatTheLastValidationFoundAndWhetherItWasInside) {
  RunContext context = sample_context();
  EXPECT_TRUE(holds(memo_of(sample_results(), context), "No past forecast is scored."));
  context.validation = Validation{"old", "2026-01-02", "docs/validation/x.md", "then", "2026-05ytd", 9, 1, 3, -4, 6};
  EXPECT_TRUE(holds(memo_of(sample_results(), context), "January-May 2026 came at +9.0%"));
  EXPECT_TRUE(holds(memo_of(sample_results(), context), "**outside that range**"));
  context.validation->came_pct = 5;
  EXPECT_TRUE(holds(memo_of(sample_results(), context), "lies inside that range"));
}

TEST(Memo, SaysFirstThatItIsOfAPartOfThePaths) {
  RunResults results = sample_results();
  results.statistics.paths_done = 640;
  const std::string text = memo_of(results, sample_context());
  const std::size_t warning = text.find("**Not the whole run: these figures rest on 640 of 1,000 paths.**");
  ASSERT_NE(warning, std::string::npos) << text;
  EXPECT_LT(warning, text.find("expected to grow"));
}

TEST(Memo, IsNotBrokenByWhatUsersWrite) {
  RunContext context = sample_context();
  context.title_en = "a | b\n# not a heading <script> [x](y)";
  context.assumptions = {{"sets[x|y]", "a`b|c\nd", "", "x|y.yaml:1"}};
  const std::string text = memo_of(sample_results(), context);
  EXPECT_EQ(text.substr(0, text.find('\n')), "# a \\| b \\# not a heading \\<script\\> \\[x\\](y)");
  EXPECT_TRUE(holds(text, "| `sets[x/y]` | `a'b/c d` | not stated | x\\|y.yaml:1 |")) << text;
  EXPECT_FALSE(holds(text, "\n# not"));
}

TEST(Memo, OfNothingStillSaysWhatRan) {
  RunResults none;
  none.statistics.paths_done = 1000;
  const std::string text = memo_of(none, sample_context());
  EXPECT_TRUE(holds(text, "Too few paths count for tables"));
  EXPECT_TRUE(holds(text, "## Provenance"));
}

TEST(Markdown, ShortensByCharactersNotBytes) {
  EXPECT_EQ(markdown::shortened("关税与存储", 2), "关税…");
  EXPECT_EQ(markdown::shortened("关税", 2), "关税");
}

TEST(CalendarDays, CountAcrossYearsAndKnowNoOtherDates) {
  EXPECT_EQ(days_between("2024-02-28", "2024-03-01T10:00:00Z"), 2);
  EXPECT_EQ(days_between("2026-06-09", "2025-06-09"), -365);
  EXPECT_FALSE(days_between("2026-02-30", "2026-03-01").has_value());
  EXPECT_FALSE(days_between("", "2026-03-01").has_value());
}

}  // namespace
}  // namespace plimsoll
