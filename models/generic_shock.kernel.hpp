/// \file
/// Generic shocks: drivers of the scenario's own, each an index by one of the shock processes.
#pragma once

#include "models/partial_adjustment.kernel.hpp"
#include "models/pin.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// State of the shocks, and four months of their draws.
struct GenericShockState {
  ProcessState process[kMostGenericShocks];
  Row normal[kMostGenericShocks][4], jump[kMostGenericShocks][4], choice[kMostGenericShocks][4];
};

template <class Draws>
HWY_INLINE void start_generic_shocks(const ModelPlan& m, const Draws& draws, const Workspace& w, GenericShockState& s) {
  for (int j = 0; j < m.shocks.size; ++j) {
    const ProcessPlan& p = m.shocks[j].process;
    start_process(s.process[j]);
    if (p.regimes.size == 0) continue;
    Row u[4];
    draws.uniforms(p.start_stream, 0, u);
    start_regimes(p.start_weight, w.parameter, u[0], s.process[j].choice);
  }
}

template <class Draws>
HWY_INLINE void draw_generic_shocks(const ModelPlan& m, const Draws& draws, std::uint32_t draw, GenericShockState& s) {
  for (int j = 0; j < m.shocks.size; ++j) {
    const ProcessPlan& p = m.shocks[j].process;
    draws.normals(m.shocks[j].stream, draw, s.normal[j]);
    if (p.jump_hazard_pct != kNone) draws.uniforms(p.jump_stream, draw, s.jump[j]);
    if (p.regimes.size > 0) draws.uniforms(p.event_stream, draw, s.choice[j]);
  }
}

/// Month t of every shock; `j` is the month's place among the four drawn. Those on capex move kappa; one on supply
/// moves the price by e d and the volume by -zeta e d.
HWY_INLINE void step_generic_shocks(const ModelPlan& m, const Workspace& w, int t, int j, GenericShockState& s) {
  for (int k = 0; k < m.shocks.size; ++k) {
    const GenericShockPlan& shock = m.shocks[k];
    Row d;
    const PinPlan* pin = find_pin(m, PinPlan::On::shock, k, t);
    Row z = s.normal[k][j];
    if (pin != nullptr) {
      implied_normal(shock.process, *pin, w.parameter, t, s.jump[k][j], s.choice[k][j], s.process[k], z, z);
      add_square(z, *w.pin_distance);
    }
    step_process(shock.process, w.parameter, t, z, s.jump[k][j], s.choice[k][j], s.process[k], d);
    if (pin != nullptr) settle(shock.process, *pin, s.process[k], d);
    Row* kappa = driver_row(m, w, 0, t);
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes effect = Lanes::load(w.parameter[shock.elasticity].at + i) * Lanes::load(d.at + i);
      const bool on_price = shock.on == GenericShockPlan::On::price || shock.on == GenericShockPlan::On::supply;
      (on_price ? effect : Lanes::all(0.0F)).store(w.shock_price[k].at + i);
      const Lanes lost = shock.on == GenericShockPlan::On::supply
                             ? effect * Lanes::load(w.parameter[shock.volume_elasticity].at + i)
                             : Lanes::all(0.0F);
      (effect - lost).store(w.shock_effect[k].at + i);
      if (shock.on == GenericShockPlan::On::capex) (Lanes::load(kappa->at + i) + effect).store(kappa->at + i);
    });
  }
}

/// Share of a cell that a shock reaches.
HWY_INLINE float reached(const GenericShockPlan& shock, int p, int k) {
  return shock.on == GenericShockPlan::On::capex ? 0 : shock.product_weight[p] * shock.market_weight[k];
}
/// Share of an import product that a shock reaches.
HWY_INLINE float reached_import(const GenericShockPlan& shock, int p) {
  return shock.import_weight.size > 0 ? shock.import_weight[p] : 0;
}

/// log_x with what the shocks bring; `effects` are their values or their prices.
HWY_INLINE Lanes add_generic_shocks(const ModelPlan& m, const Row* effects, int p, int k, Lanes log_x, std::size_t i) {
  for (int j = 0; j < m.shocks.size; ++j) {
    const float share = reached(m.shocks[j], p, k);
    if (share != 0) log_x = fma(Lanes::all(share), Lanes::load(effects[j].at + i), log_x);
  }
  return log_x;
}

}  // namespace plimsoll::PLIMSOLL_ISA
