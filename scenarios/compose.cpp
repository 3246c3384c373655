#include "scenarios/compose.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenarios/distribution.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/fields.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kLargestFile = 1U << 20U;
const std::string kLibrary = "scenarios/library/";

[[noreturn]] void refuse(const Place& place, const std::string& what, const std::string& hint) {
  throw InputError(InputKind::scenario, {{place, "", what, "", hint}});
}

bool is_path(const std::string& what) {
  const auto ends = [&](const std::string& tail) {
    return what.size() > tail.size() && what.substr(what.size() - tail.size()) == tail;
  };
  return what.find('/') != std::string::npos || ends(".yaml") || ends(".yml");
}

std::string shipped_hint(const std::string& name) {
  std::vector<std::string> names;
  std::string all;
  for (const ShippedScenario& s : shipped_scenarios()) {
    names.push_back(s.name);
    all += (all.empty() ? "" : ", ") + s.name;
  }
  const std::string near = nearest_name(fs::path(name).stem(), names);
  return near.empty() ? "shipped scenarios: " + all : "did you mean '" + near + "'?";
}

struct Source {
  std::string label;  ///< for places: the path, or shipped:name.yaml
  std::string text;
  fs::path folder;  ///< of a file; empty for a shipped one
};

Source read_file(const fs::path& path, const Place& from) {
  std::error_code error;
  const Place place = from.file.empty() ? Place{path.string(), 0, 0} : from;
  if (!fs::exists(path, error)) refuse(place, "there is no file " + path.string(), shipped_hint(path.string()));
  if (fs::is_directory(path, error)) refuse(place, path.string() + " is a folder", "name a scenario file");
  if (fs::file_size(path, error) > kLargestFile)
    refuse(place, path.string() + " is larger than 1 MiB", "a scenario is a few kilobytes");
  std::ifstream in(path, std::ios::binary);
  if (!in) refuse(place, "cannot read " + path.string() + ": " + std::strerror(errno), "check its permissions");
  return {path.string(), std::string(std::istreambuf_iterator<char>(in), {}), path.parent_path()};
}

Source find_source(const std::string& what, const Place& from) {
  if (!is_path(what)) {
    const std::optional<std::string> text = shipped_file(kLibrary + what + ".yaml");
    std::error_code ignored;
    if (!text && from.file.empty() && fs::is_directory(what, ignored))
      refuse(Place{what, 0, 0}, what + " is a folder, not a scenario",
             "'plimsoll status " + what + "' says what it holds");
    if (!text)
      refuse(from.file.empty() ? Place{what, 0, 0} : from, "there is no shipped scenario '" + what + "'",
             shipped_hint(what));
    return {"shipped:" + what + ".yaml", *text, {}};
  }
  return read_file(what, from);
}

const Field* child_field(const Field* field, const std::string& key) {
  if (field == nullptr) return nullptr;
  return field->type == Field::Type::table ? &field->items.front() : field->find(key);
}

/// Lays `over` on `base`. Maps merge key by key; everything else is replaced whole; {append: [..]} appends to a list.
void merge(ConfigNode& base, ConfigNode over, const Field* field) {
  const bool map = field == nullptr || field->type == Field::Type::map || field->type == Field::Type::table;
  if (over.kind == ConfigNode::Kind::map && field != nullptr && field->type == Field::Type::list &&
      over.entries.size() == 1 && over.entries[0].key == "append") {
    if (base.kind != ConfigNode::Kind::list) {
      base = std::move(over.entries[0].value);
      return;
    }
    for (ConfigNode& item : over.entries[0].value.items) base.items.push_back(std::move(item));
    return;
  }
  const bool free_keys =
      field != nullptr && field->type == Field::Type::table;  // a key may be named like a distribution
  if (!map || base.kind != ConfigNode::Kind::map || over.kind != ConfigNode::Kind::map ||
      (!free_keys && looks_like_distribution(over))) {
    base = std::move(over);
    return;
  }
  for (ConfigNode::Entry& entry : over.entries) {
    if (ConfigNode* mine = base.find(entry.key))
      merge(*mine, std::move(entry.value), child_field(field, entry.key));
    else
      base.entries.push_back(std::move(entry));
  }
}

