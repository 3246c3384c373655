/// \file
/// History of groups as of an earlier month: lines as customs prints them, divided as one could divide them then.
#pragma once

#include <string>

#include "models/estimation/table_text.hpp"

namespace plimsoll {

/// history.csv with rows of `figures` up to the origin. Memory's part of the line of integrated circuits moves with the
/// lagged memory index from what `beliefs` have in `kSplitAnchor`; the other shares of lines that customs does not
/// print are those of `beliefs` in 2024; the residual group closes the sum. \param memory index up to the origin.
std::string split_history(const TableFiles& figures, const TableFiles& beliefs, const std::string& figures_name,
                          const std::string& beliefs_name, const MonthlySeries& memory, Month origin,
                          const Date& known_on);

inline constexpr Month kSplitAnchor = Month::of(2025, 5);

}  // namespace plimsoll
