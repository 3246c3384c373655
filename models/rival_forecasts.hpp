/// \file
/// Forecasts that another program made (models/backtest/rivals.R): log growth on a year earlier as normal
/// distributions.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "models/totals_data.hpp"

namespace plimsoll {

struct RivalForecasts {
  struct Normal {
    double mean_log, sd_log;
  };
  std::vector<std::string> names;
  /// By flow, origin's month index and horizon: one a name.
  std::map<std::tuple<TradeFlow, int, int>, std::vector<Normal>> by_origin;

  const std::vector<Normal>* find(TradeFlow flow, Month origin, int horizon) const;
};

/// Table with flow, origin, horizon and NAME_mean_log, NAME_sd_log for each rival. \throws InputError (data)
RivalForecasts read_rivals(const std::string& text, const std::string& file);

}  // namespace plimsoll
