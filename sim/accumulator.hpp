/// \file
/// Mergeable statistics of all outputs: integer bin counts and 128-bit fixed-point sums, so that any order of adding
/// gives the same digits.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "models/draw_plan.hpp"
#include "sim/output_plan.hpp"
#include "sim/zeroed_array.hpp"

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
  std::int64_t clipped = 0;  ///< paths whose joint weight was too large to hold
  std::vector<Int128> alone;
  std::vector<UnsignedInt128> alone_square;
};

/// Whether paths come in replicates, whose own counts are kept too.
enum class Replication { none, sixteen };

/// One output's counters to read.
struct ConstCounterRow {
  const std::uint32_t *counts, *replicate_counts;
  const std::uint64_t *weighted, *replicate_weighted;
};

class Accumulator {
 public:
  /// With observations, bins hold weights instead of counts.
  explicit Accumulator(int outputs, std::size_t observations = 0, Replication replication = Replication::none);

  /// Adds one output's sums of one statistics block: counts were written straight into the counters. Different outputs
  /// may be added to by different threads.
  void add_sums(int output, double sum, double square);
  void add_paths(std::int64_t paths) { paths_ += paths; }
  /// Both, of all outputs.
  void add_block(const std::vector<double>& sum, const std::vector<double>& square, std::int64_t paths);
  void merge(const Accumulator& other);
  /// Restores the sums of a state file.
  void set_sums(std::vector<Int128> sum, std::vector<Int128> square, std::int64_t paths) {
    sum_ = std::move(sum);
    square_ = std::move(square);
    paths_ = paths;
  }

  /// Where kernels count one output, and those that follow it.
  CounterRow counters(int output = 0);
  ConstCounterRow counters(int output = 0) const;
  std::int64_t bytes() const;
  bool weighted() const { return !weights_.alone.empty(); }
  bool replicated() const { return !replicate_shift_.empty(); }
  WeightSums& weights() { return weights_; }
  const WeightSums& weights() const { return weights_; }
  /// Count or weight of one bin.
  std::uint64_t count(int output, int bin) const {
    const std::size_t at = static_cast<std::size_t>(output) * kBins + static_cast<std::size_t>(bin);
    return weighted() ? weighted_counts_[at] : counts_[at];
  }
  std::int64_t replicate_shift(int output, int replicate) const {
    return replicate_shift_[static_cast<std::size_t>(output * kReplicates + replicate)];
  }
  std::int64_t paths() const { return paths_; }
  double sum(int output) const { return from_fixed_point(sum_[static_cast<std::size_t>(output)]); }
  double square(int output) const { return from_fixed_point(square_[static_cast<std::size_t>(output)]); }
  const std::vector<Int128>& sums() const { return sum_; }
  const std::vector<Int128>& squares() const { return square_; }
  int outputs() const { return static_cast<int>(sum_.size()); }

 private:
  ZeroedArray<std::uint32_t> counts_, replicate_counts_;             ///< empty with weights
  ZeroedArray<std::uint64_t> weighted_counts_, replicate_weighted_;  ///< in units of the weights
  std::vector<std::int64_t> replicate_shift_;
  WeightSums weights_;
  std::vector<Int128> sum_, square_;
  std::int64_t paths_ = 0;
};

}  // namespace plimsoll
