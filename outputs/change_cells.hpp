/// \file
/// Cells of tables that hold scores with drivers as they came beside those with drivers as expected. A row has a value
/// with its sample error and a change with its 5% and 95%; without a row, or where there is no estimate, nothing.
#pragma once

#include <cmath>
#include <string>

#include "outputs/number_format.hpp"

namespace plimsoll {

template <class Row>
std::string with_error(const Row* row) {
  if (row == nullptr) return "";
  return fixed(row->value, 2) + (std::isfinite(row->se) ? " ±" + fixed(row->se, 2) : "");
}

template <class Row>
std::string change(const Row* row) {
  if (row == nullptr || !std::isfinite(row->change_frac)) return "";
  std::string text = signed_fixed(100 * row->change_frac, 0) + "%";
  if (std::isfinite(row->change_low))
    text += " (" + signed_fixed(100 * row->change_low, 0) + ".." + signed_fixed(100 * row->change_high, 0) + ")";
  return text;
}

template <class Row>
std::string percent(const Row* row) {
  if (row == nullptr) return "";
  return fixed(100 * row->value, 0) + (std::isfinite(row->se) ? " ±" + fixed(100 * row->se, 0) : "");
}

}  // namespace plimsoll
