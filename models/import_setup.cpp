#include "models/import_setup.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

std::uint64_t stream(const std::string& name) { return sha256_prefix64(name); }

/// Rows of Workspace::driver.
constexpr int kRealCapex = 4, kMemory = 1, kOil = 2, kExchangeRate = 3;

double value_of(const Calibration& c, std::size_t product, Month month) {
  const std::size_t k = static_cast<std::size_t>(month - c.detail_from);
  return c.imports.values[k * c.imports.products.size() + product];
}

/// Row of an import parameter: its own row of the product, else the row for all.
ParameterId add(const ImportCalibration& imports, ParameterTable& table, const std::string& name,
                const std::string& product = "") {
  const Parameter& parameter = imports.parameter(name, product);
  return table.add("imports/" + name + "/" + parameter.product, parameter.value,
                   parameter.family_corr > 0 ? "imports/" + name : "", parameter.family_corr);
}

/// A parameter that a calibration need not have; kNone without it.
ParameterId add_where_given(const ImportCalibration& imports, ParameterTable& table, const std::string& name) {
  const bool given = std::any_of(imports.parameters.begin(), imports.parameters.end(),
                                 [&](const Parameter& p) { return p.name == name; });
  return given ? add(imports, table, name) : kNone;
}

TrendFactorPlan trend_factor(const ImportCalibration& imports, ParameterTable& table, const std::string& name,
                             const std::string& product) {
  return {stream("level/imports/" + name),
          stream("slope/imports/" + name),
          stream("slope_start/imports/" + name),
          add(imports, table, "import_level_sd_log", product),
          add(imports, table, "import_trend_sd_log_per_year", product),
          add(imports, table, "import_trend_start_sd_log_per_year", product)};
}

void plan_products(const Calibration& c, ParameterTable& table, PlanStorage& storage, ModelPlan& plan) {
  std::vector<ImportProductPlan> products;
  const int months_needed = 13 - plan.attribution.first;
  for (std::size_t p = 0; p < c.imports.products.size(); ++p) {
    const std::string& id = c.imports.products[p].id;
    ImportProductPlan product;
    product.trend = trend_factor(c.imports, table, "product/" + id, id);
    product.volume = {stream("residual/imports/" + id + "/volume"), add(c.imports, table, "import_residual_sd_log", id),
                      add(c.imports, table, "import_residual_ar1", id)};
    product.price = {stream("residual/imports/" + id + "/price"),
                     add(c.imports, table, "import_residual_price_sd_log", id),
                     add(c.imports, table, "import_residual_price_ar1", id)};
    product.price_volume_corr = add(c.imports, table, "import_residual_price_volume_corr", id);
    product.printed = c.imports.products[p].quantity_printed;
    const std::vector<double>& quantity = c.imports.quantity[p];
    product.printed =
        product.printed && std::all_of(quantity.end() - months_needed, quantity.end(), [](double q) { return q > 0; });
    products.push_back(product);
  }
  plan.imports.products = storage.keep(std::move(products));
}

