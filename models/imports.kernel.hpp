/// \file
/// Imports by product from the world, on the same drivers as exports, so that balances move jointly:
///   ln x[p,t] = ln x[p,0] + S + trend + factors + residuals + sum over tracks theta (R - slope Gc - level (1 - rho^t))
///             + income elasticity * domestic demand + sum over links omega * log volume deviation of the export
///             product + generic shocks + foreign controls
#pragma once

#include "models/attribution.kernel.hpp"
#include "models/supply.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

inline constexpr int kMostImports = 40;

struct ImportState {
  Row restored_power, demand;
  Row factor[2 * (1 + kMostImports)][4];  ///< normals of level and slope: world, products
  Row residual[1 + 2 * kMostImports][4];  ///< world, volumes, prices
  Row demand_normal[4];
};

HWY_INLINE Row& import_track(const ModelPlan& m, const Workspace& w, int k, int t) {
  return w.import_track[k * (m.window_months + m.months) + t + m.window_months - 1];
}
HWY_INLINE void lag_import_track(const ModelPlan& m, const Workspace& w, int k, int t) {
  const ImportTrackPlan& plan = m.imports.tracks[k];
  const Row* source = driver_row(m, w, plan.source, t);
  if (plan.lag == kNone)
    import_track(m, w, k, t) = *source;
  else
    apply_lag(w.import_lag_weight + k * kLagMonths, source, import_track(m, w, k, t));
}

/// Lagged drivers of the trend window with this path's lags, and what a regression on trend takes for their work.
HWY_INLINE void run_import_history(const ModelPlan& m, const Workspace& w) {
  for (int k = 0; k < m.imports.tracks.size; ++k) {
    const ImportTrackPlan& plan = m.imports.tracks[k];
    if (plan.lag != kNone) gamma_lag_weights(w.parameter[plan.lag], w.import_lag_weight + k * kLagMonths);
    for (int t = 1 - m.window_months; t <= 0; ++t) lag_import_track(m, w, k, t);
    const Row& now = import_track(m, w, k, 0);
    for_lanes([&](std::size_t i) HWY_ATTR {
      Lanes slope = Lanes::all(0.0F), level = Lanes::all(0.0F);
      for (int j = 0; j < m.window_months; ++j) {
        const Lanes r = Lanes::load(import_track(m, w, k, j - m.window_months + 1).at + i) - Lanes::load(now.at + i);
        slope = fma(Lanes::all(m.slope_weight[j]), r, slope);
        level = fma(Lanes::all(m.level_weight[j]), r, level);
      }
      slope.store(w.import_slope[k].at + i);
      level.store(w.import_level[k].at + i);
    });
  }
}

HWY_INLINE const TrendFactorPlan& import_factor(const ModelPlan& m, int f) {
  return f == 0 ? m.imports.world_trend : m.imports.products[f - 1].trend;
}
/// World, products' volumes, products' prices.
HWY_INLINE const ResidualFactorPlan& import_residual(const ModelPlan& m, int f) {
  const int products = m.imports.products.size;
  if (f == 0) return m.imports.world_residual;
  return f <= products ? m.imports.products[f - 1].volume : m.imports.products[f - 1 - products].price;
}

template <class Draws>
HWY_INLINE void start_imports(const ModelPlan& m, const Draws& draws, const Workspace& w, ImportState& s) {
  const int products = m.imports.products.size;
  for (int f = 0; f <= products; ++f) {
    Row z[4];
    const TrendFactorPlan& plan = import_factor(m, f);
    draws.normals(plan.start_stream, 0, z);
    fill(w.import_factor[2 * f], 0.0F);
    for_lanes([&](std::size_t i) HWY_ATTR {
      (Lanes::load(w.parameter[plan.start_sd].at + i) * Lanes::load(z[0].at + i))
          .store(w.import_factor[2 * f + 1].at + i);
    });
  }
  for (int f = 0; f <= 2 * products; ++f) fill(w.import_residual[f], 0.0F);
  for (int k = 0; k < 12 * products; ++k) fill(w.import_price_past[k], 0.0F);
  fill(s.restored_power, 1.0F);
  fill(s.demand, 0.0F);
}

