/// \file
/// A composed scenario written out: as YAML with the origin of every value, and as canonical JSON for the run hash.
#pragma once

#include <map>
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

/// Where everything that is no default stands, by path with dots: `capex_paths.amazon`, `pin.0.driver`; an item of a
/// list also by its name.
std::map<std::string, Place> value_places(const ConfigNode& root);
/// The place of the innermost part of `path` that has one; brackets mean dots. Unknown when none has.
Place place_of(const std::string& path, const std::map<std::string, Place>& places);

/// A value on one line that reads back as the same value.
std::string one_line_yaml(const ConfigNode& node);

}  // namespace plimsoll
