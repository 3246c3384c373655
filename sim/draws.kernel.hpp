/// \file
/// The draws of one block of paths by name of the stream, whatever the sampling.
#pragma once

#include "models/model_plan.hpp"
#include "sim/sobol.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

struct DrawsOfRegister;

/// Rows of the month's normals; four months are drawn at once. At the centre normals
/// are 0 and uniforms 1/2.
struct Draws {
  const DrawPlan& plan;
  std::uint64_t path0;
  Drawing drawing;
  const Row* sobol;  ///< the block's normals by dimension
  RoundKeys keys = round_keys(plan.seed);

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
    if (plan.sampling == Sampling::antithetic) return mirrored_normals(keys, stream, draw, path0, out);
    draw_normals(keys, stream, draw, path0, out);
  }
  /// For the register of paths that starts at lane i.
  HWY_INLINE DrawsOfRegister of_register(std::size_t i) const;
  HWY_INLINE void uniforms(std::uint64_t stream, std::uint32_t draw, Row* out) const {
    if (is_central()) {
      for (int j = 0; j < 4; ++j) fill(out[j], 0.5F);
    } else if (plan.sampling == Sampling::antithetic) {
      mirrored_uniforms(keys, stream, draw, path0, out);
    } else {
      draw_uniforms(keys, stream, draw, path0, out);
    }
  }
  /// What counters give is at its centre.
  HWY_INLINE bool is_central() const { return drawing == Drawing::central || drawing == Drawing::probing; }

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

/// Draws of one register of paths, from streams that Sobol sampling never has.
struct DrawsOfRegister {
  const Draws& draws;
  std::size_t lane;
  bool is_mirrored;
  NormalsOfPaths paths;

  template <int kStreams>
  struct Normals {
    FourNormals of[kStreams];
  };
  /// Four months of some streams at once.
  template <int kStreams>
  HWY_INLINE Normals<kStreams> normals(const std::uint64_t* stream, std::uint32_t draw) const {
    const Lanes zero = Lanes::all(0.0F);
    Normals<kStreams> z;
    if (draws.is_central()) {
      for (FourNormals& own : z.of) own = {{zero, zero, zero, zero}};
      return z;
    }
    paths.draw<kStreams>(draws.keys, stream, draw, z.of);
    if (is_mirrored) {
      for (FourNormals& own : z.of) mirror(lane, own);
    }
    return z;
  }
};
HWY_INLINE DrawsOfRegister Draws::of_register(std::size_t i) const {
  const bool is_mirrored = plan.sampling == Sampling::antithetic;
  return {*this, i, is_mirrored, NormalsOfPaths(is_mirrored ? drawn_path(path0, i) : path0 + i)};
}

}  // namespace plimsoll::PLIMSOLL_ISA
