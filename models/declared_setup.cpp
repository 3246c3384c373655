#include "models/declared_setup.hpp"

#include <algorithm>
#include <map>

#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

/// One column of the matrix: coefficients by cell, in double until all rows are added.
struct Column {
  std::vector<double> value, price;
};

/// f(cell) for every cell that a row's product and market mean.
template <class Function>
void for_cells(const Calibration& c, const std::string& product, const std::string& market, Function f) {
  const int markets = static_cast<int>(c.markets.size());
  for (int p = 0; p < static_cast<int>(c.products.size()); ++p) {
    if (product != "all" && c.product_index(product) != p) continue;
    for (int m = 0; m < markets; ++m) {
      if (market == "all" || c.market_index(market) == m) f(p * markets + m);
    }
  }
}

CellResidualPlan plan_residual(const Calibration& c, const std::string& part, const Product& product,
                               const Market& market, ParameterTable& table) {
  CellResidualPlan plan;
  const std::string name = "cell_" + part;
  const Parameter* sd = c.find_parameter(name + "_sd_log", product.id, market.id);
  if (sd == nullptr || sd->value == RandomNumber::fixed(0)) return plan;
  const Parameter& ar1 = c.parameter(name + "_ar1", product.id, market.id);
  plan.stream = sha256_prefix64("cell/exports/" + product.id + "/" + market.id + "/" + part);
  plan.sd = table.add(c, name + "_sd_log", product.id, market.id);
  plan.ar1 = table.add(c, name + "_ar1", product.id, market.id);
  plan.fixed = sd->value.is_fixed() && ar1.value.is_fixed();
  plan.sd_log = static_cast<float>(median(sd->value));
  plan.coefficient = static_cast<float>(median(ar1.value));
  return plan;
}

/// Adds the loadings on residual factors: one column for each factor and coefficient of the cells' AR(1).
std::vector<FactorFilterPlan> add_factors(const Calibration& c, ParameterTable& table, std::vector<Column>& columns) {
  std::map<std::pair<int, ParameterId>, std::size_t> place;
  std::vector<FactorFilterPlan> filters;
  const std::size_t cells = c.products.size() * c.markets.size();
  for (const ResidualLoading& row : c.residual_loadings) {
    const int factor = static_cast<int>(std::find(c.residual_factors.begin(), c.residual_factors.end(), row.factor) -
                                        c.residual_factors.begin());
    for (const bool is_price : {false, true}) {
      const double loading = is_price ? row.price : row.volume;
      if (loading == 0) continue;
      for_cells(c, row.product, row.market, [&](int cell) {
        const auto at = static_cast<std::size_t>(cell);
        const Product& product = c.products[at / c.markets.size()];
        const Market& market = c.markets[at % c.markets.size()];
        const ParameterId ar1 = table.add(c, is_price ? "cell_price_ar1" : "cell_volume_ar1", product.id, market.id);
        const auto [found, is_new] = place.try_emplace({factor, ar1}, columns.size());
        if (is_new) {
          filters.push_back({factor, ar1});
          columns.push_back({std::vector<double>(cells), std::vector<double>(cells)});
        }
        columns[found->second].value[at] += loading;
        if (is_price) columns[found->second].price[at] += loading;
      });
    }
  }
  return filters;
}

/// Keeps, product by product, the columns that reach some of its cells.
void keep_matrix(const Calibration& c, const std::vector<Column>& columns, PlanStorage& storage, DeclaredPlan& plan) {
  std::vector<int> first{0}, column;
  std::vector<float> value, price;
  const std::size_t markets = c.markets.size();
  for (std::size_t p = 0; p < c.products.size(); ++p) {
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const auto part = [&](const std::vector<double>& all) {
        return all.begin() + static_cast<std::ptrdiff_t>(p * markets);
      };
      const auto none = [&](const std::vector<double>& all) {
        return std::all_of(part(all), part(all) + static_cast<std::ptrdiff_t>(markets),
                           [](double x) { return x == 0; });
      };
      if (none(columns[k].value) && none(columns[k].price)) continue;
      column.push_back(static_cast<int>(k));
      for (std::size_t m = 0; m < markets; ++m) {
        value.push_back(static_cast<float>(part(columns[k].value)[static_cast<std::ptrdiff_t>(m)]));
        price.push_back(static_cast<float>(part(columns[k].price)[static_cast<std::ptrdiff_t>(m)]));
      }
    }
    first.push_back(static_cast<int>(column.size()));
  }
  plan.first = storage.keep(std::move(first));
  plan.column = storage.keep(std::move(column));
  plan.value = storage.keep(std::move(value));
  plan.price = storage.keep(std::move(price));
}

}  // namespace

int declared_index(const Calibration& c, const std::string& driver) {
  const auto place = std::find_if(c.declared_drivers.begin(), c.declared_drivers.end(),
                                  [&](const DeclaredDriver& d) { return d.id == driver; });
  return place == c.declared_drivers.end() ? -1 : static_cast<int>(place - c.declared_drivers.begin());
}

bool is_in_matrix(const Calibration& c, const Loading& loading) {
  return declared_index(c, loading.driver) >= 0 && loading.volume.is_fixed() && loading.price.is_fixed();
}

DeclaredPlan plan_declared(const Calibration& c, ParameterTable& table, PlanStorage& storage) {
  DeclaredPlan plan;
  const std::size_t cells = c.products.size() * c.markets.size();
  std::vector<DeclaredDriverPlan> drivers;
  std::vector<Column> columns;
  for (const DeclaredDriver& driver : c.declared_drivers) {
    const std::string name = "driver/" + driver.id;
    drivers.push_back({sha256_prefix64(name + "/shock"), table.add(name + "/monthly_sd_log", driver.monthly_sd_log),
                       table.add(name + "/ar1", driver.ar1)});
    columns.push_back({std::vector<double>(cells), std::vector<double>(cells)});
  }
  for (const Loading& row : c.loadings) {
    if (!is_in_matrix(c, row)) {
      plan.has_tracks = plan.has_tracks || declared_index(c, row.driver) >= 0;
      continue;
    }
    Column& column = columns[static_cast<std::size_t>(declared_index(c, row.driver))];
    for_cells(c, row.product, row.market, [&](int cell) {
      const double price = median(row.price);
      column.value[static_cast<std::size_t>(cell)] += median(row.volume) + price;
      column.price[static_cast<std::size_t>(cell)] += price;
    });
  }
  std::vector<std::uint64_t> factors;
  for (const std::string& factor : c.residual_factors)
    factors.push_back(sha256_prefix64("factor/" + factor + "/shock"));
  plan.filters = storage.keep(add_factors(c, table, columns));
  keep_matrix(c, columns, storage, plan);

  std::vector<CellResidualPlan> volume, price;
  for (const Product& p : c.products) {
    for (const Market& m : c.markets) {
      volume.push_back(plan_residual(c, "volume", p, m, table));
      price.push_back(plan_residual(c, "price", p, m, table));
    }
  }
  const auto any = [](const std::vector<CellResidualPlan>& residuals) {
    return std::any_of(residuals.begin(), residuals.end(), [](const CellResidualPlan& r) { return r.sd != kNone; });
  };
  plan.on = !drivers.empty() || !factors.empty() || any(volume) || any(price);
  plan.drivers = storage.keep(std::move(drivers));
  plan.factor_streams = storage.keep(std::move(factors));
  plan.volume_residual = storage.keep(std::move(volume));
  plan.price_residual = storage.keep(std::move(price));
  return plan;
}

}  // namespace plimsoll
