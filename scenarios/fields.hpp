/// \file
/// The field table of scenario format 1: every key with type, unit, range, default and help, stated once. Parsing, JSON
/// Schema, `describe` and the reference page are made from it.
#pragma once

#include <limits>
#include <string>
#include <vector>

namespace plimsoll {

struct Field {
  enum class Type {
    text,
    integer,
    number,  ///< a plain number
    random,  ///< a number or a distribution
    month,
    day,  ///< a day or a month
    flag,
    choice,
    names,    ///< a name or a list of names (products, markets, sets)
    weights,  ///< a list of names, or a map of names to numbers
    map,
    list,   ///< of items.front()
    table,  ///< map with free keys (periods, markets); values like items.front()
    any,    ///< whatever the scenario's field that a key names takes
  };
  std::string name;
  Type type = Type::text;
  std::string help;
  std::string unit{};
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool required = false;
  std::string standard{};  ///< default as YAML; empty: none
  std::vector<std::string> choices{};
  std::vector<Field> items{};  ///< children of a map; the item of a list or table
  std::string key_help{};      ///< table: what the keys are
  std::string short_for{};     ///< map: a plain value stands for {short_for: value}

  const Field* find(const std::string& child) const;
  std::vector<std::string> child_names() const;
};

/// Fields that several formats have. `what`: what the file is for; `sources`: what they are sources of.
Field both_languages(const std::string& name, const std::string& help);
Field about_field(const std::string& what, const std::string& sources);
/// Fields of a scenario with other values; `keys` is said of the paths after what they are.
Field paths_table(const std::string& name, const std::string& help, const std::string& value,
                  const std::string& keys = "");

/// The whole format; a map.
const Field& scenario_fields();
/// The path of every field, as `describe` takes it: capex_paths, capex_paths.pause, ..
std::vector<std::string> field_paths();

}  // namespace plimsoll
