/// \file
/// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011) across paths, and normals by
/// Box and Muller (1958). A draw is a pure function of (keys, stream, draw number, path).
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
  Words even, odd;
};

HWY_INLINE Words shift_down(Words a) {
  return hn::BitCast(UintTag(), hn::ShiftRight<32>(hn::BitCast(WideUintTag(), a)));
}
HWY_INLINE SplitWords high(SplitWords a) { return {shift_down(a.even), shift_down(a.odd)}; }
/// 32 x 32 -> 64 bits.
HWY_INLINE SplitWords multiply(SplitWords a, std::uint32_t constant) {
  const UintTag u;
  const auto m = hn::Set(u, constant);
  return {hn::BitCast(u, hn::MulEven(a.even, m)), hn::BitCast(u, hn::MulEven(a.odd, m))};
}
/// A word xor what is the same on all paths.
HWY_INLINE SplitWords mix(SplitWords word, std::uint32_t same) {
  const auto k = hn::Set(UintTag(), same);
  return {hn::Xor(word.even, k), hn::Xor(word.odd, k)};
}
/// High word of a product, xor a word, xor what is the same on all paths.
HWY_INLINE SplitWords mix(SplitWords product, SplitWords word, std::uint32_t same) {
  const auto k = hn::Set(UintTag(), same);
  const SplitWords top = high(product);
  return {hn::Xor3(top.even, word.even, k), hn::Xor3(top.odd, word.odd, k)};
}
/// Paths side by side again. The odd ones of a high word stand where they belong.
HWY_INLINE Words join(SplitWords a) { return hn::OddEven(hn::DupEven(a.odd), a.even); }
HWY_INLINE Words join_high(SplitWords product) { return hn::OddEven(product.odd, hn::DupOdd(product.even)); }

inline constexpr int kPhiloxRounds = 10;
inline constexpr std::uint32_t kPhiloxM0 = 0xD2511F53U, kPhiloxM1 = 0xCD9E8D57U;

/// Keys of the rounds, which all draws share: in memory, since registers are few.
struct RoundKeys {
  std::uint32_t k0[kPhiloxRounds], k1[kPhiloxRounds];
};
HWY_INLINE RoundKeys round_keys(std::uint32_t k0, std::uint32_t k1) {
  RoundKeys keys;
  for (int round = 0; round < kPhiloxRounds; ++round) {
    keys.k0[round] = k0;
    keys.k1[round] = k1;
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  return keys;
}
HWY_INLINE RoundKeys round_keys(std::uint64_t seed) {
  return round_keys(static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U));
}

/// What the first round makes of the paths' numbers, the same in all streams: a product and its high words.
struct PathWords {
  SplitWords product, top;
};
HWY_INLINE PathWords path_words(Words path) {
  const SplitWords product = multiply({path, shift_down(path)}, kPhiloxM0);
  return {product, high(product)};
}
/// Counter words that are the same on all paths.
struct CommonWords {
  std::uint32_t c1, c2, c3;
};

/// The ten rounds for some counters side by side, so that one waits for no product of another. In the first two rounds
/// half of the words are still the same on all paths and are stepped once.
template <int kDraws>
HWY_INLINE void philox(const PathWords& path, const CommonWords* c, const RoundKeys& keys, FourWords* out) {
  const auto upper = [](std::uint64_t x) HWY_ATTR { return static_cast<std::uint32_t>(x >> 32U); };
  const auto lower = [](std::uint64_t x) HWY_ATTR { return static_cast<std::uint32_t>(x); };
  SplitWords w0[kDraws], w1[kDraws], w2[kDraws], w3[kDraws];
  for (int d = 0; d < kDraws; ++d) {
    const std::uint64_t second = static_cast<std::uint64_t>(c[d].c2) * kPhiloxM1;
    const std::uint64_t first = static_cast<std::uint64_t>(upper(second) ^ c[d].c1 ^ keys.k0[0]) * kPhiloxM0;
    w1[d] = multiply(mix(path.top, c[d].c3 ^ keys.k1[0]), kPhiloxM1);
    w0[d] = mix(high(w1[d]), lower(second) ^ keys.k0[1]);
    w2[d] = mix(path.product, upper(first) ^ keys.k1[1]);
    const SplitWords p0 = multiply(w0[d], kPhiloxM0), p1 = multiply(w2[d], kPhiloxM1);
    w0[d] = mix(p1, w1[d], keys.k0[2]);
    w1[d] = p1;
    w2[d] = mix(high(p0), lower(first) ^ keys.k1[2]);
    w3[d] = p0;
  }
  for (int round = 3; round < kPhiloxRounds - 1; ++round) {
    for (int d = 0; d < kDraws; ++d) {
      const SplitWords p0 = multiply(w0[d], kPhiloxM0), p1 = multiply(w2[d], kPhiloxM1);
      w0[d] = mix(p1, w1[d], keys.k0[round]);
      w1[d] = p1;
      w2[d] = mix(p0, w3[d], keys.k1[round]);
      w3[d] = p0;
    }
  }
  constexpr int kLast = kPhiloxRounds - 1;
  const UintTag u;
  for (int d = 0; d < kDraws; ++d) {
    const SplitWords p0 = multiply(w0[d], kPhiloxM0), p1 = multiply(w2[d], kPhiloxM1);
    out[d] = {hn::Xor3(join_high(p1), join(w1[d]), hn::Set(u, keys.k0[kLast])), join(p1),
              hn::Xor3(join_high(p0), join(w3[d]), hn::Set(u, keys.k1[kLast])), join(p0)};
  }
}

