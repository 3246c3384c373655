/// \file
/// Paths of the totals model: joint draws of the next periods' levels from its mixture, the same numbers for every
/// origin, in replicates that tell the Monte Carlo error.
#pragma once

#include <cstdint>
#include <vector>

#include "models/totals_filter.hpp"

namespace plimsoll {

/// The numbers behind the paths: a Latin hypercube a replicate.
class TotalsPaths {
 public:
  static constexpr int kReplicates = 16;

  /// `paths` in all, a multiple of kReplicates.
  TotalsPaths(int paths, int horizons, std::uint64_t seed);

  int paths() const { return paths_; }
  /// Log levels [h * paths + path]; paths of a replicate stand together.
  std::vector<double> draw(const TotalsForecast& forecast) const;

 private:
  int paths_, horizons_;
  std::vector<double> normals_;       ///< [h * paths + path]
  std::vector<double> which_, wide_;  ///< uniform: the setting, the chi-square
};

}  // namespace plimsoll
