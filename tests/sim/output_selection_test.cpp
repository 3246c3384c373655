#include "sim/output_selection.hpp"

#include <gtest/gtest.h>

#include "test_calibration.hpp"

namespace plimsoll {
namespace {

TEST(Periods, JoinJanuaryAndFebruaryAndNeverNameThemAlone) {
  std::string names;
  for (const Period& p : reported_periods(Month::of(2026, 5), Month::of(2027, 3), false)) names += to_string(p) + " ";
  EXPECT_EQ(
      names,
      "2026-06 2026-07 2026-08 2026-09 2026-10 2026-11 2026-12 2027-01..02 2027-03 2026Q2 2026Q3 2026Q4 2027Q1 2026 "
      "2026-06ytd 2026-07ytd 2026-08ytd 2026-09ytd 2026-10ytd 2026-11ytd 2026-12ytd 2027-02ytd 2027-03ytd ");
}

TEST(Periods, NameJanuaryAndFebruaryOnRequest) {
  int single = 0;
  for (const Period& p : reported_periods(Month::of(2026, 5), Month::of(2027, 3), true)) {
    single += p.frequency == Frequency::month && p.first == p.last && p.first.month() <= 2;
  }
  EXPECT_EQ(single, 2);
}

TEST(Patterns, MatchAnyRunOfCharactersAtAStar) {
  EXPECT_TRUE(matches_pattern("exports.total.*", "exports.total.yoy"));
  EXPECT_TRUE(matches_pattern("exports.product.*.yoy", "exports.product.memory.yoy"));
  EXPECT_FALSE(matches_pattern("exports.product.*.yoy", "exports.product.memory.value"));
  EXPECT_TRUE(matches_pattern("*", "x"));
  EXPECT_FALSE(matches_pattern("exports.total", "exports.total.yoy"));
}

TEST(Selection, ComputesOnlyWhatTheReportAsksFor) {
  const Calibration c = quiet_calibration(2, 3);
  Scenario s = quiet_scenario(c, 7);
  s.report.series = {"exports.market.m1.value"};
  const OutputSelection few = select_outputs(s, c);
  for (const OutputLabel& label : few.labels) EXPECT_EQ(label.series, "exports.market.m1.value");
  EXPECT_FALSE(few.labels.empty());
}

TEST(Selection, AddsWhatIsObservedToAYearUnderWay) {
  const Calibration c = quiet_calibration(1, 1);
  const OutputSelection all = select_outputs(quiet_scenario(c, 7), c);
  for (std::size_t o = 0; o < all.labels.size(); ++o) {
    if (all.labels[o].series != "exports.total.yoy" || to_string(all.labels[o].period) != "2026") continue;
    EXPECT_DOUBLE_EQ(all.plans[o].now.known, 50);
    EXPECT_EQ(all.plans[o].now.from, 1);
    EXPECT_EQ(all.plans[o].now.to, 7);
    EXPECT_DOUBLE_EQ(all.plans[o].before.known, 120);
    return;
  }
  FAIL() << "no annual growth";
}

}  // namespace
}  // namespace plimsoll
