#include "models/estimation/driver_data.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "models/calibration_table.hpp"
#include "models/trade_period.hpp"
#include "models/trade_slips.hpp"
#include "models/trade_units.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

/// A series that goes on another base year or unit differs by more than revisions.
constexpr double kSameLevelFrac = 0.05;

const std::vector<std::string>& known_drivers() {
  static const std::vector<std::string> names{
      "memory_price.boj_usd", "memory_price.contract", "memory_price.spot", "oil_price",      "exchange_rate",
      "capex.amazon",         "capex.alphabet",        "capex.meta",        "capex.microsoft"};
  return names;
}

void check_driver(const std::string& driver, const std::vector<DriverFigure>& figures, std::vector<Problem>& problems) {
  TradeLine line;
  line.name = driver;
  line.place = figures.front().place;
  for (const DriverFigure& one : figures) {
    if (one.unit != figures.front().unit)
      problems.push_back({one.place, "", driver + ": units '" + one.unit + "' and '" + figures.front().unit + "'",
                          "one series has one unit", "convert one of them"});
    const std::optional<DataPeriod> period = parse_data_months(one.period);
    if (!period) continue;
    const auto [at, fresh] = line.printed.emplace(std::pair{period->first, period->last},
                                                  TradeLine::Printed{one.value, std::nullopt, one.place, "drivers"});
    if (!fresh)
      problems.push_back({one.place, "",
                          driver + ": " + one.period + " stands twice, first in " + to_string(at->second.place),
                          "each period of a driver stands once", "remove one of the rows"});
    else
      line.value.add(period->first, period->last, one.value);
  }
  if (driver.starts_with("capex.")) {  // quarters: gaps alone
    for (auto it = line.printed.begin(); it != line.printed.end() && std::next(it) != line.printed.end(); ++it) {
      if (std::next(it)->first.first != it->first.second + 1)
        problems.push_back({std::next(it)->second.place, "",
                            driver + " has no figure for " + to_string(it->first.second + 1), "history has no gaps",
                            "add the quarters between"});
    }
    return;
  }
  find_slips(line, driver, problems, figures.front().unit.empty() ? "" : " " + figures.front().unit);
  find_gaps(line, driver, line.covered(), problems);
  const std::vector<Month> months = line.covered();
  for (std::size_t k = 0; k + 1 < months.size(); ++k) {
    if (months[k + 1] == months[k] + 1) continue;
    problems.push_back({line.printed.at({months[k + 1], months[k + 1]}).place, "",
                        driver + " has no figure for " + to_string(months[k] + 1), "history has no gaps",
                        "add the months between"});
  }
}

}  // namespace

bool is_driver_table(const std::string& text) {
  const std::string head = text.substr(0, text.find('\n'));
  return head.find("driver") != std::string::npos && head.find("period") != std::string::npos &&
         head.find("value") != std::string::npos && head.find("flow") == std::string::npos;
}

