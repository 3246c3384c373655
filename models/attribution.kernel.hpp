/// \file
/// Why a month differs from the same month a year before: the logarithmic-mean Divisia index (Ang 2004, Energy Policy
/// 32, additive LMDI-I). Term k brings sum over cells of L(x[t], x[t-12]) (term_k[t] - term_k[t-12]), in USD bn; months
/// before t = 1 are the observed ones, with the terms of this path's parameters on the drivers' history.
#pragma once

#include "models/declared.kernel.hpp"
#include "models/generic_shock.kernel.hpp"
#include "models/partial_adjustment.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// L(a, b) = (a - b)/ln(a/b), L(a, a) = a. Series in ln(a/b) near a = b; relative error below 1e-6.
HWY_INLINE Lanes log_mean(Lanes a, Lanes b) {
  const Lanes d = log(a / b);
  const Lanes d2 = d * d;
  Lanes series = fma(d2, Lanes::all(-17.0F / 20160.0F), Lanes::all(1.0F / 120.0F));
  series = fma(series, d2, Lanes::all(-1.0F / 12.0F));
  series = fma(series, d2, Lanes::all(1.0F)) * (a + b) * Lanes::all(0.5F);
  return if_less(d2, Lanes::all(0.09F), series, (a - b) / d);
}

/// Rows of a ring slot of Workspace::past.
struct PastRows {
  Row *demand, *level, *price_residual, *common, *own, *inherited, *shock, *shock_price;
  Row* supply;  ///< [3 * products] with a supply plan: controls, ceilings' values, ceilings' prices
};
HWY_INLINE PastRows past_rows(const ModelPlan& m, const Workspace& w, int t) {
  Row* slot = w.past + ((t % 12 + 12) % 12) * w.past_rows;
  Row* level = slot + m.markets;
  Row* price = level + 1 + m.markets + m.products;
  return {slot,
          level,
          price,
          price + m.products,
          price + m.products + 1,
          price + m.products + 2,
          price + m.products + 2 + kDrivers,
          price + m.products + 2 + kDrivers + m.shocks.size,
          price + m.products + 2 + kDrivers + 2 * m.shocks.size};
}

/// Years of slope that the trend line has run by month t: Gc after t = 0, calendar time before.
HWY_INLINE float line_years(const ModelPlan& m, int t) {
  return t >= 1 ? m.compensation[t - 1] : static_cast<float>(t) / 12.0F;
}

HWY_INLINE void subtract(const Row& a, const Row& b, Row& out) {
  for_lanes([&](std::size_t i) HWY_ATTR { (Lanes::load(a.at + i) - Lanes::load(b.at + i)).store(out.at + i); });
}

/// Changes of all tracks over the twelve months to t.
HWY_INLINE void change_tracks(const ModelPlan& m, const Workspace& w, const PastRows& past, int t) {
  for (int k = 0; k < kDrivers; ++k) {
    subtract(*track_row(m, w, k, t), *track_row(m, w, k, t - 12), w.track_change[k]);
    subtract(*track_row(m, w, k, t > 0 ? t : 0), *track_row(m, w, k, t > 12 ? t - 12 : 0), w.simulated_change[k]);
    if (t >= 1)
      subtract(w.track_inherited[k], past.inherited[k], w.inherited_change[k]);
    else
      fill(w.inherited_change[k], 0.0F);
  }
  for (int k = 0; k < m.markets; ++k) {
    if (t >= 1)
      subtract(w.demand[k], past.demand[k], w.track_change[kDrivers + k]);
    else
      fill(w.track_change[kDrivers + k], 0.0F);
    w.simulated_change[kDrivers + k] = w.track_change[kDrivers + k];
  }
  // Declared drivers are at rest in history; rows before t = 0 hold 0.
  for (int d = 0; d < m.declared.drivers.size; ++d) {
    Row& change = w.track_change[kDrivers + m.markets + d];
    subtract(*driver_row(m, w, kDriverRows + d, t), *driver_row(m, w, kDriverRows + d, t - 12), change);
    w.simulated_change[kDrivers + m.markets + d] = change;
    fill(w.declared_sum[d], 0.0F);
  }
}

