#include "models/estimation/calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "models/calibration_table.hpp"
#include "models/calibration_yaml.hpp"
#include "models/estimation/driver_estimates.hpp"
#include "models/estimation/import_estimates.hpp"
#include "models/estimation/loading_estimates.hpp"
#include "models/estimation/prior_table.hpp"
#include "models/estimation/residual_factors.hpp"
#include "models/trade_slips.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/random_number_text.hpp"

namespace plimsoll {
namespace {

/// Parameters and loadings that nothing estimated.
void add_priors(const TableFiles& files, const std::string& folder, std::vector<EstimateRow>& rows) {
  std::set<std::array<std::string, 3>> told;
  for (const EstimateRow& row : rows) told.insert({row.parameter, row.product, row.market});
  const auto add = [&](const std::string& parameter, const std::string& product, const std::string& market,
                       const std::string& text) {
    if (told.contains({parameter, product, market})) return;
    std::vector<Problem> problems;
    const NormalBelief belief = belief_of(parse_random_number_text(text, {}, problems));
    rows.push_back({parameter, product, market, belief, belief, 0, "prior", "no data given speak of it"});
  };
  for (const char* file : {"parameters.csv", "import_parameters.csv"}) {
    if (!files.contains(file)) continue;
    const TableText t = table_of(files, folder, file);
    for (std::size_t r = 0; r < t.rows(); ++r)
      add(t.at(r, "parameter"), t.at(r, "product"), t.at(r, "market"), t.at(r, "value"));
  }
  const auto plain = [](const std::string& id) { return id == "all" ? std::string() : id; };
  for (const char* file : {"loadings.csv", "import_loadings.csv"}) {
    // What a table without priors beside it says of imports is told nowhere.
    const bool imports = std::string(file) != "loadings.csv";
    if (!files.contains(file) || (imports && !keeps_priors(files))) continue;
    const TableText t = table_of(files, folder, file);
    for (std::size_t r = 0; r < t.rows(); ++r) {
      for (const std::string response : {"volume", "price"}) {
        if (t.at(r, response) == "0") continue;
        add((imports ? "import_loading." : "loading.") + response + "." + t.at(r, "driver"), plain(t.at(r, "product")),
            imports ? "" : plain(t.at(r, "market")), t.at(r, response));
      }
    }
  }
}

/// Capex of all firms by month; a quarter stands in each of its months, the last one up to `until`.
MonthlySeries monthly_capex(const std::map<Month, double>& quarters, Month until) {
  MonthlySeries series{quarters.begin()->first, {}};
  double last = 0;
  for (Month m = series.from; m <= until; m = m + 1) {
    const auto quarter = quarters.find(m - (m.month() - 1) % 3);
    if (quarter != quarters.end()) last = quarter->second;
    series.values.push_back(last);
  }
  return series;
}

/// Drivers whose history a user gave.
std::vector<std::string> own_drivers(const TableFiles& files, const std::string& folder) {
  const TableText t = table_of(files, folder, "drivers.csv");
  std::set<std::string> own;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    if (t.at(r, "source") == kOwnDrivers) own.insert(t.at(r, "driver"));
  }
  return {own.begin(), own.end()};
}

std::string with_name(const std::string& yaml, const std::string& name) {
  const std::size_t at = yaml.find("\nname:");
  if (at == std::string::npos) return yaml;
  const std::size_t end = yaml.find('\n', at + 1);
  return yaml.substr(0, at) + "\nname: " + name + yaml.substr(end);
}

/// Figures of history.csv that are powers of ten off their neighbours. \throws InputError (data)
void check_history_slips(const TableFiles& files, const std::string& folder) {
  std::vector<Problem> problems;
  for (const char* file : {"history.csv", "import_history.csv"}) {
    if (!files.contains(file)) continue;
    const CsvTable table = parse_csv(files.at(file), folder + "/" + file);
    const auto column = [&](const char* name) { return table.column(name); };
    std::map<std::string, TradeLine> lines;
    for (const CsvTable::Row& row : table.rows) {
      const auto field = [&](int c) { return c < 0 ? std::string() : row.fields[static_cast<std::size_t>(c)]; };
      const std::optional<Month> month = parse_month(field(column("month")));
      const std::optional<double> value = parse_double(field(column("value_usd_bn")));
      if (!month || !value) continue;  // the reader reports them
      const std::string product = field(column("product")), market = field(column("market"));
      const std::string name = market.empty() || market == "all" ? product : market;
      TradeLine& line = lines[product + "/" + market];
      line.name = name;
      line.printed[{*month, *month}] = {*value, std::nullopt, {table.file, row.line, 0}, "calibration"};
      line.value.add(*month, *month, *value);
    }
    for (const auto& [key, line] : lines) find_slips(line, line.name, problems);
  }
  if (!problems.empty()) throw InputError(InputKind::data, problems);
}

}  // namespace

