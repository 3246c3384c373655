/// \file
/// Pictures of a backtest: scores by horizon, forecasts beside what came, the PIT. SVG without script or font.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "sim/backtest_scores.hpp"

namespace plimsoll {

/// Mean CRPS of every model by horizon.
std::string horizon_svg(const BacktestResults& results, TradeFlow flow, Language language);
/// Median, 50% and 90% intervals made `horizon` releases before, with what came.
std::string past_forecasts_svg(const BacktestResults& results, TradeFlow flow, int horizon, Language language);
/// How often outcomes fell into each tenth of the forecast, all horizons, with the band of a calibrated forecast.
std::string pit_svg(const BacktestResults& results, TradeFlow flow, Language language);

}  // namespace plimsoll
