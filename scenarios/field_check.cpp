#include "scenarios/field_check.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "scenarios/distribution.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/process_fields.hpp"

namespace plimsoll {

namespace {

using Type = Field::Type;

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

class Checker {
 public:
  explicit Checker(std::vector<Problem>& problems) : problems_(problems) {}

  void check(const ConfigNode& node, const Field& field, const std::string& path) {
    if (node.kind == ConfigNode::Kind::null) {
      problem(node.place, path, "'" + field.name + "' has no value", "", "give a value or remove the key");
      return;
    }
    switch (field.type) {
      case Type::map: check_map(node, field, path); break;
      case Type::list: check_list(node, field, path); break;
      case Type::table: check_table(node, field, path); break;
      case Type::random: check_random(node, field, path); break;
      case Type::number:
      case Type::integer: check_number(node, field, path); break;
      case Type::names:
        if (node.kind == ConfigNode::Kind::list) {
          if (node.items.empty()) problem(node.place, path, "the list is empty", "", "name at least one");
          for (const ConfigNode& item : node.items) scalar(item, path, "a name");
          break;
        }
        scalar(node, path, "a name or a list of names");
        break;
      case Type::weights: check_weights(node, field, path); break;
      case Type::text: scalar(node, path, "a text"); break;
      case Type::month:
        if (scalar(node, path, "a month") && !parse_month(node.text))
          problem(node.place, path, "'" + node.text + "' is not a month", "months are written YYYY-MM",
                  "write e.g. 2026-11");
        break;
      case Type::day:
        if (scalar(node, path, "a day") && !parse_date(node.text))
          problem(node.place, path, "'" + node.text + "' is not a day",
                  "days are written YYYY-MM-DD, or YYYY-MM for the first", "write e.g. 2026-11-01");
        break;
      case Type::flag:
        if (scalar(node, path, "true or false") && (node.quoted || (node.text != "true" && node.text != "false")))
          problem(node.place, path, "'" + node.text + "' is neither true nor false", "", "write true or false");
        break;
      case Type::choice: check_choice(node, field, path); break;
      case Type::any: break;
    }
  }

