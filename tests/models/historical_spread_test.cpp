#include "models/historical_spread.hpp"

#include <gtest/gtest.h>

#include "models/calibration_reader.hpp"

namespace plimsoll {
namespace {

TEST(ReleasedPeriods, CountJanuaryAndFebruaryAsOne) {
  EXPECT_EQ(to_string(released_after(Month::of(2026, 5), 1)), "2026-06");
  EXPECT_EQ(to_string(released_after(Month::of(2026, 5), 8)), "2027-02");
  EXPECT_EQ(to_string(released_after(Month::of(2026, 5), 11)), "2027-05");
}

TEST(HistoricalSpread, GrowsWithTheHorizonOnRealData) {
  const auto spread = historical_spread(load_calibration("china-2026-05"), {1, 5, 12});
  ASSERT_EQ(spread.size(), 3U);
  EXPECT_GT(spread[0].sd_pp, 3);
  EXPECT_LT(spread[0].sd_pp, 8);
  EXPECT_GT(spread[1].sd_pp, spread[0].sd_pp);
  EXPECT_GT(spread[2].sd_pp, spread[1].sd_pp);
  EXPECT_GT(spread[2].forecasts, 120);
}

}  // namespace
}  // namespace plimsoll
