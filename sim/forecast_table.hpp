/// \file
/// The forecasts of a backtest in tables: one model, flow and span each, by origin and horizon.
#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "sim/backtest_scores.hpp"
#include "sim/loss_means.hpp"

namespace plimsoll {

/// The forecasts of one model of one flow and span, by origin and horizon.
struct ForecastTable {
  TradeFlow flow;
  std::string model;
  GrowthSpan span;
  std::vector<const ScoredForecast*> at;  ///< [origin * horizons + h], null where there is none
  std::size_t horizons;

  /// Released targets of the forecasts one release ahead.
  std::vector<Month> targets_one_ahead() const {
    std::vector<Month> out;
    for (std::size_t k = 0; k < at.size(); k += horizons) {
      if (at[k] != nullptr && !std::isnan(at[k]->first_print.actual_pct)) out.push_back(at[k]->target);
    }
    return out;
  }

  Losses losses(const ScoreWindow& window, bool first_print,
                const std::function<double(const ScoredForecast&, const ScoredForecast::Against&)>& loss) const {
    Losses out{horizons, std::vector<double>(at.size(), kNotScored)};
    for (std::size_t k = 0; k < at.size(); ++k) {
      if (at[k] == nullptr || at[k]->target < window.from || at[k]->target > window.to) continue;
      const ScoredForecast::Against& a = first_print ? at[k]->first_print : at[k]->final_level;
      if (!std::isnan(a.actual_pct)) out.value[k] = loss(*at[k], a);
    }
    return out;
  }
};

/// In the order in which they first come; `forecasts` must outlive them.
std::vector<ForecastTable> forecast_tables(const std::vector<ScoredForecast>& forecasts, std::size_t horizons);

}  // namespace plimsoll
