/// \file
/// Means of losses by horizon, and how sure they are: a bootstrap of blocks of neighbouring origins.
#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

namespace plimsoll {

/// One number a forecast, by origin (in order of time) and horizon; NaN where there is none.
struct Losses {
  std::size_t horizons = 0;
  std::vector<double> value;

  double at(std::size_t origin, std::size_t h) const { return value[origin * horizons + h]; }
  std::size_t origins() const { return value.size() / horizons; }
};

/// Means of chosen origins: first the mean of the horizons' means, then each horizon's; NaN where there is none.
std::vector<double> loss_means(const Losses& losses, const std::vector<std::size_t>& origins);

/// Origins that have a loss at all, and resamples of them in blocks of 12 (a year and a period).
struct OriginSample {
  std::vector<std::size_t> origins;
  std::vector<std::vector<std::size_t>> resamples;
};
OriginSample origin_sample(const Losses& losses);

struct Spread {
  double se = std::numeric_limits<double>::quiet_NaN(), low = se, high = se;  ///< low and high: 5% and 95%
};
/// Of the means over resamples, in the order of loss_means; `shown` is what is told of a mean (its root, or itself).
std::vector<Spread> loss_spreads(const Losses& losses, const OriginSample& sample, double (*shown)(double));

inline double as_it_is(double x) { return x; }
inline double as_root(double x) { return std::sqrt(x); }

}  // namespace plimsoll
