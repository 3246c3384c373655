#include "outputs/sweep_tables.hpp"

#include <nlohmann/json.hpp>

#include "outputs/csv_field.hpp"

namespace plimsoll {

namespace {

std::string key_columns(const SweepPlan& plan, std::int64_t point) {
  std::string text = std::to_string(point + 1);
  for (const std::string& value : plan.points[static_cast<std::size_t>(point)])
    text += "," + csv_field(plain_value(value));
  return text;
}

std::string key_names(const SweepPlan& plan) {
  std::string text = "point";
  for (const std::string& field : plan.fields) text += "," + csv_field(field);
  return text;
}

}  // namespace

std::string plain_value(const std::string& yaml) {
  if (yaml.empty() || yaml.front() != '"') return yaml;
  const nlohmann::json json = nlohmann::json::parse(yaml, nullptr, false);
  return json.is_string() ? json.get<std::string>() : yaml;
}

std::string merged_header(const SweepPlan& plan) {
  std::string text = key_names(plan) + ",status";
  for (const SweepPlan::Output& output : plan.outputs)
    text += "," + csv_field(output.text) + "," + csv_field("se_" + output.text);
  return text + "\n";
}

std::string merged_row(const SweepPlan& plan, std::int64_t point, const PointOutcome* outcome) {
  std::string text = key_columns(plan, point);
  text += outcome == nullptr ? ",missing" : outcome->failed() ? ",failed" : ",ok";
  for (std::size_t o = 0; o < plan.outputs.size(); ++o) {
    const bool known = outcome != nullptr && o < outcome->figures.size();
    text += known ? csv_numbers({outcome->figures[o].value, outcome->figures[o].se}) : std::string(",,");
  }
  return text + "\n";
}

std::string failures_header(const SweepPlan& plan) { return key_names(plan) + ",error\n"; }
std::string failures_row(const SweepPlan& plan, std::int64_t point, const PointOutcome& outcome) {
  return key_columns(plan, point) + "," + csv_field(outcome.error) + "\n";
}

std::string sweep_points_text(const SweepPlan& plan) {
  std::string text = "# sweep " + plan.name + " (" + to_string(plan.design) + "): " + plan.scenario + " at " +
                     std::to_string(plan.point_count()) + " points of " + std::to_string(plan.paths) +
                     " paths; this is the scenario, the points are below it\n" + plan.scenario_yaml + "# " +
                     key_names(plan) + "\n";
  for (std::int64_t k = 0; k < plan.point_count(); ++k) text += "# " + key_columns(plan, k) + "\n";
  return text;
}

}  // namespace plimsoll
