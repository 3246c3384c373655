/// \file
/// Lanes: a register of paths. Lane = path; all arithmetic is by lane, so digits do not depend on the register's width.
/// Included only by kernels, which are compiled once per instruction set with PLIMSOLL_ISA naming their namespace.
#pragma once

#include <hwy/highway.h>
// After highway.h: its functions are compiled for the same target.
#include <hwy/contrib/math/math-inl.h>

#include <cstddef>
#include <cstdint>

#include "models/lanes_rows.hpp"

#ifndef PLIMSOLL_ISA
#error "lanes.hpp belongs to kernels: define PLIMSOLL_ISA"
#endif

namespace plimsoll {

namespace PLIMSOLL_ISA {

namespace hn = hwy::HWY_NAMESPACE;
// Without these Highway would fall silently to SSE and the digits of fma would change.
static_assert(HWY_STATIC_TARGET == HWY_AVX2 || HWY_STATIC_TARGET <= HWY_AVX3, "kernels need AVX2 with FMA, or more");
static_assert(HWY_TARGET == HWY_STATIC_TARGET);

using FloatTag = hn::ScalableTag<float>;
using IntTag = hn::RebindToSigned<FloatTag>;
using UintTag = hn::RebindToUnsigned<FloatTag>;
using DoubleTag = hn::ScalableTag<double>;
inline constexpr std::size_t kLanes = HWY_LANES(float);
inline constexpr std::size_t kWideLanes = HWY_LANES(double);

/// A register of floats, one per path.
struct Lanes {
  hn::Vec<FloatTag> v;

