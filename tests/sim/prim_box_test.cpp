/// Boxes found in samples whose target region is a box.
#include "sim/prim_box.hpp"

#include <gtest/gtest.h>

#include <random>

namespace plimsoll {
namespace {

/// Uniform points of three variables; hit where x0 < 0.3 and x1 > 0.6.
BoxSample corner(bool weighted) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> uniform;
  BoxSample s{std::vector<std::vector<double>>(3), {}, {}};
  for (int k = 0; k < 8000; ++k) {
    // Weighted: twice as dense below 0.5 in the first variable, at half the weight.
    double x = uniform(random), weight = 1;
    if (weighted) {
      const bool low = uniform(random) < 2.0 / 3;
      x = low ? x / 2 : 0.5 + x / 2;
      weight = low ? 0.75 : 1.5;
    }
    s.x[0].push_back(x);
    s.x[1].push_back(uniform(random));
    s.x[2].push_back(uniform(random));
    s.weight.push_back(weight);
    s.hit.push_back(s.x[0].back() < 0.3 && s.x[1].back() > 0.6 ? 1 : 0);
  }
  return s;
}

TEST(PrimBox, FindsTheCornerAndLeavesTheThirdVariableAlone) {
  for (const bool weighted : {false, true}) {
    const PrimBox box = find_box(corner(weighted));
    ASSERT_EQ(box.sides.size(), 2U) << weighted;
    EXPECT_EQ(box.sides[0].variable, 0U);
    EXPECT_TRUE(box.sides[0].is_upper);
    EXPECT_NEAR(box.sides[0].bound, 0.3, 0.03);
    EXPECT_EQ(box.sides[1].variable, 1U);
    EXPECT_FALSE(box.sides[1].is_upper);
    EXPECT_NEAR(box.sides[1].bound, 0.6, 0.03);
    EXPECT_GT(box.density, 0.9);
    EXPECT_GT(box.coverage, 0.9);
    EXPECT_NEAR(box.support, 0.12, 0.015);
    EXPECT_LT(box.se_density, 0.02);
  }
}

/// Points of a block take turns between two halves of the first variable; hit by a third of those below 0.3.
BoxSample by_turns(int points) {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> uniform;
  BoxSample s{std::vector<std::vector<double>>(2), {}, {}};
  for (int k = 0; k < points; ++k) {
    s.x[0].push_back(uniform(random) / 2 + (k % 2 == 0 ? 0 : 0.5));
    s.x[1].push_back(uniform(random));
    s.weight.push_back(1);
    s.hit.push_back(s.x[0].back() < 0.3 && uniform(random) < 1.0 / 3 ? 1 : 0);
  }
  return s;
}

TEST(PrimBox, HasErrorsThatShrinkWithThePointsAndHold) {
  const PrimBox few = find_box(by_turns(8192)), many = find_box(by_turns(131072));
  for (const PrimBox& box : {few, many}) {
    ASSERT_EQ(box.sides.size(), 1U);
    EXPECT_NEAR(box.density, 1.0 / 3, 4 * box.se_density + 0.01);  // a bound a little off adds to the error
  }
  EXPECT_NEAR(many.se_density, few.se_density / 4, few.se_density / 8);
}

TEST(PrimBox, HasNoSidesWhereHitsAreChance) {
  std::mt19937_64 random(13);
  std::uniform_real_distribution<double> uniform;
  for (int repeat = 0; repeat < 20; ++repeat) {
    BoxSample s{std::vector<std::vector<double>>(6), {}, {}};
    for (int k = 0; k < 2048; ++k) {
      for (std::vector<double>& x : s.x) x.push_back(uniform(random));
      s.weight.push_back(1);
      s.hit.push_back(uniform(random) < 0.075 ? 1 : 0);
    }
    EXPECT_TRUE(find_box(s).sides.empty()) << repeat;
  }
}

TEST(PrimBox, HasNoSidesWithoutHits) {
  BoxSample s = corner(false);
  s.hit.assign(s.hit.size(), 0);
  EXPECT_TRUE(find_box(s).sides.empty());
}

}  // namespace
}  // namespace plimsoll
