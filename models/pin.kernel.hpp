/// \file
/// Pins: the shock that a driver needs to be where it is pinned, and the others' shocks given it. Formulas:
/// docs/theory/evidence.md.
#pragma once

#include "models/shock_process.kernel.hpp"
#include "models/workspace.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// The pin of a driver in month t, or null.
HWY_INLINE const PinPlan* find_pin(const ModelPlan& m, PinPlan::On on, int index, int t) {
  for (const PinPlan& pin : m.pins) {
    if (pin.on == on && pin.index == index && pin.from <= t && t <= pin.to) return &pin;
  }
  return nullptr;
}

/// The normal that brings a process to the pin this month: d = centre + scale z for every process with shocks. Where
/// the scale is 0 no shock helps, and z stays as it was drawn.
HWY_INLINE void implied_normal(const ProcessPlan& p, const PinPlan& pin, const Row* parameter, int t, const Row& u,
                               const Row& event, const ProcessState& s, const Row& drawn, Row& z) {
  Row trial_z, centre, raised;
  fill(trial_z, 0.0F);
  ProcessState trial = s;
  step_process(p, parameter, t, trial_z, u, event, trial, centre);
  fill(trial_z, 1.0F);
  trial = s;
  step_process(p, parameter, t, trial_z, u, event, trial, raised);
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes least = Lanes::all(1e-6F), base = Lanes::load(centre.at + i);
    const Lanes scale = Lanes::load(raised.at + i) - base;
    const Lanes needed = (Lanes::all(pin.target_log) - base) / max(scale, least);
    if_less(scale, least, Lanes::load(drawn.at + i), needed).store(z.at + i);
  });
}

/// After the step: the last rounding is taken out, so that the driver is where it is pinned and goes on from there.
HWY_INLINE void settle(const ProcessPlan& p, const PinPlan& pin, ProcessState& s, Row& d) {
  Row& moves = p.noise_sd_log != kNone ? s.noise : s.level;
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes target = Lanes::all(pin.target_log);
    (Lanes::load(moves.at + i) + (target - Lanes::load(d.at + i))).store(moves.at + i);
    target.store(d.at + i);
  });
}

/// to += z^2: what an uncorrelated shock adds to the distance.
HWY_INLINE void add_square(const Row& z, Row& to) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes x = Lanes::load(z.at + i);
    fma(x, x, Lanes::load(to.at + i)).store(to.at + i);
  });
}

/// Change of a market's demand in a month without shocks, and what a shock of 1 adds.
struct DemandStep {
  Lanes drift, sd, common, own;
};
HWY_INLINE DemandStep demand_step(const ModelPlan& m, const Workspace& w, int market, std::size_t i) {
  const Lanes one = Lanes::all(1.0F);
  const Lanes share = min(max(Lanes::load(w.parameter[m.demand_common_share].at + i), Lanes::all(0.0F)), one);
  Lanes drift = Lanes::all(0.0F);
  if (m.demand[market].growth_pct != kNone) {
    const Lanes growth = fma(Lanes::load(w.parameter[m.demand[market].growth_pct].at + i), Lanes::all(0.01F), one);
    drift =
        (log(max(growth, Lanes::all(0.05F))) - Lanes::all(m.demand[market].forecast_log)) * Lanes::all(1.0F / 12.0F);
  }
  return {drift, Lanes::load(w.parameter[m.demand_sd_pp].at + i) * Lanes::all(0.01F * kPerRootYear), sqrt(share),
          sqrt(one - share)};
}

/// One month's pins on correlated shocks: what is pinned, and the shock that it needs.
struct PinnedShocks {
  int count = 0;
  int driver[kMostPins];  ///< of the five correlated shocks
  int market[kMostPins];  ///< -1: the driver itself; else a market's demand, of which shock 4 is the common part
  Row needed[kMostPins];
};

/// Collects the pins of month t. `shock`: correlated shocks as drawn; own: the markets' own normals.
HWY_INLINE void collect_pins(const ModelPlan& m, const Workspace& w, int t, const Row* shock, Row* const* own,
                             const Row* const* u, const Row* const* event, const ProcessState* process,
                             PinnedShocks& out) {
  const ProcessPlan* plans[3] = {&m.memory, &m.oil, &m.exchange_rate};
  for (int k = 0; k < 3; ++k) {
    const PinPlan* pin = find_pin(m, PinPlan::On::process, k, t);
    if (pin == nullptr) continue;
    out.driver[out.count] = 1 + k;
    out.market[out.count] = -1;
    implied_normal(*plans[k], *pin, w.parameter, t, *u[k], *event[k], process[k], shock[1 + k],
                   out.needed[out.count++]);
  }
  for (int k = 0; k < m.markets && out.count < kMostPins; ++k) {
    const PinPlan* pin = find_pin(m, PinPlan::On::demand, k, t);
    if (pin == nullptr) continue;
    out.driver[out.count] = 4;
    out.market[out.count] = k;
    Row& needed = out.needed[out.count++];
    for_lanes([&](std::size_t i) HWY_ATTR {
      const DemandStep step = demand_step(m, w, k, i);
      const Lanes least = Lanes::all(1e-7F), gap = Lanes::all(pin->target_log) - Lanes::load(w.demand[k].at + i);
      const Lanes drawn = fma(step.common, Lanes::load(shock[4].at + i), step.own * Lanes::load(own[k]->at + i));
      if_less(step.sd, least, drawn, (gap - step.drift) / max(step.sd, least)).store(needed.at + i);
    });
  }
}