  static HWY_INLINE Lanes load(const float* p) { return {hn::Load(FloatTag(), p)}; }
  static HWY_INLINE Lanes all(float x) { return {hn::Set(FloatTag(), x)}; }
  HWY_INLINE void store(float* p) const { hn::Store(v, FloatTag(), p); }
};

HWY_INLINE Lanes operator+(Lanes a, Lanes b) { return {hn::Add(a.v, b.v)}; }
HWY_INLINE Lanes operator-(Lanes a, Lanes b) { return {hn::Sub(a.v, b.v)}; }
HWY_INLINE Lanes operator*(Lanes a, Lanes b) { return {hn::Mul(a.v, b.v)}; }
HWY_INLINE Lanes operator/(Lanes a, Lanes b) { return {hn::Div(a.v, b.v)}; }
HWY_INLINE Lanes operator-(Lanes a) { return {hn::Neg(a.v)}; }
/// a b + c, rounded once.
HWY_INLINE Lanes fma(Lanes a, Lanes b, Lanes c) { return {hn::MulAdd(a.v, b.v, c.v)}; }
HWY_INLINE Lanes sqrt(Lanes a) { return {hn::Sqrt(a.v)}; }
HWY_INLINE Lanes max(Lanes a, Lanes b) { return {hn::Max(a.v, b.v)}; }
HWY_INLINE Lanes min(Lanes a, Lanes b) { return {hn::Min(a.v, b.v)}; }
/// a < b ? yes : no, by lane.
HWY_INLINE Lanes if_less(Lanes a, Lanes b, Lanes yes, Lanes no) {
  return {hn::IfThenElse(hn::Lt(a.v, b.v), yes.v, no.v)};
}

/// Whether a < b in every lane; decides only when a loop may end, never a digit.
HWY_INLINE bool all_less(Lanes a, Lanes b) { return hn::AllTrue(FloatTag(), hn::Lt(a.v, b.v)); }

/// table[k], k = the integer below a lane's `index`, which must lie in [0, size).
HWY_INLINE Lanes gather(const float* table, Lanes index) {
  return {hn::GatherIndex(FloatTag(), table, hn::ConvertTo(IntTag(), index.v))};
}
/// The integer at or below x, for x >= 0.
HWY_INLINE Lanes floor(Lanes x) { return {hn::Floor(x.v)}; }

/// Some registers side by side: while one waits for its last step, another takes its next.
template <int kCount>
struct Several {
  Lanes at[kCount];
};
/// p = p x + c for each c, in this order.
template <int kCount, class... Coefficients>
HWY_INLINE void horner(Several<kCount>& p, const Several<kCount>& x, Coefficients... c) {
  for (const float coefficient : {c...}) {
    for (int k = 0; k < kCount; ++k) p.at[k] = fma(p.at[k], x.at[k], Lanes::all(coefficient));
  }
}

/// e^x for -87 <= x <= 87 (clamped), relative error below 2e-7. Polynomial: least squares on Chebyshev nodes of
/// (e^x - 1 - x)/x^2 over half a binade.
HWY_INLINE Lanes exp(Lanes x) {
  const FloatTag f;
  const IntTag i;
  x = max(min(x, Lanes::all(87.0F)), Lanes::all(-87.0F));
  // A float this large has no place for fractions: the sum is rounded to an integer, which stands in its lowest bits.
  constexpr float kRounding = 0x1.8p23F;
  const Lanes rounded = x * Lanes::all(1.44269504088896F) + Lanes::all(kRounding);
  const Lanes n = rounded - Lanes::all(kRounding);
  // ln 2 in two parts: the first has few bits, so n * ln2_high is exact.
  Lanes r{hn::NegMulAdd(n.v, hn::Set(f, 0.693359375F), x.v)};
  r = {hn::NegMulAdd(n.v, hn::Set(f, -2.12194440054690583e-4F), r.v)};
  Lanes p = fma(Lanes::all(1.3939186067e-03F), r, Lanes::all(8.3676952130e-03F));
  p = fma(p, r, Lanes::all(4.1666404697e-02F));
  p = fma(p, r, Lanes::all(1.6666541881e-01F));
  p = fma(p, r, Lanes::all(5.0000000212e-01F));
  p = fma(p * r, r, r) + Lanes::all(1.0F);
  // Times 2^n: n is added to the exponent, which stays in range.
  const auto exponent = hn::ShiftLeft<23>(hn::BitCast(i, rounded.v));
  return {hn::BitCast(f, hn::Add(hn::BitCast(i, p.v), exponent))};
}

/// ln(2^kExponent x) for positive normal x, absolute error below 1e-7 plus one rounding.
template <int kExponent, int kCount>
HWY_INLINE void log_scaled(Several<kCount>& x) {
  const FloatTag f;
  const IntTag i;
  constexpr int kRootHalf = 0x3F3504F3, kMantissa = 0x007FFFFF;  // sqrt(1/2)
  Several<kCount> m, n, p;
  for (int k = 0; k < kCount; ++k) {
    // The number is 2^e m with m in [sqrt(1/2), sqrt 2).
    const auto above = hn::Sub(hn::BitCast(i, x.at[k].v), hn::Set(i, kRootHalf - kExponent * (kMantissa + 1)));
    const auto bits = hn::Add(hn::And(above, hn::Set(i, kMantissa)), hn::Set(i, kRootHalf));
    m.at[k] = Lanes{hn::BitCast(f, bits)} - Lanes::all(1.0F);
    n.at[k] = Lanes{hn::ConvertTo(f, hn::ShiftRight<23>(above))};
    p.at[k] = Lanes::all(-7.9760615899e-02F);
  }
  horner(p, m, 1.2999540824e-01F, -1.3139493008e-01F, 1.4164277165e-01F, -1.6621267461e-01F, 2.0002979584e-01F,
         -2.5000989376e-01F, 3.3333310255e-01F, -4.9999996642e-01F);
  for (int k = 0; k < kCount; ++k) p.at[k] = p.at[k] * m.at[k];
  for (int k = 0; k < kCount; ++k) p.at[k] = fma(p.at[k], m.at[k], m.at[k]);
  for (int k = 0; k < kCount; ++k) p.at[k] = fma(n.at[k], Lanes::all(-2.12194440054690583e-4F), p.at[k]);
  for (int k = 0; k < kCount; ++k) x.at[k] = fma(n.at[k], Lanes::all(0.693359375F), p.at[k]);
}
/// ln x.
HWY_INLINE Lanes log(Lanes x) {
  Several<1> one{{x}};
  log_scaled<0>(one);
  return one.at[0];
}

struct SinCos {
  Lanes sin, cos;
};

/// Sines and cosines of x in [-pi/4, pi/4], error below 1e-7.
template <int kCount>
HWY_INLINE void sincos_octant(const Several<kCount>& x, Several<kCount>& sin, Several<kCount>& cos) {
  Several<kCount> t;
  for (int k = 0; k < kCount; ++k) {
    t.at[k] = x.at[k] * x.at[k];
    sin.at[k] = Lanes::all(-1.9587581711e-04F);
    cos.at[k] = Lanes::all(2.4543912527e-05F);
  }
  horner(sin, t, 8.3328005442e-03F, -1.6666666312e-01F);
  horner(cos, t, -1.3888324997e-03F, 4.1666665838e-02F, -0.5F, 1.0F);
  for (int k = 0; k < kCount; ++k) sin.at[k] = fma(sin.at[k] * t.at[k], x.at[k], x.at[k]);
}
HWY_INLINE SinCos sincos_octant(Lanes x) {
  Several<1> sin, cos;
  sincos_octant(Several<1>{{x}}, sin, cos);
  return {sin.at[0], cos.at[0]};
}

/// Sine and cosine of x, |x| below about 1000.
HWY_INLINE SinCos sincos(Lanes x) {
  const FloatTag f;
  const IntTag i;
  const auto n = hn::Round(hn::Mul(x.v, hn::Set(f, 0.636619772367581F)));  // quarter turns
  Lanes r{hn::NegMulAdd(n, hn::Set(f, 1.5703125F), x.v)};                  // pi/2 in three parts
  r = {hn::NegMulAdd(n, hn::Set(f, 4.83751296997e-04F), r.v)};
  r = {hn::NegMulAdd(n, hn::Set(f, 7.54978995489e-08F), r.v)};
  const SinCos a = sincos_octant(r);
  const auto k = hn::ConvertTo(i, n);
  const auto swap = hn::MaskFromVec(hn::BitCast(f, hn::Neg(hn::And(k, hn::Set(i, 1)))));
  const auto s = hn::IfThenElse(swap, a.cos.v, a.sin.v);
  const auto c = hn::IfThenElse(swap, a.sin.v, a.cos.v);
  const auto sin_sign = hn::BitCast(f, hn::ShiftLeft<30>(hn::And(k, hn::Set(i, 2))));
  const auto cos_sign = hn::BitCast(f, hn::ShiftLeft<30>(hn::And(hn::Add(k, hn::Set(i, 1)), hn::Set(i, 2))));
  return {{hn::Xor(s, sin_sign)}, {hn::Xor(c, cos_sign)}};
}

/// A register of doubles, one per path.
struct WideLanes {
  hn::Vec<DoubleTag> v;

