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
/// In double: what comes of it is rounded to float, and long double takes five times as long.
using Precision = math::policies::policy<math::policies::promote_double<false>>;
const math::normal_distribution<double, Precision> kNormal;

/// Quantile of a Boost distribution at Phi(z); the upper tail by the complement, so that both keep their digits.
/// Beyond 20 sd (a chance of 3e-89) the quantile stays, for the root finders fail there.
template <class D>
double at_normal(const D& distribution, double z) {
  z = std::clamp(z, -20.0, 20.0);
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

/// Exact: a piece X = c + d Z on (l, r) adds c (Phi(r) - Phi(l)) + d (phi(l) - phi(r)).
double mean_of_quantiles(const std::vector<double>& args) {
  const std::size_t points = args.size() / 2;
  if (points == 1) return args[1];
  double sum = 0, p_left = 0, density_left = 0;
  for (std::size_t k = 1; k < points; ++k) {
    const double z_0 = math::quantile(kNormal, args[2 * k - 2]), z_1 = math::quantile(kNormal, args[2 * k]);
    const double slope = (args[2 * k + 1] - args[2 * k - 1]) / (z_1 - z_0), at_zero = args[2 * k + 1] - slope * z_1;
    const bool last = k + 1 == points;  // the outermost pieces reach to infinity
    const double p_right = last ? 1 : args[2 * k], density_right = last ? 0 : math::pdf(kNormal, z_1);
    sum += at_zero * (p_right - p_left) + slope * (density_left - density_right);
    p_left = p_right;
    density_left = density_right;
  }
  return sum;
}

/// Pairs in reverse order.
void reverse_pairs(std::vector<double>& args) {
  for (std::size_t k = 0, n = args.size(); 2 * k + 2 < n; k += 2) {
    std::swap(args[k], args[n - 2 - k]);
    std::swap(args[k + 1], args[n - 1 - k]);
  }
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
    case RandomNumber::Kind::beta:
      return a[2] + (a[3] - a[2]) * at_normal(math::beta_distribution<double, Precision>(a[0], a[1]), z);
    case RandomNumber::Kind::student_t:
      return a[0] + a[1] * at_normal(math::students_t_distribution<double, Precision>(a[2]), z);
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
    case RandomNumber::Kind::quantiles: return mean_of_quantiles(a);
  }
  throw std::logic_error("unknown kind of distribution");
}

RandomNumber scaled(const RandomNumber& number, double factor) {
  // A negative factor mirrors the distribution; its quantiles must rise with z all the same.
  RandomNumber out = number;
  std::vector<double>& a = out.args;
  const bool mirrored = factor < 0;
  switch (number.kind) {
    case RandomNumber::Kind::fixed: a[0] *= factor; break;
    case RandomNumber::Kind::lognormal:
      a[0] *= factor;
      if (mirrored) a[1] = -a[1];
      break;
    case RandomNumber::Kind::normal:
    case RandomNumber::Kind::student_t:
      a[0] *= factor;
      a[1] *= std::abs(factor);
      break;
    case RandomNumber::Kind::uniform:
    case RandomNumber::Kind::triangular:
      for (double& x : a) x *= factor;
      if (mirrored) std::reverse(a.begin(), a.end());
      break;
    case RandomNumber::Kind::beta:
      a[2] *= factor;
      a[3] *= factor;
      if (mirrored) std::swap(a[0], a[1]), std::swap(a[2], a[3]);
      break;
    case RandomNumber::Kind::discrete:
      for (std::size_t k = 0; k < a.size(); k += 2) a[k] *= factor;
      if (mirrored) reverse_pairs(a);
      break;
    case RandomNumber::Kind::quantiles:
      for (std::size_t k = 1; k < a.size(); k += 2) a[k] *= factor;
      if (!mirrored) break;
      for (std::size_t k = 0; k < a.size(); k += 2) a[k] = 1 - a[k];
      reverse_pairs(a);
      break;
  }
  return out;
}

}  // namespace plimsoll
