#include "models/armington_setup.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

/// Do all tariffs of a product stay from month t - 1 to month t? Layers count where `layers` asks.
bool stays(const ModelPlan& plan, int first_pair, int t, bool layers) {
  for (int v = 0; v < plan.markets; ++v) {
    const TariffPlan& pair = plan.tariffs[first_pair + v];
    const int at = t + plan.tariff_history;
    if (pair.rate[at] != pair.rate[at - 1] || pair.competitors[at] != pair.competitors[at - 1]) return false;
    if (!layers) continue;
    for (const TariffLayerPlan& layer : pair.layers) {
      const auto in_force = [&](int month) { return month < 1 ? 0.0F : layer.in_force[month - 1]; };
      if (in_force(t) != in_force(t - 1)) return false;
      if (layer.regime >= 0 && in_force(t) > 0) return false;  // the chain may move every month
    }
  }
  return true;
}

void plan_months(PlanStorage& storage, const ModelPlan& plan, ArmingtonPlan& product) {
  std::vector<int> regime, regime_month, moves, calm_moves;
  for (int t = -plan.tariff_history; t <= 0; ++t) {
    if (regime.empty() || !stays(plan, product.first_pair, t, false)) regime_month.push_back(t);
    regime.push_back(static_cast<int>(regime_month.size()) - 1);
  }
  // Month 0 acts in month 1, so history itself ends a month earlier.
  if (regime_month.back() == 0) regime_month.pop_back();
  for (int t = 1; t <= plan.months; ++t) {
    moves.push_back(stays(plan, product.first_pair, t - 1, true) ? 0 : 1);
    calm_moves.push_back(stays(plan, product.first_pair, t - 1, false) ? 0 : 1);
  }
  product.regime = storage.keep(std::move(regime));
  product.regime_month = storage.keep(std::move(regime_month));
  product.moves = storage.keep(std::move(moves));
  product.calm_moves = storage.keep(std::move(calm_moves));
}

/// Mean rate of a schedule over the base year.
double base_rate(const View<float>& rate, const Calibration& c, int tariff_history) {
  double sum = 0;
  for (int month = 1; month <= 12; ++month)
    sum += static_cast<double>(rate[Month::of(c.supplier_year, month) - c.as_of + tariff_history]);
  return sum / 12;
}

/// What China sold in the base year, by market.
std::vector<double> base_sales(const Calibration& c, std::size_t product) {
  const std::size_t markets = c.markets.size(), cells = c.products.size() * markets;
  std::vector<double> sales(markets, 0.0);
  for (int month = 1; month <= 12; ++month) {
    const auto row = static_cast<std::size_t>(Month::of(c.supplier_year, month) - c.detail_from);
    for (std::size_t v = 0; v < markets; ++v) sales[v] += c.cells[row * cells + product * markets + v];
  }
  return sales;
}

View<ArmingtonMarketPlan> plan_suppliers(const Calibration& c, ParameterTable& table, PlanStorage& storage,
                                         const ModelPlan& plan, const ArmingtonPlan& product) {
  const auto p = static_cast<std::size_t>(product.product);
  const std::vector<double> china_sales = base_sales(c, p);
  std::vector<double> rival_sales;
  std::vector<ArmingtonMarketPlan> markets;
  double all_china = 0, all_rivals = 0;
  for (std::size_t v = 0; v < c.markets.size(); ++v) {
    const SupplierShare& share = c.supplier_shares[p * c.markets.size() + v];
    const TariffPlan& pair = plan.tariffs[product.first_pair + static_cast<int>(v)];
    const double own = base_rate(pair.rate, c, plan.tariff_history);
    const double rivals = base_rate(pair.competitors, c, plan.tariff_history);
    const double china_paid = share.china_frac * (1 + own), rivals_paid = (1 - share.china_frac) * (1 + rivals);
    const double imports_paid = (1 - share.domestic_frac) * (china_paid + rivals_paid);
    ArmingtonMarketPlan market;
    market.china_weight = static_cast<float>(china_paid / (china_paid + rivals_paid));
    market.import_weight = static_cast<float>(imports_paid / (imports_paid + share.domestic_frac));
    market.base_own_log = static_cast<float>(std::log1p(own));
    market.base_rivals_log = static_cast<float>(std::log1p(rivals));
    market.domestic_substitution = table.add(c, "import_demand_elasticity", "", c.markets[v].id);
    rival_sales.push_back(china_sales[v] * (1 - share.china_frac) / share.china_frac);
    all_china += china_sales[v];
    all_rivals += rival_sales.back();
    markets.push_back(market);
  }
  for (std::size_t v = 0; v < markets.size(); ++v) {
    markets[v].china_sales = static_cast<float>(china_sales[v] / all_china);
    markets[v].rival_sales = static_cast<float>(rival_sales[v] / all_rivals);
  }
  return storage.keep(std::move(markets));
}

}  // namespace

ElasticityPlan plan_elasticity(const Scenario& scenario, const Calibration& calibration) {
  ElasticityPlan plan;
  double sum = 0;
  std::fill(std::begin(plan.weight), std::end(plan.weight), 0.0);
  for (const ElasticityShare& share : scenario.elasticity_models) {
    plan.weight[static_cast<int>(share.model)] += share.weight;
    sum += share.weight;
    plan.only = share.model;
  }
  for (double& weight : plan.weight) weight /= sum;
  plan.ensemble = scenario.elasticity_models.size() > 1;
  plan.armington = plan.weight[static_cast<int>(ElasticityModel::armington_ces)] > 0;
  plan.stream = sha256_prefix64("elasticity_model");
  // The last model takes what rounding leaves: no uniform reaches 2.
  plan.up_to[0] = plan.weight[1] + plan.weight[2] > 0 ? static_cast<float>(plan.weight[0]) : 2.0F;
  plan.up_to[1] = plan.weight[2] > 0 ? static_cast<float>(plan.weight[0] + plan.weight[1]) : 2.0F;
  if (plan.armington && calibration.supplier_shares.empty()) {
    throw InputError(InputKind::scenario, {{{},
                                            "elasticity_model",
                                            "calibration " + calibration.name + " cannot run armington_ces",
                                            "it has no supplier_shares.csv and armington_parameters.csv",
                                            "use partial_adjustment"}});
  }
  return plan;
}

void plan_equilibria(const Calibration& c, ParameterTable& table, PlanStorage& storage, ModelPlan& plan) {
  if (!plan.elasticity.armington) return;
  std::vector<ArmingtonPlan> products;
  for (int pair = 0; pair < plan.tariffs.size; pair += plan.markets) {
    ArmingtonPlan product;
    product.product = plan.tariffs[pair].product;
    product.first_pair = pair;
    const std::string& id = c.products[static_cast<std::size_t>(product.product)].id;
    product.china_supply = table.add(c, "china_supply_elasticity", id);
    product.rival_supply = table.add(c, "rival_supply_elasticity", id);
    product.domestic_supply = table.add(c, "domestic_supply_elasticity", id);
    product.total_demand = table.add(c, "total_demand_elasticity", id);
    product.markets = plan_suppliers(c, table, storage, plan, product);
    for (int v = 0; v < plan.markets; ++v) product.has_layers |= plan.tariffs[pair + v].layers.size > 0;
    plan_months(storage, plan, product);
    plan.elasticity.most_regimes = std::max(plan.elasticity.most_regimes, product.regime_month.size);
    products.push_back(product);
  }
  plan.elasticity.products = storage.keep(std::move(products));
}

}  // namespace plimsoll
