#include "scenarios/statistic_text.hpp"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(StatisticText, IsReadAndWrittenBack) {
  for (const char* text : {"p05(exports.total.yoy@2027) < -8", "mean(driver.memory_price.level@2027-12) > 100",
                           "sd(exports.total.yoy@2027-01..02) > 1.5",
                           "prob(exports.total.yoy@2027 < 0 and driver.memory_price.level@2027-12 < 100) > 0.25"}) {
    Problem problem;
    const std::optional<Gate> gate = parse_gate(text, problem);
    ASSERT_TRUE(gate) << text << ": " << problem.what;
    EXPECT_EQ(to_string(*gate), text);
  }
}

TEST(StatisticText, TakesBlanksWhereTheyHelp) {
  Problem problem;
  EXPECT_EQ(to_string(*parse_gate(" p95( exports.total.yoy@2027 )>3 ", problem)), "p95(exports.total.yoy@2027) > 3");
  const std::optional<JointEvent> event = parse_event("a@2027<0  and  b@2027Q1 > 1e2", problem);
  ASSERT_TRUE(event);
  ASSERT_EQ(event->conditions.size(), 2U);
  EXPECT_EQ(event->conditions[1].cell, (CellName{"b", "2027Q1"}));
  EXPECT_EQ(event->conditions[1].side, Side::above);
  EXPECT_EQ(event->conditions[1].threshold, 100);
}

TEST(StatisticText, SaysWhatIsWrongWithWhatItDoesNotTake) {
  const auto refused = [](const std::string& text) {
    Problem problem;
    EXPECT_FALSE(parse_gate(text, problem)) << text;
    EXPECT_FALSE(problem.hint.empty()) << text;
    return problem.what;
  };
  EXPECT_EQ(refused("p07(a@2027) < 0"), "'p07' is no statistic");
  EXPECT_EQ(refused("p05(a@2027)"), "'p05(a@2027)' compares with nothing");
  EXPECT_EQ(refused("p05(a@2027) <= 0"), "'p05(a@2027) <= 0' asks for equality");
  EXPECT_EQ(refused("p05(a@2027) < low"), "'low' is not a number");
  EXPECT_EQ(refused("p05(a*@2027) < 0"), "'a*@2027' is no cell");
  EXPECT_EQ(refused("p05(a@2027@2028) < 0"), "'a@2027@2028' is no cell");
  EXPECT_EQ(refused("prob(a@2027) < 0.5"), "'a@2027' compares with nothing");
  EXPECT_EQ(refused("prob(a@2027 < 0) > 20"), "20 is no probability");
  EXPECT_EQ(refused("a@2027 < 0"), "'a@2027 < 0' is no gate");
}

}  // namespace
}  // namespace plimsoll
