/// \file
/// Reads observations and pins: what must hold beyond the field table.
#pragma once

#include <optional>
#include <utility>

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// First and last month of a period as tables print it; nullopt when it is none.
std::optional<std::pair<Month, Month>> parse_period(const std::string& text);

void read_observations(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario,
                       std::vector<Problem>& problems);
/// Drivers, shocks and the copula must have been read.
void read_pins(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario, std::vector<Problem>& problems);

}  // namespace plimsoll
