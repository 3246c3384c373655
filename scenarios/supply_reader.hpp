/// \file
/// Reads what supply can do: ceilings of capacity, foreign controls, other buyers of computing hardware.
#pragma once

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// `root` has passed check_fields and carries defaults; the horizon is read.
void read_supply(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario, std::vector<Problem>& problems);

/// `capex_paths.other_buyers`.
std::vector<ComputeBuyer> read_other_buyers(const ConfigNode& capex_paths, const IdCatalog& catalog,
                                            std::vector<Problem>& problems);

}  // namespace plimsoll