template <class Draws>
HWY_INLINE void draw_imports(const ModelPlan& m, const Draws& draws, std::uint32_t draw, ImportState& s) {
  const int products = m.imports.products.size;
  for (int f = 0; f <= products; ++f) {
    draws.normals(import_factor(m, f).level_stream, draw, s.factor[2 * f]);
    draws.normals(import_factor(m, f).slope_stream, draw, s.factor[2 * f + 1]);
  }
  for (int f = 0; f <= 2 * products; ++f) draws.normals(import_residual(m, f).stream, draw, s.residual[f]);
  draws.normals(m.imports.demand_stream, draw, s.demand_normal);
}

/// Log deviation of the volume of every export product from what trend and season alone would make of it.
HWY_INLINE void export_volumes(const ModelPlan& m, const Workspace& w, const Row& trend_common, int t) {
  const int cells = m.products * m.markets;
  for (int p = 0; p < m.products; ++p) {
    float at_0 = 0;
    for (int k = 0; k < m.markets; ++k)
      at_0 += m.attribution.observed[(12 - m.attribution.first) * cells + p * m.markets + k];
    Row volume;
    product_volume_sum(m, w, p, PriceTaken::beyond_trend, t, volume);
    for_lanes([&](std::size_t i) HWY_ATTR {
      Lanes expected = Lanes::all(m.imports.export_season[(t - 1) * m.products + p]) + Lanes::load(trend_common.at + i);
      if (m.supply.limits.size > 0) expected = expected + Lanes::load(w.limit_price[p].at + i);
      (log(Lanes::load(volume.at + i) * Lanes::all(1.0F / at_0)) - expected).store(w.import_link[p].at + i);
    });
  }
}

/// Advances trends, residuals and domestic demand by a month.
HWY_INLINE void step_import_factors(const ModelPlan& m, const Workspace& w, const Row& phi, int j, ImportState& s) {
  const int products = m.imports.products.size;
  for (int f = 0; f <= products; ++f) {
    TrendState state{w.import_factor[2 * f], w.import_factor[2 * f + 1]};
    step_trend(import_factor(m, f), w.parameter, phi, s.factor[2 * f][j], s.factor[2 * f + 1][j], state);
    w.import_factor[2 * f] = state.level;
    w.import_factor[2 * f + 1] = state.slope;
  }
  for (int f = 0; f <= 2 * products; ++f) {
    Row z = s.residual[f][j];
    if (f >= 1 && f <= products) {  // volumes correlate with their price's innovation
      for_lanes([&](std::size_t i) HWY_ATTR {
        const Lanes r = Lanes::load(w.parameter[m.imports.products[f - 1].price_volume_corr].at + i);
        const Lanes own = sqrt(max(Lanes::all(1.0F) - r * r, Lanes::all(0.0F))) * Lanes::load(z.at + i);
        fma(r, Lanes::load(s.residual[f + products][j].at + i), own).store(z.at + i);
      });
    }
    step_residual(import_residual(m, f), w.parameter, z, w.import_residual[f]);
  }
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes hundredth = Lanes::all(0.01F);
    const Lanes sd = Lanes::load(w.parameter[m.imports.demand_sd_pp].at + i) * Lanes::all(0.01F * kPerRootYear);
    Lanes y = fma(sd, Lanes::load(s.demand_normal[j].at + i), Lanes::load(s.demand.at + i));
    if (m.imports.demand_growth_pct != kNone) {
      const Lanes growth =
          fma(Lanes::load(w.parameter[m.imports.demand_growth_pct].at + i), hundredth, Lanes::all(1.0F));
      y = fma(log(max(growth, Lanes::all(0.05F))) - Lanes::all(m.imports.demand_forecast_log), Lanes::all(1.0F / 12.0F),
              y);
    }
    y.store(s.demand.at + i);
  });
}

/// Adds the twelve-month change of the prices that generic shocks move on import product p.
HWY_INLINE void add_shock_prices(const ModelPlan& m, const Workspace& w, int p, int t, Row& price) {
  if (t < 1) return;
  const PastRows past = past_rows(m, w, t);  // the month's own slot is written after the imports
  for (int j = 0; j < m.shocks.size; ++j) {
    const float share = reached_import(m.shocks[j], p);
    if (share == 0) continue;
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes change = Lanes::load(w.shock_price[j].at + i) - Lanes::load(past.shock_price[j].at + i);
      fma(Lanes::all(share), change, Lanes::load(price.at + i)).store(price.at + i);
    });
  }
}

