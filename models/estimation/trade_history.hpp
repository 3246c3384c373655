/// \file
/// The trade history of a calibration as series: total, products, markets, quantities.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/estimation/table_text.hpp"

namespace plimsoll {

struct TradeHistory {
  Month window_from, as_of;
  MonthlySeries total;                ///< USD bn, from the first month at hand
  std::vector<std::string> products;  ///< ids in the order of their table
  std::vector<std::string> markets;
  std::map<std::string, MonthlySeries> product_values, market_values;  ///< USD bn over the window
  std::map<std::string, MonthlySeries> quantities;                     ///< where printed; NaN in other months

  /// Last whole calendar year of the window.
  int last_year() const { return as_of.month() == 12 ? as_of.year() : as_of.year() - 1; }
  /// Share of one series in the total of that year.
  double weight(const MonthlySeries& series) const { return series.year(last_year()) / total.year(last_year()); }
};

/// From history.csv, products.csv and markets.csv among `files`. \throws InputError (data) when months are missing.
TradeHistory read_trade_history(const TableFiles& files, const std::string& folder, Month window_from, Month as_of);
/// Monthly history of a driver in drivers.csv; empty when there is none.
MonthlySeries read_driver(const TableFiles& files, const std::string& folder, const std::string& driver);
/// Quarterly capex of all firms together, by first month of the quarter; quarters that every firm has.
std::map<Month, double> read_capex(const TableFiles& files, const std::string& folder);

}  // namespace plimsoll
