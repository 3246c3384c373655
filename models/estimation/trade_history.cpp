#include "models/estimation/trade_history.hpp"

#include <limits>
#include <set>

#include "models/calibration_table.hpp"

namespace plimsoll {
namespace {

std::vector<std::string> ids_of(const TableFiles& files, const std::string& folder, const std::string& file) {
  const TableText t = table_of(files, folder, file);
  std::vector<std::string> ids;
  for (std::size_t r = 0; r < t.rows(); ++r) ids.push_back(t.at(r, "id"));
  return ids;
}

MonthlySeries complete_series(const std::map<Month, double>& months, Month from, Month to, const std::string& what,
                              const std::string& file) {
  MonthlySeries series{from, {}};
  for (Month m = from; m <= to; m = m + 1) {
    const auto place = months.find(m);
    if (place == months.end())
      throw data_error(problem_at({file, 0, 0}, "", what + " has no figure for " + to_string(m),
                                  "history has no gaps up to as_of", "add the row"));
    series.values.push_back(place->second);
  }
  return series;
}

/// First month of `2026Q1`.
std::optional<Month> quarter_month(const std::string& text) {
  if (text.size() != 6 || text[4] != 'Q' || text[5] < '1' || text[5] > '4') return std::nullopt;
  const std::optional<Month> january = parse_month(text.substr(0, 4) + "-01");
  if (!january) return std::nullopt;
  return *january + 3 * (text[5] - '1');
}

}  // namespace

TradeHistory read_trade_history(const TableFiles& files, const std::string& folder, Month window_from, Month as_of) {
  TradeHistory h;
  h.window_from = window_from;
  h.as_of = as_of;
  h.products = ids_of(files, folder, "products.csv");
  h.markets = ids_of(files, folder, "markets.csv");
  const TableText t = table_of(files, folder, "history.csv");
  const std::string file = folder + "/history.csv";
  std::map<std::pair<std::string, std::string>, std::map<Month, double>> values;
  std::map<std::string, std::map<Month, double>> quantities;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const Month month = t.month(r, "month");
    values[{t.at(r, "product"), t.at(r, "market")}][month] = t.number(r, "value_usd_bn");
    if (!t.at(r, "quantity").empty()) quantities[t.at(r, "product")][month] = t.number(r, "quantity");
  }
  const auto& total = values[{"all", "all"}];
  if (total.empty()) throw data_error(problem_at({file, 0, 0}, "", "there is no total", "", "add rows of all, all"));
  h.total = complete_series(total, total.begin()->first, as_of, "all/all", file);
  for (const std::string& id : h.products)
    h.product_values[id] = complete_series(values[{id, "all"}], window_from, as_of, id + "/all", file);
  for (const std::string& id : h.markets)
    h.market_values[id] = complete_series(values[{"all", id}], window_from, as_of, "all/" + id, file);
  for (const auto& [id, months] : quantities) {
    MonthlySeries series{window_from, {}};
    for (Month m = window_from; m <= as_of; m = m + 1) {
      const auto place = months.find(m);
      series.values.push_back(place != months.end() && place->second > 0 ? place->second
                                                                         : std::numeric_limits<double>::quiet_NaN());
    }
    h.quantities[id] = series;
  }
  return h;
}

MonthlySeries read_driver(const TableFiles& files, const std::string& folder, const std::string& driver) {
  const TableText t = table_of(files, folder, "drivers.csv");
  std::map<Month, double> months;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    if (t.at(r, "driver") == driver) months[t.month(r, "period")] = t.number(r, "value");
  }
  if (months.empty()) return {};
  return complete_series(months, months.begin()->first, months.rbegin()->first, driver, folder + "/drivers.csv");
}

std::map<Month, double> read_capex(const TableFiles& files, const std::string& folder) {
  const TableText t = table_of(files, folder, "drivers.csv");
  std::map<Month, std::pair<double, int>> quarters;
  std::set<std::string> firms;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string& driver = t.at(r, "driver");
    if (!driver.starts_with("capex.")) continue;
    firms.insert(driver);
    const std::optional<Month> quarter = quarter_month(t.at(r, "period"));
    if (!quarter) continue;  // the reader of the calibration reports it
    quarters[*quarter].first += t.number(r, "value");
    ++quarters[*quarter].second;
  }
  std::map<Month, double> sums;
  for (const auto& [quarter, sum] : quarters) {
    if (sum.second == static_cast<int>(firms.size())) sums[quarter] = sum.first;
  }
  return sums;
}

}  // namespace plimsoll
