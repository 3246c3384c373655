#include "models/supply_setup.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "models/tariff_setup.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

[[noreturn]] void refuse(const Place& place, const std::string& path, const std::string& what, const std::string& why,
                         const std::string& hint) {
  throw InputError(InputKind::scenario, {{place, path, what, why, hint}});
}

/// Its unit value follows a driver by more than this share: it takes its price from it.
constexpr double kOwnPriceLoading = 0.75;
bool has_own_price(const Calibration& c, const std::string& product) {
  return std::any_of(c.loadings.begin(), c.loadings.end(), [&](const Loading& l) {
    return (l.driver == "memory_price" || l.driver == "oil_price") && l.product == product && l.market == "all" &&
           median(l.price) > kOwnPriceLoading;
  });
}

/// A name that stands once: the second of a kind is `name#2`.
std::string own_name(const std::string& name, std::map<std::string, int>& seen) {
  const int times = ++seen[name];
  return times == 1 ? name : name + "#" + std::to_string(times);
}

/// Names for random draws that do not hang on a place in a list.
std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "+") + name;
  return text;
}

/// Share of an expansion that stands at the end of month m.
double built_by(const SupplyLimit::Expansion& step, Month m) {
  return std::clamp((m - step.from + 1) / static_cast<double>(step.to - step.from + 1), 0.0, 1.0);
}

std::vector<SupplyLimitPlan> plan_limits(const Scenario& scenario, const Calibration& c, ParameterTable& table,
                                         PlanStorage& storage, const ModelPlan& plan) {
  std::vector<SupplyLimitPlan> plans;
  std::map<std::string, int> seen;
  const std::size_t markets = c.markets.size(), last = c.cells.size() - c.products.size() * markets;
  for (std::size_t k = 0; k < scenario.supply_limits.size(); ++k) {
    const SupplyLimit& limit = scenario.supply_limits[k];
    const std::string path = "supply_limits." + joined(limit.products);
    const std::string field = "supply_limits[" + std::to_string(k) + "].products";
    std::vector<ParameterId> changes;
    for (const SupplyLimit::Expansion& step : limit.expansions) {
      const std::string months = to_string(step.from) + ".." + to_string(step.to);
      const std::string name = own_name(path + ".expansions." + months, seen);
      changes.push_back(table.add(name + ".change_pct", step.change_pct));
    }
    std::vector<float> built;
    for (int t = 1; t <= plan.months; ++t)
      for (const SupplyLimit::Expansion& step : limit.expansions)
        built.push_back(static_cast<float>(built_by(step, c.as_of + t)));
    SupplyLimitPlan common;
    common.utilisation_pct = table.add(path + ".utilisation_pct", limit.utilisation_pct);
    common.tight_pct = table.add(path + ".tight_pct", limit.tight_pct);
    common.demand_elasticity = table.add(path + ".demand_elasticity", limit.demand_elasticity);
    common.supply_elasticity = table.add(path + ".supply_elasticity", limit.supply_elasticity);
    common.change_pct = storage.keep(std::move(changes));
    common.built = storage.keep(std::move(built));
    for (int p = 0; p < plan.products; ++p) {
      const std::string& id = c.products[static_cast<std::size_t>(p)].id;
      const double covered = covered_share(c, limit.products, {}, id);
      if (covered <= 0) continue;
      if (covered < 1)
        refuse(limit.place, field, "the ceiling covers " + shortest(100 * covered) + "% of " + id,
               "a ceiling is on a whole product group", "name whole groups");
      if (has_own_price(c, id))
        refuse(limit.place, field, "a ceiling on " + id + " cannot set its price",
               "its price follows a driver of its own", "name other groups; move that driver's path, or use a shock");
      for (const SupplyLimitPlan& other : plans) {
        if (other.product == p)
          refuse(limit.place, field, "two ceilings on " + id, "a product group has one capacity", "merge them");
      }
      SupplyLimitPlan one = common;
      one.product = p;
      const auto from = c.cells.begin() + static_cast<std::ptrdiff_t>(last + static_cast<std::size_t>(p) * markets);
      one.log_start =
          static_cast<float>(std::log(std::accumulate(from, from + static_cast<std::ptrdiff_t>(markets), 0.0)));
      std::vector<float> season;
      for (int t = 1; t <= plan.months; ++t)
        season.push_back(static_cast<float>(c.seasonal(p, c.as_of + t) - c.seasonal(p, c.as_of)));
      one.season = storage.keep(std::move(season));
      plans.push_back(one);
    }
  }
  return plans;
}

std::vector<ExportControlPlan> plan_controls(const Scenario& scenario, const Calibration& c, ParameterTable& table,
                                             PlanStorage& storage, const ModelPlan& plan) {
  std::vector<ExportControlPlan> plans;
  std::map<std::string, int> seen;
  for (const ExportControl& control : scenario.export_controls) {
    const std::string path = "export_controls." + control.name;
    if (c.imports.products.empty())
      refuse({}, path + ".goods", "calibration " + c.name + " has no imports", "a control acts on imports",
             "use a calibration with imports");
    ExportControlPlan out;
    out.event_stream = sha256_prefix64("event/export_controls/" + control.name);
    out.probability_pct = table.add(path + ".probability_pct", control.probability_pct);
    out.cut_pct = table.add(path + ".cut_pct", control.cut_pct);
    out.leak_frac = table.add(path + ".leak_frac", control.leak_frac);
    out.substitution_share = table.add(path + ".substitution.share", control.substitution_share);
    out.substitution_half_life =
        table.add(path + ".substitution.half_life_months", control.substitution_half_life_months);
    std::vector<float> in_force, goods;
    for (int t = 1; t <= plan.months; ++t)
      in_force.push_back(static_cast<float>(days_in_force(c.as_of + t, control.effective, control.expires)));
    for (const Product& p : c.imports.products)
      goods.push_back(static_cast<float>(covered_import(c, control.goods, p.id)));
    out.in_force = storage.keep(std::move(in_force));
    out.goods_weight = storage.keep(std::move(goods));
    std::vector<ControlNeedPlan> needs;
    for (const ExportControl::Need& need : control.needed_by) {
      std::vector<float> products;
      for (const Product& p : c.products)
        products.push_back(static_cast<float>(covered_share(c, need.products, {}, p.id)));
      const std::string name = own_name(path + ".needed_by." + joined(need.products), seen);
      needs.push_back({storage.keep(std::move(products)), table.add(name + ".elasticity", need.elasticity)});
    }
    out.needs = storage.keep(std::move(needs));
    plans.push_back(out);
  }
  return plans;
}

}  // namespace

double covered_import(const Calibration& c, const std::vector<std::string>& names, const std::string& product) {
  double covered = 0;
  for (const std::string& name : names) {
    if (name == "all" || name == product) return 1;
    for (const NamedSet& set : c.imports.sets) {
      if (set.id == name && set.weight_frac.contains(product)) covered = std::max(covered, set.weight_frac.at(product));
    }
  }
  return covered;
}

void plan_supply(const Scenario& scenario, const Calibration& c, ParameterTable& table, PlanStorage& storage,
                 ModelPlan& plan) {
  plan.supply.limits = storage.keep(plan_limits(scenario, c, table, storage, plan));
  plan.supply.controls = storage.keep(plan_controls(scenario, c, table, storage, plan));
  plan.supply.on = plan.supply.limits.size > 0 || plan.supply.controls.size > 0;
}

}  // namespace plimsoll