/// Price's share of the change over twelve months, by product, in total and by aggregate.
HWY_INLINE void attribute_import_prices(const ModelPlan& m, const Workspace& w, int t) {
  const AttributionPlan& a = m.attribution;
  const ImportPlan& imports = m.imports;
  const int products = imports.products.size, attributed = m.months - a.first + 1;
  const int base = kTerms + 1 + m.products + m.aggregates.size + m.shocks.size + m.declared.drivers.size;
  const auto piece = [&](int row) HWY_ATTR -> WideRow& { return w.piece[(base + row) * attributed + t - a.first]; };
  for (int row = 0; row < 1 + products + imports.aggregates.size; ++row) {
    for_wide_lanes([&](std::size_t i) HWY_ATTR { WideLanes::all(0.0).store(piece(row).at + i); });
  }
  for (int p = 0; p < products; ++p) {
    const bool printed = imports.products[p].printed;
    Row price;
    for_lanes([&](std::size_t i) HWY_ATTR {
      Lanes change = Lanes::all(imports.unit_value[(t - a.first) * products + p]);
      if (t >= 1) {
        change = change + Lanes::load(w.import_residual[1 + products + p].at + i) -
                 Lanes::load(w.import_price_past[t % 12 * products + p].at + i);
      }
      change.store(price.at + i);
    });
    add_shock_prices(m, w, p, t, price);
    for (const ImportLoadingPlan& l : imports.loadings) {
      if (l.product != p || l.track < 0) continue;
      const int now = printed && t < 0 ? 0 : t, before = printed && t < 12 ? 0 : t - 12;
      for_lanes([&](std::size_t i) HWY_ATTR {
        const Lanes moved = Lanes::load(import_track(m, w, l.track, now).at + i) -
                            Lanes::load(import_track(m, w, l.track, before).at + i);
        fma(Lanes::load(w.parameter[l.price].at + i), moved, Lanes::load(price.at + i)).store(price.at + i);
      });
    }
    for_lanes([&](std::size_t i) HWY_ATTR {
      const auto observed = [&](int month) HWY_ATTR {
        return Lanes::all(imports.observed[(month - a.first + 12) * products + p]);
      };
      const Lanes now =
          t >= 1 ? Lanes::load(w.import_value[t % kPastMonths * products + p].at + i) : observed(t < 1 ? t : 0);
      const Lanes before = t > 12 ? Lanes::load(w.import_value[(t - 12) % kPastMonths * products + p].at + i)
                                  : observed(t > 12 ? 0 : t - 12);
      (log_mean(now, before) * Lanes::load(price.at + i)).store(price.at + i);
    });
    add_wide(price, piece(0));
    add_wide(price, piece(1 + p));
    if (t >= 1) w.import_price_past[t % 12 * products + p] = w.import_residual[1 + products + p];
  }
  for (int j = 0; j < imports.aggregates.size; ++j) {
    for (int p = 0; p < products; ++p) {
      for_wide_lanes([&](std::size_t i) HWY_ATTR {
        const WideLanes part =
            WideLanes::all(static_cast<double>(imports.aggregates[j].weight[p])) * WideLanes::load(piece(1 + p).at + i);
        (WideLanes::load(piece(1 + products + j).at + i) + part).store(piece(1 + products + j).at + i);
      });
    }
  }
}

