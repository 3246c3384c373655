#include "models/model_setup.hpp"

#include <algorithm>
#include <cmath>

#include "models/armington_setup.hpp"
#include "models/attribution_setup.hpp"
#include "models/capex_setup.hpp"
#include "models/correlation.hpp"
#include "models/declared_setup.hpp"
#include "models/generic_shock_setup.hpp"
#include "models/import_setup.hpp"
#include "models/live_streams.hpp"
#include "models/pin_setup.hpp"
#include "models/process_setup.hpp"
#include "models/shift_setup.hpp"
#include "models/supply_setup.hpp"
#include "models/tail_tables.hpp"
#include "models/tariff_setup.hpp"
#include "models/trend_window.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

std::uint64_t stream(const std::string& name) { return sha256_prefix64(name); }

/// History of a monthly driver as ln(level/level at as_of), t = -months .. 0.
std::vector<double> driver_deviations(const Calibration& calibration, const std::string& name, Month as_of,
                                      int months) {
  const auto place = calibration.drivers.find(name);
  if (place == calibration.drivers.end() || place->second.from > as_of - months || place->second.last() < as_of) {
    throw InputError(InputKind::data, {{{},
                                        "drivers.csv",
                                        "the history of " + name + " is too short",
                                        "it must cover " + to_string(as_of - months) + " to " + to_string(as_of),
                                        ""}});
  }
  std::vector<double> d;
  for (int t = -months; t <= 0; ++t) d.push_back(std::log(place->second.at(as_of + t) / place->second.at(as_of)));
  return d;
}

TrendFactorPlan trend_factor(const Calibration& c, ParameterTable& table, const std::string& name,
                             const std::string& product, const std::string& market) {
  return {stream("level/" + name),
          stream("slope/" + name),
          stream("slope_start/" + name),
          table.add(c, "level_sd_log", product, market),
          table.add(c, "trend_sd_log_per_year", product, market),
          table.add(c, "trend_start_sd_log_per_year", product, market)};
}

void plan_baseline(const Calibration& c, ParameterTable& table, PlanStorage& storage, ModelPlan& plan) {
  plan.trend_damping = table.add(c, "trend_damping_monthly");
  plan.trend_long_run = table.add(c, "trend_long_run_log_per_year");
  plan.trend_shrinkage = table.add(c, "trend_shrinkage_frac");
  if (c.find_parameter("trend_start_weight_frac") != nullptr)
    plan.trend_start.weight = table.add(c, "trend_start_weight_frac");
  if (c.find_parameter("level_start_log") != nullptr) plan.trend_start.level = table.add(c, "level_start_log");
  plan.world_trend = trend_factor(c, table, "world", "", "");
  plan.world_residual = {stream("residual/world"), table.add(c, "residual_world_sd_log"),
                         table.add(c, "residual_world_ar1")};
  std::vector<MarketPlan> markets;
  for (const Market& market : c.markets) {
    MarketPlan m;
    m.trend = trend_factor(c, table, "market/" + market.id, "", market.id);
    m.residual = {stream("residual/market/" + market.id), table.add(c, "residual_market_sd_log", "", market.id),
                  table.add(c, "residual_market_ar1", "", market.id)};
    markets.push_back(m);
  }
  std::vector<ProductPlan> products;
  for (const Product& product : c.products) {
    ProductPlan p;
    p.trend = trend_factor(c, table, "product/" + product.id, product.id, "");
    p.volume = {stream("residual/product/" + product.id + "/volume"),
                table.add(c, "residual_volume_sd_log", product.id), table.add(c, "residual_volume_ar1", product.id)};
    p.price = {stream("residual/product/" + product.id + "/price"), table.add(c, "residual_price_sd_log", product.id),
               table.add(c, "residual_price_ar1", product.id)};
    p.price_volume_corr = table.add(c, "residual_price_volume_corr", product.id);
    products.push_back(p);
  }
  plan.market_plans = storage.keep(std::move(markets));
  plan.product_plans = storage.keep(std::move(products));
}

