/// \file
/// What one forecast distribution scores: given by draws, or by normal distributions of log growth.
#pragma once

#include <vector>

#include "sim/backtest.hpp"

namespace plimsoll {

/// Fills quantiles with their Monte Carlo errors, CRPS and PIT. `growth_pct`: replicates of TotalsPaths::kReplicates
/// stand together.
void score_growth_draws(ScoredForecast& forecast, const std::vector<double>& growth_pct);

/// Equal parts of normal distributions of log growth: quantiles, CRPS, log score, PIT, all exact for one part.
void score_growth_normals(ScoredForecast& forecast, const std::vector<RivalForecasts::Normal>& parts);

}  // namespace plimsoll
