/// \file
/// The baseline's moving parts: local linear trends of the world, market and product factors with a damped slope, and
/// AR(1) residual factors.
#pragma once

#include "models/lanes.hpp"
#include "models/model_plan.hpp"

namespace plimsoll::PLIMSOLL_ISA {

struct TrendState {
  Row level, slope;  ///< deviations from the expected trend: log, log per year
};

/// a[t] = a[t-1] + mu[t-1]/12 + sigma_a eps_a;  mu[t] = phi mu[t-1] + sigma_mu eps_mu.
HWY_INLINE void step_trend(const TrendFactorPlan& p, const Row* parameter, const Row& phi, const Row& z_level,
                           const Row& z_slope, TrendState& s) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes slope = Lanes::load(s.slope.at + i);
    const Lanes level = fma(slope, Lanes::all(1.0F / 12.0F), Lanes::load(s.level.at + i));
    fma(Lanes::load(parameter[p.level_sd].at + i), Lanes::load(z_level.at + i), level).store(s.level.at + i);
    const Lanes shock = Lanes::load(parameter[p.slope_sd].at + i) * Lanes::load(z_slope.at + i);
    fma(Lanes::load(phi.at + i), slope, shock).store(s.slope.at + i);
  });
}

/// u[t] = ar1 u[t-1] + sd z.
HWY_INLINE void step_residual(const ResidualFactorPlan& p, const Row* parameter, const Row& z, Row& u) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes shock = Lanes::load(parameter[p.sd].at + i) * Lanes::load(z.at + i);
    fma(Lanes::load(parameter[p.ar1].at + i), Lanes::load(u.at + i), shock).store(u.at + i);
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
