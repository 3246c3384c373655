#include "sim/draw_plan.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "models/normal_rows.hpp"
#include "models/shared_setup.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"
#include "sim/kernels.hpp"
#include "sim/sampling_design.hpp"
#include "sim/sobol_directions.hpp"

namespace plimsoll {

namespace {

/// Independent keys by seed, dimension and replicate.
std::vector<std::uint32_t> scrambling_keys(std::uint64_t seed, int dimensions) {
  const std::uint64_t stream = sha256_prefix64("sampling/sobol/scrambling");
  const Kernels& kernel = kernels("");
  const std::uint32_t key[2] = {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)};
  std::vector<std::uint32_t> keys;
  for (int d = 0; d < dimensions; ++d) {
    for (int quarter = 0; quarter < kReplicates / 4; ++quarter) {
      const std::uint32_t counter[4] = {static_cast<std::uint32_t>(d), static_cast<std::uint32_t>(quarter),
                                        static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32U)};
      std::uint32_t words[4];
      kernel.philox(counter, key, words);
      keys.insert(keys.end(), std::begin(words), std::end(words));
    }
  }
  return keys;
}

/// Streams that give a normal every month, whatever the scenario.
std::set<std::uint64_t> monthly_streams(const ModelPlan& m) {
  std::set<std::uint64_t> streams(m.shock_streams.begin(), m.shock_streams.end());
  const auto trend = [&](const TrendFactorPlan& factor) { streams.insert({factor.level_stream, factor.slope_stream}); };
  for (const DemandPlan& demand : m.demand) streams.insert(demand.stream);
  trend(m.world_trend);
  streams.insert(m.world_residual.stream);
  for (const MarketPlan& market : m.market_plans) {
    trend(market.trend);
    streams.insert(market.residual.stream);
  }
  for (const ProductPlan& product : m.product_plans) {
    trend(product.trend);
    streams.insert({product.volume.stream, product.price.stream});
  }
  for (const DeclaredDriverPlan& driver : m.declared.drivers) streams.insert(driver.stream);
  streams.insert(m.declared.factor_streams.begin(), m.declared.factor_streams.end());
  return streams;
}

/// Streams of one normal that the model draws in this scenario.
std::set<std::uint64_t> single_streams(const ModelPlan& m) {
  std::set<std::uint64_t> streams(m.family_streams.begin(), m.family_streams.end());
  for (const ParameterDraw& draw : m.draws) streams.insert(draw.stream);
  streams.insert(m.world_trend.start_stream);
  for (const MarketPlan& market : m.market_plans) streams.insert(market.trend.start_stream);
  for (const ProductPlan& product : m.product_plans) streams.insert(product.trend.start_stream);
  return streams;
}

