/// \file
/// Counts of one output by bin and replicate at once, for some blocks of paths: one counter a path instead of two,
/// small enough for the nearest cache. What they come to is then added to the output's own counters, a row at a time.
#pragma once

#include "sim/accumulate.kernel.hpp"
#include "sim/ask_for.kernel.hpp"
#include "sim/joint_bins.hpp"

namespace plimsoll::PLIMSOLL_ISA {

/// Paths that may be counted before they are added up: a replicate of them fits a byte.
inline constexpr int kMostJointPaths = 255 * kReplicates;

/// Counters of bins that the coarse ones tell apart; what lies beyond is counted by itself. All zero before the first
/// path and when they are added up.
struct JointCounts {
  std::uint8_t* at;                   ///< [bin][replicate]; the row after the last bin is never read
  int first = kJointBins, last = -1;  ///< bins in use
};
static_assert(kJointBytes >= (static_cast<std::size_t>(kJointBins) + 1) * kReplicates && kJointBytes % 64 == 0);

/// Those of a block's paths that have no joint counter, one by one.
HWY_INLINE void count_beyond(const double* x, const int* counter, int paths, const BinPlan& plan,
                             const CounterRow& row) {
  const IntTag tag;
  const auto beyond = hn::Set(tag, kJointBins * kReplicates - 1);
  const double inverse = 1.0 / plan.scale, *edges = tail_edges();
  const auto count = [&](int i) HWY_ATTR {
    const int bin = bin_of((x[i] - plan.centre) * inverse, edges);
    ++row.counts[bin];
    ++row.replicate_counts[replicate_counter(bin, i)];
  };
  constexpr int kStep = static_cast<int>(kLanes);
  int i = 0;
  for (const int whole = paths / kReplicates * kReplicates; i < whole; i += kStep) {
    if (hn::AllFalse(tag, hn::Gt(hn::Load(tag, counter + i), beyond))) continue;
    for (int k = i; k < i + kStep; ++k) {
      if (counter[k] >= kJointBins * kReplicates) count(k);
    }
  }
  for (; i < paths; ++i) count(i);
}

/// Counts up to a statistics block as accumulate_output does, the bins that are told apart in `joint`.
HWY_INLINE void accumulate_jointly(const double* x, int paths, const BinPlan& plan, const CounterRow& row,
                                   JointCounts& joint, double& sum, double& square) {
  alignas(64) int counter[kStatisticsBlock];
  const DoubleTag d;
  const BinTag whole;
  const hn::RebindToUnsigned<BinTag> natural;
  const auto reach = hn::Set(d, kLinearReachSd);
  const auto far = hn::Set(d, kLinearReachSd * (1.0 - 1.0 / kLinearBins));  // in the last linear bin
  const auto none = hn::Set(natural, kJointBins);
  auto first = hn::Set(whole, joint.first), last = hn::Set(whole, joint.last), most = hn::Zero(whole);
  const Moments moments = add_moments(x, paths, plan, [&](std::size_t at, auto z) HWY_ATTR {
    const auto near = hn::Lt(hn::Abs(z), reach);  // what is no number is not near
    const auto linear = hn::Mul(hn::Add(hn::IfThenElse(near, z, far), reach), hn::Set(d, kBinsPerSd));
    const auto bin = hn::Sub(hn::DemoteTo(whole, linear), hn::Set(whole, kFirstCoarse - kTailBins));
    // Below the first one numbers are negative, so very large.
    const auto joint_bin = hn::BitCast(whole, hn::Min(hn::BitCast(natural, bin), none));
    first = hn::Min(first, joint_bin);
    last = hn::Max(last, hn::Min(bin, hn::Set(whole, kJointBins - 1)));
    most = hn::Max(most, joint_bin);
    const auto replicate = hn::Iota(whole, static_cast<std::int32_t>(at % kReplicates));
    hn::StoreU(hn::Add(hn::ShiftLeft<4>(joint_bin), replicate), whole, counter + at);
  });
  static_assert(kReplicates == 1 << 4);
  count_bins(counter, paths / kReplicates * kReplicates, joint.at);
  joint.first = hn::GetLane(hn::MinOfLanes(whole, first));
  joint.last = hn::GetLane(hn::MaxOfLanes(whole, last));
  if (hn::GetLane(hn::MaxOfLanes(whole, most)) == kJointBins || paths % kReplicates != 0)
    count_beyond(x, counter, paths, plan, row);
  sum += total(moments.sum);
  square += total(moments.square);
  add_shifts(moments.sum, plan.scale, row.replicate_shift);
}

/// Asks for the counters that add_joint_counts will want next.
HWY_INLINE void fetch_counters(const CounterRow& row) {
  constexpr std::size_t kPerLine = 64 / sizeof(std::uint32_t);
  for (std::size_t k = 0; k < kJointBins; k += kPerLine) ask_for(row.counts + kFirstCoarse + k);
  for (std::size_t k = 0; k < kCoarseBins * kReplicates; k += kPerLine) ask_for(row.replicate_counts + k);
}

/// Adds joint counts to an output's own and sets them to zero. A row of sixteen replicates is one register everywhere.
HWY_INLINE void add_joint_counts(JointCounts& joint, const CounterRow& row) {
  const hn::Full128<std::uint8_t> bytes;
  const hn::Full128<std::uint32_t> four;
  const hn::Full256<std::uint32_t> eight;
  static_assert(kReplicates == 16 && kLinearPerCoarse == 8);
  const int end = joint.last < 0 ? 0 : joint.last / kLinearPerCoarse + 1;
  for (int c = joint.first / kLinearPerCoarse; c < end; ++c) {
    std::uint8_t* const at = joint.at + c * kLinearPerCoarse * kReplicates;
    std::uint32_t* const fine = row.counts + kFirstCoarse + c * kLinearPerCoarse;
    auto coarse = hn::Zero(bytes);
    for (int half = 0; half < 2; ++half) {
      const auto of_bin = [&](int k) HWY_ATTR {  // both halves of the replicates
        const auto x = hn::Load(bytes, at + (4 * half + k) * kReplicates);
        coarse = hn::Add(coarse, x);
        hn::Store(hn::Zero(bytes), bytes, at + (4 * half + k) * kReplicates);
        return hn::SumsOf8(x);
      };
      const auto a = of_bin(0), b = of_bin(1), e = of_bin(2), f = of_bin(3);
      const hn::Full128<std::uint64_t> two;
      const auto low = hn::Add(hn::InterleaveLower(two, a, b), hn::InterleaveUpper(two, a, b));
      const auto high = hn::Add(hn::InterleaveLower(two, e, f), hn::InterleaveUpper(two, e, f));
      const auto all = hn::ConcatEven(four, hn::BitCast(four, high), hn::BitCast(four, low));
      hn::StoreU(hn::Add(hn::LoadU(four, fine + 4 * half), all), four, fine + 4 * half);
    }
    std::uint32_t* const replicate = row.replicate_counts + c * kReplicates;
    const hn::Half<hn::Full128<std::uint8_t>> half_bytes;
    const auto add = [&](std::uint32_t* to, auto part)
                         HWY_ATTR { hn::StoreU(hn::Add(hn::LoadU(eight, to), hn::PromoteTo(eight, part)), eight, to); };
    add(replicate, hn::LowerHalf(half_bytes, coarse));
    add(replicate + kReplicates / 2, hn::UpperHalf(half_bytes, coarse));
  }
  joint.first = kJointBins;
  joint.last = -1;
}

}  // namespace plimsoll::PLIMSOLL_ISA
