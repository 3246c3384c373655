/// \file
/// What conditional forecasts of groups come to: scores by group and window with drivers as processes and as they came,
/// and the change between them.
#pragma once

#include <string>
#include <vector>

#include "sim/group_misses.hpp"
#include "sim/group_scores.hpp"

namespace plimsoll {

/// A mean over forecasts, all groups' (kAllGroups) each counting the same. Errors are of the sample: a bootstrap of
/// blocks of three neighbouring origins, from six origins on.
struct GroupKnownScore {
  std::string group, model, window;
  int horizon = 0;    ///< 0: the mean over all forecasts
  std::string score;  ///< rmse_median, crps, mae_median, bias_median, coverage_50, coverage_80, coverage_90
  std::size_t forecasts = 0;
  double value = kNotScored, se = kNotScored, low = kNotScored, high = kNotScored;
  double mc_se = kNotScored;  ///< Monte Carlo error; not of coverage
  /// Value over the unconditional one less 1; of rmse_median and crps. Low and high: 5% and 95% of the bootstrap.
  double change_frac = kNotScored, change_mc_se = kNotScored, change_low = kNotScored, change_high = kNotScored;
};

struct GroupConditionalResults {
  GroupConditional made;
  std::vector<GroupKnownScore> scores;  ///< by group (all groups first), model, window, score, horizon
  std::vector<GroupMiss> misses;        ///< by origin, group, horizon
  std::vector<GroupMissMean> means;     ///< by group (all groups first), window, part
};

GroupConditionalResults score_group_conditional(GroupConditional made);

/// The rows asked for; nullptr when there is none.
const GroupKnownScore* find_score(const GroupConditionalResults& results, const std::string& group,
                                  const std::string& model, const std::string& window, int horizon,
                                  const std::string& score);
const GroupMissMean* find_part(const GroupConditionalResults& results, const std::string& group,
                               const std::string& window, const std::string& part);

}  // namespace plimsoll
