#include "outputs/terminal_table.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <sstream>

#include "outputs/number_format.hpp"
#include "sample_results.hpp"

namespace plimsoll {
namespace {

TerminalStyle plain(int width = 80) { return {TerminalStyle::Colour::off, width}; }

std::string line_with(const std::string& text, const std::string& part) {
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (line.find(part) != std::string::npos) return line;
  return "";
}

TEST(Headline, IsOneSentenceForEachYear) {
  EXPECT_EQ(headline(sample_results()),
            (std::vector<std::string>{
                "China's exports in 2026: +21.5% (90% interval +18.5% to +24.5%), probability of a fall below 0.1%.",
                "China's exports in 2027: -1.5% (90% interval -10.5% to +7.5%), probability of a fall 58%."}));
}

TEST(Headline, WithoutAWholeYearSpeaksOfTheYearToDateOrTheLastMonth) {
  RunResults r;
  r.summary = {{"exports.total.yoy", month(2026, 6), "pct", spread(17, 2)},
               {"exports.total.yoy", month(2026, 7), "pct", spread(18, 2)}};
  ASSERT_EQ(headline(r).size(), 1U);
  EXPECT_EQ(headline(r)[0], "China's exports in 2026-07: +18.0% (90% interval +15.0% to +21.0%).");
  r.summary.push_back(
      {"exports.total.yoy", {Frequency::year_to_date, Month::of(2026, 1), Month::of(2026, 7)}, "pct", spread(16, 2)});
  EXPECT_EQ(headline(r)[0], "China's exports in 2026-01 to 2026-07: +16.0% (90% interval +13.0% to +19.0%).");
}

TEST(TerminalTable, BeginsWithTheHeadlineAndEndsWithTheError) {
  const std::string text = terminal_table(sample_results(), sample_context(), plain());
  EXPECT_EQ(text.rfind("China's exports in 2026: +21.5%", 0), 0U);
  EXPECT_EQ(line_with(text, "Scenario sample"),
            "Scenario sample: A \"sample\", made by hand. Data to 2026-05, known on 2026-06-09; seed -7.");
  EXPECT_EQ(line_with(text, "2026-05 "), "  2026-05        +19.2  actual");
  EXPECT_EQ(line_with(text, "2026-12 "), "  2026-12        +24.0  ±0.07     +22.0 to +26.0   +18.0 to +30.0");
  EXPECT_EQ(line_with(text, "USD bn:"), "  2026 in USD bn: 4,569 ±0.07 (5-95%: 4,419 to 4,719)");
  EXPECT_EQ(line_with(text, "mean of the worst"), "    mean of the worst 5%: -14.2% ±0.5 pp");
  EXPECT_EQ(text.substr(text.rfind("Monte Carlo")),
            "Monte Carlo error (one standard error, 1,000 paths): 2026 mean ±0.05, 5% ±0.07, 95% ±0.07; 2027 mean "
            "±0.05, 5% ±0.07, 95% ±0.07 pp.\n");
}

TEST(TerminalTable, ShowsTheMonthsThatNoQuarterOfALaterYearHolds) {
  RunResults r = sample_results();
  r.summary.push_back({"exports.total.yoy", month(2027, 3), "pct", spread(7, 4)});  // in the first quarter
  r.summary.push_back({"exports.total.yoy", month(2027, 4), "pct", spread(6, 4)});
  const std::string text = terminal_table(r, sample_context(), plain());
  EXPECT_EQ(line_with(text, "2027-03 "), "");
  EXPECT_NE(line_with(text, "2027-04 "), "");
  EXPECT_LT(text.find("2027Q1"), text.find("2027-04 "));
}

TEST(TerminalTable, SaysWhenTheRunWasStopped) {
  RunResults r = sample_results();
  EXPECT_EQ(terminal_table(r, sample_context(), plain()).find("Stopped early"), std::string::npos);
  r.statistics.paths_done = 640;
  EXPECT_NE(terminal_table(r, sample_context(), plain()).find("rest on 640 of 1,000 paths."), std::string::npos);
}

TEST(TerminalTable, ComparesTheSpreadWithThatOfThePast) {
  RunResults r = sample_results();
  r.spread = {{1, month(2026, 6), 5.44, 6.2, 146}};
  EXPECT_EQ(line_with(terminal_table(r, sample_context(), plain()), "forecasts, 1 release ahead"),
            "  2026-06          5.4     6.2  (146 forecasts, 1 release ahead)");
}

TEST(Contributions, ShowTheLargestByProductMarketDriverPriceAndVolume) {
  const std::string text = contribution_tables(sample_results(), {year(2026)}, plain());
  EXPECT_NE(text.find("by product (largest 6 of 8)"), std::string::npos) << text;
  EXPECT_NE(text.find("  by market\n"), std::string::npos);
  EXPECT_NE(text.find("  by driver\n"), std::string::npos);
  EXPECT_NE(text.find("  by price and volume\n"), std::string::npos);
  EXPECT_EQ(line_with(text, "good0"), "  good0                    -5.00 ±0.05    -6.8 to -3.8");
  EXPECT_EQ(line_with(text, "good5"), "");  // the smallest of eight
  EXPECT_LT(text.find("good0"), text.find("good1"));
  EXPECT_EQ(text.find("99"), std::string::npos);  // another series' split is not the total's
  EXPECT_EQ(contribution_tables(sample_results(), {year(2027)}, plain()), "");
}

TEST(Contributions, StandSideBySideWhereTheTerminalIsWide) {
  const std::string wide = contribution_tables(sample_results(), {year(2026)}, plain(140));
  EXPECT_NE(line_with(wide, "by product").find("by market"), std::string::npos);
  EXPECT_NE(line_with(wide, "by driver").find("by price and volume"), std::string::npos);
  const std::string left = line_with(wide, "good0");
  EXPECT_EQ(text_width(left.substr(0, left.find("asean"))), 56);
}

TEST(Colour, IsAllThatAColourTerminalAdds) {
  const auto table = [](TerminalStyle::Colour colour) {
    return terminal_table(sample_results(), sample_context(), {colour, 140});
  };
  std::string coloured = table(TerminalStyle::Colour::on);
  const std::string without = table(TerminalStyle::Colour::off);
  EXPECT_EQ(without.find('\x1b'), std::string::npos);
  EXPECT_NE(coloured.find('\x1b'), std::string::npos);
  for (std::size_t at = 0; (at = coloured.find('\x1b')) != std::string::npos;)
    coloured.erase(at, coloured.find('m', at) - at + 1);
  EXPECT_EQ(coloured, without);
}

TEST(GrowthStrip, PutsEveryQuantileAtItsPlace) {
  // -8 .. 8 on 17 columns: a column a point. Quantiles at -4, -3, -2, -1, 0, 1, 2, 3, 4.
  EXPECT_EQ(growth_strip(spread(0, 2), -8, 8, 17, plain()), "    ─░░▓┃▓░░─    ");
  EXPECT_EQ(growth_strip(spread(4, 2), -8, 8, 17, plain()), "        ┊░░▓┃▓░░─");  // zero shows on the thin line
  EXPECT_EQ(growth_strip(spread(6, 0), -8, 8, 17, plain()), "        ┊     ┃  ");
}

TEST(GrowthStrip, IsEmptyWhereNothingCanBeDrawn) {
  Distribution d = spread(0, 2);
  EXPECT_EQ(growth_strip(d, 3, 3, 20, plain()), "");
  d.quantile[8] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(growth_strip(d, -8, 8, 17, plain()), "");
  RunResults one_path = sample_results();
  one_path.summary[3].distribution = d;
  EXPECT_EQ(terminal_table(one_path, sample_context(), plain()).find("Distribution, growth"), std::string::npos);
}

TEST(StripAxis, LabelsRoundNumbersUnderTheirColumns) {
  EXPECT_EQ(strip_axis(-10, 10, 41), "-10      -5         0        +5       +10");
  EXPECT_EQ(strip_axis(0, 1, 41).find("+0.5"), 18U);
  EXPECT_EQ(strip_axis(5, 5, 41), "");
  EXPECT_LE(strip_axis(-100, 1e60, 41).size(), 41U);           // labels too long to stand
  EXPECT_EQ(strip_axis(1e17, 1e17 + 64, 41).size() % 41, 0U);  // neighbours that a double hardly tells apart
}

}  // namespace
}  // namespace plimsoll