void plan_loadings(const Calibration& c, ParameterTable& table, PlanStorage& storage, ModelPlan& plan) {
  const std::vector<std::string> tracks{"capex", "memory_price", "oil_price", "exchange_rate"};
  std::vector<LoadingPlan> all, by_product, by_market, by_cell;
  for (const Loading& row : c.loadings) {
    const std::string name = "loading/" + row.driver + "/" + row.product + "/" + row.market;
    LoadingPlan loading;
    if (is_in_matrix(c, row)) continue;
    loading.volume = table.add(name + "/volume", row.volume, "loading/" + row.driver + "/volume", row.family_corr);
    loading.price = table.add(name + "/price", row.price, "loading/" + row.driver + "/price", row.family_corr);
    const int product = row.product == "all" ? -1 : c.product_index(row.product);
    const int market = row.market == "all" ? -1 : c.market_index(row.market);
    const auto add = [&](int track, int p, int m) {
      loading.track = track;
      loading.index = p >= 0 && m >= 0 ? p * plan.markets + m : std::max({p, m, 0});
      (p >= 0 && m >= 0 ? by_cell : p >= 0 ? by_product : m >= 0 ? by_market : all).push_back(loading);
    };
    if (row.driver == "foreign_demand") {  // each market has its own demand
      for (int m = 0; m < plan.markets; ++m) {
        if (market < 0 || market == m) add(kLaggedTracks + m, product, m);
      }
    } else if (const int declared = declared_index(c, row.driver); declared >= 0) {
      add(kLaggedTracks + plan.markets + declared, product, market);
    } else {
      const auto track = std::find(tracks.begin(), tracks.end(), row.driver) - tracks.begin();
      add(static_cast<int>(track), product, market);
    }
  }
  std::stable_sort(by_cell.begin(), by_cell.end(),
                   [](const LoadingPlan& a, const LoadingPlan& b) { return a.index < b.index; });
  plan.all_loadings = storage.keep(std::move(all));
  plan.product_loadings = storage.keep(std::move(by_product));
  plan.market_loadings = storage.keep(std::move(by_market));
  plan.cell_loadings = storage.keep(std::move(by_cell));
}

void plan_demand(const Scenario& scenario, const Calibration& c, ParameterTable& table, PlanStorage& storage,
                 ModelPlan& plan) {
  std::vector<DemandPlan> demand;
  for (const Market& market : c.markets) {
    DemandPlan d;
    d.stream = stream("driver/foreign_demand." + market.id);
    d.forecast_log = static_cast<float>(median(c.parameter("demand_growth_log", "", market.id).value));
    const auto given = scenario.foreign_demand.growth_pct.find(market.id);
    if (given != scenario.foreign_demand.growth_pct.end()) {
      d.growth_pct = table.add("foreign_demand." + market.id + ".growth_pct", given->second);
    }
    demand.push_back(d);
  }
  plan.demand = storage.keep(std::move(demand));
  plan.demand_sd_pp = scenario.foreign_demand.sd_pp ? table.add("foreign_demand.sd_pp", *scenario.foreign_demand.sd_pp)
                                                    : table.add(c, "demand_sd_pp");
  plan.demand_common_share = scenario.foreign_demand.common_share_frac
                                 ? table.add("foreign_demand.common_share", *scenario.foreign_demand.common_share_frac)
                                 : table.add(c, "demand_common_share_frac");
}

