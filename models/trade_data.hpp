/// \file
/// Trade statistics of one flow, joined from files and checked: a total, and lines of products and of markets.
#pragma once

#include <string>
#include <vector>

#include "models/trade_lines.hpp"

namespace plimsoll {

struct TradeData {
  std::string flow;        ///< exports, imports
  std::string currency;    ///< USD, RMB
  TradeLine total;         ///< without figures when none is printed
  std::string total_from;  ///< printed, products, markets: what it is the sum of
  std::vector<TradeLine> products, markets;
  Month first, last;               ///< that any line covers
  std::vector<std::string> notes;  ///< what a reader should know
};

/// Joins the figures of `flow`. Lines that stand as product by market are summed where no line of their own stands.
/// \throws InputError (data) with every problem: figures that stand twice or contradict each other, gaps, slips,
/// units and currencies that cannot be joined.
TradeData join_trade_files(const std::vector<TradeFile>& files, const std::string& flow);

}  // namespace plimsoll