std::vector<DriverFigure> read_driver_data(const std::string& text, const std::string& file,
                                           std::vector<Problem>& problems) {
  std::vector<DriverFigure> figures;
  static const std::vector<std::string> kColumns{"driver", "period", "value",      "unit", "status",
                                                 "source", "kind",   "known_from", "note"};
  const CsvTable table = parse_csv(text, file);
  for (const std::string& column : table.header) {
    if (std::find(kColumns.begin(), kColumns.end(), column) != kColumns.end()) continue;
    const std::string near = nearest_name(column, kColumns);
    problems.push_back({{file, 1, 1},
                        "",
                        "unknown column '" + column + "'",
                        "columns are driver,period,value,unit",
                        near.empty() ? "remove it" : "did you mean '" + near + "'?"});
  }
  const int driver = table.column("driver"), period = table.column("period"), value = table.column("value"),
            unit = table.column("unit");
  if (driver < 0 || period < 0 || value < 0) {
    problems.push_back({{file, 1, 1}, "", "a column driver, period or value is missing", "", "add it"});
    return figures;
  }
  std::map<std::string, std::vector<DriverFigure>> by_driver;
  for (const CsvTable::Row& row : table.rows) {
    const auto field = [&](int column) {
      return column < 0 ? std::string() : trimmed(row.fields[static_cast<std::size_t>(column)]);
    };
    const auto place = [&](int column) { return Place{file, row.line, row.columns[static_cast<std::size_t>(column)]}; };
    DriverFigure one{field(driver), field(period), field(unit), 0, place(value)};
    if (std::find(known_drivers().begin(), known_drivers().end(), one.driver) == known_drivers().end()) {
      const std::string near = nearest_name(one.driver, known_drivers());
      problems.push_back({place(driver), "", "unknown driver '" + one.driver + "'", "the model has no use for it",
                          near.empty() ? "see docs/reference/calibration-format.md" : "did you mean '" + near + "'?"});
      continue;
    }
    const std::optional<DataPeriod> months = parse_data_months(one.period);
    const int length = one.driver.starts_with("capex.") ? 3 : 1;
    if (!months || months->last - months->first + 1 != length) {
      problems.push_back({place(period), "", "'" + one.period + "' is no " + (length == 3 ? "quarter" : "month"), "",
                          length == 3 ? "write 2026Q1" : "write 2026-05"});
      continue;
    }
    const std::optional<double> number = parse_double(field(value));
    if (!number || !(*number > 0)) {
      problems.push_back({place(value), "", "'" + field(value) + "' is not a number above 0", "drivers enter as logs",
                          "correct the figure"});
      continue;
    }
    one.value = *number;
    by_driver[one.driver].push_back(one);
    figures.push_back(one);
  }
  for (const auto& [name, own] : by_driver) check_driver(name, own, problems);
  return figures;
}

void merge_driver_data(TableFiles& files, const std::string& folder, const std::vector<DriverFigure>& figures,
                       const std::string& source, const std::string& known_on) {
  if (figures.empty()) return;
  const TableText old = table_of(files, folder, "drivers.csv");
  std::map<std::string, std::map<std::string, const DriverFigure*>> own;
  for (const DriverFigure& one : figures) own[one.driver][one.period] = &one;
  std::map<std::string, std::map<std::string, std::size_t>> base;  // periods sort as they follow each other
  std::vector<std::string> order;
  for (std::size_t r = 0; r < old.rows(); ++r) {
    if (!base.contains(old.at(r, "driver"))) order.push_back(old.at(r, "driver"));
    base[old.at(r, "driver")][old.at(r, "period")] = r;
  }
  for (const auto& [driver, periods] : own) {
    if (!base.contains(driver)) order.push_back(driver);
  }
  std::vector<Problem> problems;
  TableText t(old.header());
  for (const std::string& driver : order) {
    const auto& mine = own[driver];
    const auto& theirs = base[driver];
    const bool replaces = !mine.empty() && (theirs.empty() || mine.begin()->first <= theirs.begin()->first);
    if (!mine.empty() && !replaces) {
      // The base goes before: level and unit have to be the same where both have figures.
      const auto shared = theirs.find(mine.begin()->first);
      const DriverFigure& first = *mine.begin()->second;
      if (shared == theirs.end()) {
        if (mine.begin()->first < theirs.rbegin()->first)
          problems.push_back({first.place, "", driver + " begins inside the base's history", "", "give whole months"});
      } else if (std::abs(first.value / old.number(shared->second, "value") - 1) > kSameLevelFrac) {
        problems.push_back({first.place, "",
                            driver + " is " + shortest(first.value) + " in " + first.period + ", " +
                                old.at(shared->second, "value") + " in " + folder,
                            "the base's figures stand before the own ones: unit, base year and vintage are one",
                            "convert the figures, or give the whole history"});
      }
    }
    std::set<std::string> periods;
    for (const auto& [period, row] : theirs) {
      if (!replaces) periods.insert(period);
    }
    for (const auto& [period, figure] : mine) periods.insert(period);
    for (const std::string& period : periods) {
      const auto figure = mine.find(period);
      std::vector<std::string> row;
      if (figure == mine.end()) {
        for (const std::string& column : old.header()) row.push_back(old.at(theirs.at(period), column));
      } else {
        const std::string unit = !figure->second->unit.empty() || theirs.empty()
                                     ? figure->second->unit
                                     : old.at(theirs.begin()->second, "unit");
        row = {driver, period, shortest(figure->second->value), unit, "observed", source, "data", known_on, ""};
      }
      t.add(row);
    }
  }
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  files["drivers.csv"] = t.text();
}

}  // namespace plimsoll
