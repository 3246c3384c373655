/// \file
/// The draws of one block of paths by name of the stream, whatever the sampling.
#pragma once

#include "models/model_plan.hpp"
#include "sim/sobol.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Rows of the month's normals; four months are drawn at once. At the centre normals
/// are 0 and uniforms 1/2.
struct Draws {
  const DrawPlan& plan;
  std::uint64_t path0;
  Drawing drawing;
  const Row* sobol;  ///< the block's normals by dimension

  HWY_INLINE void normals(std::uint64_t stream, std::uint32_t draw, Row* out) const {
    if (plan.sampling == Sampling::sobol && drawing != Drawing::central) {
      if (const SobolStream* known = find(stream)) {
        if (!known->monthly) {
          out[0] = sobol[single_dimension(plan, known->place)];
          return;
        }
        const auto fine = [&](std::uint64_t s, std::uint32_t d, Row* z) HWY_ATTR { counted_normals(s, d, z); };
        return bridge_normals(plan, *known, draw, sobol, fine, out);
      }
    }
    counted_normals(stream, draw, out);
  }
  /// From counters, in any sampling.
  HWY_INLINE void counted_normals(std::uint64_t stream, std::uint32_t draw, Row* out) const {
    if (is_central()) {
      for (int j = 0; j < 4; ++j) fill(out[j], 0.0F);
      return;
    }
    if (plan.sampling == Sampling::antithetic) return mirrored_normals(plan.seed, stream, draw, path0, out);
    draw_normals(plan.seed, stream, draw, path0, out);
  }
  /// The same four months for the register of paths that starts at lane i; for streams that Sobol sampling never has.
  HWY_INLINE FourNormals four_normals(std::uint64_t stream, std::uint32_t draw, std::size_t i) const {
    const Lanes zero = Lanes::all(0.0F);
    if (is_central()) return {{zero, zero, zero, zero}};
    if (plan.sampling == Sampling::antithetic) return mirrored_four_normals(plan.seed, stream, draw, path0, i);
    return draw_four_normals(plan.seed, stream, draw, path0 + i);
  }
  HWY_INLINE void uniforms(std::uint64_t stream, std::uint32_t draw, Row* out) const {
    if (is_central()) {
      for (int j = 0; j < 4; ++j) fill(out[j], 0.5F);
    } else if (plan.sampling == Sampling::antithetic) {
      mirrored_uniforms(plan.seed, stream, draw, path0, out);
    } else {
      draw_uniforms(plan.seed, stream, draw, path0, out);
    }
  }

 private:
  /// What counters give is at its centre.
  HWY_INLINE bool is_central() const { return drawing == Drawing::central || drawing == Drawing::probing; }
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
