/// \file
/// Shock processes that choose: a Markov chain of regimes, and blocks of history. A row `choice` holds the choice of
/// each path as a whole number. Formulas and sources: docs/theory/shocks.md.
#pragma once

#include "models/lanes.hpp"
#include "models/model_plan.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// The first k whose cumulated weight exceeds u times the sum of all; weights below 0 count as 0.
template <class Weight>
HWY_INLINE Lanes choose(int count, Lanes u, Weight weight) {
  const Lanes zero = Lanes::all(0.0F);
  Lanes sum = zero;
  for (int k = 0; k < count; ++k) sum = sum + max(weight(k), zero);
  const Lanes target = min(u, Lanes::all(1.0F - 0x1p-23F)) * sum;  // below the sum: a weight of 0 is never chosen
  Lanes chosen = zero;
  Lanes cumulated = zero;
  for (int k = 0; k + 1 < count; ++k) {
    cumulated = cumulated + max(weight(k), zero);
    chosen = if_less(target, cumulated, chosen, Lanes::all(static_cast<float>(k + 1)));
  }
  return chosen;
}

/// The regime at t = 0.
HWY_INLINE void start_regimes(const View<ParameterId>& start_weight, const Row* parameter, const Row& u, Row& regime) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const auto weight = [&](int k) HWY_ATTR { return Lanes::load(parameter[start_weight[k]].at + i); };
    choose(start_weight.size, Lanes::load(u.at + i), weight).store(regime.at + i);
  });
}

/// Where a path in regime r is a month later.
HWY_INLINE Lanes next_regime(const View<RegimePlan>& regimes, int r, const Row* parameter, Lanes u, std::size_t i) {
  const RegimePlan& regime = regimes[r];
  if (regime.duration_months == kNone) {
    return choose(regimes.size, u, [&](int k) HWY_ATTR { return Lanes::load(parameter[regime.next[k]].at + i); });
  }
  const Lanes one = Lanes::all(1.0F);
  const Lanes leave = one / max(Lanes::load(parameter[regime.duration_months].at + i), one);
  const Lanes other = leave * Lanes::all(1.0F / static_cast<float>(regimes.size - 1));
  return choose(regimes.size, u, [&](int k) HWY_ATTR { return k == r ? one - leave : other; });
}

/// yes where the state is at most r, else no. States are whole numbers; from the last regime down to the first, this
/// leaves what belongs to the state.
HWY_INLINE Lanes up_to_regime(Lanes state, int r, Lanes yes, Lanes no) {
  return if_less(state, Lanes::all(static_cast<float>(r) + 0.5F), yes, no);
}

/// The regime a month after `now`.
HWY_INLINE Lanes step_chain(const View<RegimePlan>& regimes, const Row* parameter, Lanes now, Lanes u, std::size_t i) {
  Lanes next = now;
  for (int r = regimes.size - 1; r >= 0; --r)
    next = up_to_regime(now, r, next_regime(regimes, r, parameter, u, i), next);
  return next;
}

/// Markov-switching random walk (Hamilton 1989): S[t] from row S[t-1], d[t] = d[t-1] + mu[S] + sd[S] z.
HWY_INLINE void step_regimes(const ProcessPlan& p, const Row* parameter, const Row& z, const Row& u, Row& regime,
                             Row& level) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes next = step_chain(p.regimes, parameter, Lanes::load(regime.at + i), Lanes::load(u.at + i), i);
    Lanes drift = Lanes::all(0.0F);
    Lanes sd = Lanes::all(0.0F);
    for (int r = p.regimes.size - 1; r >= 0; --r) {
      drift = up_to_regime(next, r, Lanes::load(parameter[p.regimes[r].monthly_drift_log].at + i), drift);
      sd = up_to_regime(next, r, Lanes::load(parameter[p.regimes[r].sd_log].at + i) * Lanes::all(p.regimes[r].sd_scale),
                        sd);
    }
    next.store(regime.at + i);
    fma(sd, Lanes::load(z.at + i), Lanes::load(level.at + i) + drift).store(level.at + i);
  });
}

/// Moving-block bootstrap (Kunsch 1989): at t = 1, 1 + b, 1 + 2b, .. a block of b changes is drawn from history, every
/// start alike; then its changes follow one by one.
HWY_INLINE void step_bootstrap(const ProcessPlan& p, int t, const Row& u, Row& start, Row& level) {
  const int place = (t - 1) % p.block_months;
  const float last = static_cast<float>(p.changes.size - p.block_months);
  for_lanes([&](std::size_t i) HWY_ATTR {
    if (place == 0) {
      min(floor(Lanes::load(u.at + i) * Lanes::all(last + 1.0F)), Lanes::all(last)).store(start.at + i);
    }
    const Lanes at = Lanes::load(start.at + i) + Lanes::all(static_cast<float>(place));
    (Lanes::load(level.at + i) + gather(p.changes.data, at)).store(level.at + i);
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
