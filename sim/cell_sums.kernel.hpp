/// \file
/// From the month's factors to the values of all cells, and their sums: total, products, markets, aggregates.
#pragma once

#include "models/generic_shock.kernel.hpp"
#include "models/partial_adjustment.kernel.hpp"
#include "models/supply.kernel.hpp"
#include "models/trade_shift.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

HWY_INLINE void add(Row& to, const Row& x) {
  for_lanes([&](std::size_t i) HWY_ATTR { (Lanes::load(to.at + i) + Lanes::load(x.at + i)).store(to.at + i); });
}

/// Volume and unit value of each product, and of each market, before the cells' own constants.
HWY_INLINE void gather_products(const ModelPlan& m, const Workspace& w) {
  Row all_volume, all_price;
  fill(all_volume, 0.0F);
  fill(all_price, 0.0F);
  for (const LoadingPlan& l : m.all_loadings) add_loading(w, l, all_volume, all_price);
  add(all_volume, w.trend_level[0]);
  add(all_volume, w.residual[0]);
  for (int p = 0; p < m.products; ++p) {
    w.product_volume[p] = all_volume;
    w.product_price[p] = all_price;
    add(w.product_volume[p], w.trend_level[1 + m.markets + p]);
    add(w.product_volume[p], w.residual[1 + m.markets + p]);
    add(w.product_price[p], w.residual[1 + m.markets + m.products + p]);
  }
  for (const LoadingPlan& l : m.product_loadings) {
    add_loading(w, l, w.product_volume[l.index], w.product_price[l.index]);
  }
  for (int k = 0; k < m.markets; ++k) {
    w.market_value[k] = w.trend_level[1 + k];
    add(w.market_value[k], w.residual[1 + k]);
    fill(w.market_own_price[k], 0.0F);
  }
  for (const LoadingPlan& l : m.market_loadings) {
    Row price;
    fill(price, 0.0F);
    add_loading(w, l, w.market_value[l.index], price);
    add(w.market_value[l.index], price);
    add(w.market_own_price[l.index], price);
  }
  if (!m.supply.on) return;
  for (int p = 0; p < m.products; ++p) add(w.product_volume[p], w.control_effect[p]);
}

/// Attribution, shifts, ceilings and imports look at the cells' values again.
HWY_INLINE bool keeps_cells(const ModelPlan& m) {
  return m.attribution.on || m.shift.on || m.supply.limits.size > 0 || m.imports.products.size > 0;
}
/// Where the values of a product's cells of month t stand. If nothing looks at them again one product's rows are used
/// for all, and stay in the nearest cache.
HWY_INLINE Row* product_cells(const ModelPlan& m, const Workspace& w, int p, int t) {
  return w.cell_value + (keeps_cells(m) ? (t % kPastMonths * m.products + p) * m.markets : 0);
}

/// What a month adds to the logs of all cells; null: nothing.
struct MonthTerms {
  const float *slope, *start;  ///< by cell: of the own trend, of what is restored
  const float* constant;
  const Row* declared;
  const Row &trend_own, &restored;

  HWY_INLINE Lanes add(Lanes log_x, int cell, std::size_t i) const {
    if (slope != nullptr) log_x = fma(Lanes::all(slope[cell]), Lanes::load(trend_own.at + i), log_x);
    if (start != nullptr) log_x = fma(Lanes::all(-start[cell]), Lanes::load(restored.at + i), log_x);
    log_x = log_x + Lanes::all(constant[cell]);
    return declared == nullptr ? log_x : log_x + Lanes::load(declared[cell].at + i);
  }
};

/// Volume and price of the loadings of one cell; `own_loading` moves on to the next cell's.
HWY_INLINE void add_cell_loadings(const ModelPlan& m, const Workspace& w, int cell, int& own_loading, Row& volume,
                                  Row& price) {
  fill(volume, 0.0F);
  fill(price, 0.0F);
  while (own_loading < m.cell_loadings.size && m.cell_loadings[own_loading].index == cell) {
    add_loading(w, m.cell_loadings[own_loading++], volume, price);
  }
}

/// Adds the cells of a product in double: its own sum stays in registers, those of the markets side by side in the
/// nearest cache (where the answers stand they are a multiple of 4 KB apart and would push one another out).
HWY_INLINE void sum_product(const ModelPlan& m, const Row* cells, WideRow& product, WideRow* market) {
  for_wide_lanes([&](std::size_t i) HWY_ATTR {
    WideLanes sum = WideLanes::all(0.0);
    for (int k = 0; k < m.markets; ++k) {
      const WideLanes x = WideLanes::widen(cells[k].at + i);
      double* at = market[k].at + i;
      sum = sum + x;
      (WideLanes::load(at) + x).store(at);
    }
    sum.store(product.at + i);
  });
}

