/// \file
/// Reads observations and pins: what must hold beyond the field table.
#pragma once

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

void read_observations(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario,
                       std::vector<Problem>& problems);
/// Drivers, shocks and the copula must have been read.
void read_pins(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario, std::vector<Problem>& problems);

}  // namespace plimsoll
