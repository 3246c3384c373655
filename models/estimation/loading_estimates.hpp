/// \file
/// Posteriors of loadings and lags in a calibration's tables, exports and imports alike.
#pragma once

#include <set>
#include <utility>

#include "models/estimation/estimate_rows.hpp"
#include "models/estimation/loading_regression.hpp"
#include "models/estimation/trade_history.hpp"

namespace plimsoll {

/// What is printed of one product; empty series where volume and unit value are not told apart.
struct ProductFigures {
  std::string id;
  LoadingSeries volume, price;
};

/// One direction of trade: where its loadings and lags stand.
struct LoadingSide {
  bool imports = false;
  std::vector<ProductFigures> products;
  DriverLags lags;  ///< of drivers whose lag is estimated elsewhere; exports fill all three
  std::set<std::pair<std::string, std::string>> copied;  ///< product and driver whose price is not estimated here
};

/// Figures of exports by released period.
std::vector<ProductFigures> export_figures(const TradeHistory& history);

/// Writes posteriors into loadings (rows of one product for all markets) and lags, in place. Rows that the data hardly
/// move stay as they are. `side.lags` holds the means of the lags afterwards.
std::vector<EstimateRow> estimate_loadings(TableFiles& files, const std::string& folder, LoadingSide& side,
                                           const DriverLogs& drivers, const std::string& known_on);

/// Product and driver of import prices that follow the same goods' exports: `estimation/import_as_exports.csv`.
std::set<std::pair<std::string, std::string>> prices_as_exports(const TableFiles& files, const std::string& folder);
/// Puts the exports' posteriors into them. \param exports rows of estimate_loadings.
std::vector<EstimateRow> copy_export_prices(TableFiles& files, const std::string& folder,
                                            const std::vector<EstimateRow>& exports);

}  // namespace plimsoll
