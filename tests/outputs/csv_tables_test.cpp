#include <gtest/gtest.h>

#include <limits>

#include "outputs/csv_field.hpp"
#include "sample_results.hpp"
#include "scenarios/csv.hpp"

namespace plimsoll {
namespace {

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

TEST(CsvCells, AreQuotedWhereNeededAndEmptyWithoutANumber) {
  const double none = std::numeric_limits<double>::quiet_NaN(), beyond = std::numeric_limits<double>::infinity();
  EXPECT_EQ(csv_fields({"a", "b, c", "d \"e\""}), "a,\"b, c\",\"d \"\"e\"\"\"");
  EXPECT_EQ(csv_numbers({0.1, none, -0.0, beyond, 3}), ",0.1,,0,,3");
  EXPECT_EQ(csv_number(none), "");
  std::string row = "x";
  add_csv_numbers({2.5}, row);
  EXPECT_EQ(row, "x,2.5");
}

TEST(CsvTables, HaveTheDocumentedHeaders) {
  const RunResults nothing;
  EXPECT_EQ(summary_csv(nothing),
            "series,frequency,period,unit,paths,mean,sd,p01,p05,p10,p25,p50,p75,p90,p95,p99,se_mean,se_sd,se_p01,"
            "se_p05,se_p10,se_p25,se_p50,se_p75,se_p90,se_p95,se_p99\n");
  EXPECT_EQ(probabilities_csv(nothing), "series,frequency,period,event,threshold,probability,se\n");
  EXPECT_EQ(contributions_csv(nothing),
            "of,by,key,frequency,period,mean_pp,p05_pp,p50_pp,p95_pp,se_mean_pp,se_p05_pp,se_p50_pp,se_p95_pp\n");
}

TEST(CsvTables, GiveEveryFigureInTheFewestDigitsThatReadBackAsItself) {
  RunResults r;
  Distribution d = spread(0.1, 2);
  d.mean = 0.1 + 0.2;
  d.sd = -0.0;
  d.quantile[0] = 1e-7;
  d.quantile[8] = 123456789.5;
  r.summary = {{"exports.total.yoy", month(2026, 6), "pct", d}};
  const CsvTable table = parse_csv(summary_csv(r), "summary.csv");
  const auto cell = [&](const char* name) { return table.rows.at(0).fields[std::size_t(table.column(name))]; };
  EXPECT_EQ(cell("mean"), "0.30000000000000004");
  EXPECT_EQ(cell("sd"), "0");
  EXPECT_EQ(cell("p50"), "0.1");
  EXPECT_EQ(std::stod(cell("p01")), 1e-7);
  EXPECT_EQ(cell("p99"), "123456789.5");
  EXPECT_EQ(cell("paths"), "1000");
  EXPECT_EQ(cell("period"), "2026-06");
  EXPECT_EQ(cell("frequency"), "M");
}

TEST(CsvTables, LeaveACellEmptyWhereThereIsNoEstimate) {
  RunResults r = sample_results();
  r.summary.resize(1);
  r.summary[0].distribution.sd = std::numeric_limits<double>::quiet_NaN();
  r.summary[0].distribution.se_quantile[8] = std::numeric_limits<double>::infinity();
  const CsvTable table = parse_csv(summary_csv(r), "summary.csv");
  EXPECT_EQ(table.rows[0].fields[std::size_t(table.column("sd"))], "");
  EXPECT_EQ(table.rows[0].fields.back(), "");
  EXPECT_EQ(table.rows[0].fields.size(), table.header.size());
}

TEST(CsvTables, QuoteWhatNeedsItAndKeepEmptyCells) {
  EXPECT_EQ(csv_field("plain text"), "plain text");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"so\""), "\"say \"\"so\"\"\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
  RunResults r;
  r.contributions = {{"", "driver", "a,\"b\"", year(2026), spread(1, 1)}};
  const CsvTable table = parse_csv(contributions_csv(r), "contributions.csv");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0].fields[0], "");
  EXPECT_EQ(table.rows[0].fields[1], "driver");
  EXPECT_EQ(table.rows[0].fields[2], "a,\"b\"");
}

TEST(CsvTables, PutEachFigureUnderItsName) {
  const RunResults r = sample_results();
  const CsvTable contributions = parse_csv(contributions_csv(r), "contributions.csv");
  EXPECT_EQ(contributions.rows.size(), r.contributions.size());
  // Contribution of price: median 12.75, sd 1, quantiles half an sd apart.
  for (const CsvTable::Row& row : contributions.rows) {
    if (row.fields[2] != "price" || row.fields[0] != "exports.total.yoy") continue;
    EXPECT_EQ(row.fields, (std::vector<std::string>{"exports.total.yoy", "price_volume", "price", "A", "2026", "13",
                                                    "11.25", "12.75", "14.25", "0.05", "0.07", "0.07", "0.07"}));
  }
  EXPECT_NE(probabilities_csv(r).find("exports.total.yoy,A,2027,es_low,5,-14.25,0.5\n"), std::string::npos);
  EXPECT_EQ(first_line(summary_csv(r).substr(summary_csv(r).find("exports.total.yoy,Q"))),
            "exports.total.yoy,Q,2027Q1,pct,1000,8.25,4,0,2,4,6,8,10,12,14,16,0.05,0.04,0.07,0.07,0.07,0.07,0.07,0.07,"
            "0.07,0.07,0.07");
}

TEST(CsvTables, SayWhatTheWorstPathsLookLike) {
  RunResults r;
  EXPECT_EQ(tail_csv(r), "series,frequency,period,unit,mean,tail_mean,se_tail_mean\n");
  r.tail.emplace();
  r.tail->rows = {{"driver.oil_price.level", month(2027, 3), "usd_per_bbl", 80, 71.5, 0.25},
                  {"exports.total.yoy/driver/capex", year(2027), "pp", 1.75, -0.5, 0.0625}};
  EXPECT_EQ(tail_csv(r),
            "series,frequency,period,unit,mean,tail_mean,se_tail_mean\n"
            "driver.oil_price.level,M,2027-03,usd_per_bbl,80,71.5,0.25\n"
            "exports.total.yoy/driver/capex,A,2027,pp,1.75,-0.5,0.0625\n");
}

}  // namespace
}  // namespace plimsoll
