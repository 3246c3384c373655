/// \file
/// A composed scenario before its defaults, of which many variants are read: what a sweep does at every point.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

class ScenarioTemplate {
 public:
  /// Composes `what` (see load_scenario) with the overrides. \throws InputError with every problem found.
  static ScenarioTemplate load(const std::string& what, const ReadOptions& options);
  /// From the text of yaml(). \throws InputError
  static ScenarioTemplate parse(const std::string& yaml, const std::string& label);

  /// The scenario with these fields changed: what load_scenario gives of the same overrides. \throws InputError
  Scenario variant(const std::vector<ReadOptions::Override>& overrides,
                   const std::function<IdCatalog(const std::string&)>& catalog) const;

  /// Problems of fields that no variant can have: the assignments' paths alone are looked at.
  std::vector<Problem> problems_of(const std::vector<ReadOptions::Override>& overrides) const;

  /// The template with these fields changed. \throws InputError
  ScenarioTemplate with(const std::vector<ReadOptions::Override>& overrides) const;

  std::string name() const;                           ///< its own, or that of its file
  std::string calibration() const;                    ///< empty when it names none
  std::string value(const std::string& field) const;  ///< text of a plain field of the top level; empty: not there
  /// Where everything stated stands.
  std::map<std::string, Place> places() const;
  std::string yaml() const;            ///< can be run again
  std::string canonical_json() const;  ///< of all that shapes the numbers
  const std::vector<InputFile>& inputs() const { return inputs_; }

 private:
  std::string what_;
  ConfigNode root_;
  std::vector<InputFile> inputs_;
};

}  // namespace plimsoll
