/// \file
/// Elasticities and lags from printed quantities: what the prior said of each loading, and what the data make of it.
/// Formulas: docs/theory/estimation.md.
#pragma once

#include "models/estimation/estimate_rows.hpp"
#include "models/estimation/trade_history.hpp"
#include "scenarios/random_number.hpp"

namespace plimsoll {

/// Logs of monthly drivers, as regressors.
struct DriverLogs {
  MonthlySeries memory, oil, exchange_rate;  ///< levels
  MonthlySeries capex;  ///< of all firms, USD bn a quarter, by month; the last quarter is carried on
};

struct DriverLags {
  double capex = 3, memory = 1.25, oil = 3;  ///< means of gamma lags, months
};

/// Mean and sd of a prior as it stands in a table.
NormalBelief belief_of(const RandomNumber& prior);

/// One product's responses of volume or of unit value to the drivers that its rows name.
struct LoadingPrior {
  std::string driver;  ///< capex, memory_price, oil_price
  NormalBelief belief;
};
struct LoadingPosterior {
  std::vector<NormalBelief> after;  ///< in the order of the priors
  double log_evidence = 0, noise_sd = 0, ar1 = 0;
  int periods = 0;
};
/// Regression of deseasonalised logs by released period on level, trend and lagged drivers, AR(1) errors.
/// \throws std::domain_error with fewer than 12 periods.
LoadingPosterior regress_loadings(const MonthlySeries& logs, const std::vector<LoadingPrior>& priors,
                                  const DriverLogs& drivers, const DriverLags& lags);

/// Writes posteriors of loadings.csv (rows of one product for all markets) and of the lags in parameters.csv.
/// Rows that the data hardly move stay as they are.
std::vector<EstimateRow> estimate_loadings(TableFiles& files, const std::string& folder, const TradeHistory& history,
                                           const DriverLogs& drivers);

}  // namespace plimsoll
