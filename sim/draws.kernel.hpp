/// \file
/// The draws of one block of paths by name of the stream, whatever the sampling.
#pragma once

#include "models/model_plan.hpp"
#include "sim/sobol.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Rows of the month's normals; four months are drawn at once. `central` replaces every draw by 0 (the central path).
struct Draws {
  const DrawPlan& plan;
  std::uint64_t path0;
  bool central;

  HWY_INLINE void normals(std::uint64_t stream, std::uint32_t draw, Row* out) const {
    if (central) {
      for (int j = 0; j < 4; ++j) fill(out[j], 0.0F);
      return;
    }
    if (plan.sampling == Sampling::sobol) {
      if (const SobolStream* sobol = find(stream)) {
        if (!sobol->monthly) return sobol_normals(plan, single_dimension(plan, sobol->place), path0, out[0]);
        const auto fine = [&](std::uint64_t s, std::uint32_t d, Row* z)
                              HWY_ATTR { draw_normals(plan.seed, s, d, path0, z); };
        return bridge_normals(plan, *sobol, draw, path0, fine, out);
      }
    }
    if (plan.sampling == Sampling::antithetic) return mirrored_normals(plan.seed, stream, draw, path0, out);
    draw_normals(plan.seed, stream, draw, path0, out);
  }
  /// The same four months for the register of paths that starts at lane i; for streams that Sobol sampling never has.
  HWY_INLINE FourNormals four_normals(std::uint64_t stream, std::uint32_t draw, std::size_t i) const {
    const Lanes zero = Lanes::all(0.0F);
    if (central) return {{zero, zero, zero, zero}};
    if (plan.sampling == Sampling::antithetic) return mirrored_four_normals(plan.seed, stream, draw, path0, i);
    return draw_four_normals(plan.seed, stream, draw, path0 + i);
  }
  HWY_INLINE void uniforms(std::uint64_t stream, std::uint32_t draw, Row* out) const {
    if (central) {
      for (int j = 0; j < 4; ++j) fill(out[j], 0.5F);
    } else if (plan.sampling == Sampling::antithetic) {
      mirrored_uniforms(plan.seed, stream, draw, path0, out);
    } else {
      draw_uniforms(plan.seed, stream, draw, path0, out);
    }
  }

 private:
  HWY_INLINE const SobolStream* find(std::uint64_t stream) const {
    int low = 0, high = plan.streams.size;
    while (low < high) {
      const int middle = (low + high) / 2;
      if (plan.streams[middle].stream < stream)
        low = middle + 1;
      else
        high = middle;
    }
    return low < plan.streams.size && plan.streams[low].stream == stream ? &plan.streams[low] : nullptr;
  }
};

}  // namespace plimsoll::PLIMSOLL_ISA
