/// \file
/// Sums for the tail story: means of outputs among the paths on which the headline is lowest.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/accumulator.hpp"
#include "sim/byte_stream.hpp"
#include "sim/output_selection.hpp"

namespace plimsoll {

inline constexpr double kTailShare = 0.05;

/// Of which output the worst paths are meant, and which outputs are told of.
struct TailPlan {
  int headline = -1;  ///< growth of total exports in the last reported year; -1: not reported, no tail story
  std::vector<int> told;
  std::vector<OutputPlan> plans;  ///< the headline, then those told
};
TailPlan plan_tail(const OutputSelection& outputs);

/// Sums of outputs by bins of the headline around its 5% point, 1/32 of its pilot sd wide: all paths below them are in
/// the first bin, none above the last is counted. Any order of adding gives the same digits. Every bin has sums of 16
/// replicates, path modulo 16, whose spread gives the errors.
class TailSums {
 public:
  static constexpr int kBinsAround = 48;

  TailSums() = default;
  /// `edge`: about where the headline's 5% point is.
  TailSums(std::size_t outputs, const BinPlan& headline, double edge);
  TailSums(std::size_t outputs, int first_bin);

  /// Adds the paths [first, first + paths), at most 64. `values`: [1 + output][64], the headline's first. `weight`: of
  /// each path, or null.
  void add(const double* values, std::int64_t first, int paths, const BinPlan& headline, const std::uint64_t* weight);
  void merge(const TailSums& other);

  struct Edge {
    int bin = 0;      ///< that holds the 5% point
    double part = 0;  ///< of it
  };
  /// Nothing when the 5% point lies outside the bins.
  std::optional<Edge> edge(double share) const;
  /// Where that is, in the headline's unit.
  double edge_value(const Edge& edge, const BinPlan& headline) const;
  struct Figure {
    double value = 0, se = 0;
  };
  Figure tail_mean(std::size_t output, const Edge& edge, double share) const;

  int first_bin() const { return first_bin_; }
  std::size_t outputs() const { return sums_.size() / kPerOutput; }
  void write(ByteWriter& out) const;
  static TailSums read(ByteReader& in);

 private:
  static constexpr std::size_t kPerOutput = static_cast<std::size_t>(kBinsAround) * kReplicates;
  static std::size_t place(int bin, int replicate) {
    return static_cast<std::size_t>(bin) * kReplicates + static_cast<std::size_t>(replicate);
  }
  double weight_of(int bin) const;

  int first_bin_ = 0;                        ///< in 1/32 pilot sd from the pilot mean
  std::array<Int128, kReplicates> total_{};  ///< weight of all paths
  std::vector<Int128> weights_;              ///< [bin][replicate]
  std::vector<Int128> sums_;                 ///< [output][bin][replicate] weight times value, fixed point
};

}  // namespace plimsoll
