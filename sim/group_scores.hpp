/// \file
/// What the forecasts of groups come to: mean scores by group and model, distance from the pool of rivals, the PIT.
/// Origins are few and overlap, so errors are rough.
#pragma once

#include <string>
#include <vector>

#include "sim/group_backtest.hpp"

namespace plimsoll {

/// All groups but the total, each counting the same.
inline constexpr const char* kAllGroups = "all_groups";

/// A mean over forecasts. Errors are of the sample: a bootstrap of blocks of three neighbouring origins.
struct GroupScoreRow {
  std::string group;  ///< id, or kAllGroups
  std::string model;
  int horizon = 0;  ///< 0: the mean over all forecasts
  std::string score;
  std::size_t forecasts = 0;
  double value = kNotScored, se = kNotScored, low = kNotScored, high = kNotScored;  ///< 5% and 95% of the bootstrap
  double mc_se = kNotScored;  ///< Monte Carlo error; only of the CRPS
  double vs_pool = kNotScored, vs_pool_se = kNotScored, vs_pool_low = kNotScored, vs_pool_high = kNotScored;
};

struct GroupPitRow {
  std::string group;  ///< total, or kAllGroups
  int bin = 0;        ///< from 0: tenths
  std::size_t forecasts = 0;
  double frequency = 0, low = 0, high = 0;  ///< multiples of a tenth; 90% band of a calibrated forecast
};

struct GroupResults {
  GroupBacktest backtest;
  std::vector<GroupScoreRow> scores;  ///< by group (all groups first), model, score, horizon
  std::vector<GroupPitRow> pits;      ///< of our model
  std::vector<std::string> models;    ///< ours first
};

GroupResults score_groups(GroupBacktest backtest);

/// The row asked for; nullptr when there is none.
const GroupScoreRow* find_score(const GroupResults& results, const std::string& group, const std::string& model,
                                int horizon, const std::string& score);

}  // namespace plimsoll
