/// \file
/// The parts of a run's circumstances that the manifest holds as data, out and in again.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/validation.hpp"
#include "scenarios/assumptions.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

inline nlohmann::ordered_json assumptions_json(const std::vector<Assumption>& assumptions) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Assumption& a : assumptions)
    rows.push_back({{"path", a.path}, {"value", a.value}, {"base", a.base_value}, {"origin", a.origin}});
  return rows;
}

inline std::vector<Assumption> assumptions_of(const nlohmann::json& rows) {
  std::vector<Assumption> all;
  for (const nlohmann::json& row : rows) {
    // Manifests of earlier versions hold lines of text: PATH=VALUE (command line).
    if (row.is_string()) {
      const std::string text = row.get<std::string>();
      const std::size_t equals = text.find('='), note = text.rfind(" (command line)");
      all.push_back({text.substr(0, equals),
                     equals == std::string::npos ? "" : text.substr(equals + 1, note - equals - 1), "",
                     "command line"});
    } else {
      all.push_back({row.at("path"), row.at("value"), row.at("base"), row.at("origin")});
    }
  }
  return all;
}

inline nlohmann::ordered_json validation_json(const Validation& v) {
  return {{"calibration", v.calibration}, {"scored_on", v.scored_on}, {"page", v.page},
          {"scenario", v.scenario},       {"period", v.period},       {"came_pct", v.came_pct},
          {"mean_pct", v.mean_pct},       {"sd_pp", v.sd_pp},         {"p05_pct", v.p05_pct},
          {"p95_pct", v.p95_pct}};
}

inline Validation validation_of(const nlohmann::json& v) {
  return {v.at("calibration"), v.at("scored_on"), v.at("page"),  v.at("scenario"), v.at("period"),
          v.at("came_pct"),    v.at("mean_pct"),  v.at("sd_pp"), v.at("p05_pct"),  v.at("p95_pct")};
}

inline About about_of(const nlohmann::json& about) {
  return {about.value("question", ""), about.value("author", ""), about.value("date", ""),
          about.value("sources", std::vector<std::string>{})};
}

}  // namespace plimsoll
