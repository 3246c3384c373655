/// \file
/// Minimum of a function of a few variables without derivatives: the simplex search of Nelder and Mead (1965).
#pragma once

#include <functional>
#include <vector>

namespace plimsoll {

struct SimplexOptions {
  int most_iterations = 600;
  double x_tolerance = 1e-3;  ///< largest distance of a corner from the best, in every variable ..
  double f_tolerance = 1e-4;  ///< .. and of its value
};

struct SimplexResult {
  std::vector<double> x;
  double value = 0;
  int iterations = 0;
};

/// Starts from a simplex around `start` whose corners lie 5% away. Deterministic.
SimplexResult minimise_by_simplex(const std::function<double(const std::vector<double>&)>& function,
                                  const std::vector<double>& start, const SimplexOptions& options);

/// Where `function`, which has opposite signs at `low` and `high`, is zero: bisection to the last bits.
double root_between(const std::function<double(double)>& function, double low, double high);

}  // namespace plimsoll
