/// \file
/// Trade statistics as they were printed: one figure each, with the place where it stands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/input_error.hpp"
#include "scenarios/month.hpp"

namespace plimsoll {

inline constexpr const char* kExports = "exports";
inline constexpr const char* kImports = "imports";

/// The value of a flow over a span of months, of a product, a market, both, or (neither) all trade.
struct TradeFigure {
  std::string flow;             ///< exports, imports
  std::string product, market;  ///< as printed; empty: all
  Month first, last;
  double value_bn = 0;  ///< of the file's currency
  std::optional<double> quantity;
  std::string quantity_unit;  ///< as printed
  Place place;
};

/// One file's figures.
struct TradeFile {
  std::string file;
  std::string layout;    ///< tidy, customs, comtrade
  std::string currency;  ///< USD, RMB
  std::vector<TradeFigure> figures;
  std::vector<std::string> notes;  ///< what a reader should know, e.g. rows without figures
};

}  // namespace plimsoll
