#include "models/calibration_reader.hpp"

#include "models/attribution_setup.hpp"
#include "models/calibration_draft.hpp"
#include "models/calibration_files.hpp"
#include "models/calibration_yaml.hpp"
#include "models/import_setup.hpp"

namespace plimsoll {

namespace {

void stop_on_problems(const CalibrationDraft& draft) {
  if (!draft.problems.empty()) throw InputError(InputKind::data, draft.problems);
}

/// Runs the steps; a table that cannot be read at all does not hide the problems of the others.
void read_all(CalibrationDraft& draft, const std::vector<void (*)(CalibrationDraft&)>& steps) {
  for (const auto step : steps) {
    try {
      step(draft);
    } catch (const InputError& error) {
      draft.problems.insert(draft.problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  stop_on_problems(draft);
}

}  // namespace

Calibration load_calibration(const std::string& name, const std::string& folder) {
  std::map<std::string, std::string> files = calibration_files(name, folder);
  if (files.empty()) {
    const std::vector<std::string> shipped = shipped_calibrations();
    const std::string near = nearest_name(name, shipped);
    std::string hint = !near.empty()
                           ? "did you mean '" + near + "'?"
                           : "your own is found in a folder calibrations/ beside the scenario's file; what ships:";
    if (near.empty()) {
      for (const std::string& one : shipped) hint += " " + one;
    }
    throw data_error(problem_at({}, "calibration", "there is no calibration '" + name + "'", "", hint));
  }
  return read_calibration(name, std::move(files));
}

Calibration read_calibration(const std::string& name, std::map<std::string, std::string> files,
                             int least_window_months) {
  CalibrationDraft draft;
  draft.name = name;
  draft.files = std::move(files);
  Calibration& c = draft.c;
  read_calibration_yaml(draft.path("calibration.yaml"), draft.text("calibration.yaml"), c, least_window_months);
  if (c.name != name) {
    throw data_error(problem_at({draft.path("calibration.yaml"), 1, 1}, "name",
                                "the name is '" + c.name + "', the folder is '" + name + "'", "", "make them equal"));
  }
  draft.checks.known_on = c.known_on;
  // The others refer to sources and groups, so these must be right first.
  read_all(draft, {read_sources});
  read_all(draft, {read_groups, read_import_products, read_declared_drivers});
  read_all(draft, {read_sets, read_hs_codes, read_history, read_matrix, read_seasons, read_drivers, read_tariffs,
                   read_loadings, read_correlations, read_residual_factors, read_parameters, check_cell_residuals,
                   read_suppliers, read_import_history, read_import_seasons, read_import_loadings,
                   read_import_parameters, read_other_files});
  fit_cells(draft);
  stop_on_problems(draft);
  c.sha256 = hash_of_files(draft.files);
  return std::move(c);
}

IdCatalog catalog_of(const Calibration& c) {
  IdCatalog catalog;
  catalog.calibration = c.name;
  catalog.as_of = c.as_of;
  catalog.known_on = c.known_on;
  for (const Product& p : c.products) catalog.products.push_back(p.id);
  for (const Market& m : c.markets) catalog.markets.push_back(m.id);
  using Of = SetDefinition::Of;
  const auto of = [](NamedSet::Dimension dimension) {
    return dimension == NamedSet::Dimension::product  ? Of::products
           : dimension == NamedSet::Dimension::market ? Of::markets
                                                      : Of::imports;
  };
  for (const NamedSet& s : c.sets) {
    (s.dimension == NamedSet::Dimension::product ? catalog.product_sets : catalog.market_sets).push_back(s.id);
    catalog.sets.push_back({s.id, of(s.dimension), s.weight_frac, {}});
  }
  for (const NamedSet& s : c.imports.sets) catalog.sets.push_back({s.id, Of::imports, s.weight_frac, {}});
  for (const NamedSet& s : c.hs_codes) catalog.sets.push_back({"hs:" + s.id, of(s.dimension), s.weight_frac, {}});
  catalog.series.emplace_back("exports.total");
  for (const std::string& id : catalog.products) catalog.series.push_back("exports.product." + id);
  for (const std::string& id : catalog.markets) catalog.series.push_back("exports.market." + id);
  for (const Aggregate& aggregate : aggregates(c)) catalog.series.push_back("exports." + aggregate.series);
  for (const std::string flow : {"imports.", "balance."}) {
    if (c.imports.products.empty()) break;
    catalog.series.push_back(flow + "total");
    for (const Aggregate& aggregate : import_aggregates(c)) catalog.series.push_back(flow + aggregate.series);
  }
  for (const Product& p : c.imports.products) {
    catalog.import_products.push_back(p.id);
    catalog.series.push_back("imports.product." + p.id);
  }
  for (const NamedSet& s : c.imports.sets) catalog.import_sets.push_back(s.id);
  for (const char* driver : {"capex", "memory_price", "oil_price", "exchange_rate"})
    catalog.series.push_back("driver." + std::string(driver));
  for (const DeclaredDriver& driver : c.declared_drivers) catalog.series.push_back("driver." + driver.id);
  catalog.drivers = {"capex", "memory_price", "oil_price", "exchange_rate", "foreign_demand"};
  for (const auto& [field, driver] :
       {std::pair("memory_price_cycle", "memory_price." + c.memory_index),
        std::pair("oil_price", std::string("oil_price")), std::pair("exchange_rate", std::string("exchange_rate"))}) {
    const auto place = c.drivers.find(driver);
    if (place != c.drivers.end()) catalog.driver_changes[field] = c.as_of - place->second.from;
  }
  for (const auto& [firm, history] : c.capex) {
    catalog.capex_firms.push_back(firm);
    catalog.capex_reported_until = history.end() - 1;
    for (std::size_t q = 0; q < history.level.size(); ++q) {
      const int year = (history.from + 3 * static_cast<int>(q)).year();
      catalog.capex_reported_usd_bn[firm][year] += history.level[q];
    }
  }
  catalog.has_supplier_shares = !c.supplier_shares.empty();
  catalog.capex_cash_per_company_frac = median(c.parameter("capex_cash_per_company_frac").value);
  return catalog;
}

}  // namespace plimsoll
