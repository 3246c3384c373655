/// Memo, heat map and tables of a stress suite made by hand: every figure is known.
#include <gtest/gtest.h>

#include <limits>

#include "outputs/stress_memo.hpp"
#include "outputs/stress_tables.hpp"
#include "outputs/stress_words.hpp"

namespace plimsoll {
namespace {

Distribution spread(double mean, double p05) {
  Distribution d;
  d.paths = 1000;
  d.mean = mean;
  d.se_mean = 0.2;
  d.sd = 5;
  d.se_sd = 0.1;
  d.quantile.fill(mean);
  d.quantile[1] = p05;
  d.se_quantile.fill(0.3);
  return d;
}

StressScenario scenario(const std::string& name, double p05, double probability) {
  StressScenario s;
  s.name = name;
  s.title = {"Title of " + name, "情景" + name};
  s.risk = "K1";
  s.headline = spread(1, p05);
  s.thresholds = {{probability, 0.01}};
  for (const char* measure : {"cumulative_difference", "cumulative_difference_pct", "peak_to_trough",
                              "months_below_zero", "recovery_months", "never_recovered"})
    s.rows.push_back({measure, "exports.total.value", "2026-06..2027-12", "pct", spread(3, 2)});
  s.rows[4].distribution.quantile[7] = std::numeric_limits<double>::quiet_NaN();
  s.quarters = {{"level", "exports.total.yoy", "2027Q1", "pct", spread(4, 2)},
                {"level", "exports.total.value", "2027Q1", "usd_bn", spread(900, 800)}};
  s.drivers = {{"driver.oil_price.level", "2027", "usd_per_bbl", {60, 0.1}, {90, 0.1}, {0.02, 0.004}}};
  s.joint.distance = {2.5, 0.1};
  s.joint.plausibility = {0.12, 0.02};
  s.joint.dimensions = 4;
  return s;
}

StressResults sample() {
  StressResults r;
  r.suite = "sample";
  r.title = {"A & B < C", "样例"};
  r.headline = {"exports.total.yoy", "2027"};
  r.order = "p05";
  Problem problem;
  r.thresholds = {parse_event("exports.total.yoy@2027 < 0", problem).value()};
  r.periods["2027"] = {Frequency::year, Month::of(2027, 1), Month::of(2027, 12)};
  r.units = {
      {"exports.total.yoy", "pct"}, {"exports.total.value", "usd_bn"}, {"driver.oil_price.level", "usd_per_bbl"}};
  r.simulated_months = 19;
  r.paths = 1000;
  r.scenarios = {scenario("base", -5, 0.25), scenario("bad, very", -9, 0)};
  r.scenarios[0].severity = "baseline";
  r.scenarios[1].variance = VarianceSplit{25, {0.8, 0.01}, {0.05, 0.01}, {0.15, 0.01}, {0, 0}, 128};
  Gate gate = parse_gate("p05(exports.total.yoy@2027) < -8", problem).value();
  r.scenarios[0].gates = {{gate, {-5, 0.3}, false, false}};
  r.scenarios[1].gates = {{gate, {-8.4, 0.3}, true, true}};
  r.story = {{"capex", {1, 0.1}, {-2, 0.1}, {-3, 0.05}}};
  return r;
}

TEST(StressTables, AreTidyAndQuoteNames) {
  const auto files = stress_files(sample());
  ASSERT_EQ(files.size(), 5U);
  EXPECT_EQ(files[1].second,
            "scenario,threshold,probability,se\nbase,exports.total.yoy@2027 < 0,0.25,0.01\n"
            "\"bad, very\",exports.total.yoy@2027 < 0,0,0.01\n");
  EXPECT_EQ(files[2].second,
            "scenario,gate,value,se,holds,within_two_errors\nbase,p05(exports.total.yoy@2027) < -8,-5,0.3,no,no\n"
            "\"bad, very\",p05(exports.total.yoy@2027) < -8,-8.4,0.3,yes,yes\n");
  EXPECT_NE(
      files[3].second.find("1,\"bad, very\",baseline_share_below,driver.oil_price.level,2027,0.02,probability,0.004\n"),
      std::string::npos)
      << files[3].second;
  EXPECT_NE(files[3].second.find("1,\"bad, very\",variance_share,parameter,2027,0.15,frac,0.01\n"), std::string::npos);
  EXPECT_EQ(files[4].second.substr(0, files[4].second.find('\n')),
            "severity,scenario,quarter,exports.total.yoy [pct],se exports.total.yoy,exports.total.value [usd_bn],"
            "se exports.total.value");
}

TEST(StressTables, LeaveACellEmptyWhereThereIsNoNumber) {
  EXPECT_NE(
      stress_files(sample())[0].second.find("recovery_months,exports.total.value,2026-06..2027-12,p95,,pct,0.3\n"),
      std::string::npos);
}

TEST(StressMemo, TellsVerdictThresholdsAndProvenanceInBothLanguages) {
  const std::string en = stress_memo(sample(), {"0.1.0", "abc"}, Language::en);
  for (const char* part : {"# Stress memo: A \\& B \\< C", "Gates that hold (exit code 7)",
                           "-8.40 ±0.3%, limit: below -8%", "within Monte Carlo error",
                           "| Title of base | K1 | -5.0% ±0.3 | ░ 25% ±1.0 |", "below 0.3%", "Capital spending on AI",
                           ">19", "2.5 ±0.1 standard deviations", "parameters of the model 15% ±1.0", "digest abc"})
    EXPECT_NE(en.find(part), std::string::npos) << part << "\n" << en;
  const std::string zh = stress_memo(sample(), {"0.1.0", "abc"}, Language::zh);
  for (const char* part : {"# 压力测试备忘录：样例", "已触发的条件", "2027年出口同比低于0%", "低于0.3%", "蒙特卡洛"})
    EXPECT_NE(zh.find(part), std::string::npos) << part << "\n" << zh;
  EXPECT_EQ(zh.find("standard"), std::string::npos);
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// Thirty scenarios: the page holds the worst ones and the likeliest to reach a threshold, and says where the rest is.
TEST(StressMemo, StaysOnePageWithAnyNumberOfScenarios) {
  StressResults r = sample();
  const Gate gate = r.scenarios[1].gates[0].gate;
  r.scenarios.resize(1);
  for (int k = 1; k <= 30; ++k) {
    r.scenarios.push_back(scenario("s" + std::to_string(k), -40 + k, k == 25 ? 0.9 : 0.3));
    r.scenarios.back().gates = {{gate, {-40.0 + k, 0.3}, true, false}};
  }
  r.scenarios[30].failure = "no market equilibrium";
  const std::string memo = stress_memo(r, {}, Language::en);
  EXPECT_LE(count_of(memo, "\n"), 85U) << memo;  // a third of them blank
  for (int k = 1; k <= 6; ++k)
    EXPECT_NE(memo.find("| Title of s" + std::to_string(k) + " | K1 |"), std::string::npos) << memo;
  EXPECT_EQ(memo.find("| Title of s7 | K1 |"), std::string::npos) << memo;
  EXPECT_NE(memo.find("| Title of s25 | K1 | -15.0% ±0.3 | █ 90% ±1.0 |"), std::string::npos) << memo;
  EXPECT_NE(memo.find("the other 23 scenarios stand in thresholds.csv and on heatmap.en.svg"), std::string::npos)
      << memo;
  EXPECT_NE(memo.find("- 24 more: gates.csv"), std::string::npos) << memo;
  EXPECT_NE(memo.find("`s30` failed"), std::string::npos) << memo;
  EXPECT_NE(stress_memo(r, {}, Language::zh).find("其余 23 个情景见 thresholds.csv 与 heatmap.zh.svg"),
            std::string::npos);
  EXPECT_EQ(stress_memo(sample(), {}, Language::en).find("stand in thresholds.csv"), std::string::npos);
}

TEST(StressMemo, EscapesWhatUsersWrite) {
  StressResults r = sample();
  r.title.en = "A *bold* | title";
  r.scenarios[1].risk = "K1\nK2";
  r.scenarios[1].note = "a\n# head <b>";
  const std::string memo = stress_memo(r, {}, Language::en);
  EXPECT_NE(memo.find("# Stress memo: A \\*bold\\* \\| title\n"), std::string::npos) << memo;
  EXPECT_NE(memo.find("| K1 K2 |"), std::string::npos) << memo;
  EXPECT_EQ(memo.find("\n# head"), std::string::npos) << memo;
  EXPECT_EQ(memo.find("<b>"), std::string::npos) << memo;
}

TEST(StressMemo, HasNoQuartersWhereNoneIsSimulated) {
  StressResults r = sample();
  for (StressScenario& s : r.scenarios) s.quarters.clear();
  EXPECT_EQ(stress_memo(r, {}, Language::en).find("By quarter"), std::string::npos);
}

TEST(StressWords, LettersGoOnAfterZ) {
  EXPECT_EQ(threshold_letter(0), "A");
  EXPECT_EQ(threshold_letter(25), "Z");
  EXPECT_EQ(threshold_letter(26), "AA");
  EXPECT_EQ(threshold_letter(27), "AB");
  EXPECT_EQ(threshold_letter(26 * 27), "AAA");
}

TEST(StressMemo, SaysWhenAStopLeftScenariosOut) {
  StressResults stopped = sample();
  stopped.missing = 3;
  EXPECT_EQ(stress_memo(sample(), {}, Language::en).find("Stopped"), std::string::npos);
  EXPECT_NE(stress_memo(stopped, {}, Language::en).find("Stopped: scenarios that did not run: 3"), std::string::npos);
  EXPECT_NE(stress_memo(stopped, {}, Language::zh).find("未运行的情景数：3"), std::string::npos);
}

TEST(StressHeatmap, IsWellFormedAndShowsEveryNumber) {
  const std::string svg = stress_heatmap(sample(), Language::en);
  EXPECT_EQ(svg.rfind("<svg xmlns=", 0), 0U);
  EXPECT_NE(svg.find("<title>A &amp; B &lt; C</title>"), std::string::npos) << svg;
  EXPECT_NE(svg.find(">25% ±1.0</text>"), std::string::npos);
  EXPECT_NE(svg.find(">below 0.3%</text>"), std::string::npos);
  EXPECT_EQ(svg.find("http", svg.find("http") + 4), std::string::npos) << "only the namespace";
}

TEST(StressTerminal, TellsGatesFirstAndColoursOnlyWhenAsked) {
  const std::string plain = stress_terminal(sample(), {});
  EXPECT_LT(plain.find("holds"), plain.find("Probability of each threshold"));
  EXPECT_EQ(plain.find('\033'), std::string::npos);
  EXPECT_NE(stress_terminal(sample(), {TerminalStyle::Colour::on, 100}).find("\033[48;5;"), std::string::npos);
}

}  // namespace
}  // namespace plimsoll
