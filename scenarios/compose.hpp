/// \file
/// Composition of a scenario: extends, deep merge, overrides of the command line.
#pragma once

#include "scenarios/scenario_reader.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// The composed tree (without `extends`) of a file or shipped scenario; `inputs` lists the files, the named one last.
ConfigNode compose_scenario(const std::string& what, const ReadOptions& options, std::vector<InputFile>& inputs,
                            std::vector<Problem>& problems);

/// Lays assignments on a composed tree, the later ones over the earlier ones.
void apply_overrides(ConfigNode& root, const std::vector<ReadOptions::Override>& overrides,
                     std::vector<Problem>& problems);

}  // namespace plimsoll
