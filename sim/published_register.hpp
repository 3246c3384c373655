/// \file
/// The record of published forecasts, scored: what came, how far off they were, and what the totals model would have
/// said on the same day.
#pragma once

#include <vector>

#include "models/first_prints.hpp"
#include "models/published_forecasts.hpp"
#include "sim/scored_forecast.hpp"

namespace plimsoll {

struct RegisterRow {
  PublishedForecast said;
  double came = kNotScored;  ///< so far, while the period is not over
  std::string came_period;   ///< of what; empty: nothing is known yet
  bool over = false;         ///< the outcome is of the whole period
  double miss = kNotScored;  ///< distance of what came from the range, 0 inside
  double crps = kNotScored;  ///< once over: a range as a uniform distribution, a point by its distance
  /// The totals model on what was out that day; NaN where it forecast nothing of the kind.
  double own_median = kNotScored, own_low = kNotScored, own_high = kNotScored;  ///< 50, 5 and 95%
  double own_crps = kNotScored;
};

/// Months are scored against first prints, longer spans against final levels. A month's forecast made after the release
/// before is set beside ours of the day before the release.
std::vector<RegisterRow> score_register(const std::vector<PublishedForecast>& published, const TotalsData& data,
                                        const FirstPrints& prints, const std::vector<ScoredForecast>& forecasts);

}  // namespace plimsoll
