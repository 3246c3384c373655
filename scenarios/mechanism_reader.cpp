#include "scenarios/mechanism_reader.hpp"

#include <algorithm>
#include <cctype>

#include "scenarios/distribution.hpp"
#include "scenarios/process_reader.hpp"

namespace plimsoll {

namespace {

RandomNumber random(const ConfigNode& node) {
  return read_random_number(node, [](const Place&, const std::string&, const std::string&, const std::string&) {});
}

std::optional<RandomNumber> maybe(const ConfigNode& parent, const char* key) {
  const ConfigNode* node = parent.find(key);
  return node == nullptr ? std::nullopt : std::optional<RandomNumber>(random(*node));
}

std::vector<std::string> names(const ConfigNode& node) {
  std::vector<std::string> out;
  if (node.kind == ConfigNode::Kind::scalar) out.push_back(node.text);
  for (const ConfigNode& item : node.items) out.push_back(item.text);
  return out;
}

FrontLoading read_front_loading(const ConfigNode& node) {
  FrontLoading front;
  front.payback_share = maybe(node, "payback_share");
  front.payback_months = maybe(node, "payback_months");
  if (const ConfigNode* stocks = node.find("inherited")) {
    for (const ConfigNode& stock : stocks->items) {
      front.inherited.push_back({names(*stock.find("products")), names(*stock.find("market")),
                                 random(*stock.find("usd_bn")), random(*stock.find("already_paid_frac")),
                                 random(*stock.find("payback_share")), random(*stock.find("over_months"))});
    }
  }
  return front;
}

constexpr std::size_t kMostShocks = 12;

void read_shocks(const ConfigNode& list, const IdCatalog& catalog, Scenario& scenario, std::vector<Problem>& problems) {
  if (list.items.size() > kMostShocks) {
    problems.push_back({list.items[kMostShocks].place, "shocks", "there are more than twelve shocks", "",
                        "merge some, or compare scenarios with a part of them each"});
    return;
  }
  for (std::size_t k = 0; k < list.items.size(); ++k) {
    const ConfigNode& node = list.items[k];
    const std::string path = "shocks[" + std::to_string(k) + "]";
    GenericShock shock;
    const ConfigNode& name = *node.find("name");
    shock.name = name.text;
    const bool letters = std::all_of(shock.name.begin(), shock.name.end(), [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
    });
    if (!letters || shock.name.empty()) {
      problems.push_back({name.place, path + ".name", "'" + shock.name + "' is no name of a shock",
                          "it becomes a key of contributions.csv", "use letters, digits, - and _"});
    }
    for (const GenericShock& other : scenario.shocks) {
      if (other.name == shock.name)
        problems.push_back({name.place, path + ".name", "two shocks are named '" + shock.name + "'",
                            "their draws would be the same", "give them different names"});
    }
    const std::string& on = node.find("on")->text;
    shock.on = on == "volume"  ? GenericShock::On::volume
               : on == "price" ? GenericShock::On::price
               : on == "share" ? GenericShock::On::share
                               : GenericShock::On::capex;
    const ConfigNode* cells = node.find("cells");
    const bool on_capex = shock.on == GenericShock::On::capex;
    if (on_capex != (cells == nullptr)) {
      problems.push_back({cells == nullptr ? node.place : cells->place, path + ".cells",
                          on_capex ? "a shock on capex has no cells" : "the shock reaches no cells",
                          on_capex ? "it moves the sum of the firms' spending" : "",
                          on_capex ? "remove 'cells'" : "add cells: {products: .., market: ..}"});
    }
    if (cells != nullptr) {
      shock.products = names(*cells->find("products"));
      if (cells->find("except") != nullptr) shock.except = names(*cells->find("except"));
      shock.markets = names(*cells->find("market"));
    }
    shock.elasticity = random(*node.find("elasticity"));
    shock.process = read_process_node(*node.find("process"), path + ".process", catalog, scenario.horizon, problems);
    scenario.shocks.push_back(std::move(shock));
  }
}

}  // namespace

void read_mechanisms(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario,
                     std::vector<Problem>& problems) {
  if (const ConfigNode* front = root.find("front_loading")) scenario.front_loading = read_front_loading(*front);
  if (const ConfigNode* demand = root.find("domestic_demand"))
    scenario.domestic_demand = {maybe(*demand, "growth_pct"), maybe(*demand, "sd_pp")};
  if (const ConfigNode* shocks = root.find("shocks")) read_shocks(*shocks, catalog, scenario, problems);
  if (const ConfigNode* diversion = root.find("diversion")) {
    scenario.diversion.share = maybe(*diversion, "share");
    if (const ConfigNode* enforcement = diversion->find("enforcement")) {
      const ConfigNode& from = *enforcement->find("from");
      scenario.diversion.enforcement =
          Diversion::Enforcement{*parse_month(from.text), random(*enforcement->find("cut_pct"))};
      if (scenario.diversion.enforcement->from <= catalog.as_of) {
        problems.push_back({from.place, "diversion.enforcement.from", from.text + " is already observed", "",
                            "use " + to_string(catalog.as_of + 1) + " or later"});
      }
    }
  }
}

}  // namespace plimsoll
