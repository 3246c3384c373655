/// \file
/// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011) across paths, and normals by
/// Box and Muller (1958). A draw is a pure function of (seed, stream, draw number, path).
#pragma once

#include "models/lanes.hpp"

namespace plimsoll::PLIMSOLL_ISA {

using Words = hn::Vec<UintTag>;
using WideUintTag = hn::RepartitionToWide<UintTag>;

struct FourWords {
  Words w0, w1, w2, w3;
};

/// A word of every path while it is stepped: paths of even and of odd lanes apart, each in the low half of 64 bits.
/// What the high half holds does not matter: the multiplication does not look at it.
struct SplitWords {
  hn::Vec<WideUintTag> even, odd;
};

HWY_INLINE SplitWords split(Words a) {
  const auto even = hn::BitCast(WideUintTag(), a);
  return {even, hn::ShiftRight<32>(even)};
}
HWY_INLINE Words join(SplitWords a) {
  const UintTag u;
  return hn::OddEven(hn::BitCast(u, hn::ShiftLeft<32>(a.odd)), hn::BitCast(u, a.even));
}
/// 32 x 32 -> 64 bits.
HWY_INLINE SplitWords multiply(SplitWords a, std::uint32_t constant) {
  const UintTag u;
  const auto m = hn::Set(u, constant);
  return {hn::MulEven(hn::BitCast(u, a.even), m), hn::MulEven(hn::BitCast(u, a.odd), m)};
}
/// High word of a product, xor a word, xor what is the same on all paths.
HWY_INLINE SplitWords mix(SplitWords product, SplitWords word, std::uint32_t same) {
  const auto k = hn::Set(WideUintTag(), same);
  return {hn::Xor3(hn::ShiftRight<32>(product.even), word.even, k),
          hn::Xor3(hn::ShiftRight<32>(product.odd), word.odd, k)};
}
HWY_INLINE SplitWords mix(SplitWords product, std::uint32_t same) {
  const auto k = hn::Set(WideUintTag(), same);
  return {hn::Xor(hn::ShiftRight<32>(product.even), k), hn::Xor(hn::ShiftRight<32>(product.odd), k)};
}

/// The ten rounds. Counter words c0 (lane = path) and c1 .. c3, the same on all paths; key words k0, k1. In the first
/// two rounds half of the words are still the same on all paths and are stepped once.
HWY_INLINE FourWords philox(Words path, std::uint32_t c1, std::uint32_t c2, std::uint32_t c3, std::uint32_t k0,
                            std::uint32_t k1) {
  constexpr std::uint32_t kM0 = 0xD2511F53U, kM1 = 0xCD9E8D57U, kW0 = 0x9E3779B9U, kW1 = 0xBB67AE85U;
  const auto high = [](std::uint64_t x) HWY_ATTR { return static_cast<std::uint32_t>(x >> 32U); };
  const auto low = [](std::uint64_t x) HWY_ATTR { return static_cast<std::uint32_t>(x); };
  const std::uint64_t second = static_cast<std::uint64_t>(c2) * kM1;
  SplitWords w3 = multiply(split(path), kM0);
  SplitWords w2 = mix(w3, c3 ^ k1);
  const std::uint64_t first = static_cast<std::uint64_t>(high(second) ^ c1 ^ k0) * kM0;
  k0 += kW0;
  k1 += kW1;
  SplitWords w1 = multiply(w2, kM1);
  SplitWords w0 = mix(w1, low(second) ^ k0);
  const auto k = hn::Set(WideUintTag(), high(first) ^ k1);
  w2 = {hn::Xor(w3.even, k), hn::Xor(w3.odd, k)};
  k0 += kW0;
  k1 += kW1;
  SplitWords p0 = multiply(w0, kM0), p1 = multiply(w2, kM1);
  w0 = mix(p1, w1, k0);
  w1 = p1;
  w2 = mix(p0, low(first) ^ k1);
  w3 = p0;
  for (int round = 3; round < 10; ++round) {
    k0 += kW0;
    k1 += kW1;
    p0 = multiply(w0, kM0);
    p1 = multiply(w2, kM1);
    w0 = mix(p1, w1, k0);
    w1 = p1;
    w2 = mix(p0, w3, k1);
    w3 = p0;
  }
  return {join(w0), join(w1), join(w2), join(w3)};
}

/// Words of the paths path0 + i ..: counter = path (40 bit) | draw (24 bit) | stream (64 bit), key = seed.
HWY_INLINE FourWords draw_words(std::uint64_t seed, std::uint64_t stream, std::uint32_t draw, std::uint64_t path) {
  const UintTag u;
  const auto c0 = hn::Add(hn::Set(u, static_cast<std::uint32_t>(path)), hn::Iota(u, 0U));
  const std::uint32_t c1 = static_cast<std::uint32_t>(path >> 32U) | (draw << 8U);
  return philox(c0, c1, static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32U),
                static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U));
}

struct TwoNormals {
  Lanes z0, z1;
};

