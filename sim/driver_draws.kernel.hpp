/// \file
/// Draws that only some drivers need: regimes, block starts, the t copula's common variable. Unused ones are not drawn.
#pragma once

#include "models/shock_process.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Four months' rows for memory, oil and exchange rate.
struct DriverDraws {
  Row choice[3][4];  ///< uniforms
  Row mixing[4];     ///< normals
};

template <class Draws>
HWY_INLINE void draw_driver_events(const ModelPlan& m, const Draws& draws, std::uint32_t draw, DriverDraws& out) {
  const ProcessPlan* processes[3] = {&m.memory, &m.oil, &m.exchange_rate};
  for (int k = 0; k < 3; ++k) {
    const bool chooses = processes[k]->regimes.size > 0 || processes[k]->changes.size > 0;
    if (chooses) draws.uniforms(processes[k]->event_stream, draw, out.choice[k]);
  }
  if (m.copula.mixing.size > 0) draws.normals(m.copula.stream, draw, out.mixing);
}

/// State of a driver's process at t = 0.
template <class Draws>
HWY_INLINE void start_driver(const ProcessPlan& p, const Draws& draws, const Row* parameter, ProcessState& s) {
  start_process(s);
  if (p.regimes.size == 0) return;
  Row u[4];
  draws.uniforms(p.start_stream, 0, u);
  start_regimes(p.start_weight, parameter, u[0], s.choice);
}

}  // namespace plimsoll::PLIMSOLL_ISA
