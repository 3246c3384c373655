#include "models/estimation/as_of_tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "models/estimation/as_of_imports.hpp"
#include "models/estimation/memory_cycle.hpp"
#include "models/estimation/split_history.hpp"
#include "models/estimation/trade_history.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

constexpr int kRateDigits = 4;  // of a percentage; tables have two
constexpr const char* kMemory = "memory_price.boj_usd";
constexpr Month kTroughFrom = Month::of(2023, 6);  // the lowest month since then began the upswing that is open

bool known_by(const TableText& t, std::size_t row, const Date& day) {
  const std::optional<Date> known = parse_date(t.at(row, "known_from"));
  return known && *known <= day;
}

void cap_known_from(TableText& t, const Date& day) {
  if (!t.has("known_from")) return;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    if (!known_by(t, r, day)) t.set(r, "known_from", to_string(day));
  }
}

/// Rows of `more` at the end of `t`, column by column.
void append(TableText& t, const TableText& more) {
  for (std::size_t r = 0; r < more.rows(); ++r) {
    std::vector<std::string> row;
    for (const std::string& column : t.header()) row.push_back(more.has(column) ? more.at(r, column) : "");
    t.add(std::move(row));
  }
}

using TariffPair = std::pair<std::string, std::string>;  ///< market, product

Date tariff_from(const TableText& t, std::size_t row) {
  return parse_date(t.at(row, "from")).value_or(Date{9999, 1, 1});
}

/// What is in force on a day; steps of a pair stand by date.
std::map<TariffPair, double> rates_on(const TableText& t, const Date& day, const std::string& layer) {
  std::map<TariffPair, double> rates;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    if (tariff_from(t, r) <= day) rates[{t.at(r, "market"), t.at(r, "product")}] = t.number(r, layer);
  }
  return rates;
}

class AsOf {
 public:
  AsOf(const AsOfInputs& in, Month origin, const std::string& name)
      : in_(in), origin_(origin), day_(known_after(origin)), files_(in.beliefs) {
    files_.erase("README.md");
    files_.erase("estimation/estimates.csv");
    files_.erase("estimation/driver_digits.csv");  // digits of a nowcast
    set_yaml("name", name);
    set_yaml("as_of", to_string(origin));
    believed_on_ = parse_date(yaml("known_on")).value_or(Date{});
    set_yaml("known_on", to_string(day_));
  }

  TableFiles made() {
    add_sources();
    cut_drivers();
    files_["history.csv"] =
        split_history(in_.figures, in_.beliefs, in_.figures_name, in_.beliefs_name, memory_index(), origin_, day_);
    cut_tariffs();
    cut_offsets();
    measure_upswing();
    set_methods();
    if (in_.flow == TradeFlow::imports) add_import_tables(files_, in_, memory_index(), origin_, day_);
    for (auto& [file, text] : files_) {
      if (!file.ends_with(".csv")) continue;
      TableText t(text, file);
      cap_known_from(t, day_);
      text = t.text();
    }
    return std::move(files_);
  }

 private:
  const AsOfInputs& in_;
  Month origin_;
  Date day_, believed_on_;
  TableFiles files_;

  TableText beliefs(const std::string& file) const { return table_of(in_.beliefs, in_.beliefs_name, file); }
  TableText figures(const std::string& file) const { return table_of(in_.figures, in_.figures_name, file); }

  std::string yaml(const std::string& key) const {
    const std::string& text = files_.at("calibration.yaml");
    const std::size_t at = text.find("\n" + key + ":") + key.size() + 2;
    const std::size_t from = text.find_first_not_of(' ', at);
    return text.substr(from, text.find('\n', from) - from);
  }
  void set_yaml(const std::string& key, const std::string& value) {
    std::string& text = files_.at("calibration.yaml");
    const std::size_t at = text.find("\n" + key + ":");
    const std::size_t end = text.find('\n', at + 1);
    text.replace(at, end - at, "\n" + key + ": " + value);
  }

  /// Figures name sources that the beliefs need not have.
  void add_sources() {
    TableText t = beliefs("sources.csv");
    std::set<std::string> ids;
    for (std::size_t r = 0; r < t.rows(); ++r) ids.insert(t.at(r, "id"));
    TableText more = figures("sources.csv");
    more.keep([&](std::size_t r) { return !ids.contains(more.at(r, "id")); });
    append(t, more);
    files_["sources.csv"] = t.text();
  }