 private:
  void problem(const Place& place, const std::string& path, const std::string& what, const std::string& why,
               const std::string& hint) {
    problems_.push_back({place, path, what, why, hint});
  }
  bool scalar(const ConfigNode& node, const std::string& path, const std::string& what) {
    if (node.kind == ConfigNode::Kind::scalar) return true;
    problem(node.place, path, what + " stands here, not a " + (node.kind == ConfigNode::Kind::list ? "list" : "map"),
            "", "write one value");
    return false;
  }
  void unknown(const ConfigNode::Entry& entry, const Field& field, const std::string& path) {
    const std::string near = nearest_name(entry.key, field.child_names());
    problem(entry.place, path, "unknown key '" + entry.key + "'", "a key that nothing reads is a mistake",
            near.empty() ? "known here: " + list_of(field.child_names()) : "did you mean '" + near + "'?");
  }
  void check_map(const ConfigNode& node, const Field& field, const std::string& path) {
    if (!field.short_for.empty() && node.kind == ConfigNode::Kind::scalar) {
      check(node, *field.find(field.short_for), path);
      return;
    }
    if (node.kind != ConfigNode::Kind::map) {
      problem(node.place, path, "a map stands here", "",
              "write " + (field.items.empty() ? std::string("key") : field.items[0].name) + ": value lines below '" +
                  field.name + "'");
      return;
    }
    for (const ConfigNode::Entry& entry : node.entries) {
      const std::string child_path = path.empty() ? entry.key : path + "." + entry.key;
      if (const Field* child = field.find(entry.key))
        check(entry.value, *child, child_path);
      else
        unknown(entry, field, child_path);
    }
    for (const Field& child : field.items) {
      if (child.required && node.find(child.name) == nullptr)
        problem(node.place, path.empty() ? child.name : path + "." + child.name, "'" + child.name + "' is missing",
                child.help, "add " + child.name + ": ..");
    }
  }
  void check_list(const ConfigNode& node, const Field& field, const std::string& path) {
    if (node.kind != ConfigNode::Kind::list) {
      problem(node.place, path, "a list stands here", "", "write [..] or lines that start with '- '");
      return;
    }
    for (std::size_t k = 0; k < node.items.size(); ++k)
      check(node.items[k], field.items.front(), path + "[" + std::to_string(k) + "]");
  }
  void check_table(const ConfigNode& node, const Field& field, const std::string& path) {
    if (node.kind != ConfigNode::Kind::map) {
      problem(node.place, path, "a map stands here, with keys like " + field.key_help, "", "write {2026: 100}");
      return;
    }
    for (const ConfigNode::Entry& entry : node.entries) {
      const std::string child_path = path + "." + entry.key;
      const ConfigNode* growth = entry.value.find("growth_pct");
      if (growth != nullptr && entry.value.entries.size() == 1 && field.key_help.find("quarter") != std::string::npos) {
        check(*growth,
              Field{.name = "growth_pct",
                    .type = Type::random,
                    .help = "growth on the period a year before",
                    .unit = "pct",
                    .low = -95,
                    .high = 400},
              child_path + ".growth_pct");
      } else {
        check(entry.value, field.items.front(), child_path);
      }
    }
  }
  void check_weights(const ConfigNode& node, const Field& field, const std::string& path) {
    if (node.kind == ConfigNode::Kind::map) {
      for (const ConfigNode::Entry& entry : node.entries) check_number(entry.value, field, path + "." + entry.key);
    } else if (node.kind == ConfigNode::Kind::list) {
      for (const ConfigNode& item : node.items) scalar(item, path, "a name");
    } else {
      problem(node.place, path, "a list of names stands here, or a map of names to weights", "",
              "write [memory, phones] or {memory: 1, phones: 0.4}");
    }
    if (node.kind != ConfigNode::Kind::scalar && node.items.empty() && node.entries.empty())
      problem(node.place, path, "there is no member", "", "name at least one");
  }
  void check_random(const ConfigNode& node, const Field& field, const std::string& path) {
    const std::size_t before = problems_.size();
    const RandomNumber number =
        read_random_number(node, [&](const Place& place, const std::string& what, const std::string& why,
                                     const std::string& hint) { problem(place, path, what, why, hint); });
    if (problems_.size() > before) return;
    const Support s = support(number);
    // A distribution without bounds may stand where the range is a matter of sense; its median must lie inside. No draw
    // of a lognormal reaches its lower bound.
    const bool open = std::isinf(s.low) || number.kind == RandomNumber::Kind::lognormal;
    const double low = open ? median(number) : s.low, high = std::isinf(s.high) ? median(number) : s.high;
    range(node.place, field, path, low, high);
  }
  void check_number(const ConfigNode& node, const Field& field, const std::string& path) {
    if (!scalar(node, path, "a number")) return;
    if (field.type == Type::integer) {
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(node.text.data(), node.text.data() + node.text.size(), value);
      if (node.quoted || error != std::errc() || end != node.text.data() + node.text.size()) {
        problem(node.place, path, "'" + node.text + "' is not an integer",
                error == std::errc::result_out_of_range ? "it does not fit in 64 bits" : "", integer_hint(node, field));
        return;
      }
      if (field.low > -9e18 || field.high < 9e18)
        range(node.place, field, path, static_cast<double>(value), static_cast<double>(value));
      return;
    }
    const std::optional<double> value = node.quoted ? std::nullopt : parse_double(node.text);
    if (!value)
      problem(node.place, path, "'" + node.text + "' is not a number", "", "write e.g. 1.5");
    else
      range(node.place, field, path, *value, *value);
  }
  static std::string integer_hint(const ConfigNode& node, const Field& field) {
    if (node.quoted) return "remove the quotation marks";
    constexpr double kExact = 9007199254740992.0;  // up to here a double is every integer
    const std::optional<double> value = parse_double(node.text);
    if (value && *value == std::floor(*value) && std::abs(*value) < kExact)
      return "write " + std::to_string(static_cast<std::int64_t>(*value));
    return "write e.g. " + (field.standard.empty() ? "1" : field.standard);
  }
  void range(const Place& place, const Field& field, const std::string& path, double low, double high) {
    if (low >= field.low && high <= field.high) return;
    const std::string value = shortest(low < field.low ? low : high);
    const std::string limits = std::isinf(field.high)  ? "at least " + shortest(field.low)
                               : std::isinf(field.low) ? "at most " + shortest(field.high)
                                                       : "from " + shortest(field.low) + " to " + shortest(field.high);
    problem(place, path, value + " is out of range for '" + field.name + "'",
            field.help + (field.unit.empty() ? "" : " (" + field.unit + ")"), "give a value " + limits);
  }
  void check_choice(const ConfigNode& node, const Field& field, const std::string& path) {
    if (!field.items.empty() && node.kind == ConfigNode::Kind::map) {
      check_map(node, field, path);
      return;
    }
    if (field.find(node.text) != nullptr) {
      problem(node.place, path, "'" + node.text + "' is a map", field.find(node.text)->help,
              "write " + field.name + ": {" + node.text + ": {..}}");
      return;
    }
    if (!scalar(node, path, "one of " + list_of(field.choices))) return;
    if (std::find(field.choices.begin(), field.choices.end(), node.text) == field.choices.end()) {
      const std::string near = nearest_name(node.text, field.choices);
      problem(node.place, path, "'" + node.text + "' is not a value of '" + field.name + "'", field.help,
              near.empty() ? "use one of " + list_of(field.choices) : "did you mean '" + near + "'?");
      return;
    }
  }

