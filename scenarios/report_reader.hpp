/// \file
/// What a scenario asks to be computed and told, read from its `report`.
#pragma once

#include <vector>

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// `root` has passed check_fields and has its defaults; what needs more than the table is checked here.
ReportSpec read_report(const ConfigNode& root, const IdCatalog& catalog, std::vector<Problem>& problems);

}  // namespace plimsoll
