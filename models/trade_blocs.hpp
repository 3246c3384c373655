/// \file
/// Which printed lines lie inside others, so that nothing counts twice, and what each line counts as.
#pragma once

#include <string>
#include <vector>

#include "models/trade_data.hpp"
#include "models/trade_names.hpp"

namespace plimsoll {

struct KeyedLine {
  TradeLine line;
  std::string key;      ///< id of a group, or the printed name
  bool known = false;   ///< key is a group of the calibration
  std::string part_of;  ///< another line or aggregate that it overlaps: shown, but outside the sum; empty: in the sum
};

/// Lines with their keys, in the order of the data. A market `A less B` of the calibration is made where both stand.
std::vector<KeyedLine> key_products(const TradeData& data, const TradeNames& names);
std::vector<KeyedLine> key_markets(const TradeData& data, const TradeNames& names);

}  // namespace plimsoll
