#include <nlohmann/json.hpp>

#include "outputs/json_number.hpp"
#include "outputs/results_view.hpp"
#include "outputs/stress_tables.hpp"

namespace plimsoll {

namespace {

using Json = nlohmann::ordered_json;

Json figure_json(const StressFigure& figure) {
  return {{"value", json_number(figure.value)}, {"se", json_number(figure.se)}};
}

}  // namespace

std::string stress_json(const StressResults& results) {
  Json json;
  json["suite"] = results.suite;
  json["headline"] = to_string(results.headline);
  json["order"] = results.order;
  json["scenarios"] = Json::array();
  for (const StressScenario& s : results.scenarios) {
    Json one{{"name", s.name}, {"severity", s.severity}, {"risk", s.risk}, {"run_hash", s.run_hash}};
    if (!s.failure.empty()) {
      one["failure"] = s.failure;
      json["scenarios"].push_back(one);
      continue;
    }
    one["mean"] = figure_json({s.headline.mean, s.headline.se_mean});
    one["p05"] = figure_json({s.headline.quantile[kP05], s.headline.se_quantile[kP05]});
    one["thresholds"] = Json::array();
    for (std::size_t t = 0; t < s.thresholds.size(); ++t) {
      Json threshold{{"event", to_string(results.thresholds[t])}};
      threshold.update(figure_json(s.thresholds[t]));
      one["thresholds"].push_back(threshold);
    }
    one["gates"] = Json::array();
    for (const GateOutcome& g : s.gates) {
      Json gate{{"gate", to_string(g.gate)}};
      gate.update(figure_json(g.figure));
      gate["holds"] = g.holds;
      gate["within_two_errors"] = g.close;
      one["gates"].push_back(gate);
    }
    one["joint_plausibility"] = figure_json(s.joint.plausibility);
    json["scenarios"].push_back(one);
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plimsoll
