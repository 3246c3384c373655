/// \file
/// Standard normals from scrambled Sobol points: direct index, nested uniform scrambling by hashing, quantile function,
/// and months as components of a Brownian bridge. Path k is point k / 16 of replicate k % 16.
#pragma once

#include "models/draw_plan.hpp"
#include "sim/normals.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

HWY_INLINE Words reverse_bits(Words x) {
  const UintTag u;
  const hn::Repartition<std::uint8_t, UintTag> bytes;
  HWY_ALIGN static constexpr std::uint8_t kNibble[16] = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};
  HWY_ALIGN static constexpr std::uint8_t kSwap[16] = {3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12};
  const auto nibble = hn::LoadDup128(bytes, kNibble), swap = hn::LoadDup128(bytes, kSwap);
  const auto swapped = hn::TableLookupBytes(hn::BitCast(bytes, x), swap);
  const auto low = hn::And(swapped, hn::Set(bytes, 0x0F));
  const auto high = hn::BitCast(bytes, hn::And(hn::ShiftRight<4>(hn::BitCast(u, swapped)), hn::Set(u, 0x0F0F0F0FU)));
  const auto turned_high = hn::TableLookupBytes(nibble, high);
  const auto turned_low = hn::BitCast(u, hn::TableLookupBytes(nibble, low));
  return hn::Or(hn::ShiftLeft<4>(turned_low), hn::BitCast(u, turned_high));
}

/// Owen's (1995) nested uniform scrambling: every bit is flipped by a hash of the bits above it (Laine and Karras 2011,
/// with the multipliers of Vegdahl 2021). `reversed` has its most significant bit last; the result is a fraction.
HWY_INLINE Words scramble(Words reversed, Words key) {
  const UintTag u;
  Words x = reversed;
  x = hn::Xor(x, hn::Mul(x, hn::Set(u, 0x3D20ADEAU)));
  x = hn::Add(x, key);
  x = hn::Mul(x, hn::Or(hn::ShiftRight<16>(key), hn::Set(u, 1U)));
  x = hn::Xor(x, hn::Mul(x, hn::Set(u, 0x05526C56U)));
  x = hn::Xor(x, hn::Mul(x, hn::Set(u, 0x53A22864U)));
  return reverse_bits(x);
}

/// Standard normal quantile of the fraction (word + 1/2) / 2^32, relative error below 1e-6: the inverse error function
/// of Giles (2011, single precision).
HWY_INLINE Lanes normal_quantile(Words word) {
  const UintTag u;
  const IntTag it;
  const FloatTag f;
  const auto below = hn::Lt(hn::BitCast(it, hn::Xor(word, hn::Set(u, 0x80000000U))), hn::Zero(it));  // word < 2^31
  const auto from_end = hn::IfThenElse(below, hn::BitCast(it, word), hn::Not(hn::BitCast(it, word)));
  const Lanes p = (Lanes{hn::ConvertTo(f, from_end)} + Lanes::all(0.5F)) * Lanes::all(0x1p-32F);
  const Lanes x = fma(Lanes::all(-2.0F), p, Lanes::all(1.0F));
  const Lanes w = -log(Lanes::all(4.0F) * p * (Lanes::all(1.0F) - p));
  const Lanes a = w - Lanes::all(2.5F);
  Lanes centre = fma(Lanes::all(2.81022636e-08F), a, Lanes::all(3.43273939e-07F));
  centre = fma(centre, a, Lanes::all(-3.5233877e-06F));
  centre = fma(centre, a, Lanes::all(-4.39150654e-06F));
  centre = fma(centre, a, Lanes::all(0.00021858087F));
  centre = fma(centre, a, Lanes::all(-0.00125372503F));
  centre = fma(centre, a, Lanes::all(-0.00417768164F));
  centre = fma(centre, a, Lanes::all(0.246640727F));
  centre = fma(centre, a, Lanes::all(1.50140941F));
  const Lanes b = sqrt(max(w, Lanes::all(0.0F))) - Lanes::all(3.0F);
  Lanes tail = fma(Lanes::all(-0.000200214257F), b, Lanes::all(0.000100950558F));
  tail = fma(tail, b, Lanes::all(0.00134934322F));
  tail = fma(tail, b, Lanes::all(-0.00367342844F));
  tail = fma(tail, b, Lanes::all(0.00573950773F));
  tail = fma(tail, b, Lanes::all(-0.0076224613F));
  tail = fma(tail, b, Lanes::all(0.00943887047F));
  tail = fma(tail, b, Lanes::all(1.00167406F));
  tail = fma(tail, b, Lanes::all(2.83297682F));
  const Lanes size = if_less(w, Lanes::all(5.0F), centre, tail) * x * Lanes::all(1.41421356F);
  const auto sign = hn::And(hn::BitCast(u, hn::VecFromMask(it, below)), hn::Set(u, 0x80000000U));
  return {hn::Xor(size.v, hn::BitCast(f, sign))};
}

HWY_INLINE void add_row(float weight, const Row& z, Row& to) {
  for_lanes([&](std::size_t i)
                HWY_ATTR { fma(Lanes::all(weight), Lanes::load(z.at + i), Lanes::load(to.at + i)).store(to.at + i); });
}

