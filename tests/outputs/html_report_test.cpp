#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "outputs/html/report.hpp"
#include "outputs/html/report_data.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"
#include "tests/outputs/sample_results.hpp"

namespace plimsoll {
namespace {

using nlohmann::ordered_json;

/// What stands between two marks of a text, from the last `open` on.
std::string between(const std::string& text, const std::string& open, const std::string& close) {
  const std::size_t first = text.find(open);
  if (first == std::string::npos) return "";
  return text.substr(first + open.size(), text.find(close, first) - first - open.size());
}

ordered_json data_of(const std::string& html) {
  return ordered_json::parse(between(html, "<script type=\"application/json\" id=\"data\">", "</script>"));
}

RunContext hostile_context() {
  RunContext context = sample_context();
  context.title_en = "</script><script>alert(1)</script> <!-- & \"";
  return context;
}

class HtmlReportTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!html_report_available()) GTEST_SKIP() << html_report_problem();
  }
};

TEST_F(HtmlReportTest, IsTheSameTwice) {
  EXPECT_EQ(html_report(sample_results(), sample_context(), "d"), html_report(sample_results(), sample_context(), "d"));
}

TEST_F(HtmlReportTest, KeepsATitleThatLooksLikeAScriptAsText) {
  const std::string html = html_report(sample_results(), hostile_context(), "d");
  EXPECT_EQ(html.find("alert(1)</script>"), std::string::npos);
  EXPECT_EQ(data_of(html)["runs"][0]["title"][0], hostile_context().title_en);
  EXPECT_EQ(between(html, "<title>", "</title>").find('<'), std::string::npos);
}

TEST_F(HtmlReportTest, KeepsATitleThatLooksLikeAMarkOfThePageAsText) {
  RunContext context = sample_context();
  context.title_en = "x {{charts}} y";
  const std::string html = html_report(sample_results(), context, "abc");
  EXPECT_EQ(between(html, "<title>", "</title>"), "x {{charts}} y");
  EXPECT_EQ(html.find("<script>{{"), std::string::npos);
}

TEST_F(HtmlReportTest, LetsOnlyItsOwnScriptsRun) {
  const std::string html = html_report(sample_results(), sample_context(), "d");
  const std::string policy = between(html, "Content-Security-Policy\" content=\"", "\"");
  EXPECT_EQ(policy.rfind("default-src 'none'; script-src 'sha256-", 0), 0U) << policy;
  EXPECT_EQ(policy.find("script-src 'unsafe"), std::string::npos);
  // Two scripts, two hashes; the browser tests show that they are the right ones.
  EXPECT_NE(policy.find("' 'sha256-"), std::string::npos);
  EXPECT_EQ(html.find("{{"), html.npos) << html.substr(html.find("{{"), 40);
}

TEST_F(HtmlReportTest, CarriesTheLicencesOfItsCharts) {
  const std::string html = html_report(sample_results(), sample_context(), "d");
  EXPECT_NE(html.find("Apache ECharts\nCopyright"), std::string::npos);
  EXPECT_NE(html.find("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"), std::string::npos);
  EXPECT_NE(html.find("Baidu Inc."), std::string::npos);  // zrender
}

TEST_F(HtmlReportTest, ShowsOfManyRunsLessThanOfOne) {
  // One million figures of a product's growth: more than a report of several keeps.
  RunResults wide = sample_results();
  for (int k = 0; k < 6000; ++k)
    wide.summary.push_back(
        {"exports.product.good" + std::to_string(k) + ".yoy", year(2026), "pct", spread(k, 0.123456789)});
  RunContext context = sample_context();
  HtmlReport one({"en"}), several({"en"});
  one.add(wide, context, "d");
  several.add(wide, context, "d");
  context.scenario_name = "other";
  several.add(wide, context, "d");
  EXPECT_EQ(data_of(one.html())["runs"][0]["detail"], "full");
  const ordered_json data = data_of(several.html());
  EXPECT_EQ(data["runs"][1]["detail"], "brief");
  EXPECT_LT(several.html().size(), one.html().size());
  EXPECT_EQ(data["languages"], ordered_json({"en"}));
}