/// Constants of every cell: start values, slopes net of the drivers' central work, residual of the last month.
/// \returns the slope that the drivers explain at the centre, [cell], log per year
std::vector<double> plan_cells(const Calibration& c, const TrendWeights& weights, const CentralSlopes& central,
                               PlanStorage& storage, ModelPlan& plan) {
  const int cells = plan.products * plan.markets;
  std::vector<double> taken(static_cast<std::size_t>(cells), 0.0);  // slope that the drivers explain at the centre
  const auto theta = [&](const LoadingPlan& l) {
    return central.parameter[static_cast<std::size_t>(l.volume)] + central.parameter[static_cast<std::size_t>(l.price)];
  };
  const auto slope = [&](const LoadingPlan& l) {
    return l.track < kLaggedTracks ? theta(l) * central.track_slope[static_cast<std::size_t>(l.track)] : 0.0;
  };
  for (int cell = 0; cell < cells; ++cell) {
    double& sum = taken[static_cast<std::size_t>(cell)];
    for (const LoadingPlan& l : plan.all_loadings) sum += slope(l);
    for (const LoadingPlan& l : plan.product_loadings) sum += l.index == cell / plan.markets ? slope(l) : 0;
    for (const LoadingPlan& l : plan.market_loadings) sum += l.index == cell % plan.markets ? slope(l) : 0;
    for (const LoadingPlan& l : plan.cell_loadings) sum += l.index == cell ? slope(l) : 0;
  }
  for (int k = 0; k < plan.tariffs.size; ++k)
    taken[static_cast<std::size_t>(plan.tariffs[k].cell)] += central.tariff_slope[static_cast<std::size_t>(k)];

  std::vector<double> net(static_cast<std::size_t>(cells)), log_now(static_cast<std::size_t>(cells));
  std::vector<float> start, own_slope, constant(static_cast<std::size_t>(plan.months * cells));
  for (int cell = 0; cell < cells; ++cell) {
    const int product = cell / plan.markets;
    double slope_sum = 0, level = 0, now = 0;
    for (int j = 0; j < plan.window_months; ++j) {
      const Month month = c.as_of - (plan.window_months - 1 - j);
      const double x = c.cells[static_cast<std::size_t>((month - c.detail_from) * cells + cell)];
      const double y = std::log(x) - c.seasonal(product, month);
      slope_sum += weights.slope[static_cast<std::size_t>(j)] * y;
      level += weights.level[static_cast<std::size_t>(j)] * y;
      now = y;
      log_now[static_cast<std::size_t>(cell)] = std::log(x);
    }
    net[static_cast<std::size_t>(cell)] = slope_sum - taken[static_cast<std::size_t>(cell)];
    // Below this a residual is the rounding of a history without any.
    constexpr double kLeastStartLog = 1e-12;
    start.push_back(std::abs(now - level) < kLeastStartLog ? 0.0F : static_cast<float>(now - level));
  }
  double total_slope = 0, weight_sum = 0;
  for (int cell = 0; cell < cells; ++cell) {
    const double weight = std::exp(log_now[static_cast<std::size_t>(cell)]);
    total_slope += weight * net[static_cast<std::size_t>(cell)];
    weight_sum += weight;
  }
  total_slope /= weight_sum;
  plan.total_slope = static_cast<float>(total_slope);
  for (int cell = 0; cell < cells; ++cell) {
    const int product = cell / plan.markets;
    own_slope.push_back(static_cast<float>(net[static_cast<std::size_t>(cell)] - total_slope));
    for (int t = 1; t <= plan.months; ++t) {
      constant[static_cast<std::size_t>((t - 1) * cells + cell)] = static_cast<float>(
          log_now[static_cast<std::size_t>(cell)] + c.seasonal(product, c.as_of + t) - c.seasonal(product, c.as_of) +
          taken[static_cast<std::size_t>(cell)] * static_cast<double>(plan.compensation[t - 1]));
    }
  }
  plan.cell_constant = storage.keep(std::move(constant));
  plan.cell_slope = storage.keep(std::move(own_slope));
  plan.cell_start = storage.keep(std::move(start));
  return taken;
}

}  // namespace

double start_gain(const Calibration& c) {
  const auto value = [&](const std::string& name, const std::string& product) {
    return median(c.parameter(name, product).value);
  };
  std::vector<double> gains;
  for (const Product& p : c.products) {
    const double level = std::hypot(value("level_sd_log", ""), value("level_sd_log", p.id));
    const double noise = std::hypot(value("residual_world_sd_log", ""), value("residual_volume_sd_log", p.id),
                                    value("residual_price_sd_log", p.id));
    gains.push_back(local_level_gain(level, noise));
  }
  std::sort(gains.begin(), gains.end());
  return gains[gains.size() / 2];
}

