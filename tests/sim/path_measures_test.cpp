#include "sim/path_measures.hpp"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

constexpr Month kAsOf = Month::of(2026, 5);

/// 100 a month for two years, then what is given.
MonthlyExports after(const std::vector<double>& months) {
  MonthlyExports path{kAsOf - 23, std::vector<double>(24, 100.0), kAsOf};
  path.values.insert(path.values.end(), months.begin(), months.end());
  return path;
}

TEST(PeakToTrough, OfASteadyOrRisingPathIsNothing) {
  EXPECT_EQ(peak_to_trough_pct(after({100, 100, 100})), 0);
  EXPECT_EQ(peak_to_trough_pct(after({110, 120, 130})), 0);
}

TEST(PeakToTrough, IsTheDeepestFallOfTheTwelveMonthSumFromItsPeak) {
  // Sums: 1200, then 1320 (+120), 1260, 1200, 1290: from 1320 to 1200.
  EXPECT_NEAR(peak_to_trough_pct(after({220, 40, 40, 190})), 100 * 120.0 / 1320, 1e-12);
  // A fall at once counts from the observed sum.
  EXPECT_NEAR(peak_to_trough_pct(after({40, 160})), 100 * 60.0 / 1200, 1e-12);
}

TEST(MonthsBelowZero, CountWhatLiesBelowAYearBefore) { EXPECT_EQ(months_below_zero(after({99, 101, 100, 99})), 2); }

TEST(MonthsBelowZero, CountJanuaryAndFebruaryAsOneSeason) {
  //            6    7    8    9    10   11   12   1   2
  const std::vector<double> calm(7, 100.0);
  std::vector<double> months = calm;
  months.insert(months.end(), {60, 130});  // 190 against 200
  EXPECT_EQ(months_below_zero(after(months)), 2);
  months.back() = 150;  // a late new year alone is no fall
  EXPECT_EQ(months_below_zero(after(months)), 0);
  months.pop_back();  // the horizon is January: it stands alone
  EXPECT_EQ(months_below_zero(after(months)), 1);
}

TEST(MonthsBelowZero, CountFebruaryAloneWhenJanuaryIsObserved) {
  const Month january = Month::of(2026, 1);
  MonthlyExports path{january - 23, std::vector<double>(24, 100.0), january};
  path.values.push_back(90);
  EXPECT_EQ(months_below_zero(path), 1);
}

TEST(RecoveryOf, APathThatKeepsUpIsNotHit) {
  const Recovery r = recovery_of(after({99.5, 100, 103}), after({100, 100, 100}), 1);
  EXPECT_FALSE(r.hit);
  EXPECT_EQ(r.months, 0);
}

TEST(RecoveryOf, CountsFromTheFirstMonthBelowToTheFirstFromWhichNoneIs) {
  const Recovery r = recovery_of(after({100, 90, 100, 95, 100, 100}), after({100, 100, 100, 100, 100, 100}), 1);
  EXPECT_TRUE(r.hit);
  EXPECT_TRUE(r.recovered);
  EXPECT_EQ(r.months, 3);  // below in the second and fourth month, back in the fifth
}

TEST(RecoveryOf, APathThatEndsBelowDoesNotRecover) {
  const Recovery r = recovery_of(after({100, 90, 98}), after({100, 100, 100}), 1);
  EXPECT_TRUE(r.hit);
  EXPECT_FALSE(r.recovered);
  EXPECT_EQ(r.months, 2);
}

}  // namespace
}  // namespace plimsoll
