#include "sim/accumulator.hpp"

#include <cmath>

namespace plimsoll {

Int128 to_fixed_point(double x) {
  if (std::abs(x) < 0x1p52) {  // the same integer as below, from a whole part and a rest that fit machine words
    const auto whole = static_cast<std::int64_t>(x);
    const double rest = (x - static_cast<double>(whole)) * 0x1p60;
    return static_cast<Int128>(whole) * (Int128{1} << kFixedPointBits) +
           static_cast<std::int64_t>(std::nearbyint(rest));
  }
  return static_cast<Int128>(std::rint(std::ldexp(x, kFixedPointBits)));
}
double from_fixed_point(Int128 x) { return std::ldexp(static_cast<double>(x), -kFixedPointBits); }

Accumulator::Accumulator(int outputs, std::size_t observations, Replication replication)
    : weights_{0, 0, 0, std::vector<Int128>(observations), std::vector<UnsignedInt128>(observations)},
      sum_(static_cast<std::size_t>(outputs)),
      square_(static_cast<std::size_t>(outputs)) {
  const std::size_t rows = static_cast<std::size_t>(outputs), coarse = kReplicates * kCoarseBins;
  const bool replicated = replication == Replication::sixteen;
  if (observations == 0) {
    counts_ = ZeroedArray<std::uint32_t>(rows * kBins);
    replicate_counts_ = ZeroedArray<std::uint32_t>(replicated ? rows * coarse : 0);
  } else {
    weighted_counts_ = ZeroedArray<std::uint64_t>(rows * kBins);
    replicate_weighted_ = ZeroedArray<std::uint64_t>(replicated ? rows * coarse : 0);
  }
  replicate_shift_.resize(replicated ? rows * kReplicates : 0);
}

namespace {

/// Null where there are none.
template <class Values>
auto* at(Values& values, std::size_t offset) {
  return values.empty() ? nullptr : values.data() + offset;
}
constexpr std::size_t kReplicateBins = static_cast<std::size_t>(kReplicates) * kCoarseBins;

}  // namespace

CounterRow Accumulator::counters(int output) {
  const auto row = static_cast<std::size_t>(output);
  return {at(counts_, row * kBins), at(weighted_counts_, row * kBins), at(replicate_counts_, row * kReplicateBins),
          at(replicate_weighted_, row * kReplicateBins), at(replicate_shift_, row * kReplicates)};
}
ConstCounterRow Accumulator::counters(int output) const {
  const auto row = static_cast<std::size_t>(output);
  return {at(counts_, row * kBins), at(replicate_counts_, row * kReplicateBins), at(weighted_counts_, row * kBins),
          at(replicate_weighted_, row * kReplicateBins)};
}

void Accumulator::add_sums(int output, double sum, double square) {
  const auto o = static_cast<std::size_t>(output);
  sum_[o] += to_fixed_point(sum);
  square_[o] += to_fixed_point(square);
}

void Accumulator::add_block(const std::vector<double>& sum, const std::vector<double>& square, std::int64_t paths) {
  for (int o = 0; o < outputs(); ++o)
    add_sums(o, sum[static_cast<std::size_t>(o)], square[static_cast<std::size_t>(o)]);
  add_paths(paths);
}

std::int64_t Accumulator::bytes() const {
  const auto of = [](const auto& values) { return static_cast<std::int64_t>(values.size() * sizeof(*values.data())); };
  return of(counts_) + of(weighted_counts_) + of(replicate_counts_) + of(replicate_weighted_) + of(replicate_shift_) +
         of(sum_) + of(square_);
}

void Accumulator::merge(const Accumulator& other) {
  const auto add = [](auto& to, const auto& from) {
    for (std::size_t k = 0; k < to.size(); ++k) to[k] += from[k];
  };
  add(counts_, other.counts_);
  add(weighted_counts_, other.weighted_counts_);
  add(replicate_counts_, other.replicate_counts_);
  add(replicate_weighted_, other.replicate_weighted_);
  add(replicate_shift_, other.replicate_shift_);
  add(sum_, other.sum_);
  add(square_, other.square_);
  weights_.joint += other.weights_.joint;
  weights_.joint_square += other.weights_.joint_square;
  add(weights_.alone, other.weights_.alone);
  add(weights_.alone_square, other.weights_.alone_square);
  weights_.clipped += other.weights_.clipped;
  paths_ += other.paths_;
}

}  // namespace plimsoll