/// A product whose cells have no terms of their own and are looked at by nothing but these sums: from logs to sums in
/// registers. The same additions in the same order as sum_product's.
HWY_INLINE void sum_plain_product(const ModelPlan& m, const Workspace& w, const MonthTerms& terms, int p,
                                  const Row& base, WideRow& product) {
  const hn::Half<FloatTag> half;
  const Row* const market_value = w.market_value;
  WideRow* const market_sum = w.market_sum;
  const int markets = m.markets, first = p * markets;
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes own = Lanes::load(base.at + i);
    WideLanes lower = WideLanes::all(0.0), upper = lower;
    for (int k = 0; k < markets; ++k) {
      const Lanes x = exp(terms.add(own + Lanes::load(market_value[k].at + i), first + k, i));
      const WideLanes low{hn::PromoteTo(DoubleTag(), hn::LowerHalf(half, x.v))};
      const WideLanes high{hn::PromoteTo(DoubleTag(), hn::UpperHalf(half, x.v))};
      double* const at = market_sum[k].at + i;
      lower = lower + low;
      upper = upper + high;
      (WideLanes::load(at) + low).store(at);
      (WideLanes::load(at + kWideLanes) + high).store(at + kWideLanes);
    }
    lower.store(product.at + i);
    upper.store(product.at + i + kWideLanes);
  });
}

/// Values of all cells of month t and their sums in double.
HWY_INLINE void sum_cells(const ModelPlan& m, const Workspace& w, const Row& trend_common, const Row& trend_own,
                          const Row& restored, int t) {
  const int aggregates_at = 1 + m.products + m.markets;
  const auto value = [&](int series) HWY_ATTR { return w.value + series * m.months + (t - 1); };
  for (int k = 0; k < m.markets; ++k) {
    for_wide_lanes([&](std::size_t i) HWY_ATTR { WideLanes::all(0.0).store(w.market_sum[k].at + i); });
  }
  const int cells = m.products * m.markets;
  const MonthTerms terms{m.own_trend ? m.cell_slope.data : nullptr,
                         m.restores ? m.cell_start.data : nullptr,
                         m.cell_constant.data + static_cast<std::ptrdiff_t>(t - 1) * cells,
                         m.declared.on ? w.cell_log + (t - 1) % 4 * cells : nullptr,
                         trend_own,
                         restored};
  const bool all_plain = !keeps_cells(m) && m.tariffs.size == 0 && m.cell_loadings.size == 0 && m.shocks.size == 0;
  int pair = 0, own_loading = 0;  // both lists rise with the cell
  for (int p = 0; p < m.products; ++p) {
    Row base;
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes v = Lanes::load(w.product_volume[p].at + i) + Lanes::load(w.product_price[p].at + i);
      (v + Lanes::load(trend_common.at + i)).store(base.at + i);
    });
    if (all_plain) {
      sum_plain_product(m, w, terms, p, base, *value(1 + p));
      continue;
    }
    Row* rows = product_cells(m, w, p, t);
    for (int k = 0; k < m.markets; ++k) {
      const int c = p * m.markets + k;
      Row volume, price;
      const bool has_loading = own_loading < m.cell_loadings.size && m.cell_loadings[own_loading].index == c;
      if (has_loading) add_cell_loadings(m, w, c, own_loading, volume, price);
      const bool has_tariff = pair < m.tariffs.size && m.tariffs[pair].cell == c;
      Row& x = rows[k];
      for_lanes([&](std::size_t i) HWY_ATTR {
        Lanes log_x = Lanes::load(base.at + i) + Lanes::load(w.market_value[k].at + i);
        log_x = terms.add(log_x, c, i);
        if (has_loading) log_x = log_x + Lanes::load(volume.at + i) + Lanes::load(price.at + i);
        log_x = add_generic_shocks(m, w.shock_effect, p, k, log_x, i);
        if (has_tariff) log_x = log_x + Lanes::load(w.tariff[pair].value.at + i);
        exp(log_x).store(x.at + i);
      });
      if (has_tariff) ++pair;
    }
    if (m.shift.on) shift_product(m, w, p, t);
    if (m.supply.limits.size > 0) limit_product(m, w, p, t);
    sum_product(m, rows, *value(1 + p), w.market_sum);
  }
  for_wide_lanes([&](std::size_t i) HWY_ATTR {
    WideLanes sum = WideLanes::load(value(1)->at + i);
    for (int p = 1; p < m.products; ++p) sum = sum + WideLanes::load(value(1 + p)->at + i);
    sum.store(value(0)->at + i);
  });
  for (int k = 0; k < m.markets; ++k) *value(1 + m.products + k) = w.market_sum[k];
  for (int j = 0; j < m.aggregates.size; ++j) {
    const AggregatePlan& aggregate = m.aggregates[j];
    const int first = aggregate.of_markets ? 1 + m.products : 1;
    for_wide_lanes([&](std::size_t i) HWY_ATTR {
      WideLanes sum = WideLanes::all(0.0);
      for (int g = 0; g < aggregate.weight.size; ++g) {
        sum =
            sum + WideLanes::all(static_cast<double>(aggregate.weight[g])) * WideLanes::load(value(first + g)->at + i);
      }
      sum.store(value(aggregates_at + j)->at + i);
    });
  }
}

/// CNY per USD of month t.
HWY_INLINE void keep_exchange_rate(const ModelPlan& m, const Workspace& w, int t) {
  const Row* e = driver_row(m, w, 3, t);
  Row rate;
  for_lanes([&](std::size_t i)
                HWY_ATTR { (exp(Lanes::load(e->at + i)) * Lanes::all(m.exchange_rate_0)).store(rate.at + i); });
  for_wide_lanes([&](std::size_t i) HWY_ATTR { WideLanes::widen(rate.at + i).store(w.exchange_rate[t - 1].at + i); });
}

}  // namespace plimsoll::PLIMSOLL_ISA
