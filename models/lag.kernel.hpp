/// \file
/// Gamma lags: a response spread over months, w[l] = F(l + 1/2) - F(l - 1/2) of a gamma distribution of shape 2.
#pragma once

#include "models/lanes.hpp"
#include "models/model_plan.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Weights w[0..kLagMonths) for a mean lag in months (a row); they sum to 1. F(x) = 1 - e^(-r x)(1 + r x), r = 2/mean.
HWY_INLINE void gamma_lag_weights(const Row& mean_months, Row* w) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes one = Lanes::all(1.0F);
    const Lanes r = Lanes::all(2.0F) / max(Lanes::load(mean_months.at + i), Lanes::all(0.05F));
    const Lanes step = exp(-r);
    Lanes x = Lanes::all(0.5F);
    Lanes decay = exp(-(r * x));
    Lanes before = Lanes::all(0.0F);
    Lanes sum = Lanes::all(0.0F);
    for (int l = 0; l < kLagMonths; ++l) {
      const Lanes upto = one - decay * fma(r, x, one);
      (upto - before).store(w[l].at + i);
      sum = sum + (upto - before);
      before = upto;
      x = x + one;
      decay = decay * step;
    }
    for (int l = 0; l < kLagMonths; ++l) (Lanes::load(w[l].at + i) / sum).store(w[l].at + i);
  });
}

/// out = sum_l w[l] d[-l], where d points at the row of month t and earlier months precede it.
HWY_INLINE void apply_lag(const Row* w, const Row* d, Row& out) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    Lanes sum = Lanes::load(w[0].at + i) * Lanes::load(d[0].at + i);
    for (int l = 1; l < kLagMonths; ++l) sum = fma(Lanes::load(w[l].at + i), Lanes::load(d[-l].at + i), sum);
    sum.store(out.at + i);
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
