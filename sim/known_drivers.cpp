#include "sim/known_drivers.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

constexpr const char* kUs = "us";

std::string series_of(KnownDriver driver, const Calibration& c) {
  return driver == KnownDriver::memory_price ? "memory_price." + c.memory_index : to_string(driver);
}

/// Month by month, so that nothing is left to interpolation.
ProcessSpec path_of(KnownDriver driver, const Calibration& then, const Calibration& came, Month horizon) {
  const std::string series = series_of(driver, then);
  const DriverHistory& history = came.drivers.at(series);
  if (history.last() < horizon)
    throw InputError(InputKind::data, {{{came.name + "/drivers.csv", 0, 0},
                                        "",
                                        series + " ends in " + to_string(history.last()) +
                                            ", figures of trade go on to " + to_string(horizon),
                                        "a run with drivers as they came needs them to its end",
                                        "add its months"}});
  ProcessSpec spec;
  spec.kind = "path";
  for (Month m = then.as_of + 1; m <= horizon; m = m + 1)
    spec.points.push_back({m, RandomNumber::fixed(history.at(m))});
  // A calibration that gives the memory price noise around a cycle gives it around a path too.
  if (driver == KnownDriver::memory_price) spec.parameters["noise.monthly_sd_log"] = RandomNumber::fixed(0);
  return spec;
}

double level_of(const QuarterlyHistory& history, Month quarter) {
  return history.level.at(static_cast<std::size_t>((quarter - history.from) / 3));
}

/// A year's spending before it is told: last year's times e to the prior's growth.
RandomNumber grown(double last_year, const Calibration& c) {
  const auto found = std::find_if(c.parameters.begin(), c.parameters.end(),
                                  [](const Parameter& p) { return p.name == "capex_growth_log"; });
  if (found == c.parameters.end()) throw std::logic_error("a calibration without growth of capital spending");
  const RandomNumber& growth = found->value;
  if (growth.kind == RandomNumber::Kind::normal)
    return {RandomNumber::Kind::lognormal, {last_year * std::exp(growth.args[0]), growth.args[1]}};
  if (growth.is_fixed()) return RandomNumber::fixed(last_year * std::exp(growth.args[0]));
  throw std::logic_error("growth of capital spending is neither normal nor fixed");
}

/// Keys of the quarters that came. The engine wants a level for a year that follows one told by keys.
CapexPaths capex_that_came(const Calibration& then, const Calibration& came, Month horizon) {
  CapexPaths paths;
  paths.annual_sd_log = RandomNumber::fixed(0);
  paths.common_share_frac = RandomNumber::fixed(0);
  for (const auto& [id, reported] : then.capex) {
    const QuarterlyHistory& later = came.capex.at(id);
    CapexFirm firm{id, {}};
    for (Month m = reported.end(); m < later.end() && m.year() <= horizon.year(); m = m + 3)
      firm.keys.push_back(
          {m.year(), m.quarter(), CapexKey::Measure::level_usd_bn, RandomNumber::fixed(level_of(later, m))});
    const bool told_by_keys = reported.end() <= Month::of(later.end().year() - 1, 10);
    if (told_by_keys && later.end().year() <= horizon.year()) {
      double last_year = 0;
      for (int quarter = 0; quarter < 4; ++quarter)
        last_year += level_of(later, Month::of(later.end().year() - 1, 1 + 3 * quarter));
      firm.keys.push_back({later.end().year(), 0, CapexKey::Measure::level_usd_bn, grown(last_year, then)});
    }
    paths.firms.push_back(std::move(firm));
  }
  return paths;
}

bool spent_since(const Calibration& then, const Calibration& came) {
  return then.capex.begin()->second.end() < came.capex.begin()->second.end();
}

/// The step in force on a day; none before the first.
TariffStep in_force(const TariffSchedule& schedule, const Date& day) {
  TariffStep out;
  for (const TariffStep& step : schedule.steps) {
    if (step.from <= day) out = step;
  }
  return out;
}

/// Mean US rate on a day, by the exports of the year to as_of.
double mean_rate(const std::vector<TariffSchedule>& schedules, const Calibration& then, const Date& day) {
  const auto market = static_cast<std::size_t>(then.market_index(kUs));
  double sum = 0, weight = 0;
  for (std::size_t p = 0; p < then.products.size(); ++p) {
    double exports = 0;
    for (Month m = then.as_of - 11; m <= then.as_of; m = m + 1)
      exports +=
          then.cells[(static_cast<std::size_t>(m - then.detail_from) * then.products.size() + p) * then.markets.size() +
                     market];
    weight += exports;
    for (const TariffSchedule& one : schedules) {
      if (one.market == kUs && one.product == then.products[p].id) sum += exports * in_force(one, day).rate_frac;
    }
  }
  return sum / weight;
}

