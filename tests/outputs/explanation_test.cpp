#include "outputs/explanation.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "outputs/waterfall.hpp"
#include "scenarios/input_error.hpp"
#include "tests/outputs/sample_results.hpp"

namespace plimsoll {
namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string refusal(const RunResults& results, const std::string& of, const std::optional<std::string>& period) {
  try {
    find_figure(results, of, period);
  } catch (const InputError& error) {
    return to_string(error);
  }
  return "";
}

std::string repeated(const std::string& one, int times) {
  std::string text;
  for (int k = 0; k < times; ++k) text += one;
  return text;
}

TEST(Waterfall, BeginsEveryPartWhereTheOneBeforeEnded) {
  const Waterfall drawn = draw_waterfall({4, -1, -1}, 2, 9);
  ASSERT_EQ(drawn.bars.size(), 3U);
  EXPECT_EQ(drawn.bars[0], "████████");
  EXPECT_EQ(drawn.bars[1], "│     ░░");
  EXPECT_EQ(drawn.bars[2], "│   ░░");
  EXPECT_EQ(drawn.total, "████");
}

TEST(Waterfall, CrossesZeroAndMarksIt) {
  const Waterfall drawn = draw_waterfall({2, -4, 1}, -1, 9);
  EXPECT_EQ(drawn.bars[0], "    ████");
  EXPECT_EQ(drawn.bars[1], "░░░░░░░░");
  EXPECT_EQ(drawn.bars[2], "██  │");
  EXPECT_EQ(drawn.total, "  ░░│");
}

/// 50, then 1, -2, 1: from zero on, the last three would share a column. The axis is 48.6 to 51.
TEST(Waterfall, LeavesOutThePartBelowASmallChangeOfALargeFigure) {
  const Waterfall drawn = draw_waterfall({50, 1, -2, 1}, 50, 25);
  EXPECT_EQ(drawn.bars[0], "≈" + repeated("█", 13));
  EXPECT_EQ(drawn.bars[1], std::string(14, ' ') + repeated("█", 10));
  EXPECT_EQ(drawn.bars[2], std::string(4, ' ') + repeated("░", 20));
  EXPECT_EQ(drawn.bars[3], std::string(4, ' ') + repeated("█", 10));
  EXPECT_EQ(drawn.total, drawn.bars[0]);
  EXPECT_TRUE(holds(drawn.axis, "+50")) << drawn.axis;
  EXPECT_FALSE(drawn.axis.starts_with("0")) << drawn.axis;
  const Waterfall fallen = draw_waterfall({-50, -1, 2, -1}, -50, 25);
  EXPECT_EQ(fallen.bars[0], std::string(10, ' ') + repeated("░", 14) + "≈");
  EXPECT_EQ(fallen.bars[1], repeated("░", 10));
}

TEST(Waterfall, DrawsNothingWithoutNumbers) {
  EXPECT_EQ(draw_waterfall({0, 0}, 0, 9).bars, (std::vector<std::string>{"", ""}));
  EXPECT_EQ(draw_waterfall({std::nan("")}, 1, 9).bars, std::vector<std::string>{""});
  EXPECT_EQ(draw_waterfall({}, 0, 9).total, "");
}

TEST(Explanation, IsOfTheLastYearUnlessAPeriodIsNamed) {
  RunResults results = sample_results();
  EXPECT_EQ(find_figure(results, "exports.total.yoy", std::nullopt).period, year(2026));
  results.contributions.push_back({"exports.total.yoy", "driver", "capex", month(2026, 12), spread(1, 1)});
  EXPECT_EQ(find_figure(results, "exports.total.yoy", std::nullopt).period, year(2026));
  EXPECT_EQ(find_figure(results, "exports.total.yoy", "2026-12").period, month(2026, 12));
}

TEST(Explanation, RefusesWhatTheRunDoesNotHoldWithTheNearestItHas) {
  RunResults results = sample_results();
  EXPECT_TRUE(holds(refusal(results, "exports.total.yoy", "2062"), "did you mean 2026?"));
  for (int m = 6; m <= 12; ++m)
    results.contributions.push_back({"exports.total.yoy", "driver", "capex", month(2026, m), spread(1, 1)});
  EXPECT_TRUE(holds(refusal(results, "exports.total.yoy", "2062"), "it has 2026, 2026-06 .. 2026-12"));
  EXPECT_TRUE(holds(refusal(results, "exports.totl.yoy", std::nullopt), "did you mean exports.total.yoy?"));
  EXPECT_TRUE(holds(refusal(RunResults{}, "exports.total.yoy", std::nullopt), "leave them out"));
}

TEST(Explanation, GivesEveryPartWithErrorAndRange) {
  const RunResults results = sample_results();
  const ExplainedFigure figure{"exports.total.yoy", year(2026)};
  const std::string text = explanation_table(results, sample_context(), figure, Language::en, {});
  EXPECT_TRUE(holds(text, "mean +21.8% ±0.05, median +21.5% ±0.07, 5-95% +18.5% to +24.5% (±0.07 / ±0.07)")) << text;
  EXPECT_TRUE(holds(text, "Capital spending on AI")) << text;
  EXPECT_TRUE(holds(text, "+3.00 ±0.05     +1.25 ..  +4.25")) << text;
  EXPECT_TRUE(holds(text, "= growth")) << text;
  EXPECT_TRUE(holds(text, "+21.75 ±0.05")) << text;
  EXPECT_LT(text.find("By driver"), text.find("By product"));
  EXPECT_TRUE(holds(text, "oil_price.kind: x  (base: y; from command line)")) << text;
  EXPECT_TRUE(holds(explanation_table(results, sample_context(), figure, Language::zh, {}), "按驱动因素"));
}

TEST(Explanation, SaysWhatTheYearBeforeWas) {
  RunResults results = sample_results();
  results.history.push_back({"exports.total.yoy", year(2025), "pct", 5.5});
  const ExplainedFigure figure{"exports.total.yoy", year(2026)};
  EXPECT_TRUE(holds(explanation_table(results, sample_context(), figure, Language::en, {}), "; in 2025 it was +5.5%"));
  const auto json = nlohmann::json::parse(explanation_json(results, sample_context(), figure, Language::en));
  EXPECT_EQ(json["year_before"]["observed_pct"], 5.5);
  EXPECT_EQ(json["growth"]["mean_pp"], 21.75);
  EXPECT_EQ(json["contributions"].size(), 14U);
}

TEST(Explanation, AsCsvHoldsGrowthFirstAndThenItsParts) {
  const std::string csv = explanation_csv(sample_results(), {"exports.total.yoy", year(2026)}, Language::en);
  EXPECT_TRUE(
      holds(csv, "\nexports.total.yoy,growth,total,\"Total exports, growth on a year earlier\",A,2026,21.75,18.5,"));
  EXPECT_TRUE(holds(
      csv, "\nexports.total.yoy,driver,capex,Capital spending on AI,A,2026,3,1.25,2.75,4.25,0.05,0.07,0.07,0.07\n"));
}

}  // namespace
}  // namespace plimsoll
