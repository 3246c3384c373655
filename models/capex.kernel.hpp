/// \file
/// Hyperscaler capex: firms' quarters from keys (Denton), log errors that grow with distance, a common pause, and the
/// log of the four-firm sum over its reference, kappa.
#pragma once

#include "models/lanes.hpp"
#include "models/model_plan.hpp"
#include "models/shock_process.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

inline constexpr int kMaxCapexFirms = 8;
inline constexpr int kMaxCapexTargets = 96;

/// State of the capex driver between months.
struct CapexState {
  Row common_error, firm_error[kMaxCapexFirms];
  Row pause_left, pause_depth;
};

/// Levels of a buyer without reports: its annual rate, grown. out[q] in USD bn a quarter.
HWY_INLINE void buyer_quarters(const CapexPlan& plan, const CapexFirmPlan& buyer, const Row* parameter, Row* out) {
  for (int q = 0; q < plan.quarters; ++q) {
    for_lanes([&](std::size_t i) HWY_ATTR {
      Lanes grown = Lanes::all(0.0F);
      for (int g = 0; g < buyer.growth_pct.size; ++g) {
        const Lanes rate = fma(Lanes::load(parameter[buyer.growth_pct[g]].at + i), Lanes::all(0.01F), Lanes::all(1.0F));
        grown = fma(Lanes::all(buyer.years[q * buyer.growth_pct.size + g]), log(max(rate, Lanes::all(0.01F))), grown);
      }
      (Lanes::load(parameter[buyer.reference_usd_bn].at + i) * Lanes::all(0.25F) * exp(grown)).store(out[q].at + i);
    });
  }
}

/// Levels of the not yet reported quarters of one firm: out[q] in USD bn a quarter. `targets` is scratch.
HWY_INLINE void capex_quarters(const CapexPlan& plan, const CapexFirmPlan& firm, const Row* parameter, Row* targets,
                               Row* out) {
  if (firm.reference_usd_bn != kNone) return buyer_quarters(plan, firm, parameter, out);
  for (int k = 0; k < firm.targets.size; ++k) {
    const CapexTarget& target = firm.targets[k];
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes value = Lanes::load(parameter[target.value].at + i);
      const Lanes base = target.base < 0 ? Lanes::all(target.base_level) : Lanes::load(targets[target.base].at + i);
      Lanes sum = value;
      if (target.rule == CapexTarget::Rule::level) {
        if (plan.company_frac != kNone) sum = value * Lanes::load(parameter[plan.company_frac].at + i);
      } else if (target.rule == CapexTarget::Rule::growth_pct) {
        sum = base * fma(value, Lanes::all(0.01F), Lanes::all(1.0F));
      } else {
        sum = base * exp(value);
      }
      sum.store(targets[k].at + i);
    });
  }
  for (int q = 0; q < plan.quarters; ++q) {
    for_lanes([&](std::size_t i) HWY_ATTR {
      Lanes x = Lanes::all(firm.constant[q]);
      for (int k = 0; k < firm.targets.size; ++k) {
        const Lanes remainder = Lanes::load(targets[k].at + i) - Lanes::all(firm.targets[k].reported);
        x = fma(Lanes::all(firm.weight[q * firm.targets.size + k]), remainder, x);
      }
      // A drawn year below what is already reported cannot make a quarter negative: 10 million dollars is the floor.
      max(x, Lanes::all(0.01F)).store(out[q].at + i);
    });
  }
}

/// kappa of one month: ln(sum over firms of the monthly level e^error) - ln reference, plus ln(1 + depth) in a pause.
HWY_INLINE void capex_kappa(const CapexPlan& plan, const Row* parameter, const Row* quarters, int quarter,
                            const CapexState& s, Row& kappa) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    Lanes sum = Lanes::all(0.0F);
    for (int f = 0; f < plan.firms.size; ++f) {
      const Lanes level = Lanes::load(quarters[f * plan.quarters + quarter].at + i) * Lanes::all(1.0F / 3.0F);
      sum = fma(level, exp(Lanes::load(s.firm_error[f].at + i)), sum);
    }
    sum = sum * fma(Lanes::load(s.pause_depth.at + i), Lanes::all(0.01F), Lanes::all(1.0F));
    Lanes reference = Lanes::all(plan.reference_log);
    if (plan.other_buyers) {
      Lanes others = Lanes::all(0.0F);
      for (const CapexFirmPlan& firm : plan.firms) {
        if (firm.reference_usd_bn == kNone) continue;
        others = fma(Lanes::load(parameter[firm.reference_usd_bn].at + i), Lanes::all(1.0F / 12.0F), others);
      }
      reference = log(exp(reference) + others);
    }
    (log(max(sum, Lanes::all(1e-3F))) - reference).store(kappa.at + i);
  });
}

/// Errors of month t: random walks with monthly sd annual_sd/sqrt(12), the share `common` of the variance in common.
HWY_INLINE void step_capex_errors(const CapexPlan& plan, const Row* parameter, const Row& z_common, const Row* z_firm,
                                  CapexState& s) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const Lanes sd = Lanes::load(parameter[plan.annual_sd_log].at + i) * Lanes::all(kPerRootYear);
    const Lanes common =
        min(max(Lanes::load(parameter[plan.common_share_frac].at + i), Lanes::all(0.0F)), Lanes::all(1.0F));
    const Lanes own = sd * sqrt(Lanes::all(1.0F) - common);
    const Lanes shared = sd * sqrt(common) * Lanes::load(z_common.at + i);
    for (int f = 0; f < plan.firms.size; ++f) {
      fma(own, Lanes::load(z_firm[f].at + i), Lanes::load(s.firm_error[f].at + i) + shared)
          .store(s.firm_error[f].at + i);
    }
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
