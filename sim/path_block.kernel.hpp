/// \file
/// One block of 64 paths: draws by name, drivers month by month, cells, sums. Time is the outer loop, paths the inner.
#pragma once

#include "models/attribution.kernel.hpp"
#include "models/declared.kernel.hpp"
#include "models/generic_shock.kernel.hpp"
#include "models/imports.kernel.hpp"
#include "models/normal_rows.hpp"
#include "models/partial_adjustment.kernel.hpp"
#include "models/pin.kernel.hpp"
#include "models/supply.kernel.hpp"
#include "models/tariff_chain.kernel.hpp"
#include "models/tariff_months.kernel.hpp"
#include "models/trade_shift.kernel.hpp"
#include "sim/cell_sums.kernel.hpp"
#include "sim/draws.kernel.hpp"
#include "sim/driver_draws.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

HWY_INLINE void draw_parameters(const ModelPlan& m, const Draws& draws, const Workspace& w) {
  Row z[4];
  for (int f = 0; f < m.family_streams.size; ++f) {
    draws.normals(m.family_streams[f], 0, z);
    w.family[f] = z[0];
  }
  for (const ParameterDraw& draw : m.draws) {
    draws.normals(draw.stream, 0, z);
    draw_parameter(draw, z[0], w.family[draw.family < 0 ? 0 : draw.family], w.parameter[draw.row]);
  }
  for (int k = 0; k < m.tariff_layers; ++k) {
    draws.uniforms(m.layer_streams[k], 0, z);
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes p = Lanes::load(w.parameter[m.layer_probability[k]].at + i) * Lanes::all(0.01F);
      if_less(Lanes::load(z[0].at + i), p, Lanes::all(1.0F), Lanes::all(0.0F)).store(w.layer_event[k].at + i);
    });
  }
}

/// The elasticity model of each path. The central run holds the three side by side.
HWY_INLINE void choose_elasticity_model(const ModelPlan& m, const Draws& draws, const Workspace& w) {
  const ElasticityPlan& plan = m.elasticity;
  Row& model = *w.elasticity_model;
  if (!plan.ensemble) {
    fill(model, static_cast<float>(plan.only));
  } else if (draws.drawing == Drawing::central) {
    for (std::size_t i = 0; i < kBlockPaths; ++i) model.at[i] = static_cast<float>(i % 3);
  } else {
    Row u[4];
    draws.uniforms(plan.stream, 0, u);
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes x = Lanes::load(u[0].at + i);
      const Lanes later = if_less(x, Lanes::all(plan.up_to[1]), Lanes::all(1.0F), Lanes::all(2.0F));
      if_less(x, Lanes::all(plan.up_to[0]), Lanes::all(0.0F), later).store(model.at + i);
    });
  }
}

HWY_INLINE const TrendFactorPlan& trend_factor(const ModelPlan& m, int f) {
  if (f == 0) return m.world_trend;
  return f <= m.markets ? m.market_plans[f - 1].trend : m.product_plans[f - 1 - m.markets].trend;
}
/// Residual factor f: world, markets, products' volumes, products' prices.
HWY_INLINE const ResidualFactorPlan& residual_factor(const ModelPlan& m, int f) {
  if (f == 0) return m.world_residual;
  if (f <= m.markets) return m.market_plans[f - 1].residual;
  const int p = f - 1 - m.markets;
  return p < m.products ? m.product_plans[p].volume : m.product_plans[p - m.products].price;
}

/// Draws four months for every stream.
HWY_INLINE void draw_months(const ModelPlan& m, const Draws& draws, const Workspace& w, std::uint32_t draw) {
  const NormalRows at = normal_rows(m);
  const auto rows = [&](int stream) HWY_ATTR { return w.normal + 4 * stream; };
  // Rows of streams that nothing uses stay 0.
  const auto normals = [&](std::uint64_t stream, int row) HWY_ATTR {
    if (m.live_stream[row] != 0) draws.normals(stream, draw, rows(row));
  };
  for (int k = 0; k < 5; ++k) normals(m.shock_streams[k], at.shock + k);
  for (int f = 0; f < m.capex.firms.size; ++f) normals(m.capex.firms[f].stream, at.firm + f);
  for (int k = 0; k < m.markets; ++k) normals(m.demand[k].stream, at.demand + k);
  if (m.capex.pause_hazard_pct != kNone) draws.uniforms(m.capex.pause_stream, draw, rows(at.jump));
  const ProcessPlan* processes[3] = {&m.memory, &m.oil, &m.exchange_rate};
  for (int k = 0; k < 3; ++k) {
    if (processes[k]->jump_hazard_pct != kNone) draws.uniforms(processes[k]->jump_stream, draw, rows(at.jump + 1 + k));
  }
  const int factors = 1 + m.markets + m.products;
  for (int f = 0; f < factors; ++f) {
    normals(trend_factor(m, f).level_stream, at.trend + 2 * f);
    normals(trend_factor(m, f).slope_stream, at.trend + 2 * f + 1);
  }
  for (int f = 0; f < factors + m.products; ++f) normals(residual_factor(m, f).stream, at.residual + f);
  for (const SobolSum& sum : m.draw_plan.sums) {
    if (!sum.monthly) continue;
    Row common[4];
    draws.normals(sum.stream, draw, common);
    for (int j = 0; j < 4; ++j)
      impose_sum(sum, common[j], [&](int member) HWY_ATTR -> Row& { return w.normal[4 * member + j]; });
  }
}