/// Tracks, loadings and links from import_loadings.csv.
void plan_responses(const Calibration& c, ParameterTable& table, PlanStorage& storage, ModelPlan& plan) {
  std::vector<ImportTrackPlan> tracks{{kRealCapex, plan.capex_lag},
                                      {kMemory, plan.memory_lag},
                                      {kExchangeRate, kNone},
                                      {kOil, add(c.imports, table, "import_oil_lag_months")}};
  std::vector<ImportLoadingPlan> loadings;
  std::vector<ImportLinkPlan> links;
  const std::string exports = "exports.";
  const auto oil_track = [&](const std::string& product) {
    const ParameterId lag = add(c.imports, table, "import_oil_lag_months", product);
    for (std::size_t k = 3; k < tracks.size(); ++k)
      if (tracks[k].lag == lag) return static_cast<int>(k);
    tracks.push_back({kOil, lag});
    return static_cast<int>(tracks.size()) - 1;
  };
  for (const ImportLoading& row : c.imports.loadings) {
    const std::string name = "imports/loading/" + row.driver + "/" + row.product;
    const ParameterId volume =
        table.add(name + "/volume", row.volume, "imports/loading/" + row.driver + "/volume", row.family_corr);
    const bool link = row.driver.starts_with(exports);
    const ParameterId price =
        link ? kNone
             : table.add(name + "/price", row.price, "imports/loading/" + row.driver + "/price", row.family_corr);
    for (int p = 0; p < plan.imports.products.size; ++p) {
      const std::string& id = c.imports.products[static_cast<std::size_t>(p)].id;
      if (row.product != "all" && row.product != id) continue;
      if (link) {
        links.push_back({p, c.product_index(row.driver.substr(exports.size())), volume});
        continue;
      }
      const int track = row.driver == "domestic_demand" ? -1
                        : row.driver == "capex"         ? 0
                        : row.driver == "memory_price"  ? 1
                        : row.driver == "exchange_rate" ? 2
                                                        : oil_track(id);
      loadings.push_back({p, track, volume, price});
    }
  }
  plan.imports.tracks = storage.keep(std::move(tracks));
  plan.imports.loadings = storage.keep(std::move(loadings));
  plan.imports.links = storage.keep(std::move(links));
}

}  // namespace

std::vector<Aggregate> import_aggregates(const Calibration& c) {
  std::vector<Aggregate> all;
  for (const NamedSet& set : c.imports.sets) {
    std::vector<double> weight;
    for (const Product& p : c.imports.products)
      weight.push_back(set.weight_frac.contains(p.id) ? set.weight_frac.at(p.id) : 0);
    all.push_back({"chain." + (set.id == "ai_chain" ? "ai" : set.id), false, std::move(weight)});
  }
  return all;
}

void plan_imports(const Scenario& scenario, const Calibration& c, ParameterTable& table, PlanStorage& storage,
                  ModelPlan& plan) {
  if (c.imports.products.empty()) return;
  ImportPlan& imports = plan.imports;
  plan.attribution.first = first_attributed(plan.window_months, c.as_of);
  plan_products(c, table, storage, plan);
  plan_responses(c, table, storage, plan);
  imports.world_trend = trend_factor(c.imports, table, "world", "");
  imports.world_residual = {stream("residual/imports/world"), add(c.imports, table, "import_residual_sd_log"),
                            add(c.imports, table, "import_residual_ar1")};
  imports.trend_long_run = add(c.imports, table, "import_trend_long_run_log_per_year");
  imports.trend_shrinkage = add(c.imports, table, "import_trend_shrinkage_frac");
  imports.trend_start.weight = add_where_given(c.imports, table, "import_trend_start_weight_frac");
  imports.trend_start.level = add_where_given(c.imports, table, "import_level_start_log");
  imports.demand_stream = stream("driver/domestic_demand");
  imports.demand_forecast_log = static_cast<float>(median(c.imports.parameter("import_domestic_growth_log").value));
  const DomesticDemand& demand = scenario.domestic_demand;
  if (demand.growth_pct) imports.demand_growth_pct = table.add("domestic_demand.growth_pct", *demand.growth_pct);
  imports.demand_sd_pp = table.add("domestic_demand.sd_pp", demand.sd_pp.value_or(RandomNumber::fixed(1)));
  std::vector<AggregatePlan> aggregates;
  for (const Aggregate& aggregate : import_aggregates(c)) {
    aggregates.push_back({false, storage.keep(std::vector<float>(aggregate.weight.begin(), aggregate.weight.end()))});
  }
  imports.aggregates = storage.keep(std::move(aggregates));
}