TEST(ReportData, RoundsFiguresToWhatTheEyeNeedsAndHasNullForNone) {
  EXPECT_EQ(figure(4569.123456).dump(), "4569.12");
  EXPECT_EQ(figure(-0.0).dump(), "0");
  EXPECT_EQ(figure(std::numeric_limits<double>::quiet_NaN()).dump(), "null");
  EXPECT_EQ(figure(std::numeric_limits<double>::infinity()).dump(), "null");
  EXPECT_EQ(error_figure(0.0123456).dump(), "0.0123");
  EXPECT_EQ(figure(1e-7).dump(), "1e-07");
}

TEST(ReportData, GivesEveryFigureOfAFanItsError) {
  ReportPeriods periods;
  const ordered_json run = run_json(sample_results(), sample_context(), ReportDetail::full, periods);
  ASSERT_FALSE(run["series"].empty());
  for (const ordered_json& series : run["series"]) {
    for (const ordered_json& row : series["fan"]) {
      ASSERT_EQ(row.size(), 13U);
      for (std::size_t k = 7; k < 13; ++k) EXPECT_GT(row[k].get<double>(), 0);
    }
  }
  for (const ordered_json& split : run["contributions"]) {
    for (const ordered_json& part : split["parts"]) {
      for (const ordered_json& row : part["rows"]) {
        ASSERT_EQ(row.size(), 7U);
        for (std::size_t k = 4; k < 7; ++k) EXPECT_GT(row[k].get<double>(), 0);
      }
    }
  }
}

TEST(ReportData, TellsThePeriodsOnceAndInBothLanguages) {
  ReportPeriods periods;
  EXPECT_EQ(periods.number_of(month(2026, 7)), 0);
  EXPECT_EQ(periods.number_of({Frequency::year_to_date, Month::of(2026, 1), Month::of(2026, 7)}), 1);
  EXPECT_EQ(periods.number_of(month(2026, 7)), 0);
  const ordered_json json = periods.json();
  ASSERT_EQ(json.size(), 2U);
  EXPECT_EQ(json[0].dump(), R"(["2026-07","M",24318,24318,"July 2026","2026年7月"])");
}

TEST(ReportData, HasTheTailWhereThereIsOne) {
  RunResults results = sample_results();
  ReportPeriods periods;
  EXPECT_FALSE(run_json(results, sample_context(), ReportDetail::full, periods).contains("tail"));
  results.tail = TailResult{"exports.total.yoy",
                            year(2027),
                            0.05,
                            -11.5,
                            {{"exports.total.yoy/driver/capex", year(2027), "pp", 1.5, -2.25, 0.125},
                             {"driver.capex.level", year(2027), "usd_bn", 740, 610, 4.5}}};
  const ordered_json tail = run_json(results, sample_context(), ReportDetail::full, periods)["tail"];
  EXPECT_EQ(tail["edge"], -11.5);
  EXPECT_EQ(tail["groups"][0]["by"], "driver");
  EXPECT_EQ(tail["groups"][0]["rows"][0][2], -2.25);
  EXPECT_EQ(tail["groups"][0]["rows"][0][3], 0.125);
  EXPECT_EQ(tail["groups"][1]["by"], "");
}

TEST(ReportData, SharesHistoryAmongRunsOfOneCalibration) {
  ReportPeriods periods;
  ordered_json history = ordered_json::object();
  add_history(sample_results(), periods, history);
  add_history(sample_results(), periods, history);
  EXPECT_EQ(history["exports.total.yoy"].size(), 2U);
  EXPECT_EQ(history["exports.total.yoy"][1][1], 19.2);
  EXPECT_FALSE(history.contains("exports.market.us.yoy"));  // not among the results
}

TEST(ReportData, WithoutChartsTheReportIsRefusedWithAWayOut) {
  if (html_report_available()) GTEST_SKIP() << "the charts are built in";
  EXPECT_FALSE(html_report_problem().empty());
  EXPECT_FALSE(html_report_hint().empty());
  EXPECT_THROW(html_report(sample_results(), sample_context(), "d"), InputError);
}

}  // namespace
}  // namespace plimsoll
