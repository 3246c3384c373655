/// \file
/// Groups of exports that customs prints, so that what came is a figure and no split: of these a backtest can be made.
#pragma once

#include <string>
#include <vector>

#include "models/estimation/table_text.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

inline constexpr const char* kResidualProduct = "other";

/// Products that are parts of the one customs line of integrated circuits.
const std::vector<std::string>& chip_products();
/// Products that rest on shares of a remainder, and the residual: only their sum follows from what is printed.
const std::vector<std::string>& unprinted_products();

struct PrintedGroup {
  std::string id;  ///< `total`, `integrated_circuits`, `not_printed` or a product's
  Text title;
  std::vector<std::string> products;  ///< empty: all
};

/// Levels by released period: January and February are one.
struct PrintedGroups {
  std::vector<PrintedGroup> groups;        ///< the total first, the rest last
  std::vector<Month> period;               ///< last month of each
  std::vector<std::vector<double>> level;  ///< [group][period], USD bn

  /// Log growth on a year earlier at `period`, from released levels. The period must lie a year after the first.
  double growth_log(std::size_t group, std::size_t at) const;
};

/// Released periods a year in `period`.
inline constexpr std::size_t kGroupPeriodsAYear = 11;

/// From products.csv and history.csv of a calibration, months of the window up to `until`. \throws InputError (data)
PrintedGroups printed_groups(const TableFiles& files, const std::string& folder, Month window_from, Month until);

}  // namespace plimsoll
