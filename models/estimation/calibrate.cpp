#include "models/estimation/calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "models/calibration_reader.hpp"
#include "models/calibration_table.hpp"
#include "models/calibration_yaml.hpp"
#include "models/estimation/driver_estimates.hpp"
#include "models/estimation/import_estimates.hpp"
#include "models/estimation/loading_regression.hpp"
#include "models/estimation/own_frame.hpp"
#include "models/estimation/residual_factors.hpp"
#include "models/trade_slips.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/random_number_text.hpp"

namespace plimsoll {
namespace {

constexpr const char* kOwnTrade = "own_trade";  // the source of a user's own figures

/// Names of lines and markets are those of this calibration where the base is a folder of the user's.
constexpr const char* kNamesFrom = "china-2026-05";
constexpr int kKnownDay = 9;  // of the month after: when customs has published

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
  const TableText t = table_of(files, folder, "loadings.csv");
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const auto plain = [](const std::string& id) { return id == "all" ? std::string() : id; };
    for (const std::string response : {"volume", "price"}) {
      if (t.at(r, response) == "0") continue;
      add("loading." + response + "." + t.at(r, "driver"), plain(t.at(r, "product")), plain(t.at(r, "market")),
          t.at(r, response));
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

std::string with_name(const std::string& yaml, const std::string& name) {
  const std::size_t at = yaml.find("\nname:");
  if (at == std::string::npos) return yaml;
  const std::size_t end = yaml.find('\n', at + 1);
  return yaml.substr(0, at) + "\nname: " + name + yaml.substr(end);
}

/// A driver that ends before as_of cannot start a forecast there.
void check_drivers_reach(const TableFiles& files, const std::string& folder, Month as_of) {
  for (const char* driver : {"memory_price.boj_usd", "oil_price", "exchange_rate"}) {
    const MonthlySeries series = read_driver(files, folder, driver);
    if (!series.values.empty() && series.last() >= as_of) continue;
    throw data_error(problem_at(
        {folder + "/drivers.csv", 0, 0}, "",
        std::string(driver) + (series.values.empty() ? " has no history" : " ends in " + to_string(series.last())) +
            ", the data in " + to_string(as_of),
        "every driver reaches as_of", "give its months in a file driver,period,value, or --as-of"));
  }
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

bool is_of_own_data(const TableFiles& files, const std::string& folder) {
  if (!files.contains("sources.csv")) return false;
  const TableText sources = table_of(files, folder, "sources.csv");
  for (std::size_t r = 0; r < sources.rows(); ++r) {
    if (sources.at(r, "id") == kOwnTrade) return true;
  }
  return false;
}

CalibrationMade estimate_again(TableFiles files, const std::string& folder, const std::string& name) {
  CalibrationMade made;
  made.name = name;
  made.base_name = folder;
  made.days = days_of(files, folder);
  check_history_slips(files, folder);
  const EstimationPlan plan = read_estimation_plan(files, folder, made.days.known_on);
  ExportEstimates exports = estimate_exports(files, folder, made.days, plan);
  made.rows = std::move(exports.rows);
  if (files.contains("import_products.csv") && !plan.import_components.empty()) {
    const std::vector<EstimateRow> imports = estimate_imports(files, folder, made.days, plan, exports.slope_shock_sd);
    made.rows.insert(made.rows.end(), imports.begin(), imports.end());
  }
  made.products = exports.history.products.size();
  made.markets = exports.history.markets.size();
  made.total = exports.total;
  add_priors(files, folder, made.rows);
  files["calibration.yaml"] = with_name(files.at("calibration.yaml"), name);
  files["estimation/estimates.csv"] = estimates_csv(made.rows);
  made.files = std::move(files);
  return made;
}

CalibrationMade calibrate_own(const OwnData& data, const TableFiles& base, const std::string& base_name,
                              const std::string& name) {
  const CalibrationDays base_days = days_of(base, base_name);
  const TradeData trade = join_trade_files(data.trade, kExports);
  OwnHistoryOptions options;
  options.window_from = data.window_from.value_or(base_days.window_from);
  options.as_of = data.as_of;
  options.base_total = read_trade_history(base, base_name, base_days.window_from, base_days.as_of).total;
  const TableText shares = table_of(base, base_name, "lunar_new_year.csv");
  for (std::size_t r = 0; r < shares.rows(); ++r)
    options.january_frac[static_cast<int>(shares.number(r, "year"))] = shares.number(r, "january_frac");
  const std::vector<std::string> shipped = shipped_calibrations();
  const bool ships = std::find(shipped.begin(), shipped.end(), base_name) != shipped.end();
  const OwnHistory history =
      own_history(trade, data.trade, TradeNames(ships ? base_name : kNamesFrom, kExports), options);

  OwnFrameInputs inputs;
  inputs.name = name;
  inputs.base_name = base_name;
  inputs.base = base;
  inputs.base_days = base_days;
  inputs.days = {history.as_of, history.window_from, base_days.known_on};
  const Month after = history.as_of + 1;
  inputs.days.known_on =
      data.known_on.value_or(std::max(base_days.known_on, Date{after.year(), after.month(), kKnownDay}));
  if (inputs.days.known_on < base_days.known_on)
    throw data_error(problem_at({"command line", 0, 0}, "", "known_on lies before that of " + base_name,
                                "its priors were written on " + to_string(base_days.known_on),
                                "take a later day, or an older base"));
  std::string titles;
  for (const TradeFile& file : data.trade)
    titles +=
        (titles.empty() ? "" : "; ") + std::filesystem::path(file.file).filename().string() + " (" + file.layout + ")";
  inputs.sources.push_back({kOwnTrade, titles, to_string(trade.first) + ".." + to_string(trade.last), ""});
  if (!data.drivers.empty()) {
    std::string names;
    for (const std::string& file : data.driver_files)
      names += (names.empty() ? "" : "; ") + std::filesystem::path(file).filename().string();
    inputs.sources.push_back({"own_drivers", names, "", ""});
  }
  OwnFrame frame = make_own_frame(inputs, history);
  TableFiles& files = frame.files;
  const std::string known_on = to_string(inputs.days.known_on);
  merge_driver_data(files, base_name, data.drivers, "own_drivers", known_on);
  check_drivers_reach(files, base_name, inputs.days.as_of);

  CalibrationMade made;
  made.name = name;
  made.base_name = base_name;
  made.days = inputs.days;
  const EstimationPlan plan = read_estimation_plan(files, name, inputs.days.known_on);
  ExportEstimates exports = estimate_exports(files, name, inputs.days, plan);
  made.rows = std::move(exports.rows);
  const auto append = [&](const std::vector<EstimateRow>& rows) {
    made.rows.insert(made.rows.end(), rows.begin(), rows.end());
  };
  const std::map<Month, double> capex = read_capex(files, name);
  const DriverLogs drivers{plan.driver(files, name, "memory_price.boj_usd", made.days.as_of),
                           plan.driver(files, name, "oil_price", made.days.as_of),
                           plan.driver(files, name, "exchange_rate", made.days.as_of),
                           monthly_capex(capex, made.days.as_of)};
  append(estimate_loadings(files, name, exports.history, drivers));
  std::set<std::string> own;
  for (const DriverFigure& one : data.drivers) own.insert(one.driver);
  append(estimate_drivers(files, name, drivers, {own.begin(), own.end()}, known_on));
  append(estimate_residual_factors(files, name, exports.history, exports.shares, known_on));
  made.products = exports.history.products.size();
  made.markets = exports.history.markets.size();
  made.total = exports.total;
  made.notes = frame.notes;
  const bool any_imports = std::any_of(data.trade.begin(), data.trade.end(), [](const TradeFile& file) {
    return std::any_of(file.figures.begin(), file.figures.end(), [](const auto& one) { return one.flow == kImports; });
  });
  if (any_imports) made.notes.emplace_back("import rows are not used: own imports are not estimated yet");
  add_priors(files, name, made.rows);
  files["estimation/estimates.csv"] = estimates_csv(made.rows);
  made.files = std::move(files);
  std::vector<std::string> data_files = data.driver_files;
  for (const TradeFile& file : data.trade) data_files.push_back(file.file);
  std::sort(data_files.begin(), data_files.end());
  made.files["README.md"] = calibration_readme(made, data_files);
  return made;
}

std::string calibration_readme(const CalibrationMade& made, const std::vector<std::string>& data_files) {
  std::string text = "# Calibration `" + made.name + "`\n\nExports to " + to_string(made.days.as_of) + ", " +
                     std::to_string(made.products) + " products by " + std::to_string(made.markets) +
                     " markets, made by `plimsoll calibrate` from own data; what they do not say is that of `" +
                     made.base_name + "`.\n\nData:\n\n";
  for (const std::string& file : data_files) text += "* " + std::filesystem::path(file).filename().string() + "\n";
  int moved = 0, estimated = 0, prior = 0;
  for (const EstimateRow& row : made.rows) {
    moved += row.status == "moved";
    estimated += row.status == "estimated";
    prior += row.status == "prior";
  }
  text +=
      "\n" + std::to_string(estimated) + " figures are estimated from the data alone, " + std::to_string(moved) +
      " priors were moved by them, " + std::to_string(prior) +
      " stayed priors. Each with mean, sd and shift: `estimation/estimates.csv`. Method: docs/theory/estimation.md.\n";
  if (!made.notes.empty()) text += "\n## Notes\n\n";
  for (const std::string& note : made.notes) text += "* " + note + "\n";
  return text;
}

}  // namespace plimsoll
