/// \file
/// Standard errors from independent replicates: how far the sixteen estimates of one figure lie apart.
#pragma once

#include <array>
#include <vector>

#include "sim/accumulator.hpp"
#include "sim/filled_bins.hpp"

namespace plimsoll {

/// A figure's sum by replicate: of indicators, deviations or squares times the paths' weights.
using ReplicateFigure = std::array<double, kReplicates>;

/// One output's paths by replicate: all of them, or counts in coarse bins.
class ReplicateSpread {
 public:
  /// `bins`: the output's, which must outlive the object.
  ReplicateSpread(const Accumulator& all, int output, const BinPlan& plan, const FilledBins& bins);
  /// Path k of a run of one block belongs to replicate k % 16; no weights: all alike.
  ReplicateSpread(const std::vector<double>& values, const std::vector<double>& weights);

  /// Standard error of the ratio of a figure's total to the total weight, to first order.
  double standard_error(const ReplicateFigure& figure) const;

  double mean_error() const;
  /// Of the share of paths below x.
  double below_error(double x) const;
  /// Of the mean of (x - mean)^2.
  double square_error(double mean) const;
  /// Of the mean of (x - path)+.
  double gap_error(double x) const;

 private:
  /// Sum of g over every replicate's paths; g(low, high) is its mean over a bin, or its value where low = high.
  template <class G>
  ReplicateFigure sum(G g) const;

  /// The bins of one coarse bin: [first, last) of bins_.
  struct Group {
    int coarse;
    std::size_t first, last;
    double weight;          ///< of all paths in them
    ReplicateFigure below;  ///< sums of what lies in the groups before
  };
  void add_up_groups(bool whole_counts);
  /// Adds the sum of g over one group.
  template <class G>
  void add_group(const Group& group, G g, ReplicateFigure& sums) const;
  const double* coarse_of_group(const Group& group) const {
    return coarse_.data() + static_cast<std::size_t>(group.coarse) * kReplicates;
  }

  struct Path {
    double value, weight;
  };
  ReplicateFigure weight_{}, shift_{};
  const FilledBins* bins_ = nullptr;
  std::vector<double> coarse_;  ///< [coarse bin * kReplicates + replicate]
  std::vector<Group> groups_;
  std::vector<Path> paths_;  ///< instead of bins
};

}  // namespace plimsoll
