#include "sim/design_point.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

namespace {

using Point = LimitState::Point;

double dot(const Point& a, const Point& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}
double norm(const Point& a) { return std::sqrt(dot(a, a)); }

Point moved(const Point& from, double step, const Point& direction) {
  Point to = from;
  for (std::size_t k = 0; k < to.size(); ++k) to[k] += step * direction[k];
  return to;
}

}  // namespace

DesignPoint find_design_point(const LimitState& limit, const std::vector<double>& start, double scale) {
  constexpr int kMostSteps = 60, kStepLengths = 32;
  constexpr double kFarthest = 12, kSmallValue = 1e-4, kSmallAngle = 0.02, kShorter = 0.75;
  DesignPoint found;
  found.u = start;
  found.value = limit.values({found.u}).front();
  double penalty = 0;
  for (found.steps = 0; found.steps < kMostSteps; ++found.steps) {
    const Point gradient = limit.gradient(found.u);
    const double slope = norm(gradient);
    if (!(slope > 0) || norm(found.u) > kFarthest) break;
    // The linear approximation's nearest zero.
    const double step_to = (dot(gradient, found.u) - found.value) / (slope * slope);
    Point direction = gradient;
    for (std::size_t k = 0; k < direction.size(); ++k) direction[k] = step_to * gradient[k] - found.u[k];
    if (std::abs(found.value) <= kSmallValue * scale && norm(direction) <= kSmallAngle * std::max(1.0, norm(found.u))) {
      found.converged = true;
      break;
    }
    const double distance = norm(found.u);
    penalty = std::max(penalty, 2 * distance / slope);
    if (std::abs(found.value) > kSmallValue * scale) {
      const Point full = moved(found.u, 1, direction);
      penalty = std::max(penalty, dot(full, full) / std::abs(found.value));
    }
    std::vector<Point> tried;
    double length = 1;
    for (int k = 0; k < kStepLengths; ++k, length *= kShorter) tried.push_back(moved(found.u, length, direction));
    const std::vector<double> values = limit.values(tried);
    const auto merit = [&](const Point& u, double g) { return dot(u, u) / 2 + penalty * std::abs(g); };
    std::size_t best = 0;
    for (std::size_t k = 1; k < tried.size(); ++k) {
      if (merit(tried[k], values[k]) < merit(tried[best], values[best])) best = k;
    }
    if (merit(tried[best], values[best]) >= merit(found.u, found.value)) break;
    found.u = tried[best];
    found.value = values[best];
  }
  found.beta = norm(found.u);
  found.alpha = found.u;
  if (found.beta > 0) {
    for (double& a : found.alpha) a /= found.beta;
  }
  return found;
}

std::vector<DesignPoint> distinct(std::vector<DesignPoint> points) {
  constexpr double kSameWay = 0.95;
  std::erase_if(points, [](const DesignPoint& p) { return !p.converged; });
  std::stable_sort(points.begin(), points.end(),
                   [](const DesignPoint& a, const DesignPoint& b) { return std::abs(a.beta) < std::abs(b.beta); });
  std::vector<DesignPoint> kept;
  for (DesignPoint& point : points) {
    const bool is_new = std::none_of(
        kept.begin(), kept.end(), [&](const DesignPoint& other) { return dot(point.alpha, other.alpha) > kSameWay; });
    if (is_new) kept.push_back(std::move(point));
  }
  return kept;
}

}  // namespace plimsoll
