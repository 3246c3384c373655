/// \file
/// Trade that moves in time or to other markets. Works on the values of one product's cells in one month, in place, and
/// keeps the log effect of each mechanism.
#pragma once

#include "models/partial_adjustment.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// No payback takes more than this share of a month's exports; what it would take stays in the stock.
inline constexpr float kSmallestLeft = 0.1F;

HWY_INLINE void start_shifts(const ModelPlan& m, const Workspace& w) {
  for (int k = 0; k < m.shift.front_loads.size; ++k) {
    fill(w.front_stock[k], 0.0F);
    fill(w.front_shipped[k], 0.0F);
  }
  const int rows = kPastMonths * m.products * m.markets;
  for (int k = 0; k < rows; ++k) {
    fill(w.shift_front[k], 0.0F);
    fill(w.shift_diversion[k], 0.0F);
    fill(w.shift_inherited[k], 0.0F);
  }
}

/// Of the value lost to the scenario's layers in one market, a share reappears in markets with a tariff advantage:
/// share_n min(1, gap_n/gap_0), all shares together at most 1, so that additions never exceed the loss.
HWY_INLINE void divert(const ModelPlan& m, const Workspace& w, int p, int t) {
  const ShiftPlan& shift = m.shift;
  const int c0 = p * m.markets, slot = t % kPastMonths * m.products * m.markets;
  Row wedge[64];  // what layers add to the market's tariff, log
  Row added[64];
  bool any = false;
  for (int k = 0; k < m.markets; ++k) {
    fill(wedge[k], 0.0F);
    fill(added[k], 0.0F);
  }
  for (int pair = 0; pair < m.tariffs.size; ++pair) {
    const TariffPlan& plan = m.tariffs[pair];
    if (plan.product != p || plan.layers.size == 0) continue;
    any = true;
    const float scheduled = plan.own_log[t - 1 + m.tariff_history];
    for_lanes([&](std::size_t i) HWY_ATTR {
      (tariff_rates(m, plan, w, t - 1, i).own - Lanes::all(scheduled)).store(wedge[plan.market].at + i);
    });
  }
  if (!any) return;
  for (int pair = 0; pair < m.tariffs.size; ++pair) {
    const TariffPlan& plan = m.tariffs[pair];
    if (plan.product != p || plan.layers.size == 0) continue;
    const int at = pair * w.tariff_span + t - m.attribution.first + 12;
    const Row& x = w.cell_value[slot + c0 + plan.market];
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes zero = Lanes::all(0.0F), one = Lanes::all(1.0F);
      const Lanes at_0 = Lanes::load(w.tariff[pair].volume_0.at + i) + Lanes::load(w.tariff[pair].price_0.at + i);
      const Lanes effect = Lanes::load(w.tariff_value[at].at + i) - at_0 - Lanes::load(w.tariff_inherited[at].at + i);
      const Lanes lost = Lanes::load(x.at + i) * max(exp(-effect) - one, zero);
      Lanes share = min(max(Lanes::load(w.parameter[shift.diverted_share].at + i), zero), one);
      if (t >= shift.enforcement_from) {
        share = share * fma(Lanes::load(w.parameter[shift.enforcement_cut_pct].at + i), Lanes::all(-0.01F), one);
      }
      if (m.elasticity.armington) {  // there the equilibrium says what goes elsewhere
        share = if_less(Lanes::all(1.5F), Lanes::load(w.elasticity_model->at + i), zero, share);
      }
      const Lanes full_gap = max(Lanes::load(w.parameter[shift.full_gap_log].at + i), Lanes::all(1e-3F));
      const Lanes own_wedge = Lanes::load(wedge[plan.market].at + i);
      for (int n = 0; n < m.markets; ++n) {
        if (n == plan.market) continue;
        const Lanes gap = min(max((own_wedge - Lanes::load(wedge[n].at + i)) / full_gap, zero), one);
        const Lanes part = share * gap * Lanes::load(w.parameter[shift.destination[n]].at + i);
        fma(lost, part, Lanes::load(added[n].at + i)).store(added[n].at + i);
      }
    });
  }
  for (int n = 0; n < m.markets; ++n) {
    Row& x = w.cell_value[slot + c0 + n];
    for_lanes([&](std::size_t i) HWY_ATTR {
      const Lanes before = Lanes::load(x.at + i);
      const Lanes after = before + Lanes::load(added[n].at + i);
      log(after / before).store(w.shift_diversion[slot + c0 + n].at + i);
      after.store(x.at + i);
    });
  }
}

