/// \file
/// A scenario's own sets: names and members checked, members that are sets or customs codes resolved to ids.
#pragma once

#include <vector>

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// Reads `sets` of a tree that check_fields has seen (what it has refused is left out here) and adds the sets and their
/// series to the catalog, so that they may stand where an id may.
std::vector<SetDefinition> read_scenario_sets(const ConfigNode& root, IdCatalog& catalog,
                                              std::vector<Problem>& problems);

}  // namespace plimsoll
