#include "sim/program/progress.hpp"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(Pace, CountsFromTheFirstReport) {
  Pace pace;
  EXPECT_FALSE(pace.seconds_left(0, 100, 50)) << "a search of 50 seconds says nothing of the paths to come";
  EXPECT_DOUBLE_EQ(*pace.seconds_left(10, 100, 52), 2.0 / 10 * 90);
  EXPECT_DOUBLE_EQ(*pace.seconds_left(100, 100, 70), 0);
}

TEST(Pace, LeavesOutWhatAnEarlierProcessDid) {
  Pace pace;
  EXPECT_FALSE(pace.seconds_left(900, 1000, 0));
  EXPECT_FALSE(pace.seconds_left(900, 1000, 1));
  EXPECT_DOUBLE_EQ(*pace.seconds_left(950, 1000, 10), 10);
}

}  // namespace
}  // namespace plimsoll
