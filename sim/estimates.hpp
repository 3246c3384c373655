/// \file
/// From accumulated counts and sums to finished estimates with their Monte Carlo standard errors.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sim/accumulator.hpp"
#include "sim/filled_bins.hpp"
#include "sim/replicate_spread.hpp"
#include "sim/results.hpp"

namespace plimsoll {

/// One output's empirical distribution: bins with edges, or the exact sorted sample of a run of one block. Errors are
/// those of independent paths, or of replicates.
class Estimate {
 public:
  /// From bins, of all paths of an accumulator.
  Estimate(const Accumulator& all, int output, const BinPlan& bins);
  /// From all values of a run of one block, in the order of paths.
  explicit Estimate(std::vector<double> values, Replication replication = Replication::none);
  /// The same of weighted paths: errors are those of as many equal paths as the weights are worth.
  Estimate(const std::vector<double>& values, const std::vector<std::uint64_t>& weights,
           Replication replication = Replication::none);

  Distribution distribution() const;
  struct Figure {
    double value = 0, se = 0;
  };
  /// P(x < threshold).
  Figure probability_below(double threshold) const;
  /// Mean of the lowest `share` (0..1) of the distribution.
  Figure expected_shortfall(double share) const;

 private:
  double quantile(double probability) const;
  /// `shrinking`: effective_^(-1/5).
  double density(double probability, double shrinking) const;
  double position_quantile(double probability) const;
  double weight_of(std::size_t value) const { return value_weight_.empty() ? 1 : value_weight_[value]; }

  std::int64_t paths_;
  double total_, effective_;  ///< sum of weights; equal paths that are worth as much. Both are `paths_` without weights
  double mean_, variance_;
  std::unique_ptr<const FilledBins> bins_ = std::make_unique<const FilledBins>();  ///< none when exact
  std::vector<double> values_;                                                     ///< sorted, when exact
  std::vector<double> value_weight_;                                               ///< of values_; empty: 1
  std::optional<ReplicateSpread> replicates_;
};

}  // namespace plimsoll
