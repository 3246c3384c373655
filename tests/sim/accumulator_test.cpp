#include "sim/accumulator.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace plimsoll {
namespace {

TEST(FixedPoint, RoundsToTwoToTheMinusSixty) {
  EXPECT_EQ(from_fixed_point(to_fixed_point(1.5)), 1.5);
  EXPECT_EQ(from_fixed_point(to_fixed_point(-1e9)), -1e9);
  EXPECT_EQ(from_fixed_point(to_fixed_point(0x1p-62)), 0);
}

TEST(FixedPoint, IsTheScaledNumberRoundedToEvenWhateverItsSize) {
  for (int exponent = -70; exponent < 62; ++exponent) {
    for (const double mantissa : {1.0, 1.5, 1.25, 0x1.fffffffffffffp0, 0x1.0000000000001p0, 0x1.8000000000001p0}) {
      for (const double x : {std::ldexp(mantissa, exponent), -std::ldexp(mantissa, exponent)})
        EXPECT_TRUE(to_fixed_point(x) == static_cast<Int128>(std::rint(std::ldexp(x, kFixedPointBits)))) << x;
    }
  }
}

TEST(Accumulator, GivesTheSameSumsInAnyOrderOfMerging) {
  Accumulator a(2), b(2), ab(2), ba(2);
  a.add_block({0.1, 1e12}, {3.3, 1}, 256);
  b.add_block({1e-9, -0.7}, {2.2, 5}, 256);
  a.counters(0).counts[5] = 7;
  b.counters(0).counts[5] = 4;
  ab.merge(a);
  ab.merge(b);
  ba.merge(b);
  ba.merge(a);
  for (int o = 0; o < 2; ++o) {
    EXPECT_EQ(ab.sum(o), ba.sum(o));
    EXPECT_EQ(ab.square(o), ba.square(o));
  }
  EXPECT_EQ(ab.count(0, 5), 11U);
  EXPECT_EQ(ab.paths(), 512);
}

}  // namespace
}  // namespace plimsoll