/// Sums over markets and over products, each member weighed by what it moves the total.
std::vector<SobolSum> sums_of(const ModelPlan& m, const Calibration& c, PlanStorage& storage) {
  const auto products = static_cast<std::size_t>(m.products), markets = static_cast<std::size_t>(m.markets);
  std::vector<double> by_product(products), by_market(markets);  // exports of the last twelve months, USD bn
  for (Month month = c.as_of - 11; month <= c.as_of; month = month + 1) {
    const auto first = static_cast<std::size_t>(month - c.detail_from) * products * markets;
    for (std::size_t cell = 0; cell < products * markets; ++cell) {
      by_product[cell / markets] += c.cells[first + cell];
      by_market[cell % markets] += c.cells[first + cell];
    }
  }
  const NormalRows at = normal_rows(m);
  std::vector<SobolSum> sums;
  const auto add = [&](const std::string& name, bool monthly, const std::vector<double>& exports, auto row, auto sd) {
    std::vector<int> member;
    std::vector<double> weight;
    double square = 0;
    for (std::size_t k = 0; k < exports.size(); ++k) {
      weight.push_back(exports[k] * static_cast<double>(m.parameter_default[sd(static_cast<int>(k))]));
      square += weight.back() * weight.back();
      member.push_back(row(static_cast<int>(k)));
    }
    if (square == 0) return;
    std::vector<float> unit;
    for (const double w : weight) unit.push_back(static_cast<float>(w / std::sqrt(square)));
    sums.push_back({sha256_prefix64(name), storage.keep(std::move(member)), storage.keep(std::move(unit)), monthly});
  };
  const auto market = [&](int k) -> const MarketPlan& { return m.market_plans[k]; };
  const auto product = [&](int k) -> const ProductPlan& { return m.product_plans[k]; };
  const auto of_market = [&](int k) { return 1 + k; };
  const auto of_product = [&](int k) { return 1 + m.markets + k; };
  add(
      "sum/level/market", true, by_market, [&](int k) { return at.trend + 2 * of_market(k); },
      [&](int k) { return market(k).trend.level_sd; });
  add(
      "sum/residual/market", true, by_market, [&](int k) { return at.residual + of_market(k); },
      [&](int k) { return market(k).residual.sd; });
  add(
      "sum/level/product", true, by_product, [&](int k) { return at.trend + 2 * of_product(k); },
      [&](int k) { return product(k).trend.level_sd; });
  add(
      "sum/residual/product/volume", true, by_product, [&](int k) { return at.residual + of_product(k); },
      [&](int k) { return product(k).volume.sd; });
  add(
      "sum/residual/product/price", true, by_product, [&](int k) { return at.residual + m.products + of_product(k); },
      [&](int k) { return product(k).price.sd; });
  add("sum/slope_start/market", false, by_market, of_market, [&](int k) { return market(k).trend.start_sd; });
  add("sum/slope_start/product", false, by_product, of_product, [&](int k) { return product(k).trend.start_sd; });
  return sums;
}

/// What moves the total in any calibration, for those that give no order of their own.
const std::vector<std::string>& usual_order() {
  static const std::vector<std::string> names{"driver/capex",
                                              "driver/memory_price",
                                              "driver/oil_price",
                                              "driver/exchange_rate",
                                              "driver/foreign_demand",
                                              "residual/world",
                                              "level/world",
                                              "slope/world",
                                              "sum/level/market",
                                              "sum/residual/market",
                                              "sum/level/product",
                                              "sum/residual/product/volume",
                                              "sum/residual/product/price",
                                              "slope_start/world",
                                              "sum/slope_start/market",
                                              "sum/slope_start/product"};
  return names;
}

/// A parameter that this scenario gives otherwise, or that is fixed, keeps its dimension; no other name may be idle.
void require_parameter(const std::string& name, const Calibration& c) {
  if (name.rfind("sum/", 0) == 0 && std::find(usual_order().begin(), usual_order().end(), name) != usual_order().end())
    return;  // of streams that this calibration holds at rest
  const auto after = [&](const std::string& kind) {
    return name.rfind(kind, 0) == 0 ? name.substr(kind.size()) : std::string();
  };
  if (!after("family/loading/").empty()) return;
  const std::string rest = after("parameter/") + after("family/");
  const std::string parameter = rest.substr(0, rest.find('/'));
  for (const char* section :
       {"capex_paths.", "memory_price_cycle.", "oil_price.", "exchange_rate.", "foreign_demand."}) {
    if (parameter.rfind(section, 0) == 0) return;  // what a scenario may give
  }
  if (std::any_of(c.parameters.begin(), c.parameters.end(), [&](const Parameter& p) { return p.name == parameter; }))
    return;
  throw InputError(
      InputKind::data,
      {{{"calibration.yaml"},
        "sobol_order",
        "'" + name + "' is no stream of this calibration",
        "nothing is drawn by that name",
        "name driver/.., residual/.., level/.., slope/.., slope_start/.., sum/.., family/.. or parameter/.."}});
}

Sampling sampling_of(const std::string& name) {
  if (name == "sobol") return Sampling::sobol;
  return name == "antithetic" ? Sampling::antithetic : Sampling::random;
}

}  // namespace

