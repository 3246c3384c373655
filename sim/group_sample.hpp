/// \file
/// Forecasts of one group in one window, the same targets for every run; sums of what each comes to, by origin.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/group_conditional.hpp"
#include "sim/origin_sums.hpp"

namespace plimsoll {

/// Forecasts that are looked at apart: by the year of the target, and by whether the elasticities had been written down
/// by the origin.
struct GroupWindow {
  const char* id;
  int target_year = 0;  ///< 0: any
  enum class Priors { any, later, in_time } priors = Priors::any;
};
inline constexpr const char *kEveryForecast = "all", *kPriorsLater = "priors_later", *kPriorsInTime = "priors_in_time";
const std::vector<GroupWindow>& group_windows();

class GroupSample {
 public:
  /// `group`: an id, or kAllGroups for all but the total.
  GroupSample(const GroupConditional& made, const std::string& group, const GroupWindow& window);

  bool empty() const { return origins_ == 0; }
  std::size_t size() const { return place_.size(); }
  /// Of one run; forecast k has the same group, origin and horizon in all.
  const std::vector<const ScoredForecast*>& of(const std::string& model) const { return forecasts_.at(model); }
  /// Sums of one number a forecast, in the order of `of`.
  OriginSums sums(const std::function<double(std::size_t)>& number) const;

 private:
  std::map<std::string, std::vector<const ScoredForecast*>> forecasts_;
  std::vector<std::size_t> place_;  ///< of each forecast among the origins that have any
  std::size_t origins_ = 0, horizons_ = 1;
};

/// Monte Carlo errors from what each replicate says of the same figures; NaN without replicates.
std::vector<double> replicate_errors(const std::vector<std::vector<double>>& of_replicate, std::size_t figures);

/// Two or three origins say nothing of how far others would lie.
Spread where_known(const Spread& spread, const OriginSums& counted, std::size_t horizon);

}  // namespace plimsoll
