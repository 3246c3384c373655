#include "scenarios/csv.hpp"

#include <gtest/gtest.h>

#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

TEST(Csv, ReadsQuotedFieldsWithCommasQuotesAndLineBreaks) {
  const CsvTable t = parse_csv(
      "\xEF\xBB\xBF"
      "a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n2,\n",
      "t.csv");
  ASSERT_EQ(t.rows.size(), 2U);
  EXPECT_EQ(t.rows[0].fields[1], "x, \"y\"\nz");
  EXPECT_EQ(t.rows[0].line, 2);
  EXPECT_EQ(t.rows[1].line, 4);
  EXPECT_EQ(t.rows[1].fields[1], "");
  EXPECT_EQ(t.column("b"), 1);
  EXPECT_EQ(t.column("c"), -1);
}

TEST(Csv, RefusesWhatIsNoTableWithLineAndColumn) {
  const auto place = [](const std::string& text) {
    try {
      parse_csv(text, "t.csv");
    } catch (const InputError& error) {
      return to_string(error.problems().front().place);
    }
    return std::string("accepted");
  };
  EXPECT_EQ(place("a,b\n1\n"), "t.csv:2:1");
  EXPECT_EQ(place("a,b\n1,2\"\n"), "t.csv:2:4");
  EXPECT_EQ(place("a,b\n1,\"2\n"), "t.csv:2:3");
  EXPECT_EQ(place("a,b,a\n"), "t.csv:1:5");
  EXPECT_EQ(place(""), "t.csv:1:1");
  EXPECT_EQ(place("a,b\n1,\xFF\n"), "t.csv:2:3");
  EXPECT_EQ(place("a,b\n1,\xED\xA0\x80\n"), "t.csv:2:3");  // a surrogate
  EXPECT_EQ(place("a,b\n\xC0\xAF,1\n"), "t.csv:2:1");      // overlong
  EXPECT_EQ(place(std::string("a,b\n1,2\n3,\0\n", 12)), "t.csv:3:3");
  EXPECT_EQ(place("a,b\n1\r2,3\n"), "t.csv:2:2");
  EXPECT_EQ(place("a,b\n\"1\"x,3\n"), "t.csv:2:4");
  EXPECT_EQ(place("a,b\n1,2\n"), "accepted");
}

}  // namespace
}  // namespace plimsoll
