/// \file
/// Tariff regimes: a layer's change follows a Markov chain of states such as truce, escalation and deal.
#pragma once

#include "models/regime_process.kernel.hpp"
#include "models/workspace.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Four months of the chains' uniforms.
struct TariffChainDraws {
  Row choice[kMostTariffChains][4];
};

template <class Draws>
HWY_INLINE void start_tariff_chains(const ModelPlan& m, const Draws& draws, const Workspace& w) {
  for (int k = 0; k < m.tariff_chains.size; ++k) {
    Row u[4];
    draws.uniforms(m.tariff_chains[k].start_stream, 0, u);
    start_regimes(m.tariff_chains[k].start_weight, w.parameter, u[0], w.chain_state[k]);
  }
}

template <class Draws>
HWY_INLINE void draw_tariff_chains(const ModelPlan& m, const Draws& draws, std::uint32_t draw, TariffChainDraws& s) {
  for (int k = 0; k < m.tariff_chains.size; ++k) draws.uniforms(m.tariff_chains[k].event_stream, draw, s.choice[k]);
}

/// The states of month t and the change of rate that each brings; `j` is the month's place among the four drawn.
HWY_INLINE void step_tariff_chains(const ModelPlan& m, const Workspace& w, int t, int j, const TariffChainDraws& s) {
  for (int k = 0; k < m.tariff_chains.size; ++k) {
    const TariffChainPlan& chain = m.tariff_chains[k];
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes u = Lanes::load(s.choice[k][j].at + i);
      const Lanes state = step_chain(chain.regimes, w.parameter, Lanes::load(w.chain_state[k].at + i), u, i);
      state.store(w.chain_state[k].at + i);
      Lanes change = Lanes::all(0.0F);
      for (int r = chain.regimes.size - 1; r >= 0; --r)
        change = up_to_regime(state, r, Lanes::load(w.parameter[chain.change_pp[r]].at + i), change);
      change.store(w.chain_change[k * m.months + t - 1].at + i);
    });
  }
}

}  // namespace plimsoll::PLIMSOLL_ISA
