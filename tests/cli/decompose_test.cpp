#include <gtest/gtest.h>

#include <fstream>

#include "program.hpp"
#include "scenarios/csv.hpp"

namespace plimsoll {
namespace {

const std::string kMays =
    "flow,product,market,period,value_usd_bn,quantity,quantity_unit\n"
    "exports,,,2025-05,100,,\nexports,,,2026-05,110,,\n"
    "exports,手机,,2025-05,10,5,万台\nexports,手机,,2026-05,12,6,万台\n"
    "exports,Lanterns,,2025-05,2,,\nexports,Lanterns,,2026-05,1,,\n"
    "exports,,美国,2025-05,20,,\nexports,,美国,2026-05,19,,\n";

class Decompose : public ::testing::Test {
 protected:
  ProgramFolder folder_;
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_.path() / file, std::ios::binary) << text;
  }
  static void expect_parts(const std::string& text, std::initializer_list<const char*> parts) {
    for (const char* part : parts) EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
};

TEST_F(Decompose, PrintsTablesInBothLanguages) {
  write("data.csv", kMays);
  const Outcome en = folder_.run("decompose data.csv");
  ASSERT_EQ(en.code, 0) << en.err;
  expect_parts(
      en.out, {"Exports in May 2026: 110.0 USD bn, +10.0% on a year earlier", "Mobile phones", "+2.00", "United States",
               "-1.00", "Not a group of the calibration", "Lanterns", "no Monte Carlo error"});
  const Outcome zh = folder_.run("decompose data.csv --language zh --period 2026-05");
  ASSERT_EQ(zh.code, 0) << zh.err;
  expect_parts(zh.out, {"2026年5月出口1100.0亿美元，同比+10.0%", "手机", "拉动", "贡献率%", "美国", "Lanterns"});
  EXPECT_EQ(folder_.run("decompose data.csv").out, en.out);
  write("lines.csv", "flow,product,market,period,value_rmb_bn\nexports,Toys,,2025-05,3\nexports,Toys,,2026-05,5\n");
  expect_parts(folder_.run("decompose lines.csv").out,
               {"Exports of the lines listed in May 2026: 5.0 RMB bn", "it is the sum of the products above",
                "Only a part of the group is in the data: Labour-intensive goods (Toys)"});
}

TEST_F(Decompose, WritesContributionsThatAddUpAndWhatEachLineCountsAs) {
  write("data.csv", kMays);
  const Outcome outcome = folder_.run("decompose data.csv --out tables --format csv");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, folder_.read("tables/contributions.csv"));
  const CsvTable table = parse_csv(outcome.out, "contributions.csv");
  double products = 0;
  for (const CsvTable::Row& row : table.rows) {
    if (row.fields[1] == "product" && row.fields[3].empty())
      products += std::stod(row.fields[static_cast<std::size_t>(table.column("contribution_pp"))]);
  }
  EXPECT_NEAR(products, 10, 1e-12);
  expect_parts(folder_.read("tables/lines.csv"), {"exports,product,手机,phones,yes,,units,data.csv,4",
                                                  "exports,product,Lanterns,Lanterns,no,,,data.csv,6"});
  EXPECT_EQ(folder_.run("decompose data.csv --out tables").code, 2);  // not empty
  expect_parts(folder_.run("decompose data.csv --format json").out, {"\"plimsoll_decomposition\": 1", "\"unmatched\""});
}

TEST_F(Decompose, RefusesBadDataWithPlacesAndWritesNothing) {
  write("data.csv", kMays + "exports,手机,,2026-05,12,6,万台\nexports,Toys,,2026-05,-3,,\n");
  const Outcome outcome = folder_.run("decompose data.csv --out tables");
  EXPECT_EQ(outcome.code, 4);
  EXPECT_TRUE(outcome.out.empty());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "tables"));
  expect_parts(outcome.err, {"data.csv:11:23: error: value is negative: -3", "why: ", "hint: "});
  write("data.csv", kMays + "exports,手机,,2026-05,12,6,万台\n");
  expect_parts(folder_.run("decompose data.csv").err, {"data.csv:10:1: error: 手机: 2026-05 stands twice"});
  write("one.csv", "flow,product,market,period,value_usd_bn\nexports,,,2026-05,1\n");
  EXPECT_EQ(folder_.run("decompose one.csv").code, 4);
  EXPECT_EQ(folder_.run("decompose nowhere.csv").code, 4);
  EXPECT_EQ(folder_.run("decompose .").code, 4);
}

TEST_F(Decompose, AnswersUsageErrorsWithExitCodeTwo) {
  write("data.csv", kMays);
  for (const char* arguments : {"", "data.csv --of balance", "data.csv --period May", "data.csv --language de",
                                "data.csv --language en,zh", "data.csv --paths 5", "data.csv --format xml"}) {
    const Outcome outcome = folder_.run(std::string("decompose ") + arguments);
    EXPECT_EQ(outcome.code, 2) << arguments << "\n" << outcome.err;
    EXPECT_TRUE(outcome.out.empty()) << arguments;
  }
  EXPECT_EQ(folder_.run("decompose data.csv --of imports").code, 4);
}

}  // namespace
}  // namespace plimsoll
