#include "scenarios/resolve.hpp"

#include <nlohmann/json.hpp>

#include "scenarios/distribution.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

/// Text of a scalar that reads back as the same scalar.
std::string scalar_text(const ConfigNode& node) {
  if (node.kind == ConfigNode::Kind::null) return "null";
  bool plain = !node.quoted && !node.text.empty();
  for (const char c : node.text)
    plain = plain && (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.' ||
                      c == '+' || c == '/');
  if (plain && !node.text.empty() && node.text[0] != '-') return node.text;
  if (plain && parse_double(node.text)) return node.text;
  return nlohmann::json(node.text).dump();  // a JSON string is a YAML string
}

std::string flow(const ConfigNode& node) {
  std::string text;
  if (node.kind == ConfigNode::Kind::list) {
    for (const ConfigNode& item : node.items) text += (text.empty() ? "" : ", ") + flow(item);
    return "[" + text + "]";
  }
  if (node.kind == ConfigNode::Kind::map) {
    for (const ConfigNode::Entry& entry : node.entries)
      text += (text.empty() ? "" : ", ") + entry.key + ": " + flow(entry.value);
    return "{" + text + "}";
  }
  return scalar_text(node);
}

/// Small things stand on one line.
bool one_line(const ConfigNode& node) {
  if (node.kind == ConfigNode::Kind::scalar || node.kind == ConfigNode::Kind::null) return true;
  if (node.items.empty() && node.entries.empty()) return true;
  for (const ConfigNode& item : node.items) {
    if (item.kind != ConfigNode::Kind::scalar) return false;
  }
  for (const ConfigNode::Entry& entry : node.entries) {
    if (entry.value.kind == ConfigNode::Kind::map || entry.value.kind == ConfigNode::Kind::null) return false;
  }
  return node.kind == ConfigNode::Kind::list || node.entries.size() == 1;
}

void write(const ConfigNode& node, int indent, std::string& out, bool item) {
  bool first = item;
  const auto pad = [&] {
    if (!first) out += std::string(static_cast<std::size_t>(indent), ' ');
    first = false;
  };
  const auto origin = [&](const ConfigNode& value) {
    const std::string place = to_string(value.place);
    out += place.empty() ? "\n" : "  # " + place + "\n";
  };
  for (const ConfigNode::Entry& entry : node.entries) {
    pad();
    out += entry.key + ":";
    if (one_line(entry.value)) {
      out += " " + flow(entry.value);
      origin(entry.value);
    } else {
      out += "\n";
      write(entry.value, indent + 2, out, false);
    }
  }
  for (const ConfigNode& value : node.items) {
    pad();
    out += "- ";
    if (one_line(value)) {
      out += flow(value);
      origin(value);
    } else {
      write(value, indent + 2, out, true);
    }
  }
}

nlohmann::json to_json(const ConfigNode& node) {
  switch (node.kind) {
    case ConfigNode::Kind::null: return nullptr;
    case ConfigNode::Kind::list: {
      nlohmann::json list = nlohmann::json::array();
      for (const ConfigNode& item : node.items) list.push_back(to_json(item));
      return list;
    }
    case ConfigNode::Kind::map: {
      nlohmann::json map = nlohmann::json::object();
      for (const ConfigNode::Entry& entry : node.entries) map[entry.key] = to_json(entry.value);
      return map;
    }
    case ConfigNode::Kind::scalar: break;
  }
  // Numbers are compared as numbers: 0.10 and 0.1 are one scenario.
  const std::optional<double> number = node.quoted ? std::nullopt : parse_double(node.text);
  if (number && node.text.find_first_of(".eE") == std::string::npos) return node.text;  // integers keep all digits
  return number ? nlohmann::json(shortest(*number)) : nlohmann::json(node.text);
}

/// Where a value stands, without the folder of the file.
std::string origin_of(const ConfigNode& node) {
  Place place = node.place;
  place.column = 0;
  const std::size_t slash = place.file.rfind('/');
  if (slash != std::string::npos) place.file = place.file.substr(slash + 1);
  return to_string(place);
}

/// An item of a list is known by its name, where it has one.
std::string item_path(const std::string& path, const ConfigNode& item, std::size_t number) {
  const ConfigNode* name = item.find("name");
  return path + "[" + (name == nullptr ? std::to_string(number) : name->text) + "]";
}

void collect(const std::string& path, const ConfigNode& node, std::vector<ResolvedValue>& out) {
  const bool of_maps =
      node.kind == ConfigNode::Kind::list && !node.items.empty() && node.items.front().kind == ConfigNode::Kind::map;
  if (of_maps) {
    for (std::size_t k = 0; k < node.items.size(); ++k) {
      const ConfigNode& item = node.items[k];
      out.push_back({item_path(path, item, k), flow(item), to_json(item).dump(), origin_of(item)});
    }
  } else if (node.kind == ConfigNode::Kind::map && !looks_like_distribution(node)) {
    for (const ConfigNode::Entry& entry : node.entries)
      collect(path.empty() ? entry.key : path + "." + entry.key, entry.value, out);
  } else if (node.kind != ConfigNode::Kind::null && !(node.kind == ConfigNode::Kind::list && node.items.empty())) {
    out.push_back({path, flow(node), to_json(node).dump(), origin_of(node)});
  }
}

void collect_places(const std::string& path, const ConfigNode& node, std::map<std::string, Place>& places) {
  if (!path.empty() && !node.place.file.empty() && node.place.file != "default") places.emplace(path, node.place);
  const std::string stem = path.empty() ? "" : path + ".";
  for (const ConfigNode::Entry& entry : node.entries) collect_places(stem + entry.key, entry.value, places);
  for (std::size_t k = 0; k < node.items.size(); ++k) {
    collect_places(stem + std::to_string(k), node.items[k], places);
    if (const ConfigNode* name = node.items[k].find("name")) collect_places(stem + name->text, node.items[k], places);
  }
}

}  // namespace

std::map<std::string, Place> value_places(const ConfigNode& root) {
  std::map<std::string, Place> places;
  collect_places("", root, places);
  return places;
}

Place place_of(const std::string& path, const std::map<std::string, Place>& places) {
  std::string part;
  for (const char c : path) {
    if (c != ']') part += c == '[' ? '.' : c;
  }
  while (!part.empty()) {
    if (const auto found = places.find(part); found != places.end()) return found->second;
    const std::size_t dot = part.rfind('.');
    part.resize(dot == std::string::npos ? 0 : dot);
  }
  return {};
}

std::vector<ResolvedValue> resolved_values(const ConfigNode& root) {
  std::vector<ResolvedValue> values;
  collect("", root, values);
  return values;
}

std::string resolved_yaml(const ConfigNode& root) {
  std::string out;
  write(root, 0, out, false);
  return out;
}

std::string canonical_json(const ConfigNode& root) {
  nlohmann::json json = to_json(root);
  for (const char* key : {"paths", "name", "title", "about", "check", "report"}) json.erase(key);
  return json.dump();
}

std::string one_line_yaml(const ConfigNode& node) { return flow(node); }

}  // namespace plimsoll