/// Changes of the generic shocks; 0 in history, where they are not yet there.
HWY_INLINE void change_shocks(const ModelPlan& m, const Workspace& w, const PastRows& past, int t) {
  for (int j = 0; j < m.shocks.size; ++j) {
    fill(w.shock_sum[j], 0.0F);
    fill(w.shock_change[j], 0.0F);
    fill(w.shock_price_change[j], 0.0F);
    if (t < 1) continue;
    subtract(w.shock_effect[j], past.shock[j], w.shock_change[j]);
    subtract(w.shock_price[j], past.shock_price[j], w.shock_price_change[j]);
  }
}

/// Adds the work of the generic shocks on a cell with logarithmic mean `mean`.
HWY_INLINE void attribute_shocks(const ModelPlan& m, const Workspace& w, int p, int k, const Row& mean, Row& price) {
  for (int j = 0; j < m.shocks.size; ++j) {
    const float share = reached(m.shocks[j], p, k);
    if (share == 0) continue;
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes weight = Lanes::load(mean.at + i) * Lanes::all(share);
      fma(weight, Lanes::load(w.shock_change[j].at + i), Lanes::load(w.shock_sum[j].at + i))
          .store(w.shock_sum[j].at + i);
      fma(weight, Lanes::load(w.shock_price_change[j].at + i), Lanes::load(price.at + i)).store(price.at + i);
    });
  }
}

/// What one month's cells bring, product by product.
struct AttributionSums {
  Row term[kTerms];
  Row price;
};

/// Adds what declared drivers and residuals bring in one cell with logarithmic mean `mean`, as far as the matrix does.
HWY_INLINE void attribute_declared(const ModelPlan& m, const Workspace& w, int t, int p, int k, const Row& mean,
                                   Row& price) {
  const DeclaredPlan& plan = m.declared;
  const int cells = m.products * m.markets, c = p * m.markets + k;
  const Row& now = w.cell_price[t % kPriceMonths * cells + c];
  const Row& before = w.cell_price[(t > 12 ? t - 12 : 0) % kPriceMonths * cells + c];
  for_lanes([&](std::size_t i) HWY_ATTR {
    Lanes change = Lanes::load(now.at + i);
    if (t > 12) change = change - Lanes::load(before.at + i);
    fma(Lanes::load(mean.at + i), change, Lanes::load(price.at + i)).store(price.at + i);
  });
  for (int e = plan.first[p]; e < plan.first[p + 1]; ++e) {
    const int d = plan.column[e];
    if (d >= plan.drivers.size) continue;  // residual factors: what they bring is the residual
    const float value = plan.value[e * m.markets + k];
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes work = Lanes::all(value) * Lanes::load(w.track_change[kDrivers + m.markets + d].at + i);
      fma(Lanes::load(mean.at + i), work, Lanes::load(w.declared_sum[d].at + i)).store(w.declared_sum[d].at + i);
    });
  }
}

/// Adds a loading's work on goods whose logarithmic means sum to `mean`; `price_change` may be null: the cells have it.
HWY_INLINE void attribute_loading(const ModelPlan& m, const Workspace& w, const LoadingPlan& l, const Row& mean,
                                  const Row* price_change, float line_change, AttributionSums& s) {
  const int declared = l.track - kDrivers - m.markets;
  Row& driver = declared >= 0 ? w.declared_sum[declared] : s.term[l.track < kDrivers ? l.track : kDrivers];
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes weight = Lanes::load(mean.at + i);
    const Lanes price = weight * Lanes::load(w.parameter[l.price].at + i);
    const Lanes value = fma(weight, Lanes::load(w.parameter[l.volume].at + i), price);
    Lanes change = Lanes::load(w.track_change[l.track].at + i);
    if (l.track < kDrivers) {
      const Lanes still = Lanes::load(w.inherited_change[l.track].at + i);
      change = change - still;
      Row& inherited = s.term[static_cast<int>(Term::inherited)];
      fma(value, still, Lanes::load(inherited.at + i)).store(inherited.at + i);
    }
    fma(value, change, Lanes::load(driver.at + i)).store(driver.at + i);
    if (price_change != nullptr) {
      fma(price, Lanes::load(price_change[l.track].at + i), Lanes::load(s.price.at + i)).store(s.price.at + i);
    }
    if (l.track < kDrivers) {  // the slope that the driver took from the trend
      Row& trend = s.term[static_cast<int>(Term::trend)];
      const Lanes taken = Lanes::load(w.track_slope[l.track].at + i) * Lanes::all(-line_change);
      fma(value, taken, Lanes::load(trend.at + i)).store(trend.at + i);
    }
  });
}

