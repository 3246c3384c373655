#include "scenarios/random_number.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <stdexcept>

namespace plimsoll {

namespace {

namespace math = boost::math;
const math::normal kNormal;

/// Quantile of a Boost distribution at Phi(z); the upper tail by the complement, so that both keep their digits.
template <class D>
double at_normal(const D& distribution, double z) {
  if (z > 0) return math::quantile(math::complement(distribution, math::cdf(math::complement(kNormal, z))));
  return math::quantile(distribution, math::cdf(kNormal, z));
}

double triangular(double low, double mode, double high, double z) {
  if (high <= low) return low;
  const double below = math::cdf(kNormal, z), above = math::cdf(math::complement(kNormal, z));
  if (below <= (mode - low) / (high - low)) return low + std::sqrt(below * (high - low) * (mode - low));
  return high - std::sqrt(above * (high - low) * (high - mode));
}

double discrete(const std::vector<double>& args, double z) {
  const double p = math::cdf(kNormal, z);
  double sum = 0;
  for (std::size_t k = 0; k + 1 < args.size(); k += 2) {
    sum += args[k + 1];
    if (p < sum) return args[k];
  }
  return args[args.size() - 2];
}

/// Linear in z between the given quantiles, outermost slopes continued.
double between_quantiles(const std::vector<double>& args, double z) {
  const std::size_t points = args.size() / 2;
  if (points == 1) return args[1];
  const auto node = [&](std::size_t k) { return math::quantile(kNormal, args[2 * k]); };
  std::size_t k = 1;
  while (k + 1 < points && z > node(k)) ++k;
  const double left = node(k - 1), right = node(k);
  return args[2 * k - 1] + (args[2 * k + 1] - args[2 * k - 1]) * (z - left) / (right - left);
}

}  // namespace

double quantile_at_normal(const RandomNumber& number, double z) {
  const std::vector<double>& a = number.args;
  switch (number.kind) {
    case RandomNumber::Kind::fixed: return a[0];
    case RandomNumber::Kind::normal: return a[0] + a[1] * z;
    case RandomNumber::Kind::lognormal: return a[0] * std::exp(a[1] * z);
    case RandomNumber::Kind::uniform:
      return z > 0 ? a[1] - (a[1] - a[0]) * math::cdf(math::complement(kNormal, z))
                   : a[0] + (a[1] - a[0]) * math::cdf(kNormal, z);
    case RandomNumber::Kind::triangular: return triangular(a[0], a[1], a[2], z);
    case RandomNumber::Kind::beta: return a[2] + (a[3] - a[2]) * at_normal(math::beta_distribution<>(a[0], a[1]), z);
    case RandomNumber::Kind::student_t: return a[0] + a[1] * at_normal(math::students_t(a[2]), z);
    case RandomNumber::Kind::discrete: return discrete(a, z);
    case RandomNumber::Kind::quantiles: return between_quantiles(a, z);
  }
  throw std::logic_error("unknown kind of distribution");
}

double median(const RandomNumber& number) { return quantile_at_normal(number, 0); }

double mean(const RandomNumber& number) {
  const std::vector<double>& a = number.args;
  switch (number.kind) {
    case RandomNumber::Kind::fixed:
    case RandomNumber::Kind::normal: return a[0];
    case RandomNumber::Kind::lognormal: return a[0] * std::exp(a[1] * a[1] / 2);
    case RandomNumber::Kind::uniform: return (a[0] + a[1]) / 2;
    case RandomNumber::Kind::triangular: return (a[0] + a[1] + a[2]) / 3;
    case RandomNumber::Kind::beta: return a[2] + (a[3] - a[2]) * a[0] / (a[0] + a[1]);
    case RandomNumber::Kind::student_t: return a[0];
    case RandomNumber::Kind::discrete: {
      double sum = 0;
      for (std::size_t k = 0; k + 1 < a.size(); k += 2) sum += a[k] * a[k + 1];
      return sum;
    }
    case RandomNumber::Kind::quantiles: {  // midpoint rule over 1,000 equal probabilities
      constexpr int kSteps = 1000;
      double sum = 0;
      for (int k = 0; k < kSteps; ++k)
        sum += quantile_at_normal(number, math::quantile(kNormal, (k + 0.5) / kSteps)) / kSteps;
      return sum;
    }
  }
  throw std::logic_error("unknown kind of distribution");
}

RandomNumber scaled(const RandomNumber& number, double factor) {
  RandomNumber out = number;
  std::vector<double>& a = out.args;
  switch (number.kind) {
    case RandomNumber::Kind::fixed:
    case RandomNumber::Kind::lognormal: a[0] *= factor; break;
    case RandomNumber::Kind::normal:
    case RandomNumber::Kind::student_t:
      a[0] *= factor;
      a[1] *= std::abs(factor);
      break;
    case RandomNumber::Kind::uniform:
    case RandomNumber::Kind::triangular:
      for (double& x : a) x *= factor;
      if (factor < 0) std::reverse(a.begin(), a.end());
      break;
    case RandomNumber::Kind::beta:
      a[2] *= factor;
      a[3] *= factor;
      break;
    case RandomNumber::Kind::discrete:
      for (std::size_t k = 0; k < a.size(); k += 2) a[k] *= factor;
      break;
    case RandomNumber::Kind::quantiles:
      for (std::size_t k = 1; k < a.size(); k += 2) a[k] *= factor;
      break;
  }
  return out;
}

}  // namespace plimsoll
