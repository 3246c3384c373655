/// \file
/// The market equilibrium of one product: nested CES demand in every market, between imports and domestic goods and,
/// within imports, between China and its rivals; constant supply elasticities; prices that clear all markets. Newton's
/// method in log prices, one equilibrium a lane. Equations: docs/theory/armington.md.
#pragma once

#include "models/lanes.hpp"

namespace plimsoll::PLIMSOLL_ISA {

inline constexpr int kMostMarkets = 64;
inline constexpr int kMostNewtonSteps = 40;

/// One market before the solution. Tariffs are ln(T1/T0).
template <class L>
struct CesMarket {
  L own, rivals;
  L upper;                     ///< elasticity between imports and domestic goods
  L china, imports;            ///< base weights of spending: China's in imports, imports' in all
  L china_sales, rival_sales;  ///< base shares of the suppliers' sales
};

/// One equilibrium. Supply weights are e/(1 + e): 1 for an infinite elasticity.
template <class L>
struct CesCase {
  int markets = 0;
  const CesMarket<L>* market = nullptr;
  L lower;   ///< elasticity between China and its rivals
  L demand;  ///< elasticity of total demand, at least 0
  L china_supply, rival_supply, domestic_supply;
};

/// Log changes of prices and of the volumes that China sells. Prices on entry are the first guess.
template <class L>
struct CesSolution {
  L china, rivals;
  L domestic[kMostMarkets], volume[kMostMarkets];
};

template <class L>
HWY_INLINE L larger(L a, L b) {
  return if_less(a, b, b, a);
}
template <class L>
HWY_INLINE L size_of(L a) {
  return larger(a, -a);
}

/// ln(v e^(k x) + w e^(k y)) / k with v = 1 - w: the log price of a CES composite, k = 1 - elasticity; its limit for
/// k = 0. Near it the sum's cumulants, because the quotient loses digits: relative error of either below 1e-6 in
/// floats.
template <class L>
HWY_INLINE L composite(L v, L x, L w, L y, L k) {
  const L gap = y - x, bend = k * gap, one = L::all(1), spread = v * w;
  const L skew = one - w - w;
  // cumulants of a two-point distribution, over gap^n v w
  const L fourth = one - L::all(6) * spread, fifth = skew * (one - L::all(12) * spread);
  const L sixth = one - L::all(30) * spread + L::all(120) * spread * spread;
  L series = sixth * bend / L::all(720) + fifth / L::all(120);
  series = series * bend + fourth / L::all(24);
  series = series * bend + skew / L::all(6);
  series = series * bend + L::all(0.5F);
  const L near = x + w * gap + spread * bend * gap * series;
  const L small = if_less(size_of(bend), L::all(0.125F), one, L::all(0));
  const L safe = if_less(L::all(0.5F), small, one, k);
  const L far = x + log(v + w * exp(safe * gap)) / safe;
  return if_less(L::all(0.5F), small, near, far);
}

/// Sums over markets that one Newton step needs.
template <class L>
struct CesSums {
  L china, china_c, china_o, china_d, china_dc, china_do;  ///< China's demand; its slopes by price; through domestic
  L rivals, rivals_c, rivals_o, rivals_d, rivals_dc, rivals_do;
};

/// Slopes of one market, kept to follow the step.
template <class L>
struct CesSlopes {
  L domestic, domestic_c, domestic_o;  ///< domestic step = domestic + domestic_c dc + domestic_o do
  L volume_c, volume_o, volume_d;
};

/// One market at the prices `s`: China's volume into s.volume, slopes, and its part of the sums.
template <class L>
HWY_INLINE void add_market(const CesCase<L>& c, int v, CesSolution<L>& s, L& volume, CesSlopes<L>& slope,
                           CesSums<L>& sum) {
  const CesMarket<L>& m = c.market[v];
  const L one = L::all(1), domestic = s.domestic[v];
  const L own = s.china + m.own, rivals = s.rivals + m.rivals;
  const L k_lower = one - c.lower, k_upper = one - m.upper;
  const L imports = composite(one - m.china, rivals, m.china, own, k_lower);
  const L all = composite(one - m.imports, domestic, m.imports, imports, k_upper);
  // weights of spending at these prices
  const L a = m.china * exp(k_lower * (own - imports)), b = one - a;
  const L share = m.imports * exp(k_upper * (imports - all)), rest = one - share;
  const L bend = m.upper - c.demand, both = c.lower * imports - m.upper * (imports - all) - c.demand * all;
  volume = both - c.lower * own;
  const L rival_volume = both - c.lower * rivals;
  const L home = -(m.upper * (domestic - all)) - c.demand * all;

  const L held = one - c.domestic_supply;
  const L home_slope = c.domestic_supply + held * (m.upper - bend * rest);
  slope.domestic = -(c.domestic_supply * domestic - held * home) / home_slope;
  slope.domestic_c = held * bend * share * a / home_slope;
  slope.domestic_o = held * bend * share * b / home_slope;
  const L common = c.lower - m.upper + bend * share;
  slope.volume_c = a * common - c.lower;
  slope.volume_o = b * common;
  slope.volume_d = bend * rest;

  const L sold = m.china_sales * exp(volume), rival_sold = m.rival_sales * exp(rival_volume);
  const L through = sold * slope.volume_d, rival_through = rival_sold * slope.volume_d;
  sum.china = sum.china + sold;
  sum.china_c = sum.china_c + sold * slope.volume_c;
  sum.china_o = sum.china_o + sold * slope.volume_o;
  sum.china_d = sum.china_d + through * slope.domestic;
  sum.china_dc = sum.china_dc + through * slope.domestic_c;
  sum.china_do = sum.china_do + through * slope.domestic_o;
  sum.rivals = sum.rivals + rival_sold;
  sum.rivals_c = sum.rivals_c + rival_sold * slope.volume_c + rival_sold * c.lower;
  sum.rivals_o = sum.rivals_o + rival_sold * slope.volume_o - rival_sold * c.lower;
  sum.rivals_d = sum.rivals_d + rival_through * slope.domestic;
  sum.rivals_dc = sum.rivals_dc + rival_through * slope.domestic_c;
  sum.rivals_do = sum.rivals_do + rival_through * slope.domestic_o;
}

/// Solves the lanes where `wanted` is 1; a lane stops when its step is at most `tolerance` (the error is then its
/// square), whatever its neighbours do. \returns 1 in lanes that did not get there: they keep the last prices that were
/// finite.
template <class L>
HWY_INLINE L solve_ces(const CesCase<L>& c, L tolerance, L wanted, CesSolution<L>& s) {
  const L zero = L::all(0), one = L::all(1);
  L active = wanted;
  for (int v = 0; v < c.markets; ++v) s.volume[v] = zero;
  for (int step = 0; step < kMostNewtonSteps && !all_less(active, L::all(0.5F)); ++step) {
    CesSlopes<L> slope[kMostMarkets];
    L volume[kMostMarkets];
    CesSums<L> sum{zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero};
    for (int v = 0; v < c.markets; ++v) add_market(c, v, s, volume[v], slope[v], sum);
    // Residuals w p - (1 - w) ln demand, and their slopes after the domestic prices are taken out.
    const L held = one - c.china_supply, rival_held = one - c.rival_supply;
    const L gap = c.china_supply * s.china - held * (log(sum.china) + sum.china_d / sum.china);
    const L rival_gap = c.rival_supply * s.rivals - rival_held * (log(sum.rivals) + sum.rivals_d / sum.rivals);
    const L cc = c.china_supply - held * (sum.china_c + sum.china_dc) / sum.china;
    const L co = -(held * (sum.china_o + sum.china_do) / sum.china);
    const L oc = -(rival_held * (sum.rivals_c + sum.rivals_dc) / sum.rivals);
    const L oo = c.rival_supply - rival_held * (sum.rivals_o + sum.rivals_do) / sum.rivals;
    const L determinant = cc * oo - co * oc;
    L china = (co * rival_gap - oo * gap) / determinant, rivals = (oc * gap - cc * rival_gap) / determinant;
    L size = larger(size_of(china), size_of(rivals));
    const L length = one / larger(one, size);  // at most one log unit
    china = china * length;
    rivals = rivals * length;
    // A step that is no number is not taken: a sum keeps what a maximum would lose.
    L all_sizes = size;
    for (int v = 0; v < c.markets; ++v) {
      slope[v].domestic = slope[v].domestic * length + slope[v].domestic_c * china + slope[v].domestic_o * rivals;
      all_sizes = all_sizes + size_of(slope[v].domestic);
      size = larger(size, size_of(slope[v].domestic));
    }
    const L taken = if_less(all_sizes, L::all(1e30F), active, zero);
    for (int v = 0; v < c.markets; ++v) {
      const L domestic = slope[v].domestic;
      const L follows = slope[v].volume_c * china + slope[v].volume_o * rivals + slope[v].volume_d * domestic;
      s.domestic[v] = if_less(L::all(0.5F), taken, s.domestic[v] + domestic, s.domestic[v]);
      s.volume[v] = if_less(L::all(0.5F), taken, volume[v] + follows, s.volume[v]);
    }
    s.china = if_less(L::all(0.5F), taken, s.china + china, s.china);
    s.rivals = if_less(L::all(0.5F), taken, s.rivals + rivals, s.rivals);
    active = if_less(tolerance, size, active, if_less(all_sizes, L::all(1e30F), zero, active));
  }
  return active;
}

}  // namespace plimsoll::PLIMSOLL_ISA
