/// Design points against limit states whose nearest point is known on paper.
#include "sim/design_point.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace plimsoll {
namespace {

using Point = LimitState::Point;

LimitState limit_of(const std::function<double(const Point&)>& g, const std::function<Point(const Point&)>& gradient) {
  return {[g](const std::vector<Point>& points) {
            std::vector<double> values;
            for (const Point& u : points) values.push_back(g(u));
            return values;
          },
          gradient};
}

TEST(DesignPoint, OfALinearLimitStateIsOnItsNormal) {
  // g = 10 - 3 u0 - 4 u1: beta = 2, alpha = (0.6, 0.8).
  const LimitState limit = limit_of([](const Point& u) { return 10 - 3 * u[0] - 4 * u[1]; },
                                    [](const Point&) {
                                      return Point{-3, -4};
                                    });
  for (const Point& start : {Point{0, 0}, Point{-2, 1}, Point{5, -5}}) {
    const DesignPoint found = find_design_point(limit, start, 10);
    EXPECT_TRUE(found.converged);
    EXPECT_NEAR(found.beta, 2, 1e-9);
    EXPECT_NEAR(found.alpha[0], 0.6, 1e-9);
    EXPECT_NEAR(found.alpha[1], 0.8, 1e-9);
  }
}

TEST(DesignPoint, OfALognormalProductIsItsLinearLimitInLogs) {
  // exp(a . u) < exp(-2): nearest point of a . u = -2, |a| = 0.5.
  const double a[2] = {0.3, 0.4};
  const auto value = [&](const Point& u) { return std::exp(a[0] * u[0] + a[1] * u[1]); };
  const LimitState limit = limit_of([&](const Point& u) { return value(u) - std::exp(-2.0); },
                                    [&](const Point& u) {
                                      return Point{a[0] * value(u), a[1] * value(u)};
                                    });
  const DesignPoint found = find_design_point(limit, {0, 0}, 1 - std::exp(-2.0));
  EXPECT_TRUE(found.converged);
  EXPECT_NEAR(found.beta, 4, 2e-3);
  EXPECT_NEAR(found.alpha[0], -0.6, 2e-3);
}

TEST(DesignPoint, SeveralAreToldApartAndOrderedByDistance) {
  // g = 6 - u0^2 + u0/2: nearest points at u0 = -2.2126 and 2.7126.
  const LimitState limit = limit_of([](const Point& u) { return 6 - u[0] * u[0] + u[0] / 2 + 0.0 * u[1]; },
                                    [](const Point& u) {
                                      return Point{-2 * u[0] + 0.5, 0};
                                    });
  std::vector<DesignPoint> found;
  for (const Point& start : {Point{2, 0}, Point{-2, 0.5}, Point{1, 1}})
    found.push_back(find_design_point(limit, start, 6));
  const std::vector<DesignPoint> points = distinct(found);
  ASSERT_EQ(points.size(), 2U);
  EXPECT_NEAR(points[0].u[0], 0.25 - std::sqrt(0.0625 + 6), 1e-3);
  EXPECT_NEAR(points[1].u[0], 0.25 + std::sqrt(0.0625 + 6), 1e-3);
}

TEST(DesignPoint, IsNotFoundWhereThereIsNone) {
  const LimitState limit =
      limit_of([](const Point& u) { return 1 + u[0] * u[0]; }, [](const Point& u) { return Point{2 * u[0]}; });
  EXPECT_FALSE(find_design_point(limit, {1}, 1).converged);
  EXPECT_TRUE(distinct({find_design_point(limit, {1}, 1)}).empty());
}

}  // namespace
}  // namespace plimsoll
