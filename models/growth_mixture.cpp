#include "models/growth_mixture.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

namespace plimsoll {
namespace {

/// Integral of f over (from, to) in panels no wider than `widest`: f is smooth at that scale.
template <class Function>
double integral(const Function& f, double from, double to, double widest) {
  constexpr int kNodes = 7;
  const int panels = std::max(1, static_cast<int>(std::ceil((to - from) / widest)));
  const double width = (to - from) / panels;
  double sum = 0;
  for (int k = 0; k < panels; ++k)
    sum += boost::math::quadrature::gauss<double, kNodes>::integrate(f, from + k * width, from + (k + 1) * width);
  return sum;
}

}  // namespace

double mixture_density(const std::vector<MixturePart>& mixture, double degrees_of_freedom, double x) {
  const boost::math::students_t t(degrees_of_freedom);
  double sum = 0;
  for (const auto& m : mixture) sum += m.weight_frac * boost::math::pdf(t, (x - m.mean) / m.scale) / m.scale;
  return sum;
}

double mixture_cdf(const std::vector<MixturePart>& mixture, double degrees_of_freedom, double x) {
  const boost::math::students_t t(degrees_of_freedom);
  double sum = 0;
  for (const auto& m : mixture) sum += m.weight_frac * boost::math::cdf(t, (x - m.mean) / m.scale);
  return sum;
}

double crps_mixture_growth(const std::vector<MixturePart>& mixture, double degrees_of_freedom, double growth_pct) {
  constexpr double kReach = 10;  // scales
  const double came = std::log1p(growth_pct / 100);
  double low = came, high = came, narrowest = INFINITY;
  for (const MixturePart& part : mixture) {
    low = std::min(low, part.mean - kReach * part.scale);
    high = std::max(high, part.mean + kReach * part.scale);
    narrowest = std::min(narrowest, part.scale);
  }
  const auto squared = [&](double z, double then) {
    const double gap = mixture_cdf(mixture, degrees_of_freedom, z) - then;
    return 100 * std::exp(z) * gap * gap;  // 100 e^z: of growth in percent by z
  };
  return integral([&](double z) { return squared(z, 0); }, low, came, 2 * narrowest) +
         integral([&](double z) { return squared(z, 1); }, came, high, 2 * narrowest);
}

}  // namespace plimsoll
