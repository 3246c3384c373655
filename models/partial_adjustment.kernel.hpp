/// \file
/// The partial-adjustment model: one block of paths from parameters to monthly values of total, products and markets.
/// Letters as in docs/theory.md:
///   ln x[c,t] = ln x[c,0] + S[c,t] - S[c,0] + trend + LLT factors + residual factors - (1 - rho^t) u[c,0]
///             + sum over tracks theta (R[t] - slope Gc[t] - level (1 - rho^t)) + tariff
#pragma once

#include "models/baseline.kernel.hpp"
#include "models/capex.kernel.hpp"
#include "models/lag.kernel.hpp"
#include "models/parameters.kernel.hpp"
#include "models/shock_process.kernel.hpp"
#include "models/tariff.kernel.hpp"
#include "models/workspace.hpp"

namespace plimsoll::PLIMSOLL_ISA {

inline constexpr int kDriverRows = 5;  ///< row groups of Workspace::driver before the declared drivers
inline constexpr int kDrivers = 4;     ///< drivers with history: capex, memory, oil, exchange rate

HWY_INLINE Row* driver_row(const ModelPlan& m, const Workspace& w, int driver, int t) {
  return w.driver + driver * w.span + (t + m.history_months);
}
HWY_INLINE Row* lagged_row(const ModelPlan& m, const Workspace& w, int driver, int t) {
  return w.lagged + driver * (m.window_months + m.months) + (t + m.window_months - 1);
}

/// Month t of a track before its reference: lagged for capex, memory and oil, the driver itself for the exchange rate.
HWY_INLINE const Row* track_row(const ModelPlan& m, const Workspace& w, int track, int t) {
  return track < 3 ? lagged_row(m, w, track, t) : driver_row(m, w, track, t);
}

/// Real capex: kappa_r[t] = kappa[t] - s_hw s_mem m[t-1]: dear memory buys fewer servers per dollar.
HWY_INLINE void real_capex(const ModelPlan& m, const Workspace& w, int t) {
  const Row* kappa = driver_row(m, w, 0, t);
  const Row* memory = driver_row(m, w, 1, t - 1);
  Row* real = driver_row(m, w, 4, t);
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes share =
        Lanes::load(w.parameter[m.capex.hardware_share].at + i) * Lanes::load(w.parameter[m.capex.memory_share].at + i);
    (Lanes::load(kappa->at + i) - share * Lanes::load(memory->at + i)).store(real->at + i);
  });
}

/// Lagged drivers of month t.
HWY_INLINE void lag_tracks(const ModelPlan& m, const Workspace& w, int t) {
  const int source[3] = {4, 1, 2};
  for (int k = 0; k < 3; ++k) {
    if (m.live_track[k] == 0) continue;
    apply_lag(w.lag_weight + k * kLagMonths, driver_row(m, w, source[k], t), *lagged_row(m, w, k, t));
  }
}

/// Slope and level of track k over the trend window, relative to t = 0: what a regression of the cell on trend would
/// take for the driver's work.
HWY_INLINE void regress_track(const ModelPlan& m, const Workspace& w, int k) {
  const Row* now = track_row(m, w, k, 0);
  for_lanes([&](std::size_t i) HWY_ATTR {
    Lanes slope = Lanes::all(0.0F);
    Lanes level = Lanes::all(0.0F);
    for (int j = 0; j < m.window_months; ++j) {
      const Lanes r = Lanes::load(track_row(m, w, k, j - m.window_months + 1)->at + i) - Lanes::load(now->at + i);
      slope = fma(Lanes::all(m.slope_weight[j]), r, slope);
      level = fma(Lanes::all(m.level_weight[j]), r, level);
    }
    slope.store(w.track_slope[k].at + i);
    level.store(w.track_level[k].at + i);
  });
}

/// History of the drivers with this path's lags and parameters; the lagged tracks up to t = 0 and their regressions.
HWY_INLINE void run_driver_history(const ModelPlan& m, const Workspace& w) {
  for (int f = 0; f < m.capex.firms.size; ++f) {
    capex_quarters(m.capex, m.capex.firms[f], w.parameter, w.target, w.quarter + f * m.capex.quarters);
  }
  CapexState calm;
  for (Row& row : calm.firm_error) fill(row, 0.0F);
  fill(calm.pause_depth, 0.0F);
  for (int t = m.capex.first_month; t <= 0; ++t) {
    capex_kappa(m.capex, w.parameter, w.quarter, (t - m.capex.first_month) / 3, calm, *driver_row(m, w, 0, t));
  }
  for (int t = 1 - m.history_months; t <= 0; ++t) real_capex(m, w, t);
  const ParameterId lag[3] = {m.capex_lag, m.memory_lag, m.oil_lag};
  for (int k = 0; k < 3; ++k) {
    if (m.live_track[k] != 0) gamma_lag_weights(w.parameter[lag[k]], w.lag_weight + k * kLagMonths);
  }
  for (int t = 1 - m.window_months; t <= 0; ++t) lag_tracks(m, w, t);
  for (int k = 0; k < kDrivers; ++k) {
    if (m.live_track[k] != 0) regress_track(m, w, k);
  }
}

/// Effective regressors of month t, and what lags alone still bring when every driver stays where it is.
HWY_INLINE void effective_tracks(const ModelPlan& m, const Workspace& w, const Row& restored, int t) {
  for (int k = 0; k < kDrivers; ++k) {
    if (m.live_track[k] == 0) continue;  // its rows stay 0
    const Row* now = track_row(m, w, k, t);
    const Row* then = track_row(m, w, k, 0);
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes taken_back = fma(Lanes::load(w.track_slope[k].at + i), Lanes::all(m.compensation[t - 1]),
                                   Lanes::load(w.track_level[k].at + i) * Lanes::load(restored.at + i));
      (Lanes::load(now->at + i) - Lanes::load(then->at + i) - taken_back).store(w.track[k].at + i);
    });
    if (k == 3) {
      fill(w.track_inherited[k], 0.0F);
      continue;
    }
    const int source[3] = {4, 1, 2};
    const Row* weight = w.lag_weight + k * kLagMonths;
    const Row* frozen = driver_row(m, w, source[k], 0);
    for_lanes([&](std::size_t i) HWY_ATTR {
      Lanes sum = Lanes::all(0.0F);
      for (int l = 0; l < kLagMonths; ++l) {
        const Row* row = l < t ? frozen : driver_row(m, w, source[k], t - l);
        sum = fma(Lanes::load(weight[l].at + i), Lanes::load(row->at + i), sum);
      }
      (sum - Lanes::load(then->at + i)).store(w.track_inherited[k].at + i);
    });
  }
}

/// Adds theta R of a loading.
HWY_INLINE void add_loading(const Workspace& w, const LoadingPlan& loading, Row& volume, Row& price) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes r = Lanes::load(w.track[loading.track].at + i);
    const Lanes v = Lanes::load(w.parameter[loading.volume].at + i);
    const Lanes p = Lanes::load(w.parameter[loading.price].at + i);
    fma(v, r, Lanes::load(volume.at + i)).store(volume.at + i);
    fma(p, r, Lanes::load(price.at + i)).store(price.at + i);
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
