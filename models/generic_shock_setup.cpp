#include "models/generic_shock_setup.hpp"

#include <algorithm>

#include "models/process_setup.hpp"
#include "models/supply_setup.hpp"
#include "models/tariff_setup.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

std::vector<GenericShockPlan> plan_generic_shocks(const Scenario& scenario, const Calibration& c, ParameterTable& table,
                                                  PlanStorage& storage) {
  std::vector<GenericShockPlan> plans;
  const DriverHistory index{c.as_of, {100.0}, "index"};
  for (const GenericShock& shock : scenario.shocks) {
    const std::string name = "shocks." + shock.name;
    GenericShockPlan plan;
    plan.process = plan_process(name, shock.process, index, c.as_of, c, {}, table, storage);
    plan.stream = sha256_prefix64("driver/" + name);
    plan.elasticity = table.add(name + ".elasticity", shock.elasticity);
    if (shock.on == GenericShock::On::supply)
      plan.volume_elasticity = table.add(name + ".volume_elasticity", shock.volume_elasticity);
    plan.on = shock.on == GenericShock::On::capex    ? GenericShockPlan::On::capex
              : shock.on == GenericShock::On::price  ? GenericShockPlan::On::price
              : shock.on == GenericShock::On::supply ? GenericShockPlan::On::supply
                                                     : GenericShockPlan::On::volume;
    if (plan.on != GenericShockPlan::On::capex) {
      std::vector<float> products, markets;
      for (const Product& p : c.products)
        products.push_back(static_cast<float>(covered_share(c, shock.products, shock.except, p.id)));
      for (const Market& m : c.markets) {
        double covered = 0;
        for (const std::string& given : shock.markets)
          covered = std::max(covered, member_weight(c, given, m.id, NamedSet::Dimension::market));
        markets.push_back(static_cast<float>(covered));
      }
      const auto none = [](const std::vector<float>& weights) {
        return std::all_of(weights.begin(), weights.end(), [](float w) { return w == 0; });
      };
      std::vector<float> imports;
      for (const Product& p : c.imports.products)
        imports.push_back(static_cast<float>(covered_import(c, shock.imports, p.id)));
      if ((none(products) || none(markets)) && none(imports)) {
        throw InputError(InputKind::scenario, {{{},
                                                name + ".cells",
                                                "the shock reaches no cell",
                                                "its products or markets are all taken out",
                                                "name products and markets that remain after 'except'"}});
      }
      plan.product_weight = storage.keep(std::move(products));
      plan.market_weight = storage.keep(std::move(markets));
      plan.import_weight = storage.keep(std::move(imports));
    }
    plans.push_back(plan);
  }
  return plans;
}

}  // namespace plimsoll
