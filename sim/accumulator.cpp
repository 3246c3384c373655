#include "sim/accumulator.hpp"

#include <cmath>

namespace plimsoll {

Int128 to_fixed_point(double x) { return static_cast<Int128>(std::rint(std::ldexp(x, kFixedPointBits))); }
double from_fixed_point(Int128 x) { return std::ldexp(static_cast<double>(x), -kFixedPointBits); }

Accumulator::Accumulator(int outputs, std::size_t observations)
    : counts_(observations == 0 ? static_cast<std::size_t>(outputs) * kBins : 0),
      weighted_counts_(observations > 0 ? static_cast<std::size_t>(outputs) * kBins : 0),
      weights_{0, 0, std::vector<Int128>(observations), std::vector<UnsignedInt128>(observations)},
      sum_(static_cast<std::size_t>(outputs)),
      square_(static_cast<std::size_t>(outputs)) {}

void Accumulator::add_block(const std::vector<double>& sum, const std::vector<double>& square, std::int64_t paths) {
  for (std::size_t o = 0; o < sum_.size(); ++o) {
    sum_[o] += to_fixed_point(sum[o]);
    square_[o] += to_fixed_point(square[o]);
  }
  paths_ += paths;
}

std::int64_t Accumulator::bytes() const {
  const auto of = [](const auto& values) { return static_cast<std::int64_t>(values.size() * sizeof(values[0])); };
  return of(counts_) + of(weighted_counts_) + of(sum_) + of(square_);
}

void Accumulator::merge(const Accumulator& other) {
  for (std::size_t k = 0; k < counts_.size(); ++k) counts_[k] += other.counts_[k];
  for (std::size_t k = 0; k < weighted_counts_.size(); ++k) weighted_counts_[k] += other.weighted_counts_[k];
  weights_.joint += other.weights_.joint;
  weights_.joint_square += other.weights_.joint_square;
  for (std::size_t k = 0; k < weights_.alone.size(); ++k) {
    weights_.alone[k] += other.weights_.alone[k];
    weights_.alone_square[k] += other.weights_.alone_square[k];
  }
  for (std::size_t o = 0; o < sum_.size(); ++o) {
    sum_[o] += other.sum_[o];
    square_[o] += other.square_[o];
  }
  paths_ += other.paths_;
}

}  // namespace plimsoll
