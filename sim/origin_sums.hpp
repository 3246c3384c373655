/// \file
/// Means of losses by origin and horizon where one origin may have many forecasts a horizon, and how sure these are: a
/// bootstrap of blocks of three neighbouring origins. For samples of few origins.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "sim/loss_means.hpp"

namespace plimsoll {

/// Sums and counts of one loss by origin (in order of time) and horizon.
class OriginSums {
 public:
  OriginSums(std::size_t origins, std::size_t horizons) : horizons_(horizons), cell_(origins * horizons) {}

  void add(std::size_t origin, int horizon, double loss);
  std::size_t origins() const { return cell_.size() / horizons_; }
  std::size_t horizons() const { return horizons_; }
  /// Forecasts, and origins that have any: of a horizon, or of all (0).
  std::size_t count(std::size_t horizon) const;
  std::size_t origins_with(std::size_t horizon) const;
  /// Means over the forecasts of chosen origins: first of all horizons together, then of each; NaN where there is none.
  std::vector<double> means(const std::vector<std::size_t>& chosen) const;
  std::vector<double> means() const;

 private:
  struct Cell {
    double sum = 0, count = 0;
  };
  std::size_t horizons_;
  std::vector<Cell> cell_;
};

/// Spread of what `figures` makes of resampled origins, in its order: all horizons, then each. NaN from fewer than six
/// origins, or fewer than six forecasts (`counted`).
std::vector<Spread> origin_spreads(const OriginSums& counted,
                                   const std::function<std::vector<double>(const std::vector<std::size_t>&)>& figures);

}  // namespace plimsoll
