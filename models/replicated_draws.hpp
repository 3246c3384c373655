/// \file
/// Draws in independent replicates, within which they may be stratified: quantiles and CRPS with their Monte Carlo
/// error, without the bias that strata put into distances between draws.
#pragma once

#include <cstddef>
#include <vector>

namespace plimsoll {

class ReplicatedDraws {
 public:
  /// `draws`: replicates of equal size one after the other; at least three replicates.
  ReplicatedDraws(const std::vector<double>& draws, std::size_t replicates);

  /// Of all draws together.
  double quantile(double probability) const;
  double quantile_se(double probability) const;
  std::vector<double> quantiles_of_replicates(double probability) const;
  /// Share of draws below x, within (0, 1).
  double probability_below(double x) const;

  /// One number a replicate, of which the mean is the CRPS and the spread its error (jackknife). The distance between
  /// draws is that of draws of different replicates: these are independent, neighbours in one hypercube are not.
  std::vector<double> crps_of_replicates(double x) const;

 private:
  std::size_t size_;  ///< draws a replicate
  std::vector<double> sorted_;
  std::vector<std::vector<double>> replicate_;  ///< each sorted
  std::vector<double> to_others_;               ///< mean distance of a replicate's draws from all others'
};

/// Standard error of the mean of independent numbers.
double se_of_mean(const std::vector<double>& values);

}  // namespace plimsoll