DrawPlan plan_draws(const Scenario& scenario, const Calibration& calibration, const ModelPlan& model, int grid_months,
                    PlanStorage& storage) {
  DrawPlan plan;
  plan.seed = static_cast<std::uint64_t>(scenario.seed);
  plan.sampling = sampling_of(scenario.sampling);
  if (plan.sampling != Sampling::sobol) return plan;
  plan.grid_months = grid_months;
  const std::vector<std::string>& order = calibration.sobol_order.empty() ? usual_order() : calibration.sobol_order;
  std::set<std::uint64_t> monthly = monthly_streams(model), single = single_streams(model);
  std::vector<SobolSum> sums = sums_of(model, calibration, storage);
  std::erase_if(sums, [&](const SobolSum& sum) {
    return std::none_of(order.begin(), order.end(),
                        [&](const std::string& name) { return sha256_prefix64(name) == sum.stream; });
  });
  for (const SobolSum& sum : sums) (sum.monthly ? monthly : single).insert(sum.stream);
  plan.sums = storage.keep(std::move(sums));
  std::vector<SobolStream> streams;
  for (const std::string& name : order) {
    const std::uint64_t stream = sha256_prefix64(name);
    const bool is_drawn = monthly.contains(stream) || single.contains(stream);
    if (!is_drawn && !calibration.sobol_order.empty()) require_parameter(name, calibration);
    if (monthly.contains(stream))
      streams.push_back({stream, plan.monthly++, true});
    else
      streams.push_back({stream, plan.single++, false});
  }
  // Coarse components first: as many as there are dimensions for, in whole levels of the bridge.
  plan.components = plan.grid_months;
  while (plan.components > 1 && plan.components * plan.monthly + plan.single > most_sobol_dimensions())
    plan.components /= 2;
  const int dimensions = plan.components * plan.monthly + plan.single;
  if (dimensions > 0) {
    static SetupMemo<int, std::vector<std::uint32_t>> memo;
    plan.direction = storage.keep(memo.find(dimensions, [&] { return direction_numbers(dimensions); }));
    plan.scramble = storage.keep(scrambling_keys(plan.seed, dimensions));
  }
  std::sort(streams.begin(), streams.end(),
            [](const SobolStream& a, const SobolStream& b) { return a.stream < b.stream; });
  plan.streams = storage.keep(std::move(streams));
  plan.drawn = storage.keep(drawn_dimensions(plan, model.months));
  return plan;
}

int bridge_months(int months) {
  if (months <= 32) return 32;
  return months <= 128 ? 128 : 256;
}

std::vector<int> drawn_dimensions(const DrawPlan& plan, int months) {
  const int dimensions = dimensions_of(plan);
  std::vector<char> is_drawn(static_cast<std::size_t>(dimensions), 0);
  for (int place = 0; place < plan.single; ++place)
    is_drawn[static_cast<std::size_t>(single_dimension(plan, place))] = 1;
  for (int c = 0; c < plan.components; ++c) {
    int intervals = 1;  // of this component's level
    while (2 * intervals <= c) intervals *= 2;
    if (c > 0 && (c - intervals) * (plan.grid_months / intervals) >= months) continue;
    for (int place = 0; place < plan.monthly; ++place)
      is_drawn[static_cast<std::size_t>(bridge_dimension(plan, place, c))] = 1;
  }
  for (int k = 0; k < plan.axis.size; ++k) {
    if (plan.axis[k] != 0) is_drawn[static_cast<std::size_t>(k % dimensions)] = 1;
  }
  std::vector<int> drawn;
  for (int d = 0; d < dimensions; ++d) {
    if (is_drawn[static_cast<std::size_t>(d)] != 0) drawn.push_back(d);
  }
  return drawn;
}

DrawPlan with_other_counters(const DrawPlan& plan) {
  DrawPlan other = plan;
  other.seed = plan.seed ^ sha256_prefix64("sampling/other counters");
  return other;
}

}  // namespace plimsoll