/// Logarithmic means of one product's cells, and the terms that belong to single cells.
HWY_INLINE void attribute_cells(const ModelPlan& m, const Workspace& w, int t, int p, const Row& own_change,
                                float line_change, int& pair, int& own_loading, Row& product_mean, AttributionSums& s) {
  const AttributionPlan& a = m.attribution;
  const int cells = m.products * m.markets;
  const auto observed = [&](int month, int c) HWY_ATTR { return a.observed[(month - a.first + 12) * cells + c]; };
  const bool printed = a.printed[p] != 0;
  const Row* price_change = printed ? w.simulated_change : w.track_change;
  Row& trend = s.term[static_cast<int>(Term::trend)];
  Row& tariff = s.term[static_cast<int>(Term::tariff)];
  Row& inherited = s.term[static_cast<int>(Term::inherited)];
  for (int k = 0; k < m.markets; ++k) {
    const int c = p * m.markets + k;
    const bool has_tariff = pair < m.tariffs.size && m.tariffs[pair].cell == c;
    const int now_at = pair * w.tariff_span + t - a.first + 12;
    // Where the unit value is printed, its history holds what the tariff did to it.
    const int price_at = now_at + (printed && t < 0 ? -t : 0), price_before_at = now_at - (printed && t < 12 ? t : 12);
    const float trend_constant = a.trend[(t - a.first) * cells + c];
    Row mean;
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes now = t >= 1 ? Lanes::load(w.cell_value[t % kPastMonths * cells + c].at + i)
                               : Lanes::all(observed(t < 1 ? t : 0, c));
      const Lanes before = t > 12 ? Lanes::load(w.cell_value[(t - 12) % kPastMonths * cells + c].at + i)
                                  : Lanes::all(observed(t > 12 ? 0 : t - 12, c));
      const Lanes weight = log_mean(now, before);
      weight.store(mean.at + i);
      (Lanes::load(product_mean.at + i) + weight).store(product_mean.at + i);
      (Lanes::load(w.market_mean[k].at + i) + weight).store(w.market_mean[k].at + i);
      fma(weight, Lanes::load(w.market_price[k].at + i), Lanes::load(s.price.at + i)).store(s.price.at + i);
      Lanes line = fma(Lanes::all(m.cell_slope[c]), Lanes::load(own_change.at + i), Lanes::all(trend_constant));
      if (has_tariff) {
        const Lanes own_price =
            Lanes::load(w.tariff_price[price_at].at + i) - Lanes::load(w.tariff_price[price_before_at].at + i);
        const Lanes change =
            Lanes::load(w.tariff_value[now_at].at + i) - Lanes::load(w.tariff_value[now_at - 12].at + i);
        const Lanes still =
            Lanes::load(w.tariff_inherited[now_at].at + i) - Lanes::load(w.tariff_inherited[now_at - 12].at + i);
        fma(weight, change - still, Lanes::load(tariff.at + i)).store(tariff.at + i);
        fma(weight, still, Lanes::load(inherited.at + i)).store(inherited.at + i);
        fma(weight, own_price, Lanes::load(s.price.at + i)).store(s.price.at + i);
        line = fma(Lanes::load(w.tariff[pair].slope.at + i), Lanes::all(-line_change), line);
      }
      fma(weight, line, Lanes::load(trend.at + i)).store(trend.at + i);
      if (m.shift.on && t >= 1) {
        const int at = t % kPastMonths * cells + c, then = (t > 12 ? t - 12 : 0) % kPastMonths * cells + c;
        const auto add = [&](const Row* shift, Row& term) HWY_ATTR {
          const Lanes change = Lanes::load(shift[at].at + i) - Lanes::load(shift[then].at + i);
          fma(weight, change, Lanes::load(term.at + i)).store(term.at + i);
        };
        add(w.shift_front, s.term[static_cast<int>(Term::front_loading)]);
        add(w.shift_diversion, s.term[static_cast<int>(Term::diversion)]);
        add(w.shift_inherited, inherited);
      }
    });
    if (has_tariff) ++pair;
    attribute_shocks(m, w, p, k, mean, s.price);
    if (m.declared.on && t >= 1) attribute_declared(m, w, t, p, k, mean, s.price);
    while (own_loading < m.cell_loadings.size && m.cell_loadings[own_loading].index == c) {
      attribute_loading(m, w, m.cell_loadings[own_loading++], mean, price_change, line_change, s);
    }
  }
}

