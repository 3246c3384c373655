/// \file
/// Shock processes of drivers: one month's step from the state, parameters and a standard normal. Formulas and sources:
/// docs/theory.md, section 3.
#pragma once

#include "models/lanes.hpp"
#include "models/model_plan.hpp"
#include "models/regime_process.kernel.hpp"
#include "models/tails.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

inline constexpr float kLn2 = 0.693147180559945F;
inline constexpr float kPi = 3.14159265358979F;
inline constexpr float kPerRootYear = 0.288675134594813F;  ///< 1/sqrt(12): a month's share of an annual sd

/// State of one process between months.
struct ProcessState {
  Row level;  ///< d without noise and jump
  Row noise;
  Row jump_left, jump_size;  ///< months left of a jump, its size
  Row choice;                ///< the regime, or the start of the running block of history
};

/// 2^(-1/half_life): what is left after a month.
HWY_INLINE Lanes monthly_decay(Lanes half_life_months) {
  return exp(Lanes::all(-kLn2) / max(half_life_months, Lanes::all(0.02F)));
}

HWY_INLINE void start_process(ProcessState& s) {
  for (Row* row : {&s.level, &s.noise, &s.jump_left, &s.jump_size, &s.choice}) fill(*row, 0.0F);
}

/// Random walk: d[t] = d[t-1] + sd/sqrt(12) z.
HWY_INLINE void step_random_walk(const ProcessPlan& p, const Row* parameter, const Row& z, ProcessState& s) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes sd = Lanes::load(parameter[p.annual_sd_log].at + i) * Lanes::all(kPerRootYear);
    fma(sd, Lanes::load(z.at + i), Lanes::load(s.level.at + i)).store(s.level.at + i);
  });
}

/// Mean reversion (Vasicek in logs): d[t] = m + k (d[t-1] - m) + sd/sqrt(12) z, m = ln(level/D_ref), k =
/// 2^(-1/half_life).
HWY_INLINE void step_mean_reverting(const ProcessPlan& p, const Row* parameter, const Row& z, ProcessState& s) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes sd = Lanes::load(parameter[p.annual_sd_log].at + i) * Lanes::all(kPerRootYear);
    const Lanes m =
        log(max(Lanes::load(parameter[p.level].at + i), Lanes::all(1e-6F)) * Lanes::all(1.0F / p.reference_level));
    const Lanes k = monthly_decay(Lanes::load(parameter[p.half_life_months].at + i));
    const Lanes d = fma(k, Lanes::load(s.level.at + i) - m, m);
    fma(sd, Lanes::load(z.at + i), d).store(s.level.at + i);
  });
}

/// Stochastic cycle around a trend, after Harvey (1989, section 2.3) with random amplitude, period and phase: from the
/// height at t = 0 it moves to the peak over the delay, falls by half a cosine over the downswing to a trough at
/// -amplitude, and goes on as -amplitude cos(2 pi time/period). Shocks come from the AR(1) noise.
HWY_INLINE void step_stochastic_cycle(const ProcessPlan& p, const Row* parameter, int t, ProcessState& s) {
  const float month = static_cast<float>(t);
  for_lanes([&](std::size_t i) HWY_ATTR {
    const auto get = [&](ParameterId id) HWY_ATTR { return Lanes::load(parameter[id].at + i); };
    const Lanes zero = Lanes::all(0.0F);
    const Lanes one = Lanes::all(1.0F);
    const Lanes height = get(p.height_log);
    const Lanes amplitude = max(get(p.amplitude_log), Lanes::all(1e-3F));
    const Lanes delay = max(get(p.peak_delay_months), zero);
    const Lanes down = max(get(p.downswing_months), one);
    const Lanes peak = height + get(p.peak_rise_log);
    const Lanes now = Lanes::all(month);
    // Before the peak: half a cosine from the height to the peak.
    const Lanes up_frac = min(now / max(delay, Lanes::all(1e-3F)), one);
    const Lanes rising =
        fma(get(p.peak_rise_log) * Lanes::all(0.5F), one - sincos(up_frac * Lanes::all(kPi)).cos, height);
    // Down: half a cosine from the peak to the trough.
    const Lanes since = max(now - delay, zero);
    const Lanes turned = min(since / down, one);
    const Lanes half = Lanes::all(0.5F);
    const Lanes falling =
        fma(half * (peak + amplitude), sincos(turned * Lanes::all(kPi)).cos, half * (peak - amplitude));
    // After the trough: -A cos(2 pi (time since trough) / period).
    const Lanes after = max(since - down, zero);
    const Lanes angle = after * Lanes::all(2.0F * kPi) / max(get(p.period_months), Lanes::all(2.0F));
    const Lanes regular = -(amplitude * sincos(angle).cos);
    const Lanes psi = if_less(now, delay, rising, if_less(since, down, falling, regular));
    fma(get(p.trend_log_per_month), now, psi - height).store(s.level.at + i);
  });
}

