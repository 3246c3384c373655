/// \file
/// Mergeable statistics of all outputs: integer bin counts and 128-bit fixed-point sums, so that any order of adding
/// gives the same digits.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "sim/output_plan.hpp"

namespace plimsoll {

__extension__ using Int128 = __int128;
__extension__ using UnsignedInt128 = unsigned __int128;

/// 2^-60 of the output's unit.
inline constexpr int kFixedPointBits = 60;
Int128 to_fixed_point(double x);
double from_fixed_point(Int128 x);

/// Sums of the paths' weights and of their squares: of all observations together, and of each alone.
struct WeightSums {
  Int128 joint = 0;
  UnsignedInt128 joint_square = 0;
  std::vector<Int128> alone;
  std::vector<UnsignedInt128> alone_square;
};

/// Most copies of all bins in one process: more threads than that take turns.
inline constexpr int kMaxAccumulators = 8;

class Accumulator {
 public:
  /// With observations, bins hold weights instead of counts.
  explicit Accumulator(int outputs, std::size_t observations = 0);

  /// Adds the statistics of one block of 256 paths: counts were written straight into counts().
  void add_block(const std::vector<double>& sum, const std::vector<double>& square, std::int64_t paths);
  void merge(const Accumulator& other);
  /// Restores the sums of a state file.
  void set_sums(std::vector<Int128> sum, std::vector<Int128> square, std::int64_t paths) {
    sum_ = std::move(sum);
    square_ = std::move(square);
    paths_ = paths;
  }

  std::int64_t bytes() const;
  bool weighted() const { return !weights_.alone.empty(); }
  std::uint64_t* weighted_counts() { return weighted_counts_.data(); }
  const std::uint64_t* weighted_counts(int output) const {
    return weighted_counts_.data() + static_cast<std::size_t>(output) * kBins;
  }
  WeightSums& weights() { return weights_; }
  const WeightSums& weights() const { return weights_; }
  std::uint32_t* counts() { return counts_.data(); }
  const std::uint32_t* counts(int output) const { return counts_.data() + static_cast<std::size_t>(output) * kBins; }
  std::int64_t paths() const { return paths_; }
  double sum(int output) const { return from_fixed_point(sum_[static_cast<std::size_t>(output)]); }
  double square(int output) const { return from_fixed_point(square_[static_cast<std::size_t>(output)]); }
  const std::vector<Int128>& sums() const { return sum_; }
  const std::vector<Int128>& squares() const { return square_; }
  int outputs() const { return static_cast<int>(sum_.size()); }

 private:
  std::vector<std::uint32_t> counts_;           ///< one of the two is empty
  std::vector<std::uint64_t> weighted_counts_;  ///< in units of the weights
  WeightSums weights_;
  std::vector<Int128> sum_, square_;
  std::int64_t paths_ = 0;
};

}  // namespace plimsoll