HWY_INLINE void add_wide(const Row& x, WideRow& sum) {
  for_wide_lanes([&](std::size_t i)
                     HWY_ATTR { (WideLanes::load(sum.at + i) + WideLanes::widen(x.at + i)).store(sum.at + i); });
}

/// Changes of the markets' own price terms, which every cell of the market carries.
HWY_INLINE void market_price_changes(const ModelPlan& m, const Workspace& w) {
  for (int k = 0; k < m.markets; ++k) {
    fill(w.market_mean[k], 0.0F);
    fill(w.market_price[k], 0.0F);
  }
  for (const LoadingPlan& l : m.market_loadings) {
    for_lanes([&](std::size_t i) HWY_ATTR {
      fma(Lanes::load(w.parameter[l.price].at + i), Lanes::load(w.track_change[l.track].at + i),
          Lanes::load(w.market_price[l.index].at + i))
          .store(w.market_price[l.index].at + i);
    });
  }
}

/// Adds the work of ceilings and controls on a product whose logarithmic means sum to `mean`.
HWY_INLINE void attribute_supply(const ModelPlan& m, const Workspace& w, const PastRows& past, int p, const Row& mean,
                                 AttributionSums& s) {
  const auto add = [&](const Row& now, const Row& before, Row& sum) HWY_ATTR {
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes change = Lanes::load(now.at + i) - Lanes::load(before.at + i);
      fma(Lanes::load(mean.at + i), change, Lanes::load(sum.at + i)).store(sum.at + i);
    });
  };
  add(w.control_effect[p], past.supply[p], s.term[static_cast<int>(Term::export_control)]);
  add(w.limit_value[p], past.supply[m.products + p], s.term[static_cast<int>(Term::supply_limit)]);
  add(w.limit_price[p], past.supply[2 * m.products + p], s.price);
}

