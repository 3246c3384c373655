/// \file
/// Elementary effects of Morris' design. Pure functions; docs/theory/sensitivity.md.
#pragma once

#include <vector>

#include "sim/sampling_design.hpp"
#include "sim/sobol_indices.hpp"

namespace plimsoll {

struct MorrisEffect {
  IntervalEstimate mean;           ///< mu: mean effect (Morris 1991)
  IntervalEstimate mean_absolute;  ///< mu*: mean size of the effect (Campolongo, Cariboni and Saltelli 2007)
  IntervalEstimate spread;         ///< sigma: how much the effect depends on the other inputs, or on the input's level
};

/// One per dimension from the function's values at the design's points. An effect is the change of the function over
/// the change of probability, which is a half. Errors and intervals by bootstrap over trajectories.
/// \pre a Morris design of at least 2 trajectories
std::vector<MorrisEffect> morris_effects(const SamplingDesign& design, const std::vector<double>& values);
/// The same of points that are given: whole trajectories of one dimension a step.
std::vector<MorrisEffect> morris_effects(const std::vector<std::vector<double>>& points,
                                         const std::vector<double>& values);

}  // namespace plimsoll
