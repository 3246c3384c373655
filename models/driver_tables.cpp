#include "models/driver_tables.hpp"

#include <algorithm>
#include <optional>

namespace plimsoll {

std::vector<std::string> product_ids(const Calibration& calibration) {
  std::vector<std::string> ids;
  for (const Product& p : calibration.products) ids.push_back(p.id);
  return ids;
}

std::vector<std::string> market_ids(const Calibration& calibration) {
  std::vector<std::string> ids;
  for (const Market& m : calibration.markets) ids.push_back(m.id);
  return ids;
}

std::vector<std::string> with(std::vector<std::string> ids, const std::string& extra) {
  ids.push_back(extra);
  return ids;
}

void DriverTables::read() {
  read_drivers();
  read_tariffs();
  read_loadings();
  read_parameters();
  read_correlations();
}

void DriverTables::read_drivers() {
  const CalibrationTable t = table("drivers.csv", {"driver", "period", "value", "unit", "status"});
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string& driver = t.text(r, "driver");
    const std::string& period = t.text(r, "period");
    const double value = t.positive(r, "value");
    t.choice(r, "status", {"observed", "derived", "interpolated", "imputed", "reported"});
    if (driver.rfind("capex.", 0) == 0) {
      const bool quarter = period.size() == 6 && period[4] == 'Q' && period[5] >= '1' && period[5] <= '4';
      const std::optional<Month> month =
          quarter ? parse_month(
                        period.substr(0, 4) + "-" +
                        (period[5] == '4' ? "10" : std::string("0") + static_cast<char>('1' + 3 * (period[5] - '1'))))
                  : std::nullopt;
      if (!month) {
        t.problem(r, "period", "'" + period + "' is not a quarter", "capex is quarterly", "write e.g. 2026Q1");
        continue;
      }
      QuarterlyHistory& history = c_.capex[driver.substr(6)];
      if (history.level.empty()) history.from = *month;
      if (history.end() != *month)
        t.problem(r, "period", "the quarter before " + period + " is missing", "history has no gaps",
                  "add the row, in order");
      history.level.push_back(value);
    } else {
      const std::optional<Month> month = t.month(r, "period");
      if (!month) continue;
      DriverHistory& history = c_.drivers[driver];
      if (history.level.empty()) {
        history.from = *month;
        history.unit = t.text(r, "unit");
      }
      if (history.last() + 1 != *month)
        t.problem(r, "period", "the month before " + period + " is missing", "history has no gaps",
                  "add the row, in order");
      history.level.push_back(value);
    }
  }
  for (const std::string& name :
       {"memory_price." + c_.memory_index, std::string("oil_price"), std::string("exchange_rate")}) {
    if (c_.drivers.count(name) == 0)
      t.problem("driver '" + name + "' is missing", "the model needs its history", "add its months");
  }
  if (c_.capex.empty()) t.problem("capex is missing", "the model needs its history", "add capex.FIRM by quarter");
}

void DriverTables::read_tariffs() {
  const CalibrationTable t = table("tariffs.csv", {"market", "product", "from", "rate_pct", "competitors_rate_pct"});
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::optional<Date> from = t.date(r, "from");
    const double rate = t.number(r, "rate_pct"), other = t.number(r, "competitors_rate_pct");
    if (rate < 0 || other < 0) t.problem(r, "rate_pct", "a tariff below 0", "", "");
    if (!t.choice(r, "market", market_ids(c_)) || !t.choice(r, "product", product_ids(c_)) || !from) continue;
    auto schedule = std::find_if(c_.tariffs.begin(), c_.tariffs.end(), [&](const TariffSchedule& s) {
      return s.market == t.text(r, "market") && s.product == t.text(r, "product");
    });
    if (schedule == c_.tariffs.end())
      schedule = c_.tariffs.insert(c_.tariffs.end(), {t.text(r, "market"), t.text(r, "product"), {}});
    if (!schedule->steps.empty() && *from <= schedule->steps.back().from)
      t.problem(r, "from", "the step is not after the one before it", "steps stand by date", "sort the rows");
    schedule->steps.push_back({*from, rate / 100, other / 100});
  }
}

void DriverTables::read_loadings() {
  const CalibrationTable t =
      table("loadings.csv", {"product", "market", "driver", "volume", "price", "unit", "family_corr"});
  for (std::size_t r = 0; r < t.rows(); ++r) {
    t.choice(r, "product", with(product_ids(c_), "all"));
    t.choice(r, "market", with(market_ids(c_), "all"));
    t.choice(r, "driver", {"capex", "memory_price", "oil_price", "exchange_rate", "foreign_demand"});
    Loading l{t.text(r, "product"),        t.text(r, "market"),       t.text(r, "driver"), t.random_number(r, "volume"),
              t.random_number(r, "price"), t.share(r, "family_corr"), t.provenance(r)};
    for (const Loading& other : c_.loadings) {
      if (other.product == l.product && other.market == l.market && other.driver == l.driver)
        t.problem(r, "driver", "the loading stands twice", "", "keep one row");
    }
    c_.loadings.push_back(std::move(l));
  }
}

void DriverTables::read_parameters() {
  const CalibrationTable t =
      table("parameters.csv", {"parameter", "product", "market", "value", "unit", "family_corr"});
  for (std::size_t r = 0; r < t.rows(); ++r) {
    t.choice(r, "product", with(product_ids(c_), ""));
    t.choice(r, "market", with(market_ids(c_), ""));
    Parameter p{t.text(r, "parameter"),    t.text(r, "product"), t.text(r, "market"), t.random_number(r, "value"),
                t.share(r, "family_corr"), t.text(r, "unit"),    t.provenance(r)};
    for (const Parameter& other : c_.parameters) {
      if (other.name == p.name && other.product == p.product && other.market == p.market)
        t.problem(r, "parameter", "the parameter stands twice", "", "keep one row");
    }
    c_.parameters.push_back(std::move(p));
  }
}

void DriverTables::read_correlations() {
  const CalibrationTable t = table("correlations.csv", {"a", "b", "value"});
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const double value = t.number(r, "value");
    if (value < -1 || value > 1) t.problem(r, "value", "a correlation outside -1 to 1", "", "");
    c_.correlations.push_back({t.text(r, "a"), t.text(r, "b"), value});
  }
}

}  // namespace plimsoll
