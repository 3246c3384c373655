/// \file
/// What supply can do: ceilings of capacity that turn demand into price, and foreign controls on imported goods that
/// exports need. Formulas, sources and limits: docs/theory/supply.md.
#pragma once

#include "models/generic_shock.kernel.hpp"
#include "models/partial_adjustment.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Which price is taken out of a value: all that it moved since t = 0, or what it moved beyond its own trend, which the
/// value's trend line holds.
enum class PriceTaken { all, beyond_trend };

/// Log price that driver `track` brings per unit of its loading.
HWY_INLINE Lanes price_track(const ModelPlan& m, const Workspace& w, int track, PriceTaken taken, int t,
                             std::size_t i) {
  if (taken == PriceTaken::beyond_trend || track >= kDrivers) return Lanes::load(w.track[track].at + i);
  return Lanes::load(track_row(m, w, track, t)->at + i) - Lanes::load(track_row(m, w, track, 0)->at + i);
}

/// Sum over a product's cells of value without the price's deviation: a volume, in USD bn at prices of t = 0.
HWY_INLINE void product_volume_sum(const ModelPlan& m, const Workspace& w, int p, PriceTaken taken, int t, Row& sum) {
  const Row* x = w.cell_value + (t % kPastMonths * m.products * m.markets + p * m.markets);
  const Row* tariff_price[64] = {};
  int pair_of[64];
  for (int pair = 0; pair < m.tariffs.size; ++pair) {
    if (m.tariffs[pair].product != p) continue;
    tariff_price[m.tariffs[pair].market] = w.tariff_price + pair * w.tariff_span + t - m.attribution.first + 12;
    pair_of[m.tariffs[pair].market] = pair;
  }
  for_lanes([&](std::size_t i) HWY_ATTR {
    // product_price and market_own_price hold what drivers bring beyond their trend.
    const auto trend_of = [&](const LoadingPlan& l) HWY_ATTR {
      const Lanes rest = price_track(m, w, l.track, taken, t, i) - Lanes::load(w.track[l.track].at + i);
      return Lanes::load(w.parameter[l.price].at + i) * rest;
    };
    Lanes common = Lanes::load(w.product_price[p].at + i);
    if (taken == PriceTaken::all) {
      for (const LoadingPlan& l : m.all_loadings) common = common + trend_of(l);
      for (const LoadingPlan& l : m.product_loadings) {
        if (l.index == p) common = common + trend_of(l);
      }
    }
    Lanes volume = Lanes::all(0.0F);
    for (int k = 0; k < m.markets; ++k) {
      Lanes price = add_generic_shocks(m, w.shock_price, p, k, common + Lanes::load(w.market_own_price[k].at + i), i);
      if (taken == PriceTaken::all) {
        for (const LoadingPlan& l : m.market_loadings) {
          if (l.index == k) price = price + trend_of(l);
        }
      }
      for (const LoadingPlan& l : m.cell_loadings) {
        if (l.index != p * m.markets + k) continue;
        price = fma(Lanes::load(w.parameter[l.price].at + i), price_track(m, w, l.track, taken, t, i), price);
      }
      if (tariff_price[k] != nullptr)
        price = price + Lanes::load(tariff_price[k]->at + i) - Lanes::load(w.tariff[pair_of[k]].price_0.at + i);
      volume = fma(Lanes::load(x[k].at + i), exp(-price), volume);
    }
    volume.store(sum.at + i);
  });
}

/// Price over capacity's ceiling: smooth (z - g)+ / (eps + sigma), where z - g is the log of demand over capacity.
/// At utilisation `tight` it has a twentieth of its final slope.
HWY_INLINE Lanes ceiling_price(Lanes excess, Lanes tight_pct, Lanes demand, Lanes supply) {
  const Lanes one = Lanes::all(1.0F), zero = Lanes::all(0.0F);
  const Lanes width = max(log(tight_pct * Lanes::all(0.01F)) * Lanes::all(-1.0F / 2.944439F), Lanes::all(1e-4F));
  const Lanes x = excess / width;
  const Lanes softplus = max(x, zero) + log(one + exp(-max(x, -x)));
  return width * softplus / max(demand + supply, Lanes::all(1e-3F));
}

