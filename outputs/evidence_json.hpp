/// \file
/// What observations and pins did to a run, for the manifest and the JSON output.
#pragma once

#include <nlohmann/json.hpp>

#include "sim/results.hpp"

namespace plimsoll {

inline nlohmann::ordered_json evidence_json(const EvidenceResult& evidence) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const EvidenceResult::Row& row : evidence.observations) {
    nlohmann::ordered_json one{{"series", row.series}, {"period", row.period}};
    if (!row.indicator.empty()) one["indicator"] = row.indicator;
    one["effective_paths"] = row.effective_paths;
    rows.push_back(std::move(one));
  }
  return {{"effective_paths", evidence.effective_paths}, {"observations", rows}};
}

inline nlohmann::ordered_json pins_json(const PinResult& pins) {
  return {{"squared_distance", pins.distance}, {"driver_months", pins.months}, {"plausibility", pins.plausibility}};
}

}  // namespace plimsoll