/// Normals given some of their sums: e + C S^-1 (needed - drawn), C their covariances with the pinned, S those of the
/// pinned among themselves. Adds needed' S^-1 needed to the paths' distance.
HWY_INLINE void condition_shocks(const ModelPlan& m, const Workspace& w, const PinnedShocks& pins, Row* shock,
                                 Row* const* own) {
  const int n = pins.count;
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes zero = Lanes::all(0.0F);
    Lanes common = zero, own_part = zero;
    if (m.markets > 0) {
      const DemandStep step = demand_step(m, w, 0, i);
      common = step.common;
      own_part = step.own;
    }
    const auto weight = [&](int a) HWY_ATTR { return pins.market[a] < 0 ? Lanes::all(1.0F) : common; };
    const auto correlation = [&](int a, int b) HWY_ATTR { return Lanes::all(m.correlation[5 * a + b]); };
    Lanes factor[kMostPins][kMostPins], needed[kMostPins], gap[kMostPins];
    Lanes distance = Lanes::load(w.pin_distance->at + i);
    for (int a = 0; a < n; ++a) {
      const int market = pins.market[a];
      const Lanes z = Lanes::load(shock[pins.driver[a]].at + i);
      const Lanes drawn = market < 0 ? z : fma(common, z, own_part * Lanes::load(own[market]->at + i));
      needed[a] = Lanes::load(pins.needed[a].at + i);
      gap[a] = needed[a] - drawn;
      for (int b = 0; b <= a; ++b) {
        Lanes sum = weight(a) * weight(b) * correlation(pins.driver[a], pins.driver[b]);
        if (a == b) sum = Lanes::all(1.0F);
        for (int k = 0; k < b; ++k) sum = sum - factor[a][k] * factor[b][k];
        // Markets that share all their demand can't be pinned apart; settle() then does what no shock can.
        factor[a][b] = a == b ? sqrt(max(sum, Lanes::all(1e-6F))) : sum / factor[b][b];
      }
      for (int k = 0; k < a; ++k) {
        needed[a] = needed[a] - factor[a][k] * needed[k];
        gap[a] = gap[a] - factor[a][k] * gap[k];
      }
      needed[a] = needed[a] / factor[a][a];
      gap[a] = gap[a] / factor[a][a];
      distance = fma(needed[a], needed[a], distance);
    }
    distance.store(w.pin_distance->at + i);
    for (int a = n - 1; a >= 0; --a) {  // gap becomes S^-1 (needed - drawn)
      for (int k = a + 1; k < n; ++k) gap[a] = gap[a] - factor[k][a] * gap[k];
      gap[a] = gap[a] / factor[a][a];
    }
    for (int j = 0; j < 5; ++j) {
      Lanes e = Lanes::load(shock[j].at + i);
      for (int a = 0; a < n; ++a) e = fma(weight(a) * correlation(pins.driver[a], j), gap[a], e);
      e.store(shock[j].at + i);
    }
    for (int a = 0; a < n; ++a) {
      if (pins.market[a] < 0) continue;
      float* z = own[pins.market[a]]->at + i;
      fma(own_part, gap[a], Lanes::load(z)).store(z);
    }
  });
}

/// Bends the month's shocks to the pins on correlated drivers.
HWY_INLINE void apply_pins(const ModelPlan& m, const Workspace& w, int t, const Row* const* u, const Row* const* event,
                           const ProcessState* process, Row* shock, Row* const* own) {
  PinnedShocks pins;
  collect_pins(m, w, t, shock, own, u, event, process, pins);
  if (pins.count > 0) condition_shocks(m, w, pins, shock, own);
}

/// Demand of pinned markets, without the last rounding.
HWY_INLINE void settle_demand(const ModelPlan& m, const Workspace& w, int t) {
  for (int k = 0; k < m.markets; ++k) {
    const PinPlan* pin = find_pin(m, PinPlan::On::demand, k, t);
    if (pin == nullptr) continue;
    fill(w.demand[k], pin->target_log);
    w.track[kLaggedTracks + k] = w.demand[k];
  }
}

}  // namespace plimsoll::PLIMSOLL_ISA