/// One dimension's normals on the paths of a block.
HWY_INLINE void sobol_normals(const DrawPlan& plan, int dimension, std::uint64_t path0, Row& out) {
  const UintTag u;
  const std::uint32_t* direction = plan.direction.data + static_cast<std::ptrdiff_t>(dimension) * 32;
  const std::uint32_t* keys = plan.scramble.data + static_cast<std::ptrdiff_t>(dimension) * kReplicates;
  std::uint32_t first = 0;  // of the block's four points; the lowest two bits of their index are 0
  int bit = 0;
  for (std::uint64_t index = path0 / kReplicates; index != 0; index >>= 1U, ++bit) {
    first ^= (index & 1U) != 0 ? direction[bit] : 0U;
  }
  for_lanes([&](std::size_t i) HWY_ATTR {
    const std::size_t index = i / kReplicates;
    std::uint32_t point = first;
    point ^= (index & 1U) != 0 ? direction[0] : 0U;
    point ^= (index & 2U) != 0 ? direction[1] : 0U;
    normal_quantile(scramble(hn::Set(u, point), hn::LoadU(u, keys + i % kReplicates))).store(out.at + i);
  });
}

/// All dimensions' normals on the paths of a block, turned so that the first dimensions are the plan's directions.
HWY_INLINE void draw_sobol(const DrawPlan& plan, std::uint64_t path0, Row* z) {
  for (const int d : plan.drawn) sobol_normals(plan, d, path0, z[d]);
  const int dimensions = dimensions_of(plan);
  for (int a = plan.axes - 1; a >= 0; --a) {
    const float* v = plan.axis.data + static_cast<std::ptrdiff_t>(a) * dimensions;
    Row along;
    fill(along, 0.0F);
    const auto each = [&](const auto& work) HWY_ATTR {
      for (const int d : plan.drawn) {
        if (v[d] != 0) work(v[d], z[d]);
      }
    };
    each([&](float weight, const Row& row) HWY_ATTR { add_row(weight, row, along); });
    each([&](float weight, Row& row) HWY_ATTR { add_row(-weight, along, row); });
  }
}

/// Normals of the months 4 draw + 1 .. 4 draw + 4 of a stream, from the components of its Brownian bridge. The monthly
/// increments of a bridge on 2^n months are a Haar transform of its components: each is split evenly over its interval,
/// with one sign in the first half and the other in the second. `sobol`: the block's normals by dimension.
template <class CounterBased>
HWY_INLINE void bridge_normals(const DrawPlan& plan, const SobolStream& stream, std::uint32_t draw, const Row* sobol,
                               const CounterBased& counter_based, Row* out) {
  const int grid = plan.grid_months, month = 4 * static_cast<int>(draw);
  Row fine[4];
  int fine_draw = -1;
  const auto component = [&](int c) HWY_ATTR -> const Row& {
    if (c < plan.components) return sobol[bridge_dimension(plan, stream.place, c)];
    constexpr std::uint32_t kFineDraws = 1U << 20U;  // far from the draws of months
    if (fine_draw != c / 4) {
      fine_draw = c / 4;
      counter_based(stream.stream, kFineDraws + static_cast<std::uint32_t>(fine_draw), fine);
    }
    return fine[c % 4];
  };
  const auto per_root = [](int length) HWY_ATTR {
    return hn::GetLane(hn::Div(hn::Set(FloatTag(), 1.0F), hn::Sqrt(hn::Set(FloatTag(), static_cast<float>(length)))));
  };
  Row common;
  fill(common, 0.0F);
  add_row(per_root(grid), component(0), common);
  int length = grid;
  for (; length > 4; length /= 2) {
    const float sign = month % length < length / 2 ? 1.0F : -1.0F;
    add_row(sign * per_root(length), component(grid / length + month / length), common);
  }
  const Row halves = component(grid / 4 + month / 4);
  for (int half = 0; half < 2; ++half) {
    const Row& z = component(grid / 2 + month / 2 + half);
    for (int k = 0; k < 2; ++k) {
      Row& to = out[2 * half + k];
      to = common;
      add_row(half == 0 ? 0.5F : -0.5F, halves, to);
      add_row(k == 0 ? per_root(2) : -per_root(2), z, to);
    }
  }
}

/// Lets `common` drive the weighted sum of the members' rows.
template <class RowOf>
HWY_INLINE void impose_sum(const SobolSum& sum, const Row& common, RowOf row_of) {
  for_lanes([&](std::size_t i) HWY_ATTR {
    Lanes missing = Lanes::load(common.at + i);
    for (int k = 0; k < sum.member.size; ++k)
      missing = fma(Lanes::all(-sum.weight[k]), Lanes::load(row_of(sum.member[k]).at + i), missing);
    for (int k = 0; k < sum.member.size; ++k) {
      float* z = row_of(sum.member[k]).at + i;
      fma(Lanes::all(sum.weight[k]), missing, Lanes::load(z)).store(z);
    }
  });
}

}  // namespace plimsoll::PLIMSOLL_ISA