/// Fixed points: the log level is linear between them and stays at the last.
HWY_INLINE void step_path(const ProcessPlan& p, const Row* parameter, int t, ProcessState& s) {
  int next = 0;
  while (next < p.points.size && p.points[next].t < t) ++next;
  const auto at = [&](int k, std::size_t i) HWY_ATTR {
    return log(max(Lanes::load(parameter[p.points[k].level].at + i), Lanes::all(1e-6F)) *
               Lanes::all(1.0F / p.reference_level));
  };
  const int before = next - 1;
  for_lanes([&](std::size_t i) HWY_ATTR {
    if (next == p.points.size) {
      at(before, i).store(s.level.at + i);
      return;
    }
    const Lanes from = before < 0 ? Lanes::all(0.0F) : at(before, i);
    const int t_from = before < 0 ? 0 : p.points[before].t;
    const float part = static_cast<float>(t - t_from) / static_cast<float>(p.points[next].t - t_from);
    fma(Lanes::all(part), at(next, i) - from, from).store(s.level.at + i);
  });
}

/// AR(1) noise with a stationary sd, from 0 at t = 0: n[t] = k n[t-1] + sd sqrt(1 - k^2) z.
HWY_INLINE void step_noise(const ProcessPlan& p, const Row* parameter, const Row& z, ProcessState& s) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes k = monthly_decay(Lanes::load(parameter[p.noise_half_life_months].at + i));
    const Lanes sd =
        Lanes::load(parameter[p.noise_sd_log].at + i) * sqrt(max(Lanes::all(1.0F) - k * k, Lanes::all(0.0F)));
    fma(k, Lanes::load(s.noise.at + i), sd * Lanes::load(z.at + i)).store(s.noise.at + i);
  });
}

/// A jump with hazard per month: outside one, it starts when u < hazard, and lasts its duration. `left` counts months.
HWY_INLINE void step_jump(const Row& hazard_pct, const Row& size, const Row& duration_months, const Row& u, Row& left,
                          Row& in_force) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes zero = Lanes::all(0.0F);
    const Lanes running = Lanes::load(left.at + i);
    const Lanes hazard = Lanes::load(hazard_pct.at + i) * Lanes::all(0.01F);
    const Lanes length = max(Lanes::load(duration_months.at + i), Lanes::all(1.0F));
    const Lanes begun = if_less(Lanes::load(u.at + i), hazard, length, zero);
    const Lanes now = if_less(zero, running, running, begun);
    if_less(zero, now, Lanes::load(size.at + i), zero).store(in_force.at + i);
    max(now - Lanes::all(1.0F), zero).store(left.at + i);
  });
}

/// One month of any process: updates the state and writes d[t]. `u` starts jumps, `event` turns regimes and blocks.
HWY_INLINE void step_process(const ProcessPlan& p, const Row* parameter, int t, const Row& normal, const Row& u,
                             const Row& event, ProcessState& s, Row& d) {
  Row fat;
  if (p.innovation.size > 0) fat_tailed(p.innovation, normal, fat);
  const Row& z = p.innovation.size > 0 ? fat : normal;
  switch (p.kind) {
    case ProcessPlan::Kind::random_walk: step_random_walk(p, parameter, z, s); break;
    case ProcessPlan::Kind::mean_reverting: step_mean_reverting(p, parameter, z, s); break;
    case ProcessPlan::Kind::stochastic_cycle: step_stochastic_cycle(p, parameter, t, s); break;
    case ProcessPlan::Kind::path: step_path(p, parameter, t, s); break;
    case ProcessPlan::Kind::regime_switching: step_regimes(p, parameter, z, event, s.choice, s.level); break;
    case ProcessPlan::Kind::bootstrap: step_bootstrap(p, t, event, s.choice, s.level); break;
  }
  if (p.noise_sd_log != kNone) step_noise(p, parameter, z, s);
  if (p.jump_hazard_pct != kNone) {
    step_jump(parameter[p.jump_hazard_pct], parameter[p.jump_size_log], parameter[p.jump_duration_months], u,
              s.jump_left, s.jump_size);
  }
  for_lanes([&](std::size_t i) HWY_ATTR {
    (Lanes::load(s.level.at + i) + Lanes::load(s.noise.at + i) + Lanes::load(s.jump_size.at + i)).store(d.at + i);
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
