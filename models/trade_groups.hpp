/// \file
/// Groups of exports or imports that customs prints, so that what came is a figure and no split: of these a backtest
/// can be made.
#pragma once

#include <string>
#include <vector>

#include "models/estimation/table_text.hpp"
#include "models/growth_rivals.hpp"
#include "models/totals_data.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

inline constexpr const char* kResidualProduct = "other";

/// Products that are parts of the one customs line of integrated circuits.
const std::vector<std::string>& chip_products();
/// Products of exports that rest on shares of a remainder, and the residual: only their sum follows from what is
/// printed.
const std::vector<std::string>& unprinted_products();

struct PrintedGroup {
  std::string id;  ///< `total`, a customs line's, a product's, or `not_printed`
  Text title;
  std::vector<std::string> products;  ///< empty: all
};

/// Growth on a year earlier whose figures are both printed: of one released period, or of several printed as one.
struct PrintedGrowth {
  std::size_t first = 0, last = 0;  ///< released periods
  double growth_log = 0;
};

/// Levels by released period: January and February are one.
struct PrintedGroups {
  TradeFlow flow = TradeFlow::exports;
  std::vector<PrintedGroup> groups;                 ///< the total first, the rest last
  std::vector<Month> period;                        ///< last month of each
  std::vector<std::vector<double>> level;           ///< [group][period], USD bn; printed spans divided, in imports
  std::vector<std::vector<PrintedGrowth>> printed;  ///< [group], in time
  std::vector<bool> origin;                         ///< [period]: every line's figure is printed up to it

  /// Log growth on a year earlier of the period alone; nullptr where one of the two figures is not printed.
  const PrintedGrowth* growth(std::size_t group, std::size_t at) const;
  /// What a rival knows after period `at`: growths up to it.
  std::vector<GrowthFigure> known(std::size_t group, std::size_t at) const;
};

/// Released periods a year in `period`.
inline constexpr std::size_t kGroupPeriodsAYear = 11;

/// From the tables of a calibration, months of the window up to `until`: products.csv and history.csv, or those of
/// imports with estimation/import_periods.csv, which says what was printed as one. \throws InputError (data)
PrintedGroups printed_groups(const TableFiles& files, const std::string& folder, TradeFlow flow, Month window_from,
                             Month until);

/// First origins: before them groups have too few growths for a rival, five of exports, two of imports.
inline constexpr Month kFirstGroupOrigin = Month::of(2025, 6), kFirstImportOrigin = Month::of(2025, 9);
inline constexpr std::size_t kFewestImportGrowths = 2;
inline constexpr Month first_group_origin(TradeFlow flow) {
  return flow == TradeFlow::imports ? kFirstImportOrigin : kFirstGroupOrigin;
}

}  // namespace plimsoll
