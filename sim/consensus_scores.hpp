/// \file
/// Forecasts one release ahead beside what economists expected, on the releases that they were asked about.
#pragma once

#include <vector>

#include "sim/forecast_table.hpp"

namespace plimsoll {

/// Rows of the window `consensus`: the economists' mean absolute error, and by how much each model's is larger.
void add_consensus_scores(const FirstPrints& prints, const std::vector<ForecastTable>& tables,
                          const BacktestOptions& options, std::vector<ScoreRow>& out);

}  // namespace plimsoll
