#include "sim/sampling_design.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "gtest/gtest.h"

namespace plimsoll {
namespace {

using Point = std::vector<double>;
const std::vector<std::string> kThree{"capex", "memory", "tariff"};

TEST(SamplingDesign, GridHasEveryCombinationOnceTheLastDimensionFastest) {
  const SamplingDesign design = SamplingDesign::grid({2, 3, 2});
  ASSERT_EQ(design.points(), 12);
  std::set<std::vector<std::int64_t>> seen;
  for (std::int64_t k = 0; k < 12; ++k) {
    const std::vector<std::int64_t> at = design.levels_at(k);
    seen.insert(at);
    EXPECT_EQ(at[0] * 6 + at[1] * 2 + at[2], k);
  }
  EXPECT_EQ(seen.size(), 12U);
}

TEST(SamplingDesign, ZipGoesThroughAllListsAtOnce) {
  const SamplingDesign design = SamplingDesign::zip(3, 5);
  EXPECT_EQ(design.points(), 5);
  EXPECT_EQ(design.levels_at(4), (std::vector<std::int64_t>{4, 4, 4}));
}

TEST(SamplingDesign, LatinHypercubeHasEachStratumOnce) {
  for (const int n : {1, 2, 7, 100}) {
    const SamplingDesign design = SamplingDesign::latin_hypercube(kThree, n, 5);
    for (std::size_t d = 0; d < 3; ++d) {
      std::set<int> strata;
      for (int k = 0; k < n; ++k) {
        const double u = design.at(k)[d];
        EXPECT_GT(u, 0);
        EXPECT_LT(u, 1);
        strata.insert(static_cast<int>(u * n));
      }
      EXPECT_EQ(strata.size(), static_cast<std::size_t>(n));
    }
  }
}

TEST(SamplingDesign, LatinHypercubeOrdersEveryPermutationAlike) {
  // 6 orders of 3 strata in 6000 designs: each a binomial count of mean 1000 and sd 29.
  std::vector<int> count(27);
  for (std::uint64_t seed = 0; seed < 6000; ++seed) {
    const SamplingDesign design = SamplingDesign::latin_hypercube({"x"}, 3, seed);
    int code = 0;
    for (int k = 0; k < 3; ++k) code = 3 * code + static_cast<int>(design.at(k)[0] * 3);
    ++count[static_cast<std::size_t>(code)];
  }
  EXPECT_EQ(std::count(count.begin(), count.end(), 0), 21);
  for (const int n : count) {
    if (n > 0) {
      EXPECT_NEAR(n, 1000, 150);
    }
  }
}

TEST(SamplingDesign, SobolPointsAreANetInEveryPairOfDimensions) {
  // Of 2^8 points every dyadic box of 2^-a x 2^-(8 - a) in the first two dimensions has one, and scrambling keeps that.
  const SamplingDesign design = SamplingDesign::sobol(kThree, 256, 11);
  for (int a = 0; a <= 8; ++a) {
    std::set<std::pair<int, int>> boxes;
    for (int k = 0; k < 256; ++k) {
      const Point u = design.at(k);
      boxes.insert({static_cast<int>(std::ldexp(u[0], a)), static_cast<int>(std::ldexp(u[1], 8 - a))});
    }
    EXPECT_EQ(boxes.size(), 256U) << a;
  }
}

TEST(SamplingDesign, SobolPointsIntegrateAProductClosely) {
  // The mean of 27 u v w (each times 3/2 - 1/2) is known; random points would miss it by some 0.03.
  const SamplingDesign design = SamplingDesign::sobol(kThree, 1024, 3);
  double sum = 0;
  for (int k = 0; k < 1024; ++k) {
    double product = 1;
    for (const double u : design.at(k)) product *= 0.5 + u;
    sum += product;
  }
  EXPECT_NEAR(sum / 1024, 1, 1e-3);
}

TEST(SamplingDesign, SaltelliExchangesOneColumnAtATime) {
  const SamplingDesign design = SamplingDesign::saltelli(kThree, 8, 2);
  ASSERT_EQ(design.points(), 8 * 5);
  for (std::int64_t row = 0; row < 8; ++row) {
    const Point a = design.at(5 * row), b = design.at(5 * row + 1);
    for (std::size_t i = 0; i < 3; ++i) {
      const Point mixed = design.at(5 * row + 2 + static_cast<std::int64_t>(i));
      for (std::size_t d = 0; d < 3; ++d) {
        EXPECT_EQ(mixed[d], d == i ? b[d] : a[d]);
        EXPECT_NE(a[d], b[d]);
      }
    }
  }
}

TEST(SamplingDesign, MorrisMovesOneDimensionByHalfAtATimeAndEachOnce) {
  for (const int levels : {2, 4, 8}) {
    const SamplingDesign design = SamplingDesign::morris(kThree, 20, levels, 9);
    ASSERT_EQ(design.points(), 80);
    for (std::int64_t t = 0; t < 20; ++t) {
      std::set<std::size_t> moved;
      for (std::int64_t step = 1; step <= 3; ++step) {
        const Point before = design.at(4 * t + step - 1), after = design.at(4 * t + step);
        for (std::size_t d = 0; d < 3; ++d) {
          EXPECT_DOUBLE_EQ(std::fmod(before[d] * levels, 1), 0.5);
          if (before[d] == after[d]) continue;
          EXPECT_DOUBLE_EQ(std::abs(after[d] - before[d]), kMorrisStep);
          moved.insert(d);
        }
        EXPECT_EQ(moved.size(), static_cast<std::size_t>(step));
      }
    }
  }
}

TEST(SamplingDesign, OneMoreDimensionOrPointLeavesTheOthersAlone) {
  const std::vector<std::string> four{"capex", "memory", "tariff", "oil"};
  const auto same = [&](const SamplingDesign& few, const SamplingDesign& more, std::int64_t points) {
    for (std::int64_t k = 0; k < points; ++k) {
      for (std::size_t d = 0; d < 3; ++d) EXPECT_EQ(few.at(k)[d], more.at(k)[d]);
    }
  };
  same(SamplingDesign::sobol(kThree, 16, 1), SamplingDesign::sobol(four, 32, 1), 16);
  same(SamplingDesign::latin_hypercube(kThree, 16, 1), SamplingDesign::latin_hypercube(four, 16, 1), 16);
  same(SamplingDesign::saltelli(kThree, 4, 1), SamplingDesign::saltelli(kThree, 8, 1), 20);
  same(SamplingDesign::morris(kThree, 4, 4, 1), SamplingDesign::morris(kThree, 8, 4, 1), 16);
}

TEST(SamplingDesign, AnotherSeedIsAnotherDesign) {
  EXPECT_NE(SamplingDesign::sobol(kThree, 4, 1).at(2), SamplingDesign::sobol(kThree, 4, 2).at(2));
  EXPECT_NE(SamplingDesign::latin_hypercube(kThree, 4, 1).at(2), SamplingDesign::latin_hypercube(kThree, 4, 0).at(2));
  EXPECT_NE(SamplingDesign::saltelli(kThree, 4, 1).at(2), SamplingDesign::saltelli(kThree, 4, 0).at(2));
}

}  // namespace
}  // namespace plimsoll
