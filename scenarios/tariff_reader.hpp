/// \file
/// Reads the tariff layers.
#pragma once

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// `root` has passed check_fields and carries defaults; the horizon is read.
void read_tariffs(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario, std::vector<Problem>& problems);

}  // namespace plimsoll