/// out = sum_k L[row, k] z_k: innovations of the drivers with the calibration's correlations.
HWY_INLINE void correlate(const ModelPlan& m, const Row* const* z, Row* out) {
  for (int r = 0; r < 5; ++r) {
    for_lanes([&](std::size_t i) HWY_ATTR {
      Lanes sum = Lanes::all(0.0F);
      for (int k = 0; k <= r; ++k) sum = fma(Lanes::all(m.cholesky[5 * r + k]), Lanes::load(z[k]->at + i), sum);
      sum.store(out[r].at + i);
    });
  }
}

/// Demand of each market: a random walk of growth around the forecast, the share `common` of the variance in common.
HWY_INLINE void step_demand(const ModelPlan& m, const Workspace& w, const Row& common_z, const Row* const* own_z) {
  for (int k = 0; k < m.markets; ++k) {
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes one = Lanes::all(1.0F);
      const Lanes sd = Lanes::load(w.parameter[m.demand_sd_pp].at + i) * Lanes::all(0.01F * kPerRootYear);
      const Lanes common = min(max(Lanes::load(w.parameter[m.demand_common_share].at + i), Lanes::all(0.0F)), one);
      Lanes y = Lanes::load(w.demand[k].at + i);
      if (m.demand[k].growth_pct != kNone) {
        const Lanes growth = fma(Lanes::load(w.parameter[m.demand[k].growth_pct].at + i), Lanes::all(0.01F), one);
        y = fma(log(max(growth, Lanes::all(0.05F))) - Lanes::all(m.demand[k].forecast_log), Lanes::all(1.0F / 12.0F),
                y);
      }
      const Lanes shock =
          fma(sqrt(common), Lanes::load(common_z.at + i), sqrt(one - common) * Lanes::load(own_z[k]->at + i));
      fma(sd, shock, y).store(w.demand[k].at + i);
    });
    w.track[kDrivers + k] = w.demand[k];
  }
}