/// A list written {append: [..]} without anything to append to is that list.
void settle_appends(ConfigNode& node, const Field& field) {
  if (field.type == Field::Type::list && node.kind == ConfigNode::Kind::map && node.entries.size() == 1 &&
      node.entries[0].key == "append") {
    ConfigNode list = std::move(node.entries[0].value);
    node = std::move(list);
  }
  if (field.type != Field::Type::map) return;
  for (ConfigNode::Entry& entry : node.entries) {
    if (const Field* child = field.find(entry.key)) settle_appends(entry.value, *child);
  }
}

ConfigNode compose(const std::string& what, const Place& from, const fs::path& root_folder,
                   std::vector<std::string>& chain, std::vector<InputFile>& inputs, std::vector<Problem>& problems) {
  Source source = find_source(what, from);
  if (std::find(chain.begin(), chain.end(), source.label) != chain.end()) {
    std::string circle;
    for (const std::string& link : chain) circle += link + " -> ";
    refuse(from, "extends goes in a circle: " + circle + source.label, "remove one of these extends");
  }
  chain.push_back(source.label);
  ConfigNode node = parse_yaml(source.text, source.label, problems);
  ConfigNode base;
  if (const ConfigNode* extends = node.find("extends")) {
    if (extends->kind != ConfigNode::Kind::scalar)
      refuse(extends->place, "extends names one scenario", "write extends: base");
    std::string target = extends->text;
    if (is_path(target)) {
      if (source.folder.empty() && source.label.rfind("shipped:", 0) == 0)
        refuse(extends->place, "a shipped scenario extends shipped ones only", "use a shipped name");
      const fs::path inside = (source.folder / target).lexically_normal();
      const fs::path root = root_folder.empty() ? source.folder : root_folder;
      const fs::path relative =
          inside.lexically_relative(root.lexically_normal().empty() ? fs::path(".") : root.lexically_normal());
      if (fs::path(target).is_absolute() || relative.empty() || *relative.begin() == "..") {
        refuse(extends->place, "'" + target + "' lies outside the scenario's own folder",
               "keep what a scenario extends in its folder, or use a shipped name");
      }
      target = inside.string();
      if (!is_path(target)) target = "./" + target;
      base = compose(target, extends->place, root, chain, inputs, problems);
    } else {
      base = compose(target, extends->place, root_folder, chain, inputs, problems);
    }
  }
  inputs.push_back({source.label, sha256_hex(source.text)});
  node.entries.erase(std::remove_if(node.entries.begin(), node.entries.end(),
                                    [](const ConfigNode::Entry& e) { return e.key == "extends"; }),
                     node.entries.end());
  if (base.kind == ConfigNode::Kind::null) {
    settle_appends(node, scenario_fields());
    return node;
  }
  // What describes the base scenario does not describe this one.
  for (const char* own : {"name", "title", "about", "check"}) {
    base.entries.erase(std::remove_if(base.entries.begin(), base.entries.end(),
                                      [&](const ConfigNode::Entry& e) { return e.key == own; }),
                       base.entries.end());
  }
  merge(base, std::move(node), &scenario_fields());
  settle_appends(base, scenario_fields());
  return base;
}

/// a.b[0].c and a.b.0.c as steps.
std::vector<std::string> path_steps(const std::string& path) {
  std::vector<std::string> steps(1);
  for (const char c : path) {
    if (c == '.' || c == '[')
      steps.emplace_back();
    else if (c != ']')
      steps.back() += c;
  }
  return steps;
}

