/// \file
/// The likeliest point of standard-normal space that reaches a limit state (first-order reliability method).
#pragma once

#include <functional>
#include <vector>

namespace plimsoll {

/// g(u) < 0: the target is reached. All points are of the same dimensions.
struct LimitState {
  using Point = std::vector<double>;
  /// g at each of some points.
  std::function<std::vector<double>(const std::vector<Point>&)> values;
  std::function<Point(const Point&)> gradient;
};

struct DesignPoint {
  std::vector<double> u;
  std::vector<double> alpha;  ///< unit vector from the centre to the point: squares are importance factors
  double beta = 0;            ///< distance from the centre; negative where the centre reaches the target
  double value = 0;           ///< of g
  int steps = 0;
  bool converged = false;
};

/// Improved HL-RF (Hasofer and Lind 1974; Rackwitz and Fiessler 1978; line search on the merit function of Zhang and
/// Der Kiureghian 1995) from `start`. Not converged: g has no zero within 12 standard deviations, or the search ended
/// elsewhere. `scale`: size of g that counts as large, e.g. its value at the centre.
DesignPoint find_design_point(const LimitState& limit, const std::vector<double>& start, double scale);

/// Those that converged, nearest first, without those that point the same way (cosine above 0.95) as a nearer one.
std::vector<DesignPoint> distinct(std::vector<DesignPoint> points);

}  // namespace plimsoll
