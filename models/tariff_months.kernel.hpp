/// \file
/// Tariffs month by month: every pair's term through history and the scenario, in the model that the path uses.
#pragma once

#include "models/armington_months.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Keeps a pair's terms for attribution.
HWY_INLINE void keep_tariff_terms(const ModelPlan& m, const Workspace& w, int pair, int t, const TariffTerms& terms,
                                  Lanes inherited, std::size_t i) {
  const int at = pair * w.tariff_span + t - m.attribution.first + 12;
  (terms.volume + terms.price).store(w.tariff_value[at].at + i);
  terms.price.store(w.tariff_price[at].at + i);
  inherited.store(w.tariff_inherited[at].at + i);
}

/// Runs the schedule's history of pair k through the slow adjustment and regresses the value term on the trend window.
/// `q` is its product among the equilibria, -1 without them.
HWY_INLINE void run_pair_history(const ModelPlan& m, const Workspace& w, const Row& lambda, int k, int q) {
  const TariffPlan& plan = m.tariffs[k];
  TariffRows& rows = w.tariff[k];
  const int market = plan.market;
  fill(rows.slow, 0.0F);
  fill(rows.slow_price, 0.0F);
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes rate = Lanes::load(lambda.at + i);
    const Lanes eps = Lanes::load(rows.eps.at + i);
    const Lanes own_0 = tariff_rates(m, plan, w, -1, i).own;
    Lanes volume = Lanes::all(0.0F), price = Lanes::all(0.0F);
    const auto find_equilibrium = [&](int t) HWY_ATTR {
      if (q < 0) return;
      const int regime = m.elasticity.products[q].regime[t + m.tariff_history];
      price = Lanes::load(w.regime_price[regime].at + i);
      volume = Lanes::load(w.regime_volume[regime * m.markets + market].at + i);
    };
    if (q >= 0) {  // history begins in its first equilibrium
      find_equilibrium(-m.tariff_history);
      const Lanes model = Lanes::load(w.elasticity_model->at + i);
      if_less(Lanes::all(1.5F), model, volume, Lanes::all(0.0F)).store(rows.slow.at + i);
      price.store(rows.slow_price.at + i);
    }
    Lanes slope = Lanes::all(0.0F), level = Lanes::all(0.0F), slopes = Lanes::all(0.0F), levels = Lanes::all(0.0F);
    TariffTerms terms{Lanes::all(0.0F), Lanes::all(0.0F)};
    for (int t = 1 - m.tariff_history; t <= 0; ++t) {
      const TariffRates rates = tariff_rates(m, plan, w, t - 1, i);
      find_equilibrium(t - 1);
      terms =
          step_pair(m, w, rates, own_0, rate, eps, rows, volume, price, i, rows.slow.at + i, rows.slow_price.at + i);
      if (t >= m.attribution.first - 12) keep_tariff_terms(m, w, k, t, terms, Lanes::all(0.0F), i);
      const int j = t + m.window_months - 1;
      if (j < 0) continue;
      const Lanes value = terms.volume + terms.price;
      slope = fma(Lanes::all(m.slope_weight[j]), value, slope);
      level = fma(Lanes::all(m.level_weight[j]), value, level);
      slopes = slopes + Lanes::all(m.slope_weight[j]);
      levels = levels + Lanes::all(m.level_weight[j]);
    }
    const Lanes value_0 = terms.volume + terms.price;  // the regression is of g[t] - g[0]
    (slope - slopes * value_0).store(rows.slope.at + i);
    (level - levels * value_0).store(rows.level.at + i);
    terms.volume.store(rows.volume_0.at + i);
    terms.price.store(rows.price_0.at + i);
  });
  rows.slow_inherited = rows.slow;
  rows.slow_price_inherited = rows.slow_price;
}

/// Does product q begin at pair k?
HWY_INLINE bool begins(const ModelPlan& m, int q, int k) {
  return q < m.elasticity.products.size && m.elasticity.products[q].first_pair == k;
}

HWY_INLINE void run_tariff_history(const ModelPlan& m, const Workspace& w, const Row& lambda) {
  fill(*w.unsolved, 0.0F);
  int q = -1;
  for (int k = 0; k < m.tariffs.size; ++k) {
    TariffRows& rows = w.tariff[k];
    tariff_response(m.tariffs[k], w.parameter, lambda, *w.elasticity_model, rows);
    rows.eps = w.parameter[m.tariffs[k].import_demand];
    if (begins(m, q + 1, k)) solve_history(m, w, ++q);
    run_pair_history(m, w, lambda, k, q);
  }
}

/// Month t of every pair: value term with the path's layers, and without (inherited).
HWY_INLINE void step_tariffs(const ModelPlan& m, const Workspace& w, const Row& lambda, const Row& restored, int t) {
  step_equilibria(m, w, t);
  int q = -1;
  for (int k = 0; k < m.tariffs.size; ++k) {
    const TariffPlan& plan = m.tariffs[k];
    TariffRows& rows = w.tariff[k];
    if (begins(m, q + 1, k)) ++q;
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes rate = Lanes::load(lambda.at + i);
      const Lanes eps = Lanes::load(rows.eps.at + i);
      const Lanes own_0 = tariff_rates(m, plan, w, -1, i).own;
      const TariffRates rates = tariff_rates(m, plan, w, t - 1, i);
      Lanes volume = Lanes::all(0.0F), price = volume, calm_volume = volume, calm_price = volume;
      if (q >= 0) {
        const bool apart = m.elasticity.products[q].has_layers;
        volume = Lanes::load(market_equilibrium(m, w, q, false)[plan.market].volume.at + i);
        price = Lanes::load(equilibrium(w, q, false).china.at + i);
        calm_volume = Lanes::load(market_equilibrium(m, w, q, apart)[plan.market].volume.at + i);
        calm_price = Lanes::load(equilibrium(w, q, apart).china.at + i);
      }
      const TariffTerms now =
          step_pair(m, w, rates, own_0, rate, eps, rows, volume, price, i, rows.slow.at + i, rows.slow_price.at + i);
      const Lanes zero_terms = Lanes::load(rows.volume_0.at + i) + Lanes::load(rows.price_0.at + i);
      const Lanes moved = now.volume + now.price - zero_terms;
      const Lanes taken_back = fma(Lanes::load(rows.slope.at + i), Lanes::all(m.compensation[t - 1]),
                                   Lanes::load(rows.level.at + i) * Lanes::load(restored.at + i));
      (moved - taken_back).store(rows.value.at + i);
      const TariffRates scheduled{Lanes::all(plan.own_log[t - 1 + m.tariff_history]),
                                  Lanes::all(plan.rivals_log[t - 1 + m.tariff_history])};
      const TariffTerms calm = step_pair(m, w, scheduled, own_0, rate, eps, rows, calm_volume, calm_price, i,
                                         rows.slow_inherited.at + i, rows.slow_price_inherited.at + i);
      keep_tariff_terms(m, w, k, t, now, calm.volume + calm.price - zero_terms, i);
    });
  }
}

}  // namespace plimsoll::PLIMSOLL_ISA
