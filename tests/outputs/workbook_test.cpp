// What openpyxl cannot see: cut files, sheets too long, texts that look like formulas. The figures are checked through
// the program, by tests/cli/check_documents.py.
#include <gtest/gtest.h>

#include "outputs/svg/charts.hpp"
#include "outputs/xlsx/report_workbook.hpp"
#include "outputs/xlsx/workbook_writer.hpp"
#include "tests/outputs/sample_results.hpp"
#include "tests/outputs/small_files.hpp"

namespace plimsoll {
namespace {

std::string workbook_of(const RunResults& results, const RunContext& context, const TestFolder& folder) {
  return report_workbook({{&results, &context, std::string(64, 'd')}}, Language::en, folder.path());
}

TEST(Workbook, IsTheSameBytesEveryTimeAndLeavesNoScratch) {
  const TestFolder folder;
  const std::string bytes = workbook_of(sample_results(), sample_context(), folder);
  EXPECT_TRUE(bytes.starts_with("PK"));
  EXPECT_TRUE(bytes == workbook_of(sample_results(), sample_context(), folder));
  EXPECT_EQ(folder.files(), 0U);
}

TEST(Workbook, ThatWasCutAnywhereIsNoticed) {
  const TestFolder folder;
  const std::string bytes = workbook_of(sample_results(), sample_context(), folder);
  EXPECT_NO_THROW(check_workbook(bytes, "whole.xlsx"));
  for (const std::size_t length : {std::size_t{0}, std::size_t{50}, bytes.size() / 2, bytes.size() - 1})
    EXPECT_THROW(check_workbook(bytes.substr(0, length), "cut.xlsx"), std::runtime_error) << length;
}

TEST(Workbook, RefusesMoreRowsThanExcelHoldsAndNamesThatItCannotHold) {
  const TestFolder folder;
  WorkbookWriter writer(folder / "a.xlsx", "a.xlsx", "title", "2026-06-10T08:00:00Z");
  const std::vector<Column> columns{{"Number", NumberLook::whole, 10}};
  EXPECT_THROW(writer.add({"long", columns, std::vector<std::vector<Cell>>(1'048'576)}), std::runtime_error);
  EXPECT_THROW(writer.add({"a name that is longer than Excel allows", columns, {}}), std::runtime_error);
}

TEST(Workbook, OfAFullDiskThrowsAndLeavesNothing) {
  RunResults results = sample_results();
  for (int k = 0; k < 3000; ++k) results.summary.push_back(results.summary.front());
  const TestFolder folder;
  {
    const SmallFiles full(100'000);
    EXPECT_THROW(workbook_of(results, sample_context(), folder), std::runtime_error);
  }
  EXPECT_EQ(folder.files(), 0U);
}

TEST(Charts, EscapeTitlesAndAreSilentWithoutData) {
  RunContext context = sample_context();
  context.title_en = "<b>&\"";
  const std::string svg = fan_svg(sample_results(), context, Language::en);
  EXPECT_NE(svg.find("Growth of exports: &lt;b&gt;&amp;&quot;"), std::string::npos);
  EXPECT_NE(svg.find("Monte Carlo error: at most 0.07 pp"), std::string::npos);
  EXPECT_EQ(fan_svg(RunResults{}, context, Language::en), "");
  EXPECT_EQ(contributions_svg(RunResults{}, context, Language::zh), "");
}

}  // namespace
}  // namespace plimsoll
