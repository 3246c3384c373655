#include "sim/program/backtest_inputs.hpp"

#include <iostream>
#include <stdexcept>

#include "scenarios/embedded.hpp"
#include "scenarios/text_encoding.hpp"
#include "sim/program/data_file.hpp"

namespace plimsoll {
namespace {

constexpr const char* kWanted =
    "name a CSV file with columns month, exports_usd_bn, imports_usd_bn, mfg_pmi, brent_usd_bbl, source, pmi_source, "
    "oil_source";
constexpr const char* kRivalsWanted = "name a table made by models/backtest/rivals.R";
constexpr const char* kFolder = "models/backtest/";

/// Levels at each period's own release, as a forecast of this vintage sees them.
std::map<TradeFlow, std::vector<double>> levels_as_known(const BacktestTables& tables, Vintage vintage) {
  std::map<TradeFlow, std::vector<double>> out;
  for (const TradeFlow flow : {TradeFlow::exports, TradeFlow::imports}) {
    for (std::size_t t = 0; t < tables.data.period.size(); ++t)
      out[flow].push_back(vintage == Vintage::first_known ? level_at_release(tables.data, tables.first_prints, flow, t)
                                                          : tables.data.of(flow)[t]);
  }
  return out;
}

RivalForecasts own_rivals(const std::string& file, const BacktestTables& tables, Vintage vintage) {
  RivalForecasts rivals = read_rivals(utf8_text(read_data_file(file, kRivalsWanted), file), file);
  const auto problem = foreign_rivals(rivals, tables.data, levels_as_known(tables, vintage), file);
  if (problem) throw InputError(InputKind::data, {*problem});
  return rivals;
}

/// Totals of somebody else: what ships of prints, consensus and published forecasts is not about them.
bool foreign(const BacktestTables& tables) {
  const std::string file = std::string(kFolder) + "rivals.csv";
  return foreign_rivals(read_rivals(shipped_backtest_table("rivals.csv"), file), tables.data,
                        levels_as_known(tables, Vintage::final_levels), file)
      .has_value();
}

RivalForecasts shipped_rivals(const BacktestTables& tables, Vintage vintage) {
  const std::string name = vintage == Vintage::first_known ? "rivals_first.csv" : "rivals.csv";
  RivalForecasts rivals = read_rivals(shipped_backtest_table(name), kFolder + name);
  if (!foreign_rivals(rivals, tables.data, levels_as_known(tables, vintage), kFolder + name)) return rivals;
  std::cerr << "these totals are not those that the rivals were fitted to: scored without rivals "
               "(models/backtest/rivals.R makes their table, --rivals names it)"
            << std::endl;
  return {};
}

}  // namespace

std::string shipped_backtest_table(const std::string& name) {
  const std::optional<std::string> text = shipped_file(kFolder + name);
  if (!text) throw std::logic_error(kFolder + name + " does not ship");
  return *text;
}

BacktestTables read_backtest_tables(const CommandLine& line, const BacktestOptions& options) {
  const std::string file = line.names.empty() ? std::string(kFolder) + "totals.csv" : line.names.front();
  const std::string totals =
      line.names.empty() ? shipped_backtest_table("totals.csv") : utf8_text(read_data_file(file, kWanted), file);
  BacktestTables tables{
      file,
      read_totals(totals, file),
      TradeCalendar(shipped_backtest_table("calendar.csv"), std::string(kFolder) + "calendar.csv"),
      FirstPrints(shipped_backtest_table("first_prints.csv"), std::string(kFolder) + "first_prints.csv"),
      read_published_forecasts(shipped_backtest_table("published.csv"), std::string(kFolder) + "published.csv"),
      {}};
  if (!line.names.empty() && foreign(tables)) {
    if (options.vintage == Vintage::first_known)
      refuse_usage("--vintage first is of the totals that ship",
                   "the first prints in models/backtest/first_prints.csv are not those of " + file,
                   "leave --vintage out, or give the totals that ship with months added");
    tables.first_prints = FirstPrints();
    tables.published.clear();
  }
  tables.rivals =
      line.rivals ? own_rivals(*line.rivals, tables, options.vintage) : shipped_rivals(tables, options.vintage);
  return tables;
}

}  // namespace plimsoll
