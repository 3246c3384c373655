/// \file
/// YAML as a tree with places: what a scenario file says before anything is checked. yaml-cpp stays inside the .cpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenarios/input_error.hpp"

namespace plimsoll {

/// A value of a file, with where it stands. Entries of a map keep their order.
struct ConfigNode {
  enum class Kind { null, scalar, list, map } kind = Kind::null;
  std::string text;     ///< of a scalar
  bool quoted = false;  ///< a quoted scalar is never a number
  Place place;
  struct Entry;
  std::vector<ConfigNode> items;
  std::vector<Entry> entries;

  const ConfigNode* find(const std::string& key) const;
  ConfigNode* find(const std::string& key);
};
struct ConfigNode::Entry {
  std::string key;
  Place place;  ///< of the key
  ConfigNode value;
};

/// Parses one document. Doubled keys, merge keys, anchors, tags, several documents and keys that are no plain text are
/// problems of the list; a syntax error, bytes that are no UTF-8 or nesting deeper than 64 throws InputError
/// (scenario).
ConfigNode parse_yaml(const std::string& text, const std::string& file, std::vector<Problem>& problems);

}  // namespace plimsoll