  std::vector<Problem>& problems_;
};

/// Does the map's process, where it has one, read the field? Others get no default: it would have no effect.
bool is_read(const ConfigNode& node, const std::string& field) {
  const ConfigNode* process = node.find("process");
  if (process == nullptr || process->kind != ConfigNode::Kind::scalar || field == "process") return true;
  const std::vector<std::string> used = fields_of_process(process->text);
  return std::find(used.begin(), used.end(), field) != used.end();
}

void add_defaults_to(ConfigNode& node, const Field& field) {
  if (field.type == Type::list) {
    for (ConfigNode& item : node.items) add_defaults_to(item, field.items.front());
  }
  if (field.type == Type::table && field.items.front().type == Type::map) {
    for (ConfigNode::Entry& entry : node.entries) add_defaults_to(entry.value, field.items.front());
  }
  if (field.type != Type::map || node.kind != ConfigNode::Kind::map) return;
  for (const Field& child : field.items) {
    ConfigNode* given = node.find(child.name);
    if (given == nullptr && !child.standard.empty() && is_read(node, child.name)) {
      std::vector<Problem> none;
      ConfigNode value = parse_yaml(child.standard, "default", none);
      value.place = {"default", 0, 0};
      for (ConfigNode& item : value.items) item.place = value.place;
      node.entries.push_back({child.name, value.place, std::move(value)});
    } else if (given == nullptr && child.type == Type::map &&
               (child.name == "report" || child.name == "check" || child.find("process") != nullptr)) {
      ConfigNode value;
      value.kind = ConfigNode::Kind::map;
      value.place = {"default", 0, 0};
      add_defaults_to(value, child);
      node.entries.push_back({child.name, value.place, std::move(value)});
    } else if (given != nullptr) {
      add_defaults_to(*given, child);
    }
  }
}

}  // namespace

void check_fields(const ConfigNode& root, const Field& fields, const std::string& what, const std::string& first_line,
                  std::vector<Problem>& problems) {
  if (root.kind != ConfigNode::Kind::map) {
    problems.push_back({root.place, "", what + " is a map of keys", "", "start with " + first_line});
    return;
  }
  Checker(problems).check(root, fields, "");
}

void check_fields(const ConfigNode& root, std::vector<Problem>& problems) {
  check_fields(root, scenario_fields(), "a scenario", "plimsoll: 1", problems);
}

namespace {

enum class Ids { products, markets, imports };

/// Checks a name or a list of names against ids and sets.
void check_ids(const ConfigNode* node, const std::string& path, const IdCatalog& catalog, Ids kind,
               std::vector<Problem>& problems) {
  if (node == nullptr) return;
  std::vector<std::string> ids = kind == Ids::markets   ? catalog.markets
                                 : kind == Ids::imports ? catalog.import_products
                                                        : catalog.products;
  const std::vector<std::string>& sets = kind == Ids::markets   ? catalog.market_sets
                                         : kind == Ids::imports ? catalog.import_sets
                                                                : catalog.product_sets;
  const std::string what = kind == Ids::markets ? "market" : kind == Ids::imports ? "import product" : "product";
  ids.insert(ids.end(), sets.begin(), sets.end());
  ids.emplace_back("all");
  const auto one = [&](const ConfigNode& item) {
    if (item.kind != ConfigNode::Kind::scalar || std::find(ids.begin(), ids.end(), item.text) != ids.end()) return;
    const std::string near = nearest_name(item.text, ids);
    problems.push_back({item.place, path, "unknown " + what + " '" + item.text + "'",
                        "calibration " + catalog.calibration + " has no such " + what,
                        near.empty() ? "known: " + list_of(ids) : "did you mean '" + near + "'?"});
  };
  if (node->kind == ConfigNode::Kind::list) {
    for (const ConfigNode& item : node->items) one(item);
  } else {
    one(*node);
  }
}

}  // namespace

void check_names(const ConfigNode& root, const IdCatalog& catalog, std::vector<Problem>& problems) {
  const auto check = [&](const ConfigNode& node, const std::string& path) {
    check_ids(node.find("market"), path + ".market", catalog, Ids::markets, problems);
    check_ids(node.find("products"), path + ".products", catalog, Ids::products, problems);
    check_ids(node.find("except"), path + ".except", catalog, Ids::products, problems);
    check_ids(node.find("goods"), path + ".goods", catalog, Ids::imports, problems);
    check_ids(node.find("imports"), path + ".imports", catalog, Ids::imports, problems);
  };
  const auto check_all = [&](const ConfigNode* list, const std::string& name, const char* child = nullptr) {
    if (list == nullptr) return;
    for (std::size_t k = 0; k < list->items.size(); ++k) {
      const std::string path = name + "[" + std::to_string(k) + "]";
      const ConfigNode& item = list->items[k];
      const ConfigNode* node = child == nullptr ? &item : item.find(child);
      if (node != nullptr) check(*node, child == nullptr ? path : path + "." + child);
    }
  };
  check_all(root.find("tariff_shocks"), "tariff_shocks");
  check_all(root.find("shocks"), "shocks", "cells");
  check_all(root.find("supply_limits"), "supply_limits");
  check_all(root.find("export_controls"), "export_controls");
  if (const ConfigNode* controls = root.find("export_controls")) {
    for (std::size_t k = 0; k < controls->items.size(); ++k)
      check_all(controls->items[k].find("needed_by"), "export_controls[" + std::to_string(k) + "].needed_by");
  }
  if (const ConfigNode* front = root.find("front_loading"))
    check_all(front->find("inherited"), "front_loading.inherited");
}

void add_defaults(ConfigNode& root) { add_defaults_to(root, scenario_fields()); }
void add_defaults(ConfigNode& root, const Field& fields) { add_defaults_to(root, fields); }

}  // namespace plimsoll