/// Growth stands where a level may.
bool is_growth(const Field& field, const std::string& step) { return field.name == "level" && step == "growth_pct"; }

/// Is there such a field, and are there such items? Nothing is changed until this is known.
bool has_field(const ConfigNode& root, const std::string& path, const Place& place, std::vector<Problem>& problems) {
  const ConfigNode* node = &root;
  const Field* field = &scenario_fields();
  std::string seen;
  for (const std::string& step : path_steps(path)) {
    if (field->type == Field::Type::list) {
      const std::size_t items = node == nullptr ? 0 : node->items.size();
      const bool digits = !step.empty() && step.size() < 9 &&
                          std::all_of(step.begin(), step.end(), [](char c) { return c >= '0' && c <= '9'; });
      const std::size_t index = digits ? std::stoul(step) : items;
      if (index >= items) {
        problems.push_back({place, path, "'" + seen + "' has no item " + step,
                            "it has " + std::to_string(items) + " items, counted from 0", ""});
        return false;
      }
      node = &node->items[index];
      field = &field->items.front();
    } else {
      const Field* child = child_field(field, step);
      if (child == nullptr && !is_growth(*field, step)) {
        const std::string near = nearest_name(step, field->child_names());
        problems.push_back({place, path, "there is no field '" + (seen.empty() ? "" : seen + ".") + step + "'", "",
                            near.empty() ? "plimsoll describe lists the fields"
                                         : "did you mean '" + (seen.empty() ? "" : seen + ".") + near + "'?"});
        return false;
      }
      node = node == nullptr ? nullptr : node->find(step);
      if (child != nullptr) field = child;
    }
    seen += (seen.empty() ? "" : ".") + step;
  }
  return true;
}

void apply_override(ConfigNode& root, const ReadOptions::Override& over, std::vector<Problem>& problems) {
  const std::size_t equals = over.assignment.find('=');
  const Place place{over.origin, 0, 0};
  if (equals == std::string::npos || equals == 0) {
    problems.push_back({place, "", "'" + over.assignment + "' is no assignment", "",
                        "write --set path=value, e.g. --set horizon=2027-06"});
    return;
  }
  const std::string path = over.assignment.substr(0, equals);
  ConfigNode value;
  try {
    value = parse_yaml(over.assignment.substr(equals + 1), over.origin, problems);
  } catch (const InputError& error) {
    problems.push_back(
        {place, path, "the value of '" + path + "' is not valid: " + error.problems().front().what, "", ""});
    return;
  }
  if (!has_field(root, path, place, problems)) return;
  ConfigNode* node = &root;
  const Field* field = &scenario_fields();
  for (const std::string& step : path_steps(path)) {
    if (field->type == Field::Type::list) {
      node = &node->items[std::stoul(step)];
      field = &field->items.front();
      continue;
    }
    if (node->kind != ConfigNode::Kind::map) {
      *node = ConfigNode{};
      node->kind = ConfigNode::Kind::map;
      node->place = place;
    }
    if (node->find(step) == nullptr) {
      ConfigNode child_node;
      child_node.place = place;
      node->entries.push_back({step, place, child_node});
    }
    node = node->find(step);
    if (const Field* child = child_field(field, step)) field = child;
  }
  value.place = place;
  *node = std::move(value);
}

}  // namespace

ConfigNode compose_scenario(const std::string& what, const ReadOptions& options, std::vector<InputFile>& inputs,
                            std::vector<Problem>& problems) {
  std::vector<std::string> chain;
  ConfigNode root = compose(what, {}, {}, chain, inputs, problems);
  apply_overrides(root, options.overrides, problems);
  return root;
}

void apply_overrides(ConfigNode& root, const std::vector<ReadOptions::Override>& overrides,
                     std::vector<Problem>& problems) {
  if (root.kind != ConfigNode::Kind::map) return;
  for (const ReadOptions::Override& over : overrides) apply_override(root, over, problems);
}

}  // namespace plimsoll
