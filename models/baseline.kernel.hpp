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

/// What is believed of `ahead`, the regression's slope less the long run's: log per year.
HWY_INLINE Lanes believed_slope(const TrendStartPlan& p, const Row* parameter, Lanes ahead, std::size_t i) {
  return p.weight == kNone ? ahead : ahead * Lanes::load(parameter[p.weight].at + i);
}

/// What the start adds to the log level as the last month's residual fades: the level's error, less what smoothing
/// with the believed slope instead of the regression's leaves behind.
HWY_INLINE Lanes start_level(const TrendStartPlan& p, const Row* parameter, Lanes ahead, Lanes restored,
                             std::size_t i) {
  Lanes level = (believed_slope(p, parameter, ahead, i) - ahead) * Lanes::all(p.smoothing_years);
  if (p.level != kNone) level = level + Lanes::load(parameter[p.level].at + i);
  return level * restored;
}

/// u[t] = ar1 u[t-1] + sd z.
HWY_INLINE void step_residual(const ResidualFactorPlan& p, const Row* parameter, const Row& z, Row& u) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes shock = Lanes::load(parameter[p.sd].at + i) * Lanes::load(z.at + i);
    fma(Lanes::load(parameter[p.ar1].at + i), Lanes::load(u.at + i), shock).store(u.at + i);
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
