/// \file
/// What a comparison tells: differences of every series and contribution, and the bridge between two vintages.
#pragma once

#include <string>
#include <vector>

#include "outputs/terminal_table.hpp"
#include "sim/comparison.hpp"

namespace plimsoll {

/// Names for the tables' titles.
struct ComparedNames {
  std::string base, other;
  std::string base_data, other_data;  ///< last month of data: 2025-12
};

/// series,frequency,period,unit,mean_base,...: one row for each output that both scenarios have.
std::string differences_csv(const ComparisonResults& results);
/// of,by,key,frequency,period,base_pp,...: contributions to growth and their differences.
std::string contribution_differences_csv(const ComparisonResults& results);
/// Growth and what makes the difference, for people.
std::string comparison_table(const ComparisonResults& results, const ComparedNames& names, const TerminalStyle& style);

/// One step from the earlier forecast of a year's growth to the later one.
struct BridgeRow {
  Period period;
  std::string split;  ///< growth, when, driver
  std::string key;    ///< when: observed_since, still_ahead; driver: capex, ...
  DifferenceRow::Mean from, to, change;
};
/// For every year that both forecast: growth, the change split into months observed since and months still ahead, and
/// the change by driver; both splits sum to the change.
std::vector<BridgeRow> vintage_bridge(const ComparisonResults& results);
/// period,split,key,from_pp,se_from_pp,to_pp,se_to_pp,change_pp,se_change_pp
std::string bridge_csv(const std::vector<BridgeRow>& rows);
std::string bridge_table(const std::vector<BridgeRow>& rows, const ComparedNames& names, const TerminalStyle& style);

}  // namespace plimsoll
