/// \file
/// Looking things up in results: the rows that headlines, memos and charts speak of.
#pragma once

#include <string>
#include <vector>

#include "sim/results.hpp"

namespace plimsoll {

inline constexpr const char* kHeadlineSeries = "exports.total.yoy";

/// Places in kQuantileLevels.
inline constexpr std::size_t kP01 = 0, kP05 = 1, kP10 = 2, kP25 = 3, kP50 = 4, kP75 = 5, kP90 = 6, kP95 = 7, kP99 = 8;

std::vector<const SummaryRow*> rows_of(const RunResults& results, const std::string& series, Frequency frequency);
/// The row; null when there is none.
const SummaryRow* find_row(const RunResults& results, const std::string& series, const Period& period);

/// The figures the headline speaks of: complete years; without one, the latest year to date; without that, the last
/// month.
std::vector<const SummaryRow*> headline_rows(const RunResults& results);

/// The row; null when there is none.
const ProbabilityRow* find_event(const RunResults& results, const std::string& series, const Period& period,
                                 const std::string& event, double threshold);

/// One split of a series' growth in a period, in the order of the table; largest first when asked for.
enum class RowOrder { as_listed, largest_first };
std::vector<const ContributionRow*> contributions_of(const RunResults& results, const std::string& of,
                                                     const std::string& by, const Period& period, RowOrder order);

/// True for a row that says nothing: a driver that does not act in this scenario.
bool is_nothing(const ContributionRow& row);

}  // namespace plimsoll
