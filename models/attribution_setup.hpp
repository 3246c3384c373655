/// \file
/// Constants of the split of growth by driver, and the aggregates that a calibration's sets define.
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// A reported sum: a set of products or markets, or everything outside a set.
struct Aggregate {
  std::string series;  ///< chain.ai, without.memory, market.non_us
  bool of_markets = false;
  std::vector<double> weight;  ///< [products or markets], 0..1
};

/// Every set of the calibration (`chain.ID`, where `ai_chain` is `chain.ai`; `market.ID`), and all goods without the AI
/// chain and without memory where the calibration has them.
std::vector<Aggregate> aggregates(const Calibration& calibration);
std::vector<AggregatePlan> plan_aggregates(const Calibration& calibration, PlanStorage& storage);

/// First month that is attributed: January of the year of as_of, so that year and quarter under way are whole; later
/// where the trend window does not reach back far enough.
int first_attributed(int window_months, Month as_of);

/// Fills plan.attribution; `taken` [cell] is the slope that drivers explain at the centre, log per year. The plan's
/// cells must be there.
void plan_attribution(const Calibration& calibration, const std::vector<double>& taken, PlanStorage& storage,
                      ModelPlan& plan);

}  // namespace plimsoll