/// Simulates the 64 paths from path0 on into w.value. `history_only`: stops after the regressions (central slopes).
HWY_INLINE void simulate_block(const ModelPlan& m, std::uint64_t path0, Drawing drawing, bool history_only,
                               const Workspace& w) {
  const Draws draws{m.draw_plan, path0, drawing, w.sobol};
  if (drawing == Drawing::planned && m.draw_plan.sampling == Sampling::sobol) draw_sobol(m.draw_plan, path0, w.sobol);
  draw_parameters(m, draws, w);
  run_driver_history(m, w);
  Row lambda;
  for_lanes([&](std::size_t i) HWY_ATTR {
    (Lanes::all(1.0F) - monthly_decay(Lanes::load(w.parameter[m.tariff_half_life].at + i))).store(lambda.at + i);
  });
  choose_elasticity_model(m, draws, w);
  run_tariff_history(m, w, lambda);
  if (m.imports.products.size > 0) run_import_history(m, w);
  if (history_only) return;

  const NormalRows at = normal_rows(m);
  const int factors = 1 + m.markets + m.products;
  Row z[4];
  for (int f = 0; f < factors; ++f) {
    if (m.live_start[f] == 0) {
      fill(w.trend_slope[f], 0.0F);
      continue;
    }
    draws.normals(trend_factor(m, f).start_stream, 0, z);
    w.trend_slope[f] = z[0];
  }
  for (const SobolSum& sum : m.draw_plan.sums) {
    if (sum.monthly) continue;
    draws.normals(sum.stream, 0, z);
    impose_sum(sum, z[0], [&](int factor) HWY_ATTR -> Row& { return w.trend_slope[factor]; });
  }
  for (int f = 0; f < factors; ++f) {
    fill(w.trend_level[f], 0.0F);
    const Row& sd = w.parameter[trend_factor(m, f).start_sd];
    for_lanes([&](std::size_t i) HWY_ATTR {
      (Lanes::load(sd.at + i) * Lanes::load(w.trend_slope[f].at + i)).store(w.trend_slope[f].at + i);
    });
  }
  for (int f = 0; f < factors + m.products; ++f) fill(w.residual[f], 0.0F);
  for (int k = 0; k < m.markets; ++k) fill(w.demand[k], 0.0F);
  ProcessState process[3];
  CapexState capex;
  for (Row& row : capex.firm_error) fill(row, 0.0F);
  for (Row* row : {&capex.common_error, &capex.pause_left, &capex.pause_depth}) fill(*row, 0.0F);
  const ProcessPlan* plans[3] = {&m.memory, &m.oil, &m.exchange_rate};
  DriverDraws events;
  for (int k = 0; k < 3; ++k) start_driver(*plans[k], draws, w.parameter, process[k]);
  ImportState imports;
  if (m.imports.products.size > 0) start_imports(m, draws, w, imports);
  GenericShockState shocks;
  start_generic_shocks(m, draws, w, shocks);
  TariffChainDraws chains;
  start_tariff_chains(m, draws, w);
  if (m.supply.on) start_controls(m, draws, w);
  if (m.declared.on) start_declared(m, w);
  Row damped, phi_power, rho_power, restored, trend_common, trend_own;  // damped = sum of phi^k / 12
  Row from_start;  // trend_common and what the fitted level at t = 0 may be off
  fill(damped, 0.0F);
  fill(phi_power, 1.0F);
  fill(rho_power, 1.0F);

  if (m.pins.size > 0) fill(*w.pin_distance, 0.0F);
  if (m.shift.on) start_shifts(m, w);
  if (m.attribution.on) {
    for (int k = 0; k < 12 * w.past_rows; ++k) fill(w.past[k], 0.0F);
    for (int t = m.attribution.first; t < 1; ++t) attribute_month(m, w, trend_common, trend_own, t);
  }
  for (int t = 1; t <= m.months; ++t) {
    const int j = (t - 1) % 4;
    if (j == 0) {
      draw_months(m, draws, w, static_cast<std::uint32_t>((t - 1) / 4));
      draw_driver_events(m, draws, static_cast<std::uint32_t>((t - 1) / 4), events);
      draw_generic_shocks(m, draws, static_cast<std::uint32_t>((t - 1) / 4), shocks);
      draw_tariff_chains(m, draws, static_cast<std::uint32_t>((t - 1) / 4), chains);
      if (m.declared.on) {
        step_declared_drivers(m, draws, w, t);
        step_declared_cells(m, draws, w, t);
      }
    }
    const auto normal = [&](int stream) HWY_ATTR -> const Row& { return w.normal[4 * stream + j]; };

    // Drivers.
    Row shock[5];
    const Row* raw[5];
    for (int k = 0; k < 5; ++k) raw[k] = &normal(at.shock + k);
    correlate(m, raw, shock);
    if (m.copula.mixing.size > 0) join_tails(m.copula, events.mixing[j], shock, 5);
    if (m.pins.size > 0) {
      Row* own[64];
      for (int k = 0; k < m.markets; ++k) own[k] = w.normal + 4 * (at.demand + k) + j;
      const Row *u[3], *event[3];
      for (int k = 0; k < 3; ++k) {
        u[k] = &normal(at.jump + 1 + k);
        event[k] = &events.choice[k][j];
      }
      apply_pins(m, w, t, u, event, process, shock, own);
    }
    Row firm[kMaxCapexFirms];
    for (int f = 0; f < m.capex.firms.size; ++f) firm[f] = normal(at.firm + f);
    step_capex_errors(m.capex, w.parameter, shock[0], firm, capex);
    if (m.capex.pause_hazard_pct != kNone) {
      // Outside the window no pause starts: u = 1 is above every hazard. One under way goes on.
      Row u = normal(at.jump);
      if (t < m.capex.pause_from || t > m.capex.pause_to) fill(u, 2.0F);
      step_jump(w.parameter[m.capex.pause_hazard_pct], w.parameter[m.capex.pause_depth_pct],
                w.parameter[m.capex.pause_duration_months], u, capex.pause_left, capex.pause_depth);
    }
    capex_kappa(m.capex, w.parameter, w.quarter, (t - m.capex.first_month) / 3, capex, *driver_row(m, w, 0, t));
    step_generic_shocks(m, w, t, j, shocks);
    for (int k = 0; k < 3; ++k) {
      step_process(*plans[k], w.parameter, t, shock[1 + k], normal(at.jump + 1 + k), events.choice[k][j], process[k],
                   *driver_row(m, w, 1 + k, t));
      const PinPlan* pin = find_pin(m, PinPlan::On::process, k, t);
      if (pin != nullptr) settle(*plans[k], *pin, process[k], *driver_row(m, w, 1 + k, t));
    }
    real_capex(m, w, t);
    lag_tracks(m, w, t);
    const Row* own[64];
    for (int k = 0; k < m.markets; ++k) own[k] = &normal(at.demand + k);
    step_demand(m, w, shock[4], own);
    if (m.pins.size > 0) settle_demand(m, w, t);

    // Baseline: expected damped trend, and its factors.
    const Row& phi = w.parameter[m.trend_damping];
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes g = fma(Lanes::load(phi_power.at + i), Lanes::all(1.0F / 12.0F), Lanes::load(damped.at + i));
      g.store(damped.at + i);
      (Lanes::load(phi_power.at + i) * Lanes::load(phi.at + i)).store(phi_power.at + i);
      const Lanes rho = Lanes::load(rho_power.at + i) * Lanes::load(w.parameter[m.world_residual.ar1].at + i);
      rho.store(rho_power.at + i);
      (Lanes::all(1.0F) - rho).store(restored.at + i);
      const Lanes long_run = Lanes::load(w.parameter[m.trend_long_run].at + i);
      const Lanes ahead = Lanes::all(m.total_slope) - long_run;
      const Lanes expected = fma(g, believed_slope(m.trend_start, w.parameter, ahead, i),
                                 long_run * Lanes::all(static_cast<float>(t) / 12.0F));
      expected.store(trend_common.at + i);
      if (m.trend_start.on())
        (expected + start_level(m.trend_start, w.parameter, ahead, Lanes::all(1.0F) - rho, i)).store(from_start.at + i);
      (g * Lanes::load(w.parameter[m.trend_shrinkage].at + i)).store(trend_own.at + i);
    });
    for (int f = 0; f < factors; ++f) {
      if (m.live_start[f] + m.live_stream[at.trend + 2 * f] + m.live_stream[at.trend + 2 * f + 1] == 0) continue;
      TrendState s{w.trend_level[f], w.trend_slope[f]};
      step_trend(trend_factor(m, f), w.parameter, phi, normal(at.trend + 2 * f), normal(at.trend + 2 * f + 1), s);
      w.trend_level[f] = s.level;
      w.trend_slope[f] = s.slope;
    }
    for (int f = 0; f < factors + m.products; ++f) {
      if (m.live_residual[f] == 0) continue;
      const int p = f - 1 - m.markets;
      const bool is_volume = p >= 0 && p < m.products;
      Row mixed = normal(at.residual + f);
      if (is_volume) {  // correlated with the price's innovation
        const Row& price = normal(at.residual + f + m.products);
        for_lanes([&](std::size_t i) HWY_ATTR {
          const Lanes r = Lanes::load(w.parameter[m.product_plans[p].price_volume_corr].at + i);
          const Lanes own_part = sqrt(max(Lanes::all(1.0F) - r * r, Lanes::all(0.0F))) * Lanes::load(mixed.at + i);
          fma(r, Lanes::load(price.at + i), own_part).store(mixed.at + i);
        });
      }
      step_residual(residual_factor(m, f), w.parameter, mixed, w.residual[f]);
    }

    // Response and sums.
    effective_tracks(m, w, restored, t);
    declared_tracks(m, w, t);
    step_tariff_chains(m, w, t, j, chains);
    step_tariffs(m, w, lambda, restored, t);
    if (m.supply.on) step_controls(m, w, t);
    gather_products(m, w);
    sum_cells(m, w, m.trend_start.on() ? from_start : trend_common, trend_own, restored, t);
    if (m.imports.products.size > 0) {
      if (j == 0) draw_imports(m, draws, static_cast<std::uint32_t>((t - 1) / 4), imports);
      step_imports(m, w, phi, damped, trend_common, t, j, imports);
    }
    keep_exchange_rate(m, w, t);
    if (m.attribution.on) attribute_month(m, w, trend_common, trend_own, t);
  }
}

}  // namespace plimsoll::PLIMSOLL_ISA
