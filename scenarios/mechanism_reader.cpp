#include "scenarios/mechanism_reader.hpp"

#include <algorithm>

#include "scenarios/node_values.hpp"
#include "scenarios/process_reader.hpp"

namespace plimsoll {

namespace {

FrontLoading read_front_loading(const ConfigNode& node) {
  FrontLoading front;
  front.payback_share = maybe_random(&node, "payback_share");
  front.payback_months = maybe_random(&node, "payback_months");
  if (const ConfigNode* stocks = node.find("inherited")) {
    for (const ConfigNode& stock : stocks->items) {
      front.inherited.push_back({names_of(stock.find("products")), names_of(stock.find("market")),
                                 random_of(*stock.find("usd_bn")), random_of(*stock.find("already_paid_frac")),
                                 random_of(*stock.find("payback_share")), random_of(*stock.find("over_months"))});
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
    if (!is_plain_name(shock.name)) {
      problems.push_back({name.place, path + ".name", "'" + shock.name + "' is no name of a shock",
                          "it becomes a key of contributions.csv", "use letters, digits, - and _"});
    }
    for (const GenericShock& other : scenario.shocks) {
      if (other.name == shock.name)
        problems.push_back({name.place, path + ".name", "two shocks are named '" + shock.name + "'",
                            "their draws would be the same", "give them different names"});
    }
    const std::string& on = node.find("on")->text;
    shock.on = on == "volume"   ? GenericShock::On::volume
               : on == "price"  ? GenericShock::On::price
               : on == "share"  ? GenericShock::On::share
               : on == "supply" ? GenericShock::On::supply
                                : GenericShock::On::capex;
    const ConfigNode* cells = node.find("cells");
    const bool on_capex = shock.on == GenericShock::On::capex;
    if (on_capex != (cells == nullptr)) {
      problems.push_back({cells == nullptr ? node.place : cells->place, path + ".cells",
                          on_capex ? "a shock on capex has no cells" : "the shock reaches no cells",
                          on_capex ? "it moves the sum of the firms' spending" : "",
                          on_capex ? "remove 'cells'" : "add cells: {products: .., market: ..}"});
    }
    const ConfigNode* lost = node.find("volume_elasticity");
    if ((shock.on == GenericShock::On::supply) != (lost != nullptr)) {
      problems.push_back({lost == nullptr ? node.place : lost->place, path + ".volume_elasticity",
                          lost == nullptr ? "a shock on supply needs volume_elasticity"
                                          : "volume_elasticity has no effect with on: " + on,
                          lost == nullptr ? "it says how much volume is lost when the price rises" : "",
                          lost == nullptr ? "add volume_elasticity: .." : "remove it, or use on: supply"});
    }
    if (lost != nullptr) shock.volume_elasticity = random_of(*lost);
    if (cells != nullptr && cells->find("products") == nullptr && cells->find("imports") == nullptr) {
      problems.push_back({cells->place, path + ".cells", "the cells name neither products nor imports", "",
                          "add products: .. for exports, imports: .. for imports"});
    }
    if (cells != nullptr) {
      shock.imports = names_of(cells->find("imports"));
      shock.products = names_of(cells->find("products"));
      shock.except = names_of(cells->find("except"));
      shock.markets = names_of(cells->find("market"));
    }
    shock.elasticity = random_of(*node.find("elasticity"));
    shock.process = read_process_node(*node.find("process"), path + ".process", catalog, scenario.horizon, problems);
    scenario.shocks.push_back(std::move(shock));
  }
}

}  // namespace

void read_mechanisms(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario,
                     std::vector<Problem>& problems) {
  if (const ConfigNode* front = root.find("front_loading")) scenario.front_loading = read_front_loading(*front);
  if (const ConfigNode* demand = root.find("domestic_demand"))
    scenario.domestic_demand = {maybe_random(demand, "growth_pct"), maybe_random(demand, "sd_pp")};
  if (const ConfigNode* shocks = root.find("shocks")) read_shocks(*shocks, catalog, scenario, problems);
  if (const ConfigNode* diversion = root.find("diversion")) {
    scenario.diversion.share = maybe_random(diversion, "share");
    if (const ConfigNode* enforcement = diversion->find("enforcement")) {
      const ConfigNode& from = *enforcement->find("from");
      scenario.diversion.enforcement =
          Diversion::Enforcement{*parse_month(from.text), random_of(*enforcement->find("cut_pct"))};
      if (scenario.diversion.enforcement->from <= catalog.as_of) {
        problems.push_back({from.place, "diversion.enforcement.from", from.text + " is already observed", "",
                            "use " + to_string(catalog.as_of + 1) + " or later"});
      }
    }
  }
}

}  // namespace plimsoll
