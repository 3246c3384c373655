/// \file
/// A user's own trade data as the history of a calibration: groups, months, residuals that close the total.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/estimation/matrix_estimate.hpp"
#include "models/estimation/table_text.hpp"
#include "models/trade_blocs.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

struct OwnMonth {
  double value_usd_bn = 0;
  std::optional<double> quantity;
  const char* status = "observed";  ///< observed, derived, split
};

/// A product or market of the new calibration.
struct OwnGroup {
  std::string id;
  Text title;
  bool known = false;     ///< a group of the base
  bool residual = false;  ///< what is left of the total
  std::string lines;      ///< printed names behind it
  std::vector<std::string> printed;
  std::string unit;              ///< of its quantities; empty: none
  bool quantity = false;         ///< quantities suffice for a unit value
  std::vector<OwnMonth> months;  ///< over the window
};

struct OwnHistory {
  Month window_from, as_of;
  MonthlySeries total;   ///< USD bn
  Month own_total_from;  ///< before it the base's
  std::vector<OwnGroup> products, markets;
  std::vector<ObservedCell> cells;  ///< of the last whole year
  std::vector<std::string> notes;
};

struct OwnHistoryOptions {
  Month window_from;
  std::optional<Month> as_of;
  MonthlySeries base_total;            ///< USD bn
  std::map<int, double> january_frac;  ///< by year
  bool markets = true;                 ///< imports have none: their partner is the world
};

/// \throws InputError (data) with every month that is missing and every sum that does not close, at its line.
OwnHistory own_history(const TradeData& data, const std::vector<TradeFile>& files, const TradeNames& names,
                       const OwnHistoryOptions& options);

/// An id from a printed name: small letters, digits and _; `group_N` where nothing is left.
std::string id_from(const std::string& printed, std::size_t number);

}  // namespace plimsoll
