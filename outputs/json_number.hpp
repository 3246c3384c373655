/// \file
/// A number in JSON, which has none for "no estimate".
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

namespace plimsoll {

/// null where there is no estimate.
inline nlohmann::ordered_json json_number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

}  // namespace plimsoll
