/// \file
/// Tariffs: slow adjustment of volumes to the relative tariff and pass-through to the exporter's price, per (market,
/// product) pair. Boehm, Levchenko and Pandalai-Nayar (2023) for the two horizons of the elasticity.
#pragma once

#include "models/lanes.hpp"
#include "models/model_plan.hpp"
#include "models/shock_process.kernel.hpp"
#include "models/workspace.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Value elasticities of the parameter table become volume elasticities: theta_vol = (theta_value - (1 - rho)) / rho;
/// the immediate one is chosen so that the mean of months 1..12 equals the one-year figure: theta_0 = max(0, (theta_1y
/// - f theta_LR)/(1 - f)), f = mean over k = 1..12 of 1 - (1 - lambda)^k.
/// Paths of the constant-elasticity model answer at once with the long-run elasticity.
HWY_INLINE void tariff_response(const TariffPlan& plan, const Row* parameter, const Row& lambda, const Row& model,
                                TariffRows& r) {
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
    const Lanes constant = Lanes::all(static_cast<float>(ElasticityModel::constant_elasticity));
    const Lanes is_constant = if_less(max(Lanes::load(model.at + i) - constant, constant - Lanes::load(model.at + i)),
                                      Lanes::all(0.5F), one, zero);
    const Lanes half = Lanes::all(0.5F);
    if_less(half, is_constant, long_run, theta_0).store(r.theta_0.at + i);
    if_less(half, is_constant, zero, bound - theta_0).store(r.theta_gap.at + i);
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
HWY_INLINE TariffTerms step_tariff(Lanes own, Lanes rivals, Lanes own_0, Lanes lambda, Lanes eps, const TariffRows& r,
                                   std::size_t i, float* s) {
  const Lanes price = -(Lanes::load(r.absorbed.at + i) * (own - own_0));
  const Lanes b = own - rivals + price;
  const Lanes slow = Lanes::load(s);
  const Lanes adjusted = fma(lambda, b - slow, slow);
  adjusted.store(s);
  const Lanes volume = -(Lanes::load(r.theta_0.at + i) * b) - Lanes::load(r.theta_gap.at + i) * adjusted - eps * rivals;
  return {volume, price};
}

/// Tariff rate of a pair in month t with the path's layers, and what all suppliers pay.
struct TariffRates {
  Lanes own, rivals;  ///< T = ln(1 + tau)
};
HWY_INLINE TariffRates tariff_rates(const ModelPlan& m, const TariffPlan& plan, const Workspace& w, int t,
                                    std::size_t i) {
  const int at = t + m.tariff_history;
  if (t < 1 || plan.layers.size == 0) return {Lanes::all(plan.own_log[at]), Lanes::all(plan.rivals_log[at])};
  Lanes own = Lanes::all(1.0F + plan.rate[at]);
  Lanes rivals = Lanes::all(1.0F + plan.competitors[at]);
  for (const TariffLayerPlan& layer : plan.layers) {
    const float share = layer.in_force[t - 1] * layer.coverage * 0.01F;
    const Row& points =
        layer.regime < 0 ? w.parameter[layer.change_pp] : w.chain_change[layer.regime * m.months + t - 1];
    const Lanes change =
        Lanes::all(share) * Lanes::load(points.at + i) * Lanes::load(w.layer_event[layer.layer].at + i);
    own = own + change;
    if (layer.all_suppliers) rivals = rivals + change;
  }
  const Lanes floor = Lanes::all(1.0F);  // a layer takes away no more than there is
  return {log(max(own, floor)), log(max(rivals, floor))};
}

}  // namespace plimsoll::PLIMSOLL_ISA