void plan_import_values(const Calibration& c, const TrendWeights& weights, const CentralSlopes& central,
                        PlanStorage& storage, ModelPlan& plan) {
  ImportPlan& imports = plan.imports;
  if (imports.products.size == 0) return;
  const int products = imports.products.size, first = plan.attribution.first;
  const auto at = [](const auto& values, int k) { return values[static_cast<std::size_t>(k)]; };
  std::vector<double> taken(static_cast<std::size_t>(products), 0.0), net(taken), now(taken);
  for (const ImportLoadingPlan& l : imports.loadings) {
    if (l.track < 0) continue;
    taken[static_cast<std::size_t>(l.product)] +=
        (at(central.parameter, l.volume) + at(central.parameter, l.price)) * at(central.import_slope, l.track);
  }
  std::vector<float> start, slope, constant, observed, unit_value, season;
  double total_slope = 0, weight_sum = 0;
  for (int p = 0; p < products; ++p) {
    const auto product = static_cast<std::size_t>(p);
    double level = 0, last = 0;
    for (int j = 0; j < plan.window_months; ++j) {
      const Month month = c.as_of - (plan.window_months - 1 - j);
      now[product] = std::log(value_of(c, product, month));
      last = now[product] - c.imports.seasonal(p, month);
      net[product] += at(weights.slope, j) * last;
      level += at(weights.level, j) * last;
    }
    net[product] -= taken[product];
    start.push_back(static_cast<float>(last - level));
    total_slope += std::exp(now[product]) * net[product];
    weight_sum += std::exp(now[product]);
  }
  imports.total_slope = static_cast<float>(total_slope / weight_sum);
  imports.trend_start.smoothing_years = static_cast<float>(weights.smoothing_years);
  for (int p = 0; p < products; ++p) slope.push_back(static_cast<float>(at(net, p) - total_slope / weight_sum));
  for (int t = 1; t <= plan.months; ++t) {
    for (int p = 0; p < products; ++p) {
      const double seasons = c.imports.seasonal(p, c.as_of + t) - c.imports.seasonal(p, c.as_of);
      constant.push_back(
          static_cast<float>(at(now, p) + seasons + at(taken, p) * static_cast<double>(plan.compensation[t - 1])));
    }
    // Export products: what season and the drivers' central work make of their sum.
    for (int p = 0; p < plan.products; ++p) {
      double sum = 0, sum_0 = 0;
      for (int k = 0; k < plan.markets; ++k) {
        const int cell = p * plan.markets + k;
        sum += std::exp(static_cast<double>(plan.cell_constant[(t - 1) * plan.products * plan.markets + cell]));
        sum_0 += c.cells[c.cells.size() - static_cast<std::size_t>(plan.products * plan.markets - cell)];
      }
      season.push_back(static_cast<float>(std::log(sum / sum_0)));
    }
  }
  const auto log_unit_value = [&](int p, Month month) {
    const auto product = static_cast<std::size_t>(p);
    return std::log(value_of(c, product, month) /
                    c.imports.quantity[product][static_cast<std::size_t>(month - c.detail_from)]);
  };
  for (int t = first - 12; t <= 0; ++t)
    for (int p = 0; p < products; ++p)
      observed.push_back(static_cast<float>(value_of(c, static_cast<std::size_t>(p), c.as_of + t)));
  for (int t = first; t <= plan.months; ++t) {
    for (int p = 0; p < products; ++p) {
      const Month last = c.as_of + std::min(t, 0), before = c.as_of + std::min(t - 12, 0);
      const bool known = imports.products[p].printed && before < last;
      unit_value.push_back(known ? static_cast<float>(log_unit_value(p, last) - log_unit_value(p, before)) : 0.0F);
    }
  }
  imports.constant = storage.keep(std::move(constant));
  imports.slope = storage.keep(std::move(slope));
  imports.start = storage.keep(std::move(start));
  imports.observed = storage.keep(std::move(observed));
  imports.unit_value = storage.keep(std::move(unit_value));
  imports.export_season = storage.keep(std::move(season));
}

}  // namespace plimsoll
