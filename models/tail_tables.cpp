#include "models/tail_tables.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "scenarios/random_number.hpp"

namespace plimsoll {

namespace {

namespace math = boost::math;
const math::normal kNormal;

/// f at equidistant x over [-reach, reach].
template <class F>
std::vector<float> table(double reach, F f) {
  std::vector<float> knots(kQuantileKnots);
  for (int k = 0; k < kQuantileKnots; ++k) {
    const double x = reach * (2.0 * k / (kQuantileKnots - 1) - 1.0);
    knots[static_cast<std::size_t>(k)] = static_cast<float>(f(x));
  }
  return knots;
}

}  // namespace

std::vector<float> student_t_innovations(double dof) {
  const RandomNumber t{RandomNumber::Kind::student_t, {0, std::sqrt((dof - 2) / dof), dof}};
  return table(static_cast<double>(kQuantileReach), [&](double z) { return quantile_at_normal(t, z); });
}

CopulaPlan student_t_copula(double dof, std::uint64_t stream, PlanStorage& storage) {
  CopulaPlan plan;
  plan.stream = stream;
  plan.dof = static_cast<float>(dof);
  const math::chi_squared chi(dof);
  plan.mixing = storage.keep(table(static_cast<double>(kQuantileReach), [&](double z) {
    const double c = z > 0 ? math::quantile(math::complement(chi, math::cdf(math::complement(kNormal, z))))
                           : math::quantile(chi, math::cdf(kNormal, z));
    return std::sqrt(dof / c);
  }));
  const math::students_t t(dof);
  plan.normal_score = storage.keep(table(static_cast<double>(kScoreReach), [&](double x) {
    // x = sign(T) sqrt(dof ln(1 + T^2/dof)), from the side where the probability keeps its digits.
    const double size = std::sqrt(dof * std::expm1(x * x / dof));
    const double score = math::quantile(math::complement(kNormal, math::cdf(math::complement(t, size))));
    return std::copysign(score, x);
  }));
  return plan;
}

}  // namespace plimsoll