/// Payback of what was shipped early before as_of. It had begun if part is paid: then month 0 already lacks it.
HWY_INLINE void pay_inherited(const ModelPlan& m, const Workspace& w, int p, int t) {
  const int cells = m.products * m.markets, slot = t % kPastMonths * cells;
  const AttributionPlan& a = m.attribution;
  for (const InheritedStockPlan& stock : m.shift.inherited) {
    for (int j = 0; j < stock.cell.size; ++j) {
      const int c = stock.cell[j];
      if (c / m.markets != p) continue;
      const float now_0 = a.observed[(12 - a.first) * cells + c];
      for_lanes([&](std::size_t i) HWY_ATTR {
        const auto get = [&](ParameterId id) HWY_ATTR { return Lanes::load(w.parameter[id].at + i); };
        const Lanes zero = Lanes::all(0.0F), one = Lanes::all(1.0F), least = Lanes::all(kSmallestLeft);
        const Lanes paid = min(max(get(stock.already_paid), zero), one);
        const Lanes months = max(get(stock.months), one);
        const Lanes rate =
            get(stock.usd_bn) * (one - paid) * get(stock.payback_share) * Lanes::all(stock.cell_share[j]) / months;
        const Lanes under_way = min(max(months - Lanes::all(static_cast<float>(t - 1)), zero), one);
        Lanes x = Lanes::load(w.cell_value[slot + c].at + i);
        const Lanes missing_0 = if_less(zero, paid, rate / Lanes::all(now_0), zero);
        const Lanes effect = log(max(one - rate * under_way / x, least)) - log(max(one - missing_0, least));
        Row& kept = w.shift_inherited[slot + c];
        (Lanes::load(kept.at + i) + effect).store(kept.at + i);
        (x * exp(effect)).store(w.cell_value[slot + c].at + i);
      });
    }
  }
}

/// Shipping ahead of announced layers and its payback: a stock in USD bn,
///   in = share (expected wedge/0.10) lead x, all together at most cap months of exports;
///   out = (1 - e^(-1/payback months)) stock in months without lead; payback_share of `in` enters the stock.
HWY_INLINE void front_load(const ModelPlan& m, const Workspace& w, int p, int t) {
  const ShiftPlan& shift = m.shift;
  const int slot = t % kPastMonths * m.products * m.markets;
  for (int k = 0; k < shift.front_loads.size; ++k) {
    const FrontLoadPlan& plan = shift.front_loads[k];
    if (plan.cell / m.markets != p) continue;
    const float lead = plan.lead[t - 1];
    Row& x = w.cell_value[slot + plan.cell];
    for_lanes([&](std::size_t i) HWY_ATTR {
      const auto get = [&](ParameterId id) HWY_ATTR { return Lanes::load(w.parameter[id].at + i); };
      const Lanes zero = Lanes::all(0.0F), one = Lanes::all(1.0F);
      const Lanes other = Lanes::load(x.at + i);
      const Lanes expected =
          max(get(plan.change_pp), zero) * get(plan.probability_pct) * Lanes::all(plan.coverage * 1e-4F);
      const Lanes shipped = Lanes::load(w.front_shipped[k].at + i);
      const Lanes wanted = get(plan.share) * expected * Lanes::all(10.0F * lead) * other;
      const Lanes in = min(wanted, max(get(shift.cap_months) * other - shipped, zero));
      const Lanes stock = Lanes::load(w.front_stock[k].at + i);
      Lanes out = zero;
      if (lead == 0) {
        const Lanes rate = one - exp(-(one / max(get(shift.payback_months), Lanes::all(0.1F))));
        out = min(stock * rate, other * Lanes::all(1.0F - kSmallestLeft));
      }
      const Lanes after = other + in - out;
      const Lanes payback = min(max(get(shift.payback_share), zero), one);
      (fma(payback, in, stock) - out).store(w.front_stock[k].at + i);
      (shipped + in).store(w.front_shipped[k].at + i);
      Row& kept = w.shift_front[slot + plan.cell];
      (Lanes::load(kept.at + i) + log(after / other)).store(kept.at + i);
      after.store(x.at + i);
    });
  }
}

/// All shifts of one product's month, on its cells' values without them.
HWY_INLINE void shift_product(const ModelPlan& m, const Workspace& w, int p, int t) {
  const int first = t % kPastMonths * m.products * m.markets + p * m.markets;
  for (int c = first; c < first + m.markets; ++c) {
    fill(w.shift_front[c], 0.0F);
    fill(w.shift_diversion[c], 0.0F);
    fill(w.shift_inherited[c], 0.0F);
  }
  divert(m, w, p, t);
  pay_inherited(m, w, p, t);
  front_load(m, w, p, t);
}

}  // namespace plimsoll::PLIMSOLL_ISA
