/// \file
/// Means and covariances of a few figures by group of paths: sixteen estimates whose spread is an error. Sums in fixed
/// point, so that any order of adding gives the same digits.
#pragma once

#include <vector>

#include "sim/accumulator.hpp"

namespace plimsoll {

class GroupMoments {
 public:
  explicit GroupMoments(std::size_t figures);

  /// Adds one path's figures, as deviations from centres that all paths share. Path k belongs to group k % 16.
  void add(std::int64_t path, const double* deviation);
  void merge(const GroupMoments& other);

  std::int64_t paths(int without_group = -1) const;
  /// Mean deviations of all paths, or of all but a group.
  std::vector<double> mean(int without_group = -1) const;
  /// Covariances [figure * figures + figure], likewise.
  std::vector<double> covariance(int without_group = -1) const;
  std::size_t figures() const { return figures_; }

 private:
  std::size_t figures_;
  std::vector<std::int64_t> paths_;   ///< [group]
  std::vector<Int128> sum_, square_;  ///< [group * figures], [group * pairs]
};

}  // namespace plimsoll
