/// \file
/// Reads the mechanisms beside the drivers: front-loading and diversion.
#pragma once

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// `root` has passed check_fields and carries defaults; what needs more than the table is checked here.
void read_mechanisms(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario,
                     std::vector<Problem>& problems);

}  // namespace plimsoll
