#include "scenarios/mechanism_reader.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/node_values.hpp"
#include "scenarios/number_text.hpp"
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

constexpr double kWeightTolerance = 1e-9;

std::vector<ElasticityShare> read_elasticity_models(const ConfigNode& node, std::vector<Problem>& problems) {
  const ConfigNode* weights = node.find("ensemble");
  if (weights == nullptr) return {{find_elasticity_model(node.text)->model, 1}};
  std::vector<ElasticityShare> shares;
  double sum = 0;
  for (const ElasticityModelFacts& facts : elasticity_models()) {  // the order of the file does not matter
    const ConfigNode* weight = weights->find(facts.name);
    if (weight == nullptr) continue;
    const double value = parse_double(weight->text).value_or(0);
    if (value <= 0) {
      problems.push_back({weight->place, std::string("elasticity_model.ensemble.") + facts.name,
                          "the weight is not above 0", "a model without paths has no effect", "remove it"});
    }
    shares.push_back({facts.model, value});
    sum += value;
  }
  if (shares.empty() || sum < 1 - kWeightTolerance || sum > 1 + kWeightTolerance) {
    problems.push_back({weights->place, "elasticity_model.ensemble",
                        shares.empty() ? "the ensemble has no model"
                                       : "the weights sum to " + shortest(std::round(sum * 1e9) / 1e9) + ", not 1",
                        "they are the shares of the paths that use each model",
                        "for example {partial_adjustment: 0.7, armington_ces: 0.3}"});
  }
  return shares;
}

/// What armington_ces needs, and what it leaves no room for.
void check_armington(const ConfigNode& root, const IdCatalog& catalog, const Scenario& scenario,
                     std::vector<Problem>& problems) {
  const auto is_armington = [](const ElasticityShare& s) { return s.model == ElasticityModel::armington_ces; };
  const std::vector<ElasticityShare>& models = scenario.elasticity_models;
  if (std::none_of(models.begin(), models.end(), is_armington)) return;
  if (!catalog.has_supplier_shares) {
    problems.push_back({root.find("elasticity_model")->place, "elasticity_model",
                        "calibration " + catalog.calibration + " cannot run armington_ces",
                        "it has no supplier_shares.csv and armington_parameters.csv", "use partial_adjustment"});
  }
  const ConfigNode* diversion = root.find("diversion");
  if (diversion != nullptr && !diversion->entries.empty() && std::all_of(models.begin(), models.end(), is_armington)) {
    problems.push_back({diversion->place, "diversion", "armington_ces takes no 'diversion'",
                        "its market equilibrium says how much goes to other markets",
                        "remove it, or use partial_adjustment, constant_elasticity or an ensemble with one of them"});
  }
}

}  // namespace

void read_mechanisms(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario,
                     std::vector<Problem>& problems) {
  scenario.elasticity_models = read_elasticity_models(*root.find("elasticity_model"), problems);
  check_armington(root, catalog, scenario, problems);
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
      if (scenario.diversion.enforcement->from > scenario.horizon) {
        problems.push_back({from.place, "diversion.enforcement.from",
                            from.text + " is after the horizon " + to_string(scenario.horizon),
                            "it would have no effect", "remove it or move the horizon"});
      }
      if (scenario.diversion.enforcement->from <= catalog.as_of) {
        problems.push_back({from.place, "diversion.enforcement.from", from.text + " is already observed", "",
                            "use " + to_string(catalog.as_of + 1) + " or later"});
      }
    }
  }
}

}  // namespace plimsoll
