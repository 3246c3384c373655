/// \file
/// Checks a composed scenario against the field table, and puts defaults in.
#pragma once

#include "scenarios/fields.hpp"
#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// Reports unknown keys, types, ranges, dates, choices, missing and not yet supported fields.
void check_fields(const ConfigNode& root, std::vector<Problem>& problems);

/// The same for another format; `what` is said of a file that is no map, as in "a suite".
void check_fields(const ConfigNode& root, const Field& fields, const std::string& what, const std::string& first_line,
                  std::vector<Problem>& problems);

/// Names of products, markets and sets against the catalog.
void check_names(const ConfigNode& root, const IdCatalog& catalog, std::vector<Problem>& problems);

/// Adds every default that the file leaves out, with the place `default`.
void add_defaults(ConfigNode& root);
void add_defaults(ConfigNode& root, const Field& fields);

}  // namespace plimsoll
