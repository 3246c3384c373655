#include "models/backtest_drivers.hpp"

#include <algorithm>
#include <cmath>

#include "models/calibration_table.hpp"
#include "models/model_plan.hpp"

namespace plimsoll {
namespace {

/// Months whose season is taken off demand: before the first origin, so that no forecast knows later ones.
constexpr Month kSeasonFrom = Month::of(2005, 7), kSeasonTo = Month::of(2012, 6);

std::optional<Month> first_month(const std::string& period, bool quarterly) {
  if (!quarterly) return parse_month(period);
  if (period.size() != 6 || period[4] != 'Q' || period[5] < '1' || period[5] > '4') return std::nullopt;
  const std::optional<Month> january = parse_month(period.substr(0, 4) + "-01");
  return january ? std::optional<Month>(*january + 3 * (period[5] - '1')) : std::nullopt;
}

void add_row(const CalibrationTable& table, std::size_t row, BacktestDrivers& out) {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const TotalsDriver driver : kTotalsDrivers) all.push_back(to_string(driver));
    return all;
  }();
  const double value = table.positive(row, "value");
  if (!table.choice(row, "driver", names)) return;
  const std::string& name = table.text(row, "driver");
  const auto driver = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  const bool quarterly = kTotalsDrivers[driver] == TotalsDriver::capex;
  const std::optional<Month> month = first_month(table.text(row, "period"), quarterly);
  if (!month) {
    table.problem(row, "period", "'" + table.text(row, "period") + "' is no " + (quarterly ? "quarter" : "month"),
                  name + " is " + (quarterly ? "quarterly" : "monthly"),
                  quarterly ? "write e.g. 2026Q1" : "write e.g. 2026-01");
    return;
  }
  DriverHistory& history = out.history[driver];
  if (history.level.empty()) {
    history.from = *month;
    history.unit = table.text(row, "unit");
  } else if (*month != history.last() + 1) {
    table.problem(row, "period", name + " jumps from " + to_string(history.last()) + " to " + to_string(*month),
                  "history has no gaps and stands in order", "add, move or remove rows");
    return;
  }
  for (int k = 0; k < (quarterly ? 3 : 1); ++k) history.level.push_back(value);
}

}  // namespace

std::string to_string(TotalsDriver driver) {
  switch (driver) {
    case TotalsDriver::memory_price: return "memory_price";
    case TotalsDriver::oil_price: return "oil_price";
    case TotalsDriver::foreign_demand: return "foreign_demand";
    case TotalsDriver::capex: break;
  }
  return "capex";
}

Month BacktestDrivers::known_to(TotalsDriver driver, Month origin) const {
  // Prices are out before customs figures of the same month; US imports a month later; a quarter's capital spending
  // within the month after it.
  Month known = origin;
  if (driver == TotalsDriver::foreign_demand) known = origin - 1;
  if (driver == TotalsDriver::capex) {
    known = origin - 1;
    known = known - (known.month() % 3);  // the end of the last quarter that is over by then
  }
  return std::min(known, of(driver).last());
}

double BacktestDrivers::log_level(TotalsDriver driver, Month month, Month known) const {
  const DriverHistory& h = of(driver);
  return std::log(h.at(std::clamp(month, h.from, std::min(known, h.last()))));
}

BacktestDrivers read_backtest_drivers(const std::string& text, const std::string& file) {
  std::vector<Problem> problems;
  TableChecks checks{problems, {}, {}};
  const CalibrationTable table(file, text, {"driver", "period", "value", "unit", "source"}, checks);
  BacktestDrivers out;
  for (std::size_t row = 0; row < table.rows(); ++row) add_row(table, row, out);
  for (const TotalsDriver driver : kTotalsDrivers) {
    if (out.of(driver).level.empty())
      table.problem("driver '" + to_string(driver) + "' is missing", "every driver needs its history",
                    "add its periods");
  }
  DriverHistory& demand = out.of(TotalsDriver::foreign_demand);
  if (problems.empty() && (demand.from > kSeasonFrom - 6 || demand.last() < kSeasonTo + 6))
    table.problem("foreign_demand runs from " + to_string(demand.from) + " to " + to_string(demand.last()),
                  "its season is estimated on " + to_string(kSeasonFrom - 6) + " to " + to_string(kSeasonTo + 6),
                  "add its months");
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  std::vector<double> log_level;
  for (const double one : demand.level) log_level.push_back(std::log(one));
  log_level = without_season(log_level, demand.from, kSeasonFrom, kSeasonTo);
  for (std::size_t k = 0; k < log_level.size(); ++k) demand.level[k] = std::exp(log_level[k]);
  return out;
}

std::vector<double> without_season(const std::vector<double>& log_level, Month first, Month from, Month to) {
  std::array<double, 12> season{};
  std::array<int, 12> counted{};
  for (Month m = from; m <= to; m = m + 1) {
    const auto at = static_cast<std::size_t>(m - first);
    double trend = (log_level.at(at - 6) + log_level.at(at + 6)) / 2;
    for (std::size_t k = at - 5; k <= at + 5; ++k) trend += log_level[k];
    season[static_cast<std::size_t>(m.month() - 1)] += log_level[at] - trend / 12;
    ++counted[static_cast<std::size_t>(m.month() - 1)];
  }
  double mean = 0;
  for (std::size_t k = 0; k < 12; ++k) mean += (season[k] /= std::max(counted[k], 1)) / 12;
  std::vector<double> out = log_level;
  for (std::size_t k = 0; k < out.size(); ++k)
    out[k] -= season[static_cast<std::size_t>((first + static_cast<int>(k)).month() - 1)] - mean;
  return out;
}

std::vector<double> gamma_lag(double mean_months) {
  if (mean_months <= 0) return {1};
  const auto upto = [&](double x) {
    return x <= 0 ? 0 : 1 - std::exp(-2 * x / mean_months) * (1 + 2 * x / mean_months);
  };
  std::vector<double> weight;
  double sum = 0;
  for (int k = 0; k < kLagMonths; ++k) sum += weight.emplace_back(upto(k + 0.5) - upto(k - 0.5));
  for (double& w : weight) w /= sum;
  return weight;
}

}  // namespace plimsoll
