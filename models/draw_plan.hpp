/// \file
/// How a run's draws are made. The model only carries it to the kernels; no formula of it depends on the sampling.
#pragma once

#include <cstdint>

#include "models/plan_view.hpp"

namespace plimsoll {

enum class Sampling { random, antithetic, sobol };

/// Where a block's draws come from: as the plan says; all at their centre; or so but for the normals on Sobol
/// dimensions, which the caller has put into Workspace::sobol; as the plan says but for these.
enum class Drawing { planned, central, probing, given };

/// Sobol and antithetic paths come in 16 independent replicates (path modulo 16), whose spread gives standard errors.
inline constexpr int kReplicates = 16;

/// A stream whose normals come from Sobol points.
struct SobolStream {
  std::uint64_t stream = 0;
  int place = 0;         ///< among the monthly streams, or among the others
  bool monthly = false;  ///< months as components of a Brownian bridge; else one normal a path
};

/// A weighted sum of streams that one Sobol stream drives: z becomes z - w (w . z) + w s with |w| = 1, which leaves the
/// members independent standard normals and makes their sum s.
struct SobolSum {
  std::uint64_t stream = 0;
  View<int> member;    ///< rows of normals, or trend factors for what is drawn once a path
  View<float> weight;  ///< of unit length
  bool monthly = false;
};

struct DrawPlan {
  std::uint64_t seed = 0;
  Sampling sampling = Sampling::random;
  int grid_months = 32;       ///< of the bridge: 32, 128 or 256, the first that holds the horizon
  int components = 0;         ///< of every bridge on Sobol dimensions, coarsest first; finer ones are counter-based
  int monthly = 0;            ///< monthly Sobol streams
  int single = 0;             ///< Sobol streams of one normal
  View<SobolStream> streams;  ///< by rising stream
  View<SobolSum> sums;
  View<float> axis;  ///< [axes * dimensions]: reflections z - v (v . z), |v|^2 = 2, last one first
  int axes = 0;
  View<int> drawn;                ///< dimensions that some month or axis needs
  View<std::uint32_t> direction;  ///< [dimension * 32 + bit]: direction numbers, bits reversed
  View<std::uint32_t> scramble;   ///< [dimension * kReplicates + replicate]: keys of the scrambling
};

/// Components that go before the streams of one normal in the order of dimensions.
inline constexpr int kLeadingComponents = 4;

/// Dimension of component `c` of the monthly stream at `place`: component by component, streams in order.
[[gnu::always_inline]] inline int bridge_dimension(const DrawPlan& plan, int place, int c) {
  return c * plan.monthly + place + (c < kLeadingComponents ? 0 : plan.single);
}
/// Dimension of the single normal at `place`.
[[gnu::always_inline]] inline int single_dimension(const DrawPlan& plan, int place) {
  const int leading = plan.components < kLeadingComponents ? plan.components : kLeadingComponents;
  return leading * plan.monthly + place;
}
[[gnu::always_inline]] inline int dimensions_of(const DrawPlan& plan) {
  return plan.components * plan.monthly + plan.single;
}

}  // namespace plimsoll