/// Box-Muller: radius from 31 bits of u (|z| <= 6.56), angle from the 32 bits of v: two bits choose the quadrant,
/// thirty the angle inside it on a symmetric grid.
HWY_INLINE TwoNormals box_muller(Words u, Words v) {
  const UintTag ut;
  const IntTag it;
  const FloatTag ft;
  const auto odd = hn::Or(hn::ShiftRight<1>(u), hn::Set(ut, 1U));
  const Lanes x{hn::Mul(hn::ConvertTo(ft, hn::BitCast(it, odd)), hn::Set(ft, 0x1p-31F))};
  const Lanes radius = sqrt(max(Lanes::all(-2.0F) * log(x), Lanes::all(0.0F)));
  const auto inside = hn::BitCast(it, hn::Or(hn::ShiftLeft<2>(v), hn::Set(ut, 2U)));
  const Lanes angle{hn::Mul(hn::ConvertTo(ft, inside), hn::Set(ft, 3.6572951981e-10F))};  // pi/4 * 2^-31
  const SinCos a = sincos_octant(angle);
  const auto quarter = hn::BitCast(it, hn::ShiftRight<30>(v));
  const auto swap = hn::MaskFromVec(hn::BitCast(ft, hn::Neg(hn::And(quarter, hn::Set(it, 1)))));
  const auto sign = hn::BitCast(ft, hn::ShiftLeft<30>(hn::And(quarter, hn::Set(it, 2))));
  const auto s = hn::IfThenElse(swap, a.cos.v, a.sin.v);
  const auto c = hn::IfThenElse(swap, hn::Neg(a.sin.v), a.cos.v);
  return {Lanes{hn::Xor(c, sign)} * radius, Lanes{hn::Xor(s, sign)} * radius};
}

/// Four standard normals for each of the paths in a register.
struct FourNormals {
  Lanes at[4];
};
HWY_INLINE FourNormals draw_four_normals(std::uint64_t seed, std::uint64_t stream, std::uint32_t draw,
                                         std::uint64_t path) {
  const FourWords w = draw_words(seed, stream, draw, path);
  const TwoNormals a = box_muller(w.w0, w.w1);
  const TwoNormals b = box_muller(w.w2, w.w3);
  return {{a.z0, a.z1, b.z0, b.z1}};
}

/// Four standard normals per path: rows out[0..3] for the paths of the block that starts at path0.
HWY_INLINE void draw_normals(std::uint64_t seed, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0,
                             Row* out) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const FourNormals z = draw_four_normals(seed, stream, draw, path0 + i);
    for (int j = 0; j < 4; ++j) z.at[j].store(out[j].at + i);
  });
}

/// (k + 1/2) 2^-24 of a word's upper 24 bits.
HWY_INLINE Lanes unit_interval(Words w) {
  const FloatTag ft;
  const auto k = hn::ConvertTo(ft, hn::BitCast(IntTag(), hn::ShiftRight<8>(w)));
  return {hn::MulAdd(k, hn::Set(ft, 0x1p-24F), hn::Set(ft, 0x1p-25F))};
}

/// Four uniforms in (0, 1) per path.
HWY_INLINE void draw_uniforms(std::uint64_t seed, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0,
                              Row* out) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const FourWords w = draw_words(seed, stream, draw, path0 + i);
    unit_interval(w.w0).store(out[0].at + i);
    unit_interval(w.w1).store(out[1].at + i);
    unit_interval(w.w2).store(out[2].at + i);
    unit_interval(w.w3).store(out[3].at + i);
  });
}

/// Antithetic paths (Hammersley and Morton 1956): of every 32 paths the second 16 mirror the first.
HWY_INLINE std::uint64_t drawn_path(std::uint64_t path0, std::size_t i) { return path0 / 2 + i / 32 * 16 + i % 16; }
HWY_INLINE bool is_mirror(std::size_t i) { return i / 16 % 2 == 1; }

HWY_INLINE FourNormals mirrored_four_normals(std::uint64_t seed, std::uint64_t stream, std::uint32_t draw,
                                             std::uint64_t path0, std::size_t i) {
  const FourNormals z = draw_four_normals(seed, stream, draw, drawn_path(path0, i));
  const Lanes sign = Lanes::all(is_mirror(i) ? -1.0F : 1.0F);
  return {{sign * z.at[0], sign * z.at[1], sign * z.at[2], sign * z.at[3]}};
}

HWY_INLINE void mirrored_normals(std::uint64_t seed, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0,
                                 Row* out) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const FourNormals z = mirrored_four_normals(seed, stream, draw, path0, i);
    for (int j = 0; j < 4; ++j) z.at[j].store(out[j].at + i);
  });
}

HWY_INLINE void mirrored_uniforms(std::uint64_t seed, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0,
                                  Row* out) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const FourWords w = draw_words(seed, stream, draw, drawn_path(path0, i));
    const Words turn = hn::Set(UintTag(), is_mirror(i) ? 0xFFFFFFFFU : 0U);  // 1 - u from the bits' complement
    unit_interval(hn::Xor(w.w0, turn)).store(out[0].at + i);
    unit_interval(hn::Xor(w.w1, turn)).store(out[1].at + i);
    unit_interval(hn::Xor(w.w2, turn)).store(out[2].at + i);
    unit_interval(hn::Xor(w.w3, turn)).store(out[3].at + i);
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
