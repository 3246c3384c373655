/// \file
/// Seasons, shocks and slopes of products and markets, from their log shares of the total.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/estimation/component_pool.hpp"
#include "models/estimation/estimation_plan.hpp"
#include "models/estimation/forecast_errors.hpp"
#include "models/estimation/trade_history.hpp"

namespace plimsoll {

struct ShareSeason {
  Seasons own{};         ///< of the share of the total
  double kept_frac = 0;  ///< how much of its raw effects is kept
};

struct ShareEstimates {
  std::vector<Component> products, markets;  ///< in the order of their tables
  ComponentPool product_pool, market_pool;
  std::map<std::string, ShareSeason> seasons;            ///< by product
  std::map<std::string, PriceVolumeNoise> price_volume;  ///< of products with printed quantities
  std::map<std::string, std::vector<double>> residuals;  ///< by product: of its log share, by month; NaN: no figure
  int released = 0;                                      ///< periods behind the sds

  /// Sums of (share x sd)^2 over products and markets.
  PartVariances parts(const TradeHistory& history) const;
};

/// \param memory index of the memory price, with at least six months before the window.
ShareEstimates estimate_shares(const TradeHistory& history, const EstimationPlan& plan, const MonthlySeries& memory,
                               const std::vector<std::string>& with_quantities);

}  // namespace plimsoll
