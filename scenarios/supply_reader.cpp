#include "scenarios/supply_reader.hpp"

#include <algorithm>
#include <cctype>

#include "scenarios/node_values.hpp"

namespace plimsoll {

namespace {

void read_expansions(const ConfigNode& list, const std::string& path, const IdCatalog& catalog, SupplyLimit& limit,
                     std::vector<Problem>& problems) {
  for (std::size_t k = 0; k < list.items.size(); ++k) {
    const ConfigNode& node = list.items[k];
    const std::string here = path + ".expansions[" + std::to_string(k) + "]";
    const SupplyLimit::Expansion step{*parse_month(text_of(node.find("from"))), *parse_month(text_of(node.find("to"))),
                                      random_of(*node.find("change_pct"))};
    if (step.from <= catalog.as_of)
      problems.push_back({node.find("from")->place, here + ".from", to_string(step.from) + " is already observed",
                          "utilisation_pct says what capacity is at as_of",
                          "use " + to_string(catalog.as_of + 1) + " or later"});
    if (step.to < step.from)
      problems.push_back({node.find("to")->place, here + ".to", "the ramp ends before it starts", "", "swap them"});
    limit.expansions.push_back(step);
  }
}

void read_limits(const ConfigNode& list, const IdCatalog& catalog, Scenario& scenario, std::vector<Problem>& problems) {
  for (std::size_t k = 0; k < list.items.size(); ++k) {
    const ConfigNode& node = list.items[k];
    const std::string path = "supply_limits[" + std::to_string(k) + "]";
    SupplyLimit limit;
    limit.products = names_of(node.find("products"));
    limit.utilisation_pct = random_of(*node.find("utilisation_pct"));
    limit.tight_pct = random_of(*node.find("tight_pct"));
    limit.demand_elasticity = random_of(*node.find("demand_elasticity"));
    limit.supply_elasticity = random_of(*node.find("supply_elasticity"));
    if (limit.utilisation_pct.is_fixed() && limit.utilisation_pct.args[0] > 100)
      problems.push_back(
          {node.find("utilisation_pct")->place, path + ".utilisation_pct", "capacity below current output",
           "exports of as_of would need " + text_of(node.find("utilisation_pct")) + "% of it", "use at most 100"});
    if (const ConfigNode* expansions = node.find("expansions"))
      read_expansions(*expansions, path, catalog, limit, problems);
    limit.place = node.find("products")->place;
    scenario.supply_limits.push_back(std::move(limit));
  }
}

void read_controls(const ConfigNode& list, const IdCatalog& catalog, Scenario& scenario,
                   std::vector<Problem>& problems) {
  for (std::size_t k = 0; k < list.items.size(); ++k) {
    const ConfigNode& node = list.items[k];
    const std::string path = "export_controls[" + std::to_string(k) + "]";
    const auto problem = [&](const char* field, const std::string& what, const std::string& why,
                             const std::string& hint) {
      problems.push_back({node.find(field)->place, path + "." + field, what, why, hint});
    };
    ExportControl control;
    control.name = text_of(node.find("name"));
    if (!is_plain_name(control.name))
      problem("name", "'" + control.name + "' is no name of a control", "it names its random draw",
              "use letters, digits, - and _");
    for (const ExportControl& other : scenario.export_controls) {
      if (other.name == control.name)
        problem("name", "two controls are named '" + control.name + "'", "their draws would be the same",
                "give them different names");
    }
    control.goods = names_of(node.find("goods"));
    control.effective = *parse_date(text_of(node.find("effective")));
    if (node.find("expires") != nullptr) {
      control.expires = parse_date(text_of(node.find("expires")));
      if (*control.expires <= control.effective)
        problem("expires", "the control ends before it starts",
                "it is in force from effective to the day before expires", "give a later day");
    }
    if (control.effective.in_month() <= catalog.as_of)
      problem("effective", "effective in " + to_string(control.effective.in_month()) + ", which is already observed",
              "what it did by then is in the data", "use " + to_string(catalog.as_of + 1) + " or later");
    if (control.effective.in_month() > scenario.horizon)
      problem("effective", "effective after the horizon " + to_string(scenario.horizon), "it would have no effect",
              "remove it or move the horizon");
    control.probability_pct = random_of(*node.find("probability_pct"));
    control.cut_pct = random_of(*node.find("cut_pct"));
    control.leak_frac = random_of(*node.find("leak_frac"));
    if (const ConfigNode* substitution = node.find("substitution")) {
      control.substitution_share = random_of(*substitution->find("share"));
      control.substitution_half_life_months = random_of(*substitution->find("half_life_months"));
    } else {
      control.substitution_share = RandomNumber::fixed(0);
      control.substitution_half_life_months = RandomNumber::fixed(1);
    }
    if (const ConfigNode* needs = node.find("needed_by")) {
      for (const ConfigNode& need : needs->items)
        control.needed_by.push_back({names_of(need.find("products")), random_of(*need.find("elasticity"))});
    }
    scenario.export_controls.push_back(std::move(control));
  }
}

}  // namespace

std::vector<ComputeBuyer> read_other_buyers(const ConfigNode& capex_paths, const IdCatalog& catalog,
                                            std::vector<Problem>& problems) {
  constexpr std::size_t kMostBuyers = 4;
  std::vector<ComputeBuyer> buyers;
  const ConfigNode* list = capex_paths.find("other_buyers");
  if (list == nullptr) return buyers;
  if (list->items.size() > kMostBuyers)
    problems.push_back({list->items[kMostBuyers].place, "capex_paths.other_buyers", "there are more than four buyers",
                        "", "merge some"});
  for (std::size_t k = 0; k < list->items.size(); ++k) {
    const ConfigNode& node = list->items[k];
    const std::string path = "capex_paths.other_buyers[" + std::to_string(k) + "]";
    ComputeBuyer buyer{text_of(node.find("name")), random_of(*node.find("reference_usd_bn"))};
    const auto& firms = catalog.capex_firms;
    const bool taken =
        std::find(firms.begin(), firms.end(), buyer.name) != firms.end() ||
        std::any_of(buyers.begin(), buyers.end(), [&](const ComputeBuyer& b) { return b.name == buyer.name; });
    if (!is_plain_name(buyer.name) || taken)
      problems.push_back({node.find("name")->place, path + ".name",
                          taken ? "'" + buyer.name + "' is there already" : "'" + buyer.name + "' is no name",
                          "it names the buyer's random errors", "use another, of letters, digits, - and _"});
    const ConfigNode& growth = *node.find("growth_pct");
    for (const ConfigNode::Entry& entry : growth.entries) {
      const bool year = entry.key.size() == 4 && std::all_of(entry.key.begin(), entry.key.end(), [](char c) {
                          return std::isdigit(static_cast<unsigned char>(c)) != 0;
                        });
      if (!year || std::atoi(entry.key.c_str()) < catalog.capex_reported_until.year()) {
        problems.push_back({entry.place, path + ".growth_pct." + entry.key,
                            year ? entry.key + " is already reported" : "'" + entry.key + "' is not a year",
                            "growth counts from the last reported quarter on",
                            "start with " + std::to_string(catalog.capex_reported_until.year())});
        continue;
      }
      buyer.growth_pct[std::atoi(entry.key.c_str())] = random_of(entry.value);
    }
    if (growth.entries.empty())
      problems.push_back({growth.place, path + ".growth_pct", "no growth is given", "",
                          "add e.g. " + std::to_string(catalog.capex_reported_until.year()) + ": 20"});
    buyers.push_back(std::move(buyer));
  }
  return buyers;
}

void read_supply(const ConfigNode& root, const IdCatalog& catalog, Scenario& scenario, std::vector<Problem>& problems) {
  if (const ConfigNode* limits = root.find("supply_limits")) read_limits(*limits, catalog, scenario, problems);
  if (const ConfigNode* controls = root.find("export_controls")) read_controls(*controls, catalog, scenario, problems);
}

}  // namespace plimsoll