/// Month t of imports, after the month's exports. `damped`: sum of the trend's damping so far, years.
HWY_INLINE void step_imports(const ModelPlan& m, const Workspace& w, const Row& phi, const Row& damped,
                             const Row& trend_common, int t, int j, ImportState& s) {
  const ImportPlan& imports = m.imports;
  const int products = imports.products.size;
  step_import_factors(m, w, phi, j, s);
  Row restored, common, own;
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes rho =
        Lanes::load(s.restored_power.at + i) * Lanes::load(w.parameter[imports.world_residual.ar1].at + i);
    rho.store(s.restored_power.at + i);
    (Lanes::all(1.0F) - rho).store(restored.at + i);
    const Lanes long_run = Lanes::load(w.parameter[imports.trend_long_run].at + i), g = Lanes::load(damped.at + i);
    const Lanes ahead = Lanes::all(imports.total_slope) - long_run;
    Lanes expected = fma(g, believed_slope(imports.trend_start, w.parameter, ahead, i),
                         long_run * Lanes::all(static_cast<float>(t) / 12.0F));
    if (imports.trend_start.on())
      expected = expected + start_level(imports.trend_start, w.parameter, ahead, Lanes::all(1.0F) - rho, i);
    (expected + Lanes::load(w.import_factor[0].at + i) + Lanes::load(w.import_residual[0].at + i)).store(common.at + i);
    (g * Lanes::load(w.parameter[imports.trend_shrinkage].at + i)).store(own.at + i);
  });
  for (int k = 0; k < imports.tracks.size; ++k) {
    lag_import_track(m, w, k, t);
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes taken_back = fma(Lanes::load(w.import_slope[k].at + i), Lanes::all(m.compensation[t - 1]),
                                   Lanes::load(w.import_level[k].at + i) * Lanes::load(restored.at + i));
      const Lanes moved = Lanes::load(import_track(m, w, k, t).at + i) - Lanes::load(import_track(m, w, k, 0).at + i);
      (moved - taken_back).store(w.import_effective[k].at + i);
    });
  }
  w.import_effective[imports.tracks.size] = s.demand;
  export_volumes(m, w, trend_common, t);

  const int first_series = (1 + m.products + m.markets + m.aggregates.size) * m.months;
  const auto value = [&](int series) HWY_ATTR -> WideRow& { return w.value[first_series + series * m.months + t - 1]; };
  for (int k = 0; k < 1 + products + imports.aggregates.size; ++k) {
    for_wide_lanes([&](std::size_t i) HWY_ATTR { WideLanes::all(0.0).store(value(k).at + i); });
  }
  for (int p = 0; p < products; ++p) {
    Row log_x;
    for_lanes([&](std::size_t i) HWY_ATTR {
      Lanes x = Lanes::load(common.at + i) + Lanes::all(imports.constant[(t - 1) * products + p]);
      x = fma(Lanes::all(imports.slope[p]), Lanes::load(own.at + i), x);
      x = fma(Lanes::all(-imports.start[p]), Lanes::load(restored.at + i), x);
      x = x + Lanes::load(w.import_factor[2 * (1 + p)].at + i) + Lanes::load(w.import_residual[1 + p].at + i) +
          Lanes::load(w.import_residual[1 + products + p].at + i);
      for (int k = 0; k < m.shocks.size; ++k) {
        const float share = reached_import(m.shocks[k], p);
        if (share != 0) x = fma(Lanes::all(share), Lanes::load(w.shock_effect[k].at + i), x);
      }
      add_controls(m, w, p, x, i).store(log_x.at + i);
    });
    for (const ImportLoadingPlan& l : imports.loadings) {
      if (l.product != p) continue;
      const Row& track = w.import_effective[l.track < 0 ? imports.tracks.size : l.track];
      for_lanes([&](std::size_t i) HWY_ATTR {
        const Lanes theta = Lanes::load(w.parameter[l.volume].at + i) + Lanes::load(w.parameter[l.price].at + i);
        fma(theta, Lanes::load(track.at + i), Lanes::load(log_x.at + i)).store(log_x.at + i);
      });
    }
    for (const ImportLinkPlan& l : imports.links) {
      if (l.product != p) continue;
      for_lanes([&](std::size_t i) HWY_ATTR {
        fma(Lanes::load(w.parameter[l.elasticity].at + i), Lanes::load(w.import_link[l.export_product].at + i),
            Lanes::load(log_x.at + i))
            .store(log_x.at + i);
      });
    }
    Row& x = w.import_value[t % kPastMonths * products + p];
    for_lanes([&](std::size_t i) HWY_ATTR { exp(Lanes::load(log_x.at + i)).store(x.at + i); });
    add_wide(x, value(0));
    add_wide(x, value(1 + p));
  }
  for (int k = 0; k < imports.aggregates.size; ++k) {
    for (int p = 0; p < products; ++p) {
      for_wide_lanes([&](std::size_t i) HWY_ATTR {
        WideRow& sum = value(1 + products + k);
        (WideLanes::load(sum.at + i) +
         WideLanes::all(static_cast<double>(imports.aggregates[k].weight[p])) * WideLanes::load(value(1 + p).at + i))
            .store(sum.at + i);
      });
    }
  }
  if (!m.attribution.on) return;
  if (t == 1) {
    for (int month = m.attribution.first; month < 1; ++month) attribute_import_prices(m, w, month);
  }
  attribute_import_prices(m, w, t);
}

}  // namespace plimsoll::PLIMSOLL_ISA
