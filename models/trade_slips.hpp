/// \file
/// Slips in data: months that are missing, and figures 10 or 1,000 times their neighbours.
#pragma once

#include <string>
#include <vector>

#include "models/trade_lines.hpp"

namespace plimsoll {

/// Figures that are 10, 100, 1,000 or 10,000 times (or that part of) steady neighbours, for a month or two or from a
/// month on: of values and of quantities.
void find_slips(const TradeLine& line, const std::string& what, std::vector<Problem>& problems,
                const std::string& value_unit = " bn");

/// Months between the first and the last figure of `line` that it does not cover. Tables of single months, and the
/// same months of each year, are no gaps unless another of the lines covers what is missing.
void find_gaps(const TradeLine& line, const std::string& what, const std::vector<Month>& covered_by_others,
               std::vector<Problem>& problems);

}  // namespace plimsoll
