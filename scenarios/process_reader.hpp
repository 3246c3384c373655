/// \file
/// Reads a driver that moves by a shock process from a tree that has passed check_fields.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// The process of `driver` (`oil_price`, ..); what needs more than the field table is checked here.
ProcessSpec read_process(const ConfigNode& root, const std::string& driver, const IdCatalog& catalog, Month horizon,
                         std::vector<Problem>& problems);

}  // namespace plimsoll
