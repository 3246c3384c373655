#include "sim/conditional_cell.hpp"

#include <algorithm>
#include <cmath>

#include "sim/engine_totals.hpp"

namespace plimsoll {
namespace {

constexpr const char *kProduct = "total", *kMarket = "world", *kFirms = "four_firms";
constexpr auto kMemory = static_cast<std::size_t>(TotalsDriver::memory_price);
constexpr auto kOil = static_cast<std::size_t>(TotalsDriver::oil_price);
constexpr auto kDemand = static_cast<std::size_t>(TotalsDriver::foreign_demand);
constexpr auto kCapex = static_cast<std::size_t>(TotalsDriver::capex);

/// Years on which a driver's spread is measured; on which demand's growth and capital spending's are.
constexpr int kSpreadMonths = 96, kDemandMonths = 72, kCapexMonths = 24;

void replace(Calibration& c, const std::string& name, double value) {
  for (Parameter& parameter : c.parameters) {
    if (parameter.name == name && parameter.product.empty() && parameter.market.empty())
      parameter.value = RandomNumber::fixed(value);
  }
}

DriverOutlook outlook_of(const BacktestDrivers& drivers, TotalsDriver driver, Month origin) {
  const Month known = drivers.known_to(driver, origin);
  const Month first = drivers.of(driver).from + 12;
  const auto year = [&](Month m) {
    return drivers.log_level(driver, m, known) - drivers.log_level(driver, m - 12, known);
  };
  const auto mean_year = [&](int months) {
    double sum = 0;
    int counted = 0;
    for (Month m = known; m > known - months && m >= first; m = m - 1, ++counted) sum += year(m);
    return counted > 0 ? sum / counted : 0;
  };
  DriverOutlook out;
  if (driver == TotalsDriver::foreign_demand) out.growth_log = mean_year(kDemandMonths);
  if (driver == TotalsDriver::capex) out.growth_log = mean_year(kCapexMonths);
  double squares = 0;
  int counted = 0;
  for (Month m = known; m > known - kSpreadMonths && m >= first; m = m - 1, ++counted)
    squares += (year(m) - out.growth_log) * (year(m) - out.growth_log);
  out.annual_sd_log = counted > 0 ? std::sqrt(squares / counted) : 0;
  return out;
}

/// Seasons and shocks of the released periods free of what the drivers did, as the one-cell engine wants them.
TotalsTrend trend_net_of_drivers(const TotalsData& data, TradeFlow flow, const TradeCalendar& calendar,
                                 const BacktestDrivers& drivers, std::size_t origin, const TotalsElasticities& theta,
                                 const TotalsSettings& settings) {
  TotalsFilter filter(settings, calendar), engine(engine_form(settings), calendar);
  for (std::size_t t = 0; t <= origin; ++t) {
    double log_net = 0;
    for (const TotalsDriver driver : kTotalsDrivers) {
      const auto k = static_cast<std::size_t>(driver);
      if (!theta.in[k]) continue;
      const Month known = drivers.known_to(driver, data.period[origin]);
      log_net -= theta.mean[k] * (period_log(drivers, driver, data.period[t], known) -
                                  period_log(drivers, driver, data.period[origin], known));
    }
    const double net = data.of(flow)[t] * std::exp(log_net);
    filter.update(data.period[t], net, {.mfg_pmi = data.mfg_pmi[t]});
    engine.update(data.period[t], net, {.mfg_pmi = data.mfg_pmi[t]});
  }
  return engine_trend(filter.trend(), engine.trend());
}

void load(Calibration& c, const std::string& driver, double mean, double sd) {
  c.loadings.push_back(
      {kProduct, kMarket, driver, {RandomNumber::Kind::normal, {mean, sd}}, RandomNumber::fixed(0), 0, {}});
}

/// The named drivers as the engine knows them, with their histories to the origin.
void add_drivers(ConditionalCell& cell, const BacktestDrivers& drivers) {
  Calibration& c = cell.calibration;
  const TotalsElasticities& theta = cell.elasticities;
  const auto history = [&](TotalsDriver driver) {
    const DriverHistory& all = drivers.of(driver);
    const auto months = static_cast<std::ptrdiff_t>(c.as_of - all.from) + 1;
    return DriverHistory{all.from, {all.level.begin(), all.level.begin() + months}, all.unit};
  };
  c.drivers["memory_price.boj_usd"] = history(TotalsDriver::memory_price);
  c.drivers["oil_price"] = history(TotalsDriver::oil_price);
  replace(c, "memory_lag_months", choice_of(TotalsDriver::memory_price).lag_months);
  replace(c, "oil_lag_months", choice_of(TotalsDriver::oil_price).lag_months);
  replace(c, "demand_sd_pp", 100 * cell.outlook[kDemand].annual_sd_log);
  for (const std::size_t k : {kMemory, kOil, kDemand})
    load(c, to_string(kTotalsDrivers[k]), theta.mean[k], theta.sd[k]);
  if (!theta.in[kCapex]) return;
  const Month known = drivers.known_to(TotalsDriver::capex, c.as_of);
  QuarterlyHistory quarters{c.as_of - (c.as_of.month() - 1) - 120,
                            {}};  // what came before the table: its first quarter
  for (Month m = quarters.from; m <= known; m = m + 3)
    quarters.level.push_back(std::exp(drivers.log_level(TotalsDriver::capex, m, known)));
  c.capex = {{kFirms, quarters}};
  replace(c, "capex_lag_months", choice_of(TotalsDriver::capex).lag_months);
  load(c, "capex", theta.mean[kCapex], theta.sd[kCapex]);
}

/// Every quarter's level: expected growth from the last one known, or what came and growth from there.
CapexPaths capex_paths(const ConditionalCell& cell, const BacktestDrivers& drivers, bool actual, Month horizon) {
  const QuarterlyHistory& history = cell.calibration.capex.at(kFirms);
  const DriverOutlook& outlook = cell.outlook[kCapex];
  CapexPaths paths;
  paths.annual_sd_log = RandomNumber::fixed(actual ? 0 : outlook.annual_sd_log);
  paths.common_share_frac = RandomNumber::fixed(0);
  CapexFirm firm{kFirms, {}};
  double level = history.level.back();
  for (Month m = history.end(); m.year() <= horizon.year(); m = m + 3) {
    const DriverHistory& came = drivers.of(TotalsDriver::capex);
    level = actual && m <= came.last() ? came.at(m) : level * std::exp(outlook.growth_log / 4);
    firm.keys.push_back({m.year(), m.quarter(), CapexKey::Measure::level_usd_bn, RandomNumber::fixed(level)});
  }
  paths.firms.push_back(firm);
  return paths;
}

ProcessSpec random_walk(double annual_sd_log) {
  ProcessSpec spec;
  spec.kind = "random_walk";
  spec.parameters["annual_sd_log"] = RandomNumber::fixed(annual_sd_log);
  return spec;
}

void pin_prices(const BacktestDrivers& drivers, TotalsDriver driver, Scenario& s, Month from) {
  const DriverHistory& came = drivers.of(driver);
  for (Month m = from; m <= std::min(s.horizon, came.last()); m = m + 1)
    s.pins.push_back({to_string(driver), m, m, std::nullopt, came.at(m), {}});
}

}  // namespace

ConditionalCell conditional_cell(const TotalsData& data, TradeFlow flow, const TradeCalendar& calendar,
                                 const BacktestDrivers& drivers, std::size_t origin,
                                 const TotalsElasticities& elasticities, const TotalsSettings& settings) {
  ConditionalCell cell;
  cell.origin = data.period[origin];
  cell.elasticities = elasticities;
  for (const TotalsDriver driver : kTotalsDrivers)
    cell.outlook[static_cast<std::size_t>(driver)] = outlook_of(drivers, driver, cell.origin);
  // The engine knows no history of demand: its part is taken out of the months that the trend is fitted to.
  const Month from = data.period.front() - 1, known = drivers.known_to(TotalsDriver::foreign_demand, cell.origin);
  std::vector<double> monthly;
  for (Month m = from; m <= cell.origin; m = m + 1) {
    const double apart = drivers.log_level(TotalsDriver::foreign_demand, m, known) -
                         drivers.log_level(TotalsDriver::foreign_demand, cell.origin, known);
    monthly.push_back(data.monthly_of(flow)[static_cast<std::size_t>(m - from)] *
                      std::exp(-elasticities.mean[kDemand] * apart));
  }
  const TotalsTrend trend = trend_net_of_drivers(data, flow, calendar, drivers, origin, elasticities, settings);
  cell.calibration = one_cell_calibration(from, monthly, trend, settings);
  add_drivers(cell, drivers);
  return cell;
}

Scenario conditional_scenario(const ConditionalCell& cell, const BacktestDrivers& drivers, const ActualDrivers& actual,
                              int horizons, int paths, std::uint64_t seed) {
  Scenario s;
  s.name = "conditional-backtest";
  s.calibration = cell.calibration.name;
  s.horizon = period_after(cell.origin, horizons);
  s.paths = paths;
  s.seed = static_cast<decltype(s.seed)>(seed);
  s.memory_price_cycle.process = random_walk(cell.outlook[kMemory].annual_sd_log);
  s.oil_price = random_walk(cell.outlook[kOil].annual_sd_log);
  s.exchange_rate = random_walk(0);
  s.foreign_demand.growth_pct[kMarket] = RandomNumber::fixed(100 * std::expm1(cell.outlook[kDemand].growth_log));
  if (cell.elasticities.in[kCapex]) s.capex_paths = capex_paths(cell, drivers, actual[kCapex], s.horizon);
  const Month next = cell.origin + 1;
  if (actual[kMemory]) pin_prices(drivers, TotalsDriver::memory_price, s, next);
  if (actual[kOil]) pin_prices(drivers, TotalsDriver::oil_price, s, next);
  if (actual[kDemand]) {
    const Month known = drivers.known_to(TotalsDriver::foreign_demand, cell.origin);
    const Month last = drivers.of(TotalsDriver::foreign_demand).last();
    const double start = drivers.log_level(TotalsDriver::foreign_demand, cell.origin, known);
    for (Month m = next; m <= std::min(s.horizon, last); m = m + 1) {
      const double apart = drivers.log_level(TotalsDriver::foreign_demand, m, last) - start;
      s.pins.push_back({std::string("foreign_demand.") + kMarket, m, m, 100 * std::expm1(apart), std::nullopt, {}});
    }
  }
  s.report.series = {"exports.total.value"};
  s.report.frequencies = {Frequency::month};
  return s;
}

}  // namespace plimsoll
