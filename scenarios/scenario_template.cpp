#include "scenarios/scenario_template.hpp"

#include <filesystem>

#include "scenarios/compose.hpp"
#include "scenarios/read_composed.hpp"
#include "scenarios/resolve.hpp"

namespace plimsoll {

ScenarioTemplate ScenarioTemplate::load(const std::string& what, const ReadOptions& options) {
  ScenarioTemplate one;
  std::vector<Problem> problems;
  one.what_ = what;
  one.root_ = compose_scenario(what, options, one.inputs_, problems);
  if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  return one;
}

ScenarioTemplate ScenarioTemplate::parse(const std::string& yaml, const std::string& label) {
  ScenarioTemplate one;
  std::vector<Problem> problems;
  one.what_ = label;
  one.root_ = parse_yaml(yaml, label, problems);
  if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  return one;
}

Scenario ScenarioTemplate::variant(const std::vector<ReadOptions::Override>& overrides,
                                   const std::function<IdCatalog(const std::string&)>& catalog) const {
  ConfigNode root = root_;
  std::vector<Problem> problems;
  apply_overrides(root, overrides, problems);
  return read_composed(root, what_, catalog, problems);
}

std::vector<Problem> ScenarioTemplate::problems_of(const std::vector<ReadOptions::Override>& overrides) const {
  ConfigNode root = root_;
  std::vector<Problem> problems;
  apply_overrides(root, overrides, problems);
  return problems;
}

ScenarioTemplate ScenarioTemplate::with(const std::vector<ReadOptions::Override>& overrides) const {
  ScenarioTemplate other = *this;
  std::vector<Problem> problems;
  apply_overrides(other.root_, overrides, problems);
  if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  return other;
}

std::string ScenarioTemplate::value(const std::string& field) const {
  const ConfigNode* node = root_.find(field);
  return node != nullptr && node->kind == ConfigNode::Kind::scalar ? node->text : "";
}
std::string ScenarioTemplate::name() const {
  const std::string own = value("name");
  return own.empty() ? std::filesystem::path(what_).stem().string() : own;
}
std::string ScenarioTemplate::calibration() const { return value("calibration"); }
std::map<std::string, Place> ScenarioTemplate::places() const { return value_places(root_); }
std::string ScenarioTemplate::yaml() const { return resolved_yaml(root_); }
std::string ScenarioTemplate::canonical_json() const { return plimsoll::canonical_json(root_); }

}  // namespace plimsoll