  void cut_drivers() {
    TableText t = figures("drivers.csv");
    t.keep([&](std::size_t r) { return known_by(t, r, day_); });
    files_["drivers.csv"] = t.text();
  }

  MonthlySeries memory_index() const { return read_driver(files_, in_.figures_name, kMemory).until(origin_); }

  /// Duties in force on the day, and those decided by then. The parts of steps that carry duties on metals were scaled
  /// to averages that were published later; the steps themselves are of their time. The two tables settle those parts
  /// differently, so a step of the figures moves the believed rate by the figures' own change.
  void cut_tariffs() {
    const TableText believed = beliefs("tariffs.csv"), came = figures("tariffs.csv");
    TableText t = believed, later = came;
    t.keep([&](std::size_t r) { return tariff_from(t, r) <= day_ || known_by(t, r, day_); });
    later.keep([&](std::size_t r) { return tariff_from(later, r) > believed_on_ && known_by(later, r, day_); });
    const Date last = std::min(day_, believed_on_);
    for (const char* layer : {"rate_pct", "competitors_rate_pct"}) {
      std::map<TariffPair, double> mine = rates_on(believed, last, layer), theirs = rates_on(came, last, layer);
      for (std::size_t r = 0; r < later.rows(); ++r) {
        const TariffPair pair{later.at(r, "market"), later.at(r, "product")};
        const double moved = later.number(r, layer) + mine[pair] - theirs[pair];
        later.set(r, layer, decimals(std::max(0.0, moved), kRateDigits));
      }
    }
    append(t, later);
    files_["tariffs.csv"] = t.text();
  }

  void cut_offsets() {
    const std::string file = "estimation/offsets.csv";
    TableText t = beliefs(file), later = figures(file);
    Month last;
    for (std::size_t r = 0; r < t.rows(); ++r) last = std::max(last, t.month(r, "month"));
    t.keep([&](std::size_t r) { return t.month(r, "month") <= origin_; });
    later.keep([&](std::size_t r) { return later.month(r, "month") > last && later.month(r, "month") <= origin_; });
    append(t, later);
    files_[file] = t.text();
  }

  /// The last row of the upswings is the one that is open: from the trough to the origin.
  void measure_upswing() {
    const MonthlySeries index = memory_index();
    Month trough = std::max(kTroughFrom, index.from);
    for (Month m = trough; m <= index.last(); m = m + 1) {
      if (index.at(m) < index.at(trough)) trough = m;
    }
    const std::string file = "estimation/memory_upswings.csv";
    TableText t = beliefs(file);
    const std::size_t open = t.rows() - 1;
    t.set(open, "months_up", std::to_string(index.last() - trough));
    t.set(open, "rise_multiple", shortest(index.values.back() / index.at(trough)));
    files_[file] = t.text();
  }

  /// Estimated as calibrations are today: how errors of forecasts are counted, and rows that the estimation fills
  /// where they stand. The number of released periods is that of the window.
  void set_methods() {
    const std::string file = "estimation/settings.csv";
    TableText t = beliefs(file), now = figures(file);
    t.keep([&](std::size_t r) { return t.at(r, "setting") != "released_periods"; });
    now.keep([&](std::size_t r) { return now.at(r, "setting") == "forecast_errors"; });
    if (now.rows() > 0) t.keep([&](std::size_t r) { return t.at(r, "setting") != "forecast_errors"; });
    append(t, now);
    files_[file] = t.text();

    const std::set<std::string> filled{"trend_start_weight_frac", "level_start_log"};
    const auto row_is = [&](const TableText& of, std::size_t r) {
      return filled.contains(of.at(r, "parameter")) && of.at(r, "product").empty() && of.at(r, "market").empty();
    };
    TableText parameters = beliefs("parameters.csv"), rows = figures("parameters.csv");
    parameters.keep([&](std::size_t r) { return !row_is(parameters, r); });
    rows.keep([&](std::size_t r) { return row_is(rows, r); });
    append(parameters, rows);
    files_["parameters.csv"] = parameters.text();
  }
};

}  // namespace

Date known_after(Month origin) {
  constexpr int kDay = 28;
  return {(origin + 1).year(), (origin + 1).month(), kDay};
}

TableFiles as_of_tables(const AsOfInputs& inputs, Month origin, const std::string& name) {
  return AsOf(inputs, origin, name).made();
}

}  // namespace plimsoll
