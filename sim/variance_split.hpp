/// \file
/// How much of a figure's variance comes from shocks, from what the scenario states, from parameters and from the
/// choice of the elasticity model. Theory: docs/theory/stress.md.
#pragma once

#include <optional>

#include "sim/simulation.hpp"
#include "sim/stress_results.hpp"

namespace plimsoll {

/// One-way random-effects analysis of variance: parameters are drawn `draws` times and held on 64 paths each, whose
/// shocks are drawn anew. Errors by the jackknife over draws. Independent of the scenario's own sampling; nothing when
/// asked to stop. \pre draws >= 2
std::optional<VarianceSplit> split_variance(const Simulation& simulation, const OutputPlan& output, int draws,
                                            const RunOptions& options);

}  // namespace plimsoll