/// Paths from `path` on; a register of them does not cross 2^32.
HWY_INLINE PathWords path_words(std::uint64_t path) {
  const UintTag u;
  return path_words(hn::Add(hn::Set(u, static_cast<std::uint32_t>(path)), hn::Iota(u, 0U)));
}
/// Counter = path (40 bit) | draw (24 bit) | stream (64 bit).
HWY_INLINE CommonWords common_words(std::uint64_t stream, std::uint32_t draw, std::uint64_t path) {
  return {static_cast<std::uint32_t>(path >> 32U) | (draw << 8U), static_cast<std::uint32_t>(stream),
          static_cast<std::uint32_t>(stream >> 32U)};
}
HWY_INLINE FourWords draw_words(const RoundKeys& keys, std::uint64_t stream, std::uint32_t draw, std::uint64_t path) {
  const CommonWords c = common_words(stream, draw, path);
  FourWords words;
  philox<1>(path_words(path), &c, keys, &words);
  return words;
}

/// Four standard normals for each of the paths in a register.
struct FourNormals {
  Lanes at[4];
};

/// Box-Muller on both halves of some draws' words: radius from 31 bits of the first (|z| <= 6.56), angle from the 32
/// bits of the second: two bits choose the quadrant, thirty the angle inside it on a symmetric grid.
template <int kDraws>
HWY_INLINE void box_muller(const FourWords* w, FourNormals* out) {
  constexpr int kPairs = 2 * kDraws;
  const UintTag ut;
  const IntTag it;
  const FloatTag ft;
  Words u[kPairs], v[kPairs];
  Several<kPairs> radius, angle, sin, cos;
  for (int d = 0; d < kDraws; ++d) {
    u[2 * d] = w[d].w0;
    v[2 * d] = w[d].w1;
    u[2 * d + 1] = w[d].w2;
    v[2 * d + 1] = w[d].w3;
  }
  for (int k = 0; k < kPairs; ++k) {
    const auto odd = hn::Or(hn::ShiftRight<1>(u[k]), hn::Set(ut, 1U));
    radius.at[k] = {hn::ConvertTo(ft, hn::BitCast(it, odd))};
  }
  log_scaled<-31>(radius);  // of numbers up to 1, and for none of them above 0
  // Added to 0, what ln 1 makes is 0 and not -0.
  for (int k = 0; k < kPairs; ++k) radius.at[k] = sqrt(fma(Lanes::all(-2.0F), radius.at[k], Lanes::all(0.0F)));
  for (int k = 0; k < kPairs; ++k) {
    const auto inside = hn::BitCast(it, hn::Or(hn::ShiftLeft<2>(v[k]), hn::Set(ut, 2U)));
    angle.at[k] = {hn::Mul(hn::ConvertTo(ft, inside), hn::Set(ft, 3.6572951981e-10F))};  // pi/4 * 2^-31
  }
  sincos_octant(angle, sin, cos);
  for (int k = 0; k < kPairs; ++k) {
    // In odd quarters sine and cosine change places; the signs are the upper bit and the two bits' difference.
    const auto odd_quarter = hn::ShiftLeft<1>(v[k]), top = hn::Set(ut, 0x80000000U);
    const auto swap = hn::BitCast(ft, odd_quarter);
    const auto s = hn::BitCast(ut, hn::IfNegativeThenElse(swap, cos.at[k].v, sin.at[k].v));
    const auto c = hn::BitCast(ut, hn::IfNegativeThenElse(swap, sin.at[k].v, cos.at[k].v));
    const Lanes signed_s{hn::BitCast(ft, hn::Xor(s, hn::And(v[k], top)))};
    const Lanes signed_c{hn::BitCast(ft, hn::Xor(c, hn::And(hn::Xor(v[k], odd_quarter), top)))};
    out[k / 2].at[k % 2 * 2] = signed_c * radius.at[k];
    out[k / 2].at[k % 2 * 2 + 1] = signed_s * radius.at[k];
  }
}