ModelPlan plan_model(const Scenario& scenario, const Calibration& c, PlanStorage& storage,
                     const std::function<CentralSlopes(const ModelPlan&)>& central) {
  ModelPlan plan;
  plan.products = static_cast<int>(c.products.size());
  plan.markets = static_cast<int>(c.markets.size());
  plan.months = scenario.horizon - c.as_of;
  plan.window_months = static_cast<int>(c.detail_months());
  plan.history_months = plan.window_months + kLagMonths;
  plan.tariff_history = std::max(c.as_of - Month::of(2018, 1), plan.window_months);

  ParameterTable table(storage);
  plan.capex = plan_capex(scenario, c, c.as_of, table, storage);
  if (scenario.memory_price_cycle.index != c.memory_index) {
    throw InputError(InputKind::scenario, {{{},
                                            "memory_price_cycle.index",
                                            "index '" + scenario.memory_price_cycle.index + "' is not supported yet",
                                            "anchor, height and loadings of this calibration are of " + c.memory_index,
                                            "use index: " + c.memory_index}});
  }
  const std::string memory = "memory_price." + c.memory_index;
  std::vector<float> history;
  for (const double d : capex_history(c, c.as_of, plan.history_months)) history.push_back(static_cast<float>(d));
  for (const std::string& name : {memory, std::string("oil_price"), std::string("exchange_rate")}) {
    for (const double d : driver_deviations(c, name, c.as_of, plan.history_months))
      history.push_back(static_cast<float>(d));
  }
  plan.driver_history = storage.keep(std::move(history));
  plan.memory = plan_process("memory_price_cycle", scenario.memory_price_cycle.process, c.drivers.at(memory), c.as_of,
                             c, memory_defaults(), table, storage);
  plan.oil = plan_process("oil_price", scenario.oil_price, c.drivers.at("oil_price"), c.as_of, c, oil_defaults(), table,
                          storage);
  plan.exchange_rate = plan_process("exchange_rate", scenario.exchange_rate, c.drivers.at("exchange_rate"), c.as_of, c,
                                    exchange_rate_defaults(), table, storage);
  plan.shocks = storage.keep(plan_generic_shocks(scenario, c, table, storage));
  plan_demand(scenario, c, table, storage, plan);
  plan.capex_lag = table.add(c, "capex_lag_months");
  plan.memory_lag = table.add(c, "memory_lag_months");
  plan.oil_lag = table.add(c, "oil_lag_months");

  std::vector<DriverCorrelation> pairs = c.correlations;
  pairs.insert(pairs.end(), scenario.correlations.begin(), scenario.correlations.end());
  plan.cholesky = storage.keep(correlation_factor(pairs));
  std::vector<std::uint64_t> shocks;
  for (const std::string& name : correlated_drivers()) shocks.push_back(stream("driver/" + name));
  plan.shock_streams = storage.keep(std::move(shocks));

  if (scenario.copula_dof) plan.copula = student_t_copula(*scenario.copula_dof, stream("copula/student_t"), storage);

  plan_pins(scenario, c, storage, plan);
  plan_loadings(c, table, storage, plan);
  plan.declared = plan_declared(c, table, storage);
  plan.elasticity = plan_elasticity(scenario, c);
  plan_tariffs(scenario, c, c.as_of, table, storage, plan);
  plan_equilibria(c, table, storage, plan);
  plan_shifts(scenario, c, c.as_of, table, storage, plan);
  plan_supply(scenario, c, table, storage, plan);
  plan_baseline(c, table, storage, plan);
  plan_imports(scenario, c, table, storage, plan);
  const TrendWeights weights = trend_weights(plan.window_months, start_gain(c));
  plan.trend_start.smoothing_years = static_cast<float>(weights.smoothing_years);
  plan.slope_weight = storage.keep(std::vector<float>(weights.slope.begin(), weights.slope.end()));
  plan.level_weight = storage.keep(std::vector<float>(weights.level.begin(), weights.level.end()));
  plan.compensation = storage.keep(compensation_years(plan.months, median(c.parameter("trend_damping_monthly").value)));
  table.finish(plan);
  find_live_streams(storage, plan);
  plan.exchange_rate_0 = static_cast<float>(c.drivers.at("exchange_rate").at(c.as_of));
  plan.aggregates = storage.keep(plan_aggregates(c, storage));
  plan.attribution.first = first_attributed(plan.window_months, c.as_of);
  const CentralSlopes slopes = central(plan);
  const std::vector<double> taken = plan_cells(c, weights, slopes, storage, plan);
  find_live_trends(plan);
  plan_attribution(c, taken, storage, plan);
  plan_import_values(c, weights, slopes, storage, plan);
  return plan;
}

}  // namespace plimsoll