Date last_day_before(const std::vector<TariffSchedule>& schedules, const Date& until) {
  Date last{};
  for (const TariffSchedule& one : schedules) {
    for (const TariffStep& step : one.steps) {
      if (one.market == kUs && step.from <= until) last = std::max(last, step.from);
    }
  }
  return last;
}

}  // namespace

std::string to_string(KnownDriver driver) {
  switch (driver) {
    case KnownDriver::memory_price: return "memory_price";
    case KnownDriver::oil_price: return "oil_price";
    case KnownDriver::exchange_rate: return "exchange_rate";
    case KnownDriver::capex: return "capex";
    case KnownDriver::tariffs: break;
  }
  return "tariffs";
}

std::string only_driver(KnownDriver driver) { return "only." + to_string(driver); }

std::vector<TariffSchedule> tariffs_that_came(const Calibration& then, const Calibration& came) {
  std::vector<TariffSchedule> out = then.tariffs;
  const Date day = then.known_on;
  for (const TariffSchedule& later : came.tariffs) {
    auto own = std::find_if(out.begin(), out.end(), [&](const TariffSchedule& s) {
      return s.market == later.market && s.product == later.product;
    });
    if (own == out.end()) own = out.insert(out.end(), {later.market, later.product, {}});
    const TariffStep mine = in_force(*own, day), theirs = in_force(later, day);
    std::erase_if(own->steps, [&](const TariffStep& step) { return step.from > day; });
    for (TariffStep step : later.steps) {
      if (step.from <= day) continue;
      step.rate_frac = std::max(0.0, step.rate_frac + mine.rate_frac - theirs.rate_frac);
      step.competitors_rate_frac =
          std::max(0.0, step.competitors_rate_frac + mine.competitors_rate_frac - theirs.competitors_rate_frac);
      own->steps.push_back(step);
    }
  }
  return out;
}

KnownRun with_known(const Scenario& expected, const Calibration& then, const Calibration& came,
                    const KnownDrivers& known) {
  KnownRun run{expected, then};
  Scenario& s = run.scenario;
  const auto path = [&](KnownDriver driver) { return path_of(driver, then, came, s.horizon); };
  if (known[at(KnownDriver::memory_price)]) s.memory_price_cycle.process = path(KnownDriver::memory_price);
  if (known[at(KnownDriver::oil_price)]) s.oil_price = path(KnownDriver::oil_price);
  if (known[at(KnownDriver::exchange_rate)]) s.exchange_rate = path(KnownDriver::exchange_rate);
  if (known[at(KnownDriver::capex)] && spent_since(then, came)) s.capex_paths = capex_that_came(then, came, s.horizon);
  if (known[at(KnownDriver::tariffs)]) {
    run.calibration.tariffs = tariffs_that_came(then, came);
    run.calibration.sha256.clear();  // no longer that calibration: what is shared by its hash is not of this one
  }
  return run;
}

std::vector<DriverCame> drivers_came(const Calibration& then, const Calibration& came, Month until) {
  std::vector<DriverCame> out;
  for (const KnownDriver driver : {KnownDriver::memory_price, KnownDriver::oil_price, KnownDriver::exchange_rate}) {
    const std::string series = series_of(driver, then);
    const DriverHistory &before = then.drivers.at(series), &after = came.drivers.at(series);
    const Month last = std::min(until, after.last());
    out.push_back({driver, to_string(then.as_of), to_string(last), before.at(then.as_of), after.at(last), after.unit});
  }
  const auto quarter = [](Month end) {
    return std::to_string((end - 1).year()) + "Q" + std::to_string((end - 1).quarter());
  };
  DriverCame spent{
      KnownDriver::capex, quarter(then.capex.begin()->second.end()), quarter(came.capex.begin()->second.end()), 0, 0,
      "USD bn a quarter"};
  for (const auto& [id, history] : then.capex) {
    spent.level_then += history.level.back();
    spent.level_now += came.capex.at(id).level.back();
  }
  out.push_back(spent);
  const std::vector<TariffSchedule> schedules = tariffs_that_came(then, came);
  const Date end{until.year(), until.month(), 28};
  out.push_back({KnownDriver::tariffs, to_string(last_day_before(then.tariffs, then.known_on)),
                 to_string(last_day_before(schedules, end)), 100 * mean_rate(then.tariffs, then, then.known_on),
                 100 * mean_rate(schedules, then, end), "% of value"});
  return out;
}

}  // namespace plimsoll
