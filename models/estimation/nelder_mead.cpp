#include "models/estimation/nelder_mead.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {
namespace {

struct Corner {
  std::vector<double> x;
  double value = 0;
};

/// a centre + b corner, the point of every move.
std::vector<double> mix(double a, const std::vector<double>& centre, double b, const std::vector<double>& corner) {
  std::vector<double> x(centre.size());
  for (std::size_t k = 0; k < x.size(); ++k) x[k] = a * centre[k] + b * corner[k];
  return x;
}

bool settled(const std::vector<Corner>& simplex, const SimplexOptions& options) {
  double far = 0, high = 0;
  for (const Corner& one : simplex) {
    high = std::max(high, std::abs(one.value - simplex.front().value));
    for (std::size_t k = 0; k < one.x.size(); ++k) far = std::max(far, std::abs(one.x[k] - simplex.front().x[k]));
  }
  return far <= options.x_tolerance && high <= options.f_tolerance;
}

}  // namespace

SimplexResult minimise_by_simplex(const std::function<double(const std::vector<double>&)>& function,
                                  const std::vector<double>& start, const SimplexOptions& options) {
  constexpr double kStep = 0.05, kStepFromZero = 0.00025;
  constexpr double kExpand = 2, kContract = 0.5, kShrink = 0.5;
  const std::size_t n = start.size();
  std::vector<Corner> simplex{{start, function(start)}};
  for (std::size_t k = 0; k < n; ++k) {
    std::vector<double> x = start;
    x[k] = x[k] != 0 ? (1 + kStep) * x[k] : kStepFromZero;
    simplex.push_back({x, function(x)});
  }
  const auto sort = [&] {
    std::stable_sort(simplex.begin(), simplex.end(),
                     [](const Corner& a, const Corner& b) { return a.value < b.value; });
  };
  sort();
  int iterations = 1;
  for (; iterations < options.most_iterations && !settled(simplex, options); ++iterations) {
    std::vector<double> centre(n, 0.0);
    for (std::size_t c = 0; c < n; ++c) {
      for (std::size_t k = 0; k < n; ++k) centre[k] += simplex[c].x[k];
    }
    for (double& x : centre) x /= static_cast<double>(n);
    Corner& worst = simplex.back();
    const auto corner = [&](double a, double b) {
      Corner one{mix(a, centre, b, worst.x), 0};
      one.value = function(one.x);
      return one;
    };
    const Corner reflected = corner(2, -1);
    bool shrink = false;
    if (reflected.value < simplex.front().value) {
      const Corner expanded = corner(1 + kExpand, -kExpand);
      worst = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[n - 1].value) {
      worst = reflected;
    } else if (reflected.value < worst.value) {
      const Corner outside = corner(1 + kContract, -kContract);
      shrink = outside.value > reflected.value;
      if (!shrink) worst = outside;
    } else {
      const Corner inside = corner(1 - kContract, kContract);
      shrink = inside.value >= worst.value;
      if (!shrink) worst = inside;
    }
    for (std::size_t c = 1; shrink && c <= n; ++c) {
      for (std::size_t k = 0; k < n; ++k)
        simplex[c].x[k] = simplex[0].x[k] + kShrink * (simplex[c].x[k] - simplex[0].x[k]);
      simplex[c].value = function(simplex[c].x);
    }
    sort();
  }
  return {simplex.front().x, simplex.front().value, iterations};
}

double root_between(const std::function<double(double)>& function, double low, double high) {
  constexpr int kSteps = 200;
  const bool rising = function(low) < 0;
  for (int k = 0; k < kSteps && low < high; ++k) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    ((function(middle) < 0) == rising ? low : high) = middle;
  }
  return low + (high - low) / 2;
}

}  // namespace plimsoll