/// Splits month t's change over twelve months; then keeps what month t + 12 needs of it.
HWY_INLINE void attribute_month(const ModelPlan& m, const Workspace& w, const Row& trend_common, const Row& trend_own,
                                int t) {
  const AttributionPlan& a = m.attribution;
  const int attributed = m.months - a.first + 1;
  const auto piece = [&](int row) HWY_ATTR -> WideRow& { return w.piece[row * attributed + t - a.first]; };
  for (int row = 0; row < kTerms + 1 + m.products + m.aggregates.size + m.shocks.size + m.declared.drivers.size;
       ++row) {
    for_wide_lanes([&](std::size_t i) HWY_ATTR { WideLanes::all(0.0).store(piece(row).at + i); });
  }
  const PastRows past = past_rows(m, w, t);
  const float line_change = line_years(m, t) - line_years(m, t - 12);
  const int world_and_markets = 1 + m.markets;
  change_tracks(m, w, past, t);
  change_shocks(m, w, past, t);
  market_price_changes(m, w);
  Row common_change, own_change;
  fill(common_change, 0.0F);
  fill(own_change, 0.0F);
  if (t >= 1) {
    subtract(trend_own, *past.own, own_change);
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes line = Lanes::load(trend_common.at + i) - Lanes::load(past.common->at + i);
      (line + Lanes::load(w.trend_level[0].at + i) - Lanes::load(past.level[0].at + i)).store(common_change.at + i);
    });
  }

  int pair = 0, own_loading = 0;
  AttributionSums rest;  // what belongs to whole markets
  for (Row& row : rest.term) fill(row, 0.0F);
  fill(rest.price, 0.0F);
  for (int p = 0; p < m.products; ++p) {
    AttributionSums s;
    for (Row& row : s.term) fill(row, 0.0F);
    fill(s.price, 0.0F);
    Row mean;
    fill(mean, 0.0F);
    attribute_cells(m, w, t, p, own_change, line_change, pair, own_loading, mean, s);
    const bool printed = a.printed[p] != 0;
    const Row* price_change = printed ? w.simulated_change : w.track_change;
    for (const LoadingPlan& l : m.all_loadings) attribute_loading(m, w, l, mean, price_change, line_change, s);
    for (const LoadingPlan& l : m.product_loadings) {
      if (l.index == p) attribute_loading(m, w, l, mean, price_change, line_change, s);
    }
    Row& trend = s.term[static_cast<int>(Term::trend)];
    const int factor = world_and_markets + p;
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes weight = Lanes::load(mean.at + i);
      Lanes line = Lanes::load(common_change.at + i);
      Lanes unit_value = Lanes::all(a.unit_value[(t - a.first) * m.products + p]);
      if (t >= 1) {
        line = line + Lanes::load(w.trend_level[factor].at + i) - Lanes::load(past.level[factor].at + i);
        unit_value = unit_value + Lanes::load(w.residual[factor + m.products].at + i) -
                     Lanes::load(past.price_residual[p].at + i);
      }
      fma(weight, line, Lanes::load(trend.at + i)).store(trend.at + i);
      fma(weight, unit_value, Lanes::load(s.price.at + i)).store(s.price.at + i);
    });
    if (m.supply.on && t >= 1) attribute_supply(m, w, past, p, mean, s);
    for (int k = 0; k < kTerms; ++k) add_wide(s.term[k], piece(k));
    add_wide(s.price, piece(kTerms));
    add_wide(s.price, piece(kTerms + 1 + p));
  }
  if (t >= 1) {
    Row& trend = rest.term[static_cast<int>(Term::trend)];
    for (int k = 0; k < m.markets; ++k) {
      for_lanes([&](std::size_t i) HWY_ATTR {
        const Lanes change = Lanes::load(w.trend_level[1 + k].at + i) - Lanes::load(past.level[1 + k].at + i);
        fma(Lanes::load(w.market_mean[k].at + i), change, Lanes::load(trend.at + i)).store(trend.at + i);
      });
    }
  }
  for (const LoadingPlan& l : m.market_loadings) {
    attribute_loading(m, w, l, w.market_mean[l.index], nullptr, line_change, rest);
  }
  for (int k = 0; k < kTerms; ++k) add_wide(rest.term[k], piece(k));
  for (int j = 0; j < m.shocks.size; ++j) {
    add_wide(w.shock_sum[j], piece(kTerms + 1 + m.products + m.aggregates.size + j));
  }
  for (int d = 0; d < m.declared.drivers.size; ++d) {
    add_wide(w.declared_sum[d], piece(kTerms + 1 + m.products + m.aggregates.size + m.shocks.size + d));
  }
  for (int j = 0; j < m.aggregates.size; ++j) {
    if (m.aggregates[j].of_markets) continue;
    for (int p = 0; p < m.products; ++p) {
      for_wide_lanes([&](std::size_t i) HWY_ATTR {
        WideRow& sum = piece(kTerms + 1 + m.products + j);
        const WideLanes part = WideLanes::all(static_cast<double>(m.aggregates[j].weight[p])) *
                               WideLanes::load(piece(kTerms + 1 + p).at + i);
        (WideLanes::load(sum.at + i) + part).store(sum.at + i);
      });
    }
  }
  if (t < 1) return;
  for (int k = 0; k < m.markets; ++k) past.demand[k] = w.demand[k];
  for (int f = 0; f < world_and_markets + m.products; ++f) past.level[f] = w.trend_level[f];
  for (int p = 0; p < m.products; ++p) past.price_residual[p] = w.residual[world_and_markets + m.products + p];
  *past.common = trend_common;
  *past.own = trend_own;
  for (int k = 0; k < kDrivers; ++k) past.inherited[k] = w.track_inherited[k];
  for (int j = 0; j < m.shocks.size; ++j) {
    past.shock[j] = w.shock_effect[j];
    past.shock_price[j] = w.shock_price[j];
  }
  if (!m.supply.on) return;
  for (int p = 0; p < m.products; ++p) {
    past.supply[p] = w.control_effect[p];
    past.supply[m.products + p] = w.limit_value[p];
    past.supply[2 * m.products + p] = w.limit_price[p];
  }
}

}  // namespace plimsoll::PLIMSOLL_ISA
