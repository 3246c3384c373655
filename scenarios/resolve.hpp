/// \file
/// A composed scenario written out: as YAML with the origin of every value, and as canonical JSON for the run hash.
#pragma once

#include <string>
#include <vector>

#include "scenarios/assumptions.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

std::string resolved_yaml(const ConfigNode& root);
/// Sorted keys, shortest numbers; without paths, name, title, about, check and report.
std::string canonical_json(const ConfigNode& root);
/// Every value with its path, for comparison with another scenario.
std::vector<ResolvedValue> resolved_values(const ConfigNode& root);

/// A value on one line that reads back as the same value.
std::string one_line_yaml(const ConfigNode& node);

}  // namespace plimsoll