CalibrationDays days_of(const TableFiles& files, const std::string& folder) {
  const auto yaml = files.find("calibration.yaml");
  if (yaml == files.end())
    throw data_error(problem_at({folder, 0, 0}, "", "there is no calibration.yaml",
                                "it says of which month the tables are", "name the folder of a calibration"));
  Calibration c;
  read_calibration_yaml(folder + "/calibration.yaml", yaml->second, c,
                        1);  // whoever loads the tables judges the window
  return {c.as_of, c.detail_from, c.known_on};
}

bool is_of_own_data(const TableFiles& files, const std::string& folder) {
  if (!files.contains("sources.csv")) return false;
  const TableText sources = table_of(files, folder, "sources.csv");
  for (std::size_t r = 0; r < sources.rows(); ++r) {
    if (sources.at(r, "id") == kOwnTrade) return true;
  }
  return false;
}

void estimate_tables(CalibrationMade& made, const std::string& folder) {
  TableFiles& files = made.files;
  const std::string known_on = to_string(made.days.known_on);
  const EstimationPlan plan = read_estimation_plan(files, folder, made.days.known_on);
  const bool from_priors = keeps_priors(files);
  if (from_priors) restore_priors(files, folder);
  forget_residual_factors(files, folder);
  ExportEstimates exports = estimate_exports(files, folder, made.days, plan);
  const auto append = [&](const std::vector<EstimateRow>& rows) {
    made.rows.insert(made.rows.end(), rows.begin(), rows.end());
  };
  append(exports.rows);
  const DriverLogs drivers{plan.driver(files, folder, "memory_price.boj_usd", made.days.as_of),
                           plan.driver(files, folder, "oil_price", made.days.as_of),
                           plan.driver(files, folder, "exchange_rate", made.days.as_of),
                           monthly_capex(read_capex(files, folder), made.days.as_of)};
  LoadingSide side{false, export_figures(exports.history), {}, {}};
  if (from_priors) {
    append(estimate_loadings(files, folder, side, drivers, known_on));
    append(estimate_drivers(files, folder, drivers, own_drivers(files, folder), known_on));
    append(estimate_residual_factors(files, folder, exports.history, exports.shares, known_on));
  }
  if (files.contains("import_products.csv") && !plan.import_components.empty()) {
    ImportEstimates imports = estimate_imports(files, folder, made.days, plan, exports.slope_shock_sd);
    append(imports.rows);
    made.import_products = imports.figures.size();
    if (from_priors) {
      side.imports = true;
      side.products = std::move(imports.figures);
      side.copied = prices_as_exports(files, folder);
      append(copy_export_prices(files, folder, made.rows));
      append(estimate_loadings(files, folder, side, drivers, known_on));
    }
  }
  made.products = exports.history.products.size();
  made.markets = exports.history.markets.size();
  made.total = exports.total;
  add_priors(files, folder, made.rows);
  files["estimation/estimates.csv"] = estimates_csv(made.rows);
}

CalibrationMade estimate_again(TableFiles files, const std::string& folder, const std::string& name) {
  CalibrationMade made;
  made.name = name;
  made.base_name = folder;
  made.days = days_of(files, folder);
  check_history_slips(files, folder);
  files["calibration.yaml"] = with_name(files.at("calibration.yaml"), name);
  made.files = std::move(files);
  estimate_tables(made, folder);
  return made;
}

}  // namespace plimsoll