/// Normals of one register of paths: what their numbers alone decide is worked out once for all streams.
struct NormalsOfPaths {
  PathWords words;
  std::uint64_t path;

  HWY_INLINE explicit NormalsOfPaths(std::uint64_t first) : words(path_words(first)), path(first) {}

  template <int kDraws>
  HWY_INLINE void draw(const RoundKeys& keys, const std::uint64_t* stream, std::uint32_t draw, FourNormals* out) const {
    CommonWords common[kDraws];
    FourWords four[kDraws];
    for (int d = 0; d < kDraws; ++d) common[d] = common_words(stream[d], draw, path);
    philox<kDraws>(words, common, keys, four);
    box_muller<kDraws>(four, out);
  }
};
HWY_INLINE FourNormals draw_four_normals(const RoundKeys& keys, std::uint64_t stream, std::uint32_t draw,
                                         std::uint64_t path) {
  FourNormals z;
  NormalsOfPaths(path).draw<1>(keys, &stream, draw, &z);
  return z;
}

/// Four standard normals per path: rows out[0..3] for the paths of the block that starts at path0.
HWY_INLINE void draw_normals(const RoundKeys& keys, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0,
                             Row* out) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const FourNormals z = draw_four_normals(keys, stream, draw, path0 + i);
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
HWY_INLINE void draw_uniforms(const RoundKeys& keys, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0,
                              Row* out) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const FourWords w = draw_words(keys, stream, draw, path0 + i);
    unit_interval(w.w0).store(out[0].at + i);
    unit_interval(w.w1).store(out[1].at + i);
    unit_interval(w.w2).store(out[2].at + i);
    unit_interval(w.w3).store(out[3].at + i);
  });
}

/// Antithetic paths (Hammersley and Morton 1956): of every 32 paths the second 16 mirror the first.
HWY_INLINE std::uint64_t drawn_path(std::uint64_t path0, std::size_t i) { return path0 / 2 + i / 32 * 16 + i % 16; }
HWY_INLINE bool is_mirror(std::size_t i) { return i / 16 % 2 == 1; }

HWY_INLINE void mirror(std::size_t i, FourNormals& z) {
  const Lanes sign = Lanes::all(is_mirror(i) ? -1.0F : 1.0F);
  for (Lanes& x : z.at) x = sign * x;
}

HWY_INLINE void mirrored_normals(const RoundKeys& keys, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0,
                                 Row* out) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    FourNormals z = draw_four_normals(keys, stream, draw, drawn_path(path0, i));
    mirror(i, z);
    for (int j = 0; j < 4; ++j) z.at[j].store(out[j].at + i);
  });
}

HWY_INLINE void mirrored_uniforms(const RoundKeys& keys, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0,
                                  Row* out) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    const FourWords w = draw_words(keys, stream, draw, drawn_path(path0, i));
    const Words turn = hn::Set(UintTag(), is_mirror(i) ? 0xFFFFFFFFU : 0U);  // 1 - u from the bits' complement
    unit_interval(hn::Xor(w.w0, turn)).store(out[0].at + i);
    unit_interval(hn::Xor(w.w1, turn)).store(out[1].at + i);
    unit_interval(hn::Xor(w.w2, turn)).store(out[2].at + i);
    unit_interval(hn::Xor(w.w3, turn)).store(out[3].at + i);
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