/// The ceilings on product p in month t, on its cells' values without them: price up, volume down by eps times that.
HWY_INLINE void limit_product(const ModelPlan& m, const Workspace& w, int p, int t) {
  fill(w.limit_value[p], 0.0F);
  fill(w.limit_price[p], 0.0F);
  for (const SupplyLimitPlan& limit : m.supply.limits) {
    if (limit.product != p) continue;
    Row volume;
    product_volume_sum(m, w, p, PriceTaken::all, t, volume);
    for_lanes([&](std::size_t i) HWY_ATTR {
      const auto get = [&](ParameterId id) HWY_ATTR { return Lanes::load(w.parameter[id].at + i); };
      const Lanes tight = get(limit.tight_pct), eps = get(limit.demand_elasticity),
                  sigma = get(limit.supply_elasticity);
      const Lanes used =
          log(min(max(get(limit.utilisation_pct) * Lanes::all(0.01F), Lanes::all(0.01F)), Lanes::all(1.0F)));
      Lanes capacity = Lanes::all(0.0F);
      for (int e = 0; e < limit.change_pct.size; ++e) {
        const Lanes grown = fma(get(limit.change_pct[e]), Lanes::all(0.01F), Lanes::all(1.0F));
        capacity = fma(log(max(grown, Lanes::all(0.01F))), Lanes::all(limit.built[(t - 1) * limit.change_pct.size + e]),
                       capacity);
      }
      const Lanes demand = log(Lanes::load(volume.at + i)) - Lanes::all(limit.log_start + limit.season[t - 1]);
      const Lanes price =
          ceiling_price(demand + used - capacity, tight, eps, sigma) - ceiling_price(used, tight, eps, sigma);
      price.store(w.limit_price[p].at + i);
      ((Lanes::all(1.0F) - eps) * price).store(w.limit_value[p].at + i);
      const Lanes factor = exp(Lanes::load(w.limit_value[p].at + i));
      for (int k = 0; k < m.markets; ++k) {
        Row& x = w.cell_value[t % kPastMonths * m.products * m.markets + p * m.markets + k];
        (Lanes::load(x.at + i) * factor).store(x.at + i);
      }
    });
  }
}

template <class Draws>
HWY_INLINE void start_controls(const ModelPlan& m, const Draws& draws, const Workspace& w) {
  for (int c = 0; c < m.supply.controls.size; ++c) {
    Row u[4];
    draws.uniforms(m.supply.controls[c].event_stream, 0, u);
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes p = Lanes::load(w.parameter[m.supply.controls[c].probability_pct].at + i) * Lanes::all(0.01F);
      if_less(Lanes::load(u[0].at + i), p, Lanes::all(1.0F), Lanes::all(0.0F)).store(w.control_event[c].at + i);
    });
    fill(w.control_learnt[c], 0.0F);
  }
}

/// Month t of the controls. While one is in force, makers at home learn, r -> share; imports keep
/// 1 - missing max(in force, r), and exports that need the goods feel missing (1 - r).
HWY_INLINE void step_controls(const ModelPlan& m, const Workspace& w, int t) {
  for (int p = 0; p < m.products; ++p) fill(w.control_effect[p], 0.0F);
  for (int c = 0; c < m.supply.controls.size; ++c) {
    const ExportControlPlan& control = m.supply.controls[c];
    const float in_force = control.in_force[t - 1];
    for_lanes([&](std::size_t i) HWY_ATTR {
      const auto get = [&](ParameterId id) HWY_ATTR { return Lanes::load(w.parameter[id].at + i); };
      const Lanes zero = Lanes::all(0.0F), one = Lanes::all(1.0F), least = Lanes::all(0.001F);
      const auto share = [&](Lanes x) HWY_ATTR { return min(max(x, zero), one); };
      const Lanes missing = share(get(control.cut_pct) * Lanes::all(0.01F)) * (one - share(get(control.leak_frac))) *
                            Lanes::load(w.control_event[c].at + i);
      const Lanes rate = Lanes::all(in_force) * (one - monthly_decay(get(control.substitution_half_life)));
      Lanes learnt = Lanes::load(w.control_learnt[c].at + i);
      learnt = fma(rate, share(get(control.substitution_share)) - learnt, learnt);
      learnt.store(w.control_learnt[c].at + i);
      log(max(one - missing * max(Lanes::all(in_force), learnt), least)).store(w.control_import[c].at + i);
      const Lanes short_of = log(max(one - missing * Lanes::all(in_force) * (one - learnt), least));
      for (const ControlNeedPlan& need : control.needs) {
        const Lanes felt = get(need.elasticity) * short_of;
        for (int p = 0; p < m.products; ++p) {
          if (need.product_weight[p] == 0) continue;
          Row& effect = w.control_effect[p];
          fma(felt, Lanes::all(need.product_weight[p]), Lanes::load(effect.at + i)).store(effect.at + i);
        }
      }
    });
  }
}

/// Log of what controls leave of an import product.
HWY_INLINE Lanes add_controls(const ModelPlan& m, const Workspace& w, int product, Lanes log_x, std::size_t i) {
  for (int c = 0; c < m.supply.controls.size; ++c) {
    const float share = m.supply.controls[c].goods_weight[product];
    if (share != 0) log_x = fma(Lanes::all(share), Lanes::load(w.control_import[c].at + i), log_x);
  }
  return log_x;
}

}  // namespace plimsoll::PLIMSOLL_ISA
