/// \file
/// Forecasts that another program made (models/backtest/rivals.R): log growth on a year earlier as normal
/// distributions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "models/totals_data.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {

struct RivalForecasts {
  struct Normal {
    double mean_log, sd_log;
  };
  std::vector<std::string> names;
  /// By flow, origin's month index and horizon: one a name.
  std::map<std::tuple<TradeFlow, int, int>, std::vector<Normal>> by_origin;

  /// What an origin's level was when they were fitted, and the row that says so.
  struct Fitted {
    double level_usd_bn;
    std::size_t row;
  };
  std::map<std::pair<TradeFlow, int>, Fitted> fitted;

  const std::vector<Normal>* find(TradeFlow flow, Month origin, int horizon) const;
};

/// Table with flow, origin, horizon, level_usd_bn and NAME_mean_log, NAME_sd_log for each rival. \throws InputError
/// (data)
RivalForecasts read_rivals(const std::string& text, const std::string& file);

/// Why these rivals are not of these totals: at the first origin where they saw another level, or because they have
/// none of its origins. `levels_as_known`: at the position of each period, by flow.
std::optional<Problem> foreign_rivals(const RivalForecasts& rivals, const TotalsData& data,
                                      const std::map<TradeFlow, std::vector<double>>& levels_as_known,
                                      const std::string& file);

}  // namespace plimsoll
