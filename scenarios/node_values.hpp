/// \file
/// Typed values of nodes that have passed check_fields.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/random_number.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// A number or a distribution.
RandomNumber random_of(const ConfigNode& node);
/// The same of a child, if it is there; `parent` may be null.
std::optional<RandomNumber> maybe_random(const ConfigNode* parent, const char* key);
/// One name or a list of them; none for null.
std::vector<std::string> names_of(const ConfigNode* node);
/// Empty for null.
std::string text_of(const ConfigNode* node);
/// Both languages; empty for null.
Text text_of_both(const ConfigNode* node);
/// Letters, digits, - and _, at least one.
bool is_plain_name(const std::string& name);

}  // namespace plimsoll
