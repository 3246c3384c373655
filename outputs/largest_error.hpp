/// \file
/// What a table of scores says of Monte Carlo errors once, below itself.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "outputs/number_format.hpp"

namespace plimsoll {

/// The largest Monte Carlo error of the rows for which `shown` holds, in the digits of an error: `0.04`.
template <class Row, class Shown>
std::string largest_monte_carlo_error(const std::vector<Row>& rows, const Shown& shown) {
  double largest = 0;
  for (const Row& row : rows) {
    if (shown(row) && std::isfinite(row.mc_se)) largest = std::max(largest, row.mc_se);
  }
  return error_text(largest).substr(std::string("±").size());
}
template <class Row>
std::string largest_monte_carlo_error(const std::vector<Row>& rows) {
  return largest_monte_carlo_error(rows, [](const Row&) { return true; });
}

}  // namespace plimsoll
