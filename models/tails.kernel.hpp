/// \file
/// Fat tails: normal shocks become Student's t by tabulated functions, alone or all drivers' together (a t copula).
/// Formulas and sources: docs/theory/shocks.md.
#pragma once

#include "models/lanes.hpp"
#include "models/model_plan.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Linear between the knots of a table over [-reach, reach]; x beyond it takes the last value.
HWY_INLINE Lanes between_knots(const View<float>& table, float reach, Lanes x) {
  const float last = static_cast<float>(table.size - 1);
  const Lanes position = max((x + Lanes::all(reach)) * Lanes::all(last / (2.0F * reach)), Lanes::all(0.0F));
  const Lanes k = min(floor(position), Lanes::all(last - 1.0F));
  const Lanes part = min(position - k, Lanes::all(1.0F));
  const Lanes left = gather(table.data, k);
  return fma(part, gather(table.data, k + Lanes::all(1.0F)) - left, left);
}

/// A standard normal as a Student-t shock of unit variance, by its quantile function.
HWY_INLINE void fat_tailed(const View<float>& table, const Row& z, Row& out) {
  for_lanes([&](std::size_t i)
                HWY_ATTR { between_knots(table, kQuantileReach, Lanes::load(z.at + i)).store(out.at + i); });
}

/// Correlated normals Z become normals with a t copula: T = Z sqrt(dof/C), C one chi-square for all, then
/// Phi^-1(F_t(T)). That function is tabulated at x = T sqrt(ln(1 + q)/q), q = T^2/dof, where it is nearly a line.
HWY_INLINE void join_tails(const CopulaPlan& p, const Row& mixing, Row* shock, int count) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes one = Lanes::all(1.0F);
    const Lanes scale = between_knots(p.mixing, kQuantileReach, Lanes::load(mixing.at + i));
    for (int k = 0; k < count; ++k) {
      const Lanes t = Lanes::load(shock[k].at + i) * scale;
      const Lanes q = t * t * Lanes::all(1.0F / p.dof);
      // ln(1 + q)/q; near 0 by its series, for 1 + q loses the digits of q there.
      Lanes series = fma(q, Lanes::all(-0.25F), Lanes::all(1.0F / 3.0F));
      series = fma(q, fma(q, series, Lanes::all(-0.5F)), one);
      const Lanes ratio = if_less(q, Lanes::all(0.01F), series, log(one + q) / max(q, Lanes::all(1e-6F)));
      between_knots(p.normal_score, kScoreReach, t * sqrt(ratio)).store(shock[k].at + i);
    }
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
