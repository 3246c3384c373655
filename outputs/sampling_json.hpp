/// \file
/// What Sobol points did for a run's accuracy, and what was asked of it, for the manifest and the JSON output.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/results.hpp"

namespace plimsoll {

inline nlohmann::ordered_json sampling_json(const SamplingResult& sampling) {
  nlohmann::ordered_json gains = nlohmann::ordered_json::object();
  for (const SamplingResult::Gain& gain : sampling.gains) {
    const long percent = std::lround(100 * gain.probability);
    const std::string name = percent == 0 ? "mean" : (percent < 10 ? "p0" : "p") + std::to_string(percent);
    gains[name] = {{"variance_ratio", gain.ratio}, {"largest_ratio", gain.largest_ratio}};
  }
  return {{"series", "exports.total.yoy"},
          {"period", sampling.period},
          {"dimensions", sampling.dimensions},
          {"explained_frac", sampling.explained_frac},
          {"se_explained_frac", sampling.explained_se},
          {"gains", gains}};
}

inline nlohmann::ordered_json accuracy_json(const std::vector<AccuracyOutcome>& outcomes) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const AccuracyOutcome& o : outcomes) {
    rows.push_back({{"target", o.target},
                    {"unit", o.unit},
                    {"asked_se", o.asked_se},
                    {"se", o.se},
                    {"reached", o.se <= o.asked_se}});
  }
  return rows;
}

}  // namespace plimsoll
