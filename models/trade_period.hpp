/// \file
/// Periods of actual data: `2026-05`, `2026-01..02`, `2026Q1`, `2026`, `2026-05ytd`, `2026ytd`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/frequency.hpp"
#include "scenarios/month.hpp"

namespace plimsoll {

/// Months `first` to `last`, and what they are.
struct DataPeriod {
  Frequency frequency = Frequency::month;
  Month first, last;

  DataPeriod years_before(int years) const { return {frequency, first - 12 * years, last - 12 * years}; }
};

/// nullopt when `text` is no period. `2026ytd` ends with `last_month`.
std::optional<DataPeriod> parse_data_period(const std::string& text, Month last_month);
/// Months of a data column: `2026-05` or `202605`, `2026-01..2026-02`, `2026-01..02`, `2026`, `2026Q1`.
std::optional<DataPeriod> parse_data_months(const std::string& text);

/// Every period up to `last` that tables show: months with January and February as one, quarters, years, year to date.
std::vector<DataPeriod> periods_between(Month first, Month last);
/// The month, or January-February as one.
DataPeriod merged_month(Month month);
DataPeriod year_to_date(Month last);

}  // namespace plimsoll
