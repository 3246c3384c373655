/// \file
/// Tariffs: slow adjustment of volumes to the relative tariff and pass-through to the exporter's price, per (market,
/// product) pair. Boehm, Levchenko and Pandalai-Nayar (2023) for the two horizons of the elasticity.
#pragma once

#include "models/lanes.hpp"
#include "models/model_plan.hpp"
#include "models/shock_process.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Per-path constants of one pair.
struct TariffResponse {
  Row theta_0, theta_gap;  ///< immediate volume elasticity, and long-run less immediate
  Row absorbed;            ///< 1 - rho: share of a tariff that the exporter's price gives up
};

/// Value elasticities of the parameter table become volume elasticities: theta_vol = (theta_value - (1 - rho)) / rho;
/// the immediate one is chosen so that the mean of months 1..12 equals the one-year figure: theta_0 = max(0, (theta_1y
/// - f theta_LR)/(1 - f)), f = mean over k = 1..12 of 1 - (1 - lambda)^k.
HWY_INLINE void tariff_response(const TariffPlan& plan, const Row* parameter, const Row& lambda, TariffResponse& r) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes zero = Lanes::all(0.0F);
    const Lanes one = Lanes::all(1.0F);
    const Lanes rho = min(max(Lanes::load(parameter[plan.pass_through].at + i), Lanes::all(0.05F)), one);
    const Lanes absorbed = one - rho;
    const Lanes one_year = max((Lanes::load(parameter[plan.elasticity_1y].at + i) - absorbed) / rho, zero);
    const Lanes long_run = max((Lanes::load(parameter[plan.elasticity_long_run].at + i) - absorbed) / rho, one_year);
    const Lanes keep = one - Lanes::load(lambda.at + i);
    Lanes power = keep;
    Lanes sum = zero;
    for (int k = 0; k < 12; ++k) {
      sum = sum + power;
      power = power * keep;
    }
    const Lanes f = one - sum * Lanes::all(1.0F / 12.0F);
    const Lanes theta_0 = max((one_year - f * long_run) / max(one - f, Lanes::all(1e-4F)), zero);
    // Where the immediate elasticity would be negative it is 0 and the long-run one gives way, so that the mean over
    // months 1..12 still equals the one-year figure.
    const Lanes bound = if_less(theta_0, Lanes::all(1e-7F), one_year / max(f, Lanes::all(1e-4F)), long_run);
    theta_0.store(r.theta_0.at + i);
    (bound - theta_0).store(r.theta_gap.at + i);
    absorbed.store(r.absorbed.at + i);
  });
}

/// One month: `own` = T(tau), `rivals` = T(tau_competitors), `own_0` = T(tau) at t = 0, all of the month before (goods
/// spend a month in transit). Updates s and returns the volume and price terms (before subtracting their t = 0 values):
///   b = own - rivals - (1 - rho)(own - own_0),  s += lambda (b - s),
///   volume = -theta_0 b - (theta_LR - theta_0) s - eps rivals,  price = -(1 - rho)(own - own_0).
struct TariffTerms {
  Lanes volume, price;
};
HWY_INLINE TariffTerms step_tariff(Lanes own, Lanes rivals, Lanes own_0, Lanes lambda, Lanes eps,
                                   const TariffResponse& r, std::size_t i, float* s) {
  const Lanes price = -(Lanes::load(r.absorbed.at + i) * (own - own_0));
  const Lanes b = own - rivals + price;
  const Lanes slow = Lanes::load(s);
  const Lanes adjusted = fma(lambda, b - slow, slow);
  adjusted.store(s);
  const Lanes volume = -(Lanes::load(r.theta_0.at + i) * b) - Lanes::load(r.theta_gap.at + i) * adjusted - eps * rivals;
  return {volume, price};
}

}  // namespace plimsoll::PLIMSOLL_ISA
