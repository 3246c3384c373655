/// \file
/// Random parameters: standard normals become values by their quantile functions, once per path.
#pragma once

#include "models/lanes.hpp"
#include "models/model_plan.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// `z` is the draw's own normal, `family` its family's (ignored without one).
HWY_INLINE void draw_parameter(const ParameterDraw& draw, const Row& z, const Row& family, Row& out) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    Lanes x = Lanes::load(z.at + i);
    if (draw.family >= 0) {
      x = fma(Lanes::all(draw.family_weight), Lanes::load(family.at + i), Lanes::all(draw.own_weight) * x);
    }
    if (draw.kind == ParameterDraw::Kind::affine || draw.kind == ParameterDraw::Kind::exponential) {
      x = fma(Lanes::all(draw.scale), x, Lanes::all(draw.location));
      if (draw.kind == ParameterDraw::Kind::exponential) x = exp(x);
    }
    x.store(out.at + i);
  });
  if (draw.kind == ParameterDraw::Kind::table) {
    constexpr float kStep = 2.0F * kQuantileReach / static_cast<float>(kQuantileKnots - 1);
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes reach = Lanes::all(kQuantileReach), last = Lanes::all(static_cast<float>(kQuantileKnots - 2));
      const Lanes position = max((Lanes::load(out.at + i) + reach) * Lanes::all(1.0F / kStep), Lanes::all(0.0F));
      const Lanes knot = min(floor(position), last);
      const Lanes part = min(position - knot, Lanes::all(1.0F));
      const Lanes low = gather(draw.table.data, knot), high = gather(draw.table.data + 1, knot);
      (low + part * (high - low)).store(out.at + i);
    });
  } else if (draw.kind == ParameterDraw::Kind::steps) {
    for (float& x : out.at) {
      int k = 0;
      while (k < draw.threshold.size && x >= draw.threshold[k]) ++k;
      x = draw.table[k];
    }
  }
}

}  // namespace plimsoll::PLIMSOLL_ISA
