/// \file
/// The market equilibria of a scenario's months, and how exports come to them over time. docs/theory/armington.md.
#pragma once

#include "models/armington.kernel.hpp"
#include "models/tariff.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

inline constexpr float kCesTolerance = 1e-4F;  ///< of the last step in log prices; the error is its square

/// Weight e/(1 + e) of a supply elasticity.
HWY_INLINE Lanes supply_weight(Lanes elasticity) {
  const Lanes e = max(elasticity, Lanes::all(0.0F));
  return e / (e + Lanes::all(1.0F));
}

/// Solves product q under the tariffs of month t from the prices that the rows hold. `calm`: without layers.
HWY_INLINE void solve_product(const ModelPlan& m, const Workspace& w, int q, int t, bool calm, EquilibriumRows& prices,
                              MarketEquilibriumRows* rows) {
  const ArmingtonPlan& plan = m.elasticity.products[q];
  const TariffRows& response = w.tariff[plan.first_pair];  // its elasticities are the product's
  for_lanes([&](std::size_t i) HWY_ATTR {
    const auto get = [&](ParameterId id) HWY_ATTR { return Lanes::load(w.parameter[id].at + i); };
    const Lanes zero = Lanes::all(0.0F), least = Lanes::all(0.01F);
    CesMarket<Lanes> market[kMostMarkets];
    CesSolution<Lanes> s;
    for (int v = 0; v < plan.markets.size; ++v) {
      const ArmingtonMarketPlan& base = plan.markets[v];
      const TariffPlan& pair = m.tariffs[plan.first_pair + v];
      const int at = t + m.tariff_history;
      const TariffRates rates = calm ? TariffRates{Lanes::all(pair.own_log[at]), Lanes::all(pair.rivals_log[at])}
                                     : tariff_rates(m, pair, w, t, i);
      market[v] = {rates.own - Lanes::all(base.base_own_log),
                   rates.rivals - Lanes::all(base.base_rivals_log),
                   max(get(base.domestic_substitution), least),
                   Lanes::all(base.china_weight),
                   Lanes::all(base.import_weight),
                   Lanes::all(base.china_sales),
                   Lanes::all(base.rival_sales)};
      s.domestic[v] = Lanes::load(rows[v].domestic.at + i);
    }
    s.china = Lanes::load(prices.china.at + i);
    s.rivals = Lanes::load(prices.rivals.at + i);
    const CesCase<Lanes> ces{plan.markets.size,
                             market,
                             max(Lanes::load(response.theta_0.at + i) + Lanes::load(response.theta_gap.at + i), least),
                             max(get(plan.total_demand), zero),
                             supply_weight(get(plan.china_supply)),
                             supply_weight(get(plan.rival_supply)),
                             supply_weight(get(plan.domestic_supply))};
    const Lanes wanted = if_less(Lanes::all(1.5F), Lanes::load(w.elasticity_model->at + i), Lanes::all(1.0F), zero);
    const Lanes failed = solve_ces(ces, Lanes::all(kCesTolerance), wanted, s);
    max(Lanes::load(w.unsolved->at + i), failed).store(w.unsolved->at + i);
    s.china.store(prices.china.at + i);
    s.rivals.store(prices.rivals.at + i);
    for (int v = 0; v < plan.markets.size; ++v) {
      s.domestic[v].store(rows[v].domestic.at + i);
      s.volume[v].store(rows[v].volume.at + i);
    }
  });
}

/// Rows of product q: with the scenario's layers, or without.
HWY_INLINE EquilibriumRows& equilibrium(const Workspace& w, int q, bool calm) {
  return w.equilibrium[2 * q + (calm ? 1 : 0)];
}
HWY_INLINE MarketEquilibriumRows* market_equilibrium(const ModelPlan& m, const Workspace& w, int q, bool calm) {
  return w.market_equilibrium + (2 * q + (calm ? 1 : 0)) * m.markets;
}

/// Solves every tariff regime of product q's history; both worlds start from the last.
HWY_INLINE void solve_history(const ModelPlan& m, const Workspace& w, int q) {
  const ArmingtonPlan& plan = m.elasticity.products[q];
  EquilibriumRows& prices = equilibrium(w, q, false);
  MarketEquilibriumRows* rows = market_equilibrium(m, w, q, false);
  fill(prices.china, 0.0F);
  fill(prices.rivals, 0.0F);
  for (int v = 0; v < m.markets; ++v) fill(rows[v].domestic, 0.0F);
  for (int r = 0; r < plan.regime_month.size; ++r) {
    solve_product(m, w, q, plan.regime_month[r], true, prices, rows);
    w.regime_price[r] = prices.china;
    for (int v = 0; v < m.markets; ++v) w.regime_volume[r * m.markets + v] = rows[v].volume;
  }
  equilibrium(w, q, true) = prices;
  MarketEquilibriumRows* calm = market_equilibrium(m, w, q, true);
  for (int v = 0; v < m.markets; ++v) calm[v] = rows[v];
}

/// Equilibria that act in month t: those of the tariffs of the month before, solved only where one may have moved.
HWY_INLINE void step_equilibria(const ModelPlan& m, const Workspace& w, int t) {
  for (int q = 0; q < m.elasticity.products.size; ++q) {
    const ArmingtonPlan& plan = m.elasticity.products[q];
    if (plan.moves[t - 1] != 0)
      solve_product(m, w, q, t - 1, false, equilibrium(w, q, false), market_equilibrium(m, w, q, false));
    if (plan.has_layers && plan.calm_moves[t - 1] != 0)
      solve_product(m, w, q, t - 1, true, equilibrium(w, q, true), market_equilibrium(m, w, q, true));
  }
}

/// One month of a pair's volume and price terms, in the model of each path. Exports come to the equilibrium as volumes
/// do to their long-run level in partial adjustment: the same part at once, the rest by the same s.
HWY_INLINE TariffTerms step_pair(const ModelPlan& m, const Workspace& w, const TariffRates& rates, Lanes own_0,
                                 Lanes lambda, Lanes eps, const TariffRows& rows, Lanes volume, Lanes price,
                                 std::size_t i, float* slow, float* slow_price) {
  const Lanes before = Lanes::load(slow);
  const TariffTerms partial = step_tariff(rates.own, rates.rivals, own_0, lambda, eps, rows, i, slow);
  if (!m.elasticity.armington) return partial;
  const Lanes model = Lanes::load(w.elasticity_model->at + i), armington = Lanes::all(1.5F);
  const Lanes theta_0 = Lanes::load(rows.theta_0.at + i);
  const Lanes theta = max(theta_0 + Lanes::load(rows.theta_gap.at + i), Lanes::all(1e-6F));
  const Lanes at_once = theta_0 / theta;
  const Lanes price_before = Lanes::load(slow_price);
  const Lanes adjusted = fma(lambda, volume - before, before);
  const Lanes price_adjusted = fma(lambda, price - price_before, price_before);
  if_less(armington, model, adjusted, Lanes::load(slow)).store(slow);
  price_adjusted.store(slow_price);
  return {if_less(armington, model, fma(at_once, volume - adjusted, adjusted), partial.volume),
          if_less(armington, model, fma(at_once, price - price_adjusted, price_adjusted), partial.price)};
}

}  // namespace plimsoll::PLIMSOLL_ISA
