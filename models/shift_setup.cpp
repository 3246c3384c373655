#include "models/shift_setup.hpp"

#include <algorithm>

#include "models/tariff_setup.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {

namespace {

double covered_markets(const Calibration& c, const std::vector<std::string>& names, const std::string& market) {
  double covered = 0;
  for (const std::string& name : names)
    covered = std::max(covered, member_weight(c, name, market, NamedSet::Dimension::market));
  return covered;
}

/// One entry for every cell that an announced layer covers, by cell.
std::vector<FrontLoadPlan> plan_front_loads(const Scenario& scenario, const Calibration& c, Month as_of,
                                            ParameterTable& table, PlanStorage& storage, const ModelPlan& plan) {
  std::vector<FrontLoadPlan> all;
  for (int pair = 0; pair < plan.tariffs.size; ++pair) {
    const TariffPlan& tariff = plan.tariffs[pair];
    for (const TariffLayerPlan& part : tariff.layers) {
      const TariffLayer& layer = scenario.tariff_shocks[static_cast<std::size_t>(part.layer)];
      if (!layer.announced) continue;
      FrontLoadPlan load;
      load.cell = tariff.cell;
      load.change_pp = part.change_pp;
      load.probability_pct = part.probability_pct;
      load.coverage = part.coverage;
      load.share = table.add(c, "front_loading_share", c.products[static_cast<std::size_t>(tariff.product)].id);
      std::vector<float> lead;
      for (int t = 1; t <= plan.months; ++t)
        lead.push_back(static_cast<float>(days_in_force(as_of + t, *layer.announced, layer.effective)));
      load.lead = storage.keep(std::move(lead));
      all.push_back(load);
    }
  }
  return all;
}

std::vector<InheritedStockPlan> plan_inherited(const Scenario& scenario, const Calibration& c, ParameterTable& table,
                                               PlanStorage& storage) {
  std::vector<InheritedStockPlan> all;
  const std::size_t markets = c.markets.size();
  const std::size_t last = c.cells.size() - c.products.size() * markets;
  for (std::size_t k = 0; k < scenario.front_loading.inherited.size(); ++k) {
    const FrontLoadedStock& stock = scenario.front_loading.inherited[k];
    const std::string path = "front_loading.inherited." + std::to_string(k);
    std::vector<int> cells;
    std::vector<float> shares;
    double sum = 0;
    for (std::size_t p = 0; p < c.products.size(); ++p) {
      const double product = covered_share(c, stock.products, {}, c.products[p].id);
      for (std::size_t m = 0; m < markets; ++m) {
        const double weight = product * covered_markets(c, stock.markets, c.markets[m].id);
        if (weight <= 0) continue;
        const double value = weight * c.cells[last + p * markets + m];
        cells.push_back(static_cast<int>(p * markets + m));
        shares.push_back(static_cast<float>(value));
        sum += value;
      }
    }
    if (cells.empty()) {
      throw InputError(InputKind::scenario, {{{},
                                              path,
                                              "the stock covers no cell",
                                              "its products and markets have nothing in common with the calibration's",
                                              "name products and markets, or sets of them"}});
    }
    for (float& share : shares) share = static_cast<float>(static_cast<double>(share) / sum);
    InheritedStockPlan plan;
    plan.usd_bn = table.add(path + ".usd_bn", stock.usd_bn);
    plan.already_paid = table.add(path + ".already_paid_frac", stock.already_paid_frac);
    plan.payback_share = table.add(path + ".payback_share", stock.payback_share);
    plan.months = table.add(path + ".over_months", stock.over_months);
    plan.cell = storage.keep(std::move(cells));
    plan.cell_share = storage.keep(std::move(shares));
    all.push_back(plan);
  }
  return all;
}

}  // namespace

void plan_shifts(const Scenario& scenario, const Calibration& c, Month as_of, ParameterTable& table,
                 PlanStorage& storage, ModelPlan& plan) {
  ShiftPlan& shift = plan.shift;
  shift.front_loads = storage.keep(plan_front_loads(scenario, c, as_of, table, storage, plan));
  shift.inherited = storage.keep(plan_inherited(scenario, c, table, storage));
  shift.on = plan.tariff_layers > 0 || shift.inherited.size > 0;
  if (!shift.on) return;
  const FrontLoading& front = scenario.front_loading;
  shift.payback_share = front.payback_share ? table.add("front_loading.payback_share", *front.payback_share)
                                            : table.add(c, "front_loading_payback_share");
  shift.payback_months = front.payback_months ? table.add("front_loading.payback_months", *front.payback_months)
                                              : table.add(c, "front_loading_payback_months");
  shift.cap_months = table.add(c, "front_loading_cap_months");
  shift.diverted_share = scenario.diversion.share ? table.add("diversion.share", *scenario.diversion.share)
                                                  : table.add(c, "diversion_share");
  shift.full_gap_log = table.add(c, "diversion_full_gap_log");
  std::vector<ParameterId> destination;
  for (const Market& market : c.markets)
    destination.push_back(table.add(c, "diversion_destination_share", "", market.id));
  shift.destination = storage.keep(std::move(destination));
  if (scenario.diversion.enforcement) {
    shift.enforcement_from = scenario.diversion.enforcement->from - as_of;
    shift.enforcement_cut_pct = table.add("diversion.enforcement.cut_pct", scenario.diversion.enforcement->cut_pct);
  }
}

}  // namespace plimsoll