  static HWY_INLINE WideLanes load(const double* p) { return {hn::Load(DoubleTag(), p)}; }
  static HWY_INLINE WideLanes all(double x) { return {hn::Set(DoubleTag(), x)}; }
  /// kWideLanes floats, widened without error.
  static HWY_INLINE WideLanes widen(const float* p) {
    const hn::Rebind<float, DoubleTag> half;
    return {hn::PromoteTo(DoubleTag(), hn::Load(half, p))};
  }
  HWY_INLINE void store(double* p) const { hn::Store(v, DoubleTag(), p); }
  HWY_INLINE void store_unaligned(double* p) const { hn::StoreU(v, DoubleTag(), p); }
};
HWY_INLINE WideLanes operator+(WideLanes a, WideLanes b) { return {hn::Add(a.v, b.v)}; }
HWY_INLINE WideLanes operator-(WideLanes a, WideLanes b) { return {hn::Sub(a.v, b.v)}; }
HWY_INLINE WideLanes operator*(WideLanes a, WideLanes b) { return {hn::Mul(a.v, b.v)}; }
HWY_INLINE WideLanes operator/(WideLanes a, WideLanes b) { return {hn::Div(a.v, b.v)}; }
HWY_INLINE WideLanes operator-(WideLanes a) { return {hn::Neg(a.v)}; }
HWY_INLINE WideLanes sqrt(WideLanes a) { return {hn::Sqrt(a.v)}; }
/// e^x and ln x to 1 and 4 units in the last place (Highway's own).
HWY_INLINE WideLanes exp(WideLanes x) { return {hn::Exp(DoubleTag(), x.v)}; }
HWY_INLINE WideLanes log(WideLanes x) { return {hn::Log(DoubleTag(), x.v)}; }
HWY_INLINE WideLanes if_less(WideLanes a, WideLanes b, WideLanes yes, WideLanes no) {
  return {hn::IfThenElse(hn::Lt(a.v, b.v), yes.v, no.v)};
}
HWY_INLINE bool all_less(WideLanes a, WideLanes b) { return hn::AllTrue(DoubleTag(), hn::Lt(a.v, b.v)); }

/// f(i) for the first lane i of every register of a row.
template <class Function>
HWY_INLINE void for_lanes(Function f) {
  for (std::size_t i = 0; i < kBlockPaths; i += kLanes) f(i);
}
template <class Function>
HWY_INLINE void for_wide_lanes(Function f) {
  for (std::size_t i = 0; i < kBlockPaths; i += kWideLanes) f(i);
}
HWY_INLINE void fill(Row& row, float x) {
  for_lanes([&](std::size_t i) HWY_ATTR { Lanes::all(x).store(row.at + i); });
}

}  // namespace PLIMSOLL_ISA
}  // namespace plimsoll
