#include <algorithm>
#include <filesystem>

#include "models/calibration_reader.hpp"
#include "models/calibration_table.hpp"
#include "models/estimation/calibrate.hpp"
#include "models/estimation/own_imports.hpp"
#include "models/estimation/prior_table.hpp"

namespace plimsoll {
namespace {

/// Names of lines and markets are those of this calibration where the base is a folder of the user's.
constexpr const char* kNamesFrom = "china-2026-05";
constexpr int kKnownDay = 9;  // of the month after: when customs has published

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

bool has_figures(const OwnData& data, const std::string& flow) {
  return std::any_of(data.trade.begin(), data.trade.end(), [&](const TradeFile& file) {
    return std::any_of(file.figures.begin(), file.figures.end(), [&](const auto& one) { return one.flow == flow; });
  });
}

/// Options of `table`'s total, as the base knows it.
OwnHistoryOptions history_options(const TableFiles& base, const std::string& base_name, const std::string& dates) {
  OwnHistoryOptions options;
  const TableText shares = table_of(base, base_name, dates);
  for (std::size_t r = 0; r < shares.rows(); ++r)
    options.january_frac[static_cast<int>(shares.number(r, "year"))] = shares.number(r, "january_frac");
  return options;
}

/// The base's total of imports from its first month on.
MonthlySeries base_import_total(const TableFiles& base, const std::string& base_name) {
  const TableText t = table_of(base, base_name, "import_history.csv");
  MonthlySeries total;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    if (t.at(r, "product") != "all") continue;
    if (total.values.empty()) total.from = t.month(r, "month");
    total.values.push_back(t.number(r, "value_usd_bn"));
  }
  return total;
}

/// Own imports over the months of the exports. \throws InputError (data) when they do not reach over them.
OwnHistory own_imports(const OwnData& data, const TradeData& trade, const TableFiles& base,
                       const std::string& base_name, const OwnHistory& exports, const std::string& names_from) {
  const bool enough = exports.as_of - trade.first >= 23;
  if (trade.first > exports.window_from)
    throw data_error(
        problem_at(trade.total.printed.empty() ? Place{data.trade.front().file, 0, 0} : trade.total.place, "",
                   "imports begin in " + to_string(trade.first) + ", the window of the calibration in " +
                       to_string(exports.window_from),
                   "both directions share one window",
                   "add the months before" +
                       (enough ? ", start later with --window-from " + to_string(trade.first) : std::string()) +
                       ", or leave imports out"));
  OwnHistoryOptions options = history_options(base, base_name, "import_lunar_new_year.csv");
  options.window_from = exports.window_from;
  options.as_of = exports.as_of;
  options.base_total = base_import_total(base, base_name);
  options.markets = false;
  OwnHistory history = own_history(trade, data.trade, TradeNames(names_from, kImports), options);
  for (std::string& note : history.notes) note = "imports: " + note;
  if (!trade.markets.empty())
    history.notes.emplace_back("imports by partner are not used: imports of a calibration have one partner, the world");
  return history;
}

}  // namespace

CalibrationMade calibrate_own(const OwnData& data, const TableFiles& base, const std::string& base_name,
                              const std::string& name) {
  const CalibrationDays base_days = days_of(base, base_name);
  const bool import_rows = has_figures(data, kImports), import_priors = base.contains("import_products.csv");
  // Errors of both directions are told at once.
  std::vector<Problem> problems;
  const auto joined = [&](const std::string& flow) {
    try {
      return join_trade_files(data.trade, flow);
    } catch (const InputError& broken) {
      for (const Problem& one : broken.problems()) {
        const bool told = std::any_of(problems.begin(), problems.end(), [&](const Problem& other) {
          return other.what == one.what && to_string(other.place) == to_string(one.place);
        });
        if (!told) problems.push_back(one);  // a file's currency is of both directions
      }
      return TradeData{};
    }
  };
  const TradeData trade = joined(kExports), import_trade = import_rows ? joined(kImports) : TradeData{};
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  OwnHistoryOptions options = history_options(base, base_name, "lunar_new_year.csv");
  options.window_from = data.window_from.value_or(base_days.window_from);
  options.as_of = data.as_of;
  options.base_total = read_trade_history(base, base_name, base_days.window_from, base_days.as_of).total;
  const std::vector<std::string> shipped = shipped_calibrations();
  const bool ships = std::find(shipped.begin(), shipped.end(), base_name) != shipped.end();
  const std::string names_from = ships ? base_name : kNamesFrom;
  const OwnHistory history = own_history(trade, data.trade, TradeNames(names_from, kExports), options);
  std::optional<OwnHistory> imports;
  if (import_rows && import_priors) imports = own_imports(data, import_trade, base, base_name, history, names_from);

  OwnFrameInputs inputs;
  inputs.name = name;
  inputs.base_name = base_name;
  inputs.base = base;
  forget_own_data(inputs.base, base_name);
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
    inputs.sources.push_back({kOwnDrivers, names, "", ""});
  }
  inputs.own_imports = imports.has_value();
  OwnFrame frame = make_own_frame(inputs, history);
  if (imports) write_own_imports(inputs, history, *imports, frame);
  if (import_rows && !import_priors)
    frame.notes.push_back("import rows are not used: " + base_name + " has no import tables, so no priors for them");
  TableFiles& files = frame.files;
  const std::string known_on = to_string(inputs.days.known_on);
  merge_driver_data(files, base_name, data.drivers, kOwnDrivers, known_on);
  check_drivers_reach(files, base_name, inputs.days.as_of);

  CalibrationMade made;
  made.name = name;
  made.base_name = base_name;
  made.days = inputs.days;
  made.notes = frame.notes;
  made.files = std::move(files);
  note_priors(made.files, name);
  estimate_tables(made, name);
  std::vector<std::string> data_files = data.driver_files;
  for (const TradeFile& file : data.trade) data_files.push_back(file.file);
  std::sort(data_files.begin(), data_files.end());
  made.files["README.md"] = calibration_readme(made, data_files);
  return made;
}

std::string calibration_readme(const CalibrationMade& made, const std::vector<std::string>& data_files) {
  std::string text =
      "# Calibration `" + made.name + "`\n\nExports to " + to_string(made.days.as_of) + ", " +
      std::to_string(made.products) + " products by " + std::to_string(made.markets) + " markets" +
      (made.import_products > 0 ? ", imports of " + std::to_string(made.import_products) + " products" : "") +
      ", made by `plimsoll calibrate` from own data; what they do not say is that of `" + made.base_name +
      "`.\n\nData:\n\n";
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
