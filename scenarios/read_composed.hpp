/// \file
/// The second half of reading a scenario: from a composed tree to the typed result.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// Checks the tree, puts defaults in, and reads it. `problems`: what composition has found already; `what` names a
/// scenario that does not name itself. \throws InputError with every problem found.
Scenario read_composed(ConfigNode& root, const std::string& what,
                       const std::function<IdCatalog(const std::string&)>& catalog, std::vector<Problem>& problems);

}  // namespace plimsoll
