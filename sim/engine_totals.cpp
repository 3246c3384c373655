#include "sim/engine_totals.hpp"

#include <cmath>

#include "models/trend_window.hpp"
#include "sim/samples.hpp"
#include "sim/totals_paths.hpp"

namespace plimsoll {
namespace {

constexpr const char *kCell = "total", *kWorld = "world";
constexpr int kWindowMonths = 29;
constexpr double kPeriodsAMonth = kPeriodsAYear / 12.0;

void set(Calibration& c, const std::string& name, double value, const std::string& product = "",
         const std::string& market = "") {
  c.parameters.push_back({name, product, market, RandomNumber::fixed(value), 0, "", {}});
}

/// Drivers are there because the engine asks for them; they rest and nothing is loaded on them.
void add_resting_drivers(Calibration& c) {
  const Month from = Month::of(2000, 1);
  const std::vector<double> flat(static_cast<std::size_t>(c.as_of - from) + 1, 100.0);
  c.memory_index = "boj_usd";
  for (const char* name : {"memory_price.boj_usd", "oil_price", "exchange_rate"})
    c.drivers[name] = {from, flat, "index"};
  const int quarters = (c.as_of - from + 1) / 3;
  c.capex["amazon"] = {from, std::vector<double>(static_cast<std::size_t>(quarters), 30.0)};
  for (const char* name :
       {"capex_annual_sd_log", "capex_common_share_frac", "capex_growth_log", "hardware_share_frac",
        "memory_share_of_hardware_frac", "memory_trend_log_per_month", "memory_height_log", "memory_noise_sd_log",
        "memory_peak_delay_months", "oil_annual_sd_log", "exchange_rate_annual_sd_log", "demand_growth_log",
        "demand_sd_pp", "demand_common_share_frac", "front_loading_share", "front_loading_cap_months",
        "diversion_share", "diversion_destination_share"})
    set(c, name, 0);
  for (const char* name : {"capex_cash_per_company_frac", "tariff_pass_through_frac", "tariff_elasticity_1y",
                           "tariff_elasticity_long_run", "import_demand_elasticity", "memory_noise_half_life_months",
                           "memory_cycle_amplitude_log", "front_loading_payback_share", "front_loading_payback_months",
                           "diversion_full_gap_log", "capex_lag_months", "memory_lag_months", "oil_lag_months"})
    set(c, name, 1);
  set(c, "tariff_half_life_months", 24);
  set(c, "memory_cycle_period_months", 36);
  set(c, "memory_downswing_months", 18);
  set(c, "oil_level_usd_per_bbl", 100);
  set(c, "oil_half_life_months", 12);
}

/// How far the regression's slope is from the slope of the last month, sd per year: noise, steps of the level and
/// changes of the slope that it averages over (those of two years before the window too).
double slope_error(double damping, double level_sd, double slope_sd, double noise_sd) {
  constexpr int kBefore = 24;
  const std::vector<double> weight = trend_weights(kWindowMonths, local_level_gain(level_sd, noise_sd)).slope;
  double variance = 0;
  for (const double w : weight) variance += noise_sd * noise_sd * w * w;
  for (int s = 1 - kBefore; s < kWindowMonths; ++s) {
    double level = 0, slope = 0, grown = 0, kept = 1;
    for (int j = s; j < kWindowMonths; ++j) {
      const double w = j >= 0 ? weight[static_cast<std::size_t>(j)] : 0;
      level += w;
      slope += w * grown;
      grown += kept / 12;
      kept *= damping;
    }
    slope -= std::pow(damping, kWindowMonths - 1 - s);
    variance += (s > 0 ? level_sd * level_sd * level * level : 0) + slope_sd * slope_sd * slope * slope;
  }
  return std::sqrt(variance);
}

/// A period's shocks, spread over the months that it stands for; all of it is the world's, none the cell's own.
void add_trend(Calibration& c, const TotalsTrend& trend, const TotalsSettings& settings) {
  set(c, "trend_long_run_log_per_year", settings.long_run_growth_log);
  set(c, "trend_shrinkage_frac", 0);
  const double month = std::sqrt(kPeriodsAMonth), damping = std::pow(settings.slope_damping, kPeriodsAMonth);
  const double level_sd = trend.level_sd_log * month, slope_sd = kPeriodsAYear * trend.slope_sd_log * month;
  set(c, "trend_damping_monthly", damping);
  set(c, "level_sd_log", level_sd);
  set(c, "trend_sd_log_per_year", slope_sd);
  set(c, "trend_start_sd_log_per_year", slope_error(damping, level_sd, slope_sd, trend.observation_sd_log));
  for (const char* name : {"level_sd_log", "trend_sd_log_per_year", "trend_start_sd_log_per_year"}) {
    set(c, name, 0, kCell);
    set(c, name, 0, "", kWorld);
  }
  set(c, "residual_world_sd_log", trend.observation_sd_log);
  for (const char* name :
       {"residual_world_ar1", "residual_market_sd_log", "residual_market_ar1", "residual_volume_sd_log",
        "residual_volume_ar1", "residual_price_sd_log", "residual_price_ar1", "residual_price_volume_corr"})
    set(c, name, 0);
}

}  // namespace

Calibration one_cell_calibration(Month from, const std::vector<double>& monthly_usd_bn, const TotalsTrend& trend,
                                 const TotalsSettings& settings) {
  Calibration c;
  c.name = "one-cell";
  c.as_of = from + (static_cast<int>(monthly_usd_bn.size()) - 1);
  c.known_on = Date{(c.as_of + 1).year(), (c.as_of + 1).month(), 15};
  c.products = {{kCell, {}, false}};
  c.markets = {{kWorld, {}}};
  c.total_from = from;
  c.total = monthly_usd_bn;
  c.detail_from = c.as_of - (kWindowMonths - 1);
  c.cells.assign(monthly_usd_bn.end() - kWindowMonths, monthly_usd_bn.end());
  c.cell_status = {CellStatus::observed};
  std::array<double, 12>& season = c.seasonal_log.emplace_back();
  for (int month = 1; month <= 12; ++month)  // January and February share the factor of their sum
    season[static_cast<std::size_t>(month - 1)] =
        trend.season_log[static_cast<std::size_t>(std::max(month, 2) - 2)] - (month <= 2 ? std::log(2) : 0);
  for (int year = from.year(); year <= c.as_of.year() + 3; ++year) {
    const auto january = static_cast<std::size_t>(Month::of(year, 1) - from);
    c.january_frac[year] = january + 1 < monthly_usd_bn.size()
                               ? monthly_usd_bn[january] / (monthly_usd_bn[january] + monthly_usd_bn[january + 1])
                               : 0.5;
  }
  add_trend(c, trend, settings);
  add_resting_drivers(c);
  return c;
}

std::vector<double> engine_growth(const Calibration& calibration, int horizons, int paths, std::uint64_t seed) {
  Month end = calibration.as_of;
  for (int h = 0; h < horizons; ++h) end = next_period(end);
  Scenario s;
  s.name = "backtest";
  s.calibration = calibration.name;
  s.horizon = end;
  s.paths = paths;
  s.seed = static_cast<decltype(s.seed)>(seed);
  s.memory_price_cycle.process.kind = "path";
  s.memory_price_cycle.process.points = {{end, RandomNumber::fixed(100)}};
  s.oil_price.kind = "mean_reverting";
  s.exchange_rate.kind = "random_walk";
  s.report.series = {"exports.total.yoy"};
  s.report.frequencies = {Frequency::month};
  return period_paths(s, calibration, horizons);
}

std::vector<double> period_paths(const Scenario& scenario, const Calibration& calibration, int horizons) {
  const Simulation simulation(scenario, calibration);
  const SampleGrid grid = sample_grid(simulation);
  const auto n = static_cast<std::size_t>(scenario.paths);
  std::vector<double> value(static_cast<std::size_t>(horizons) * n);
  // Sobol deals paths out to its replicates in turn; here they stand together.
  constexpr auto kParts = static_cast<std::size_t>(TotalsPaths::kReplicates);
  const std::size_t size = n / kParts;
  sample_paths(simulation, grid, scenario.paths, RunOptions{}, [&](const Samples& part) {
    for (std::size_t k = 0; k * grid.cells() < part.value.size(); ++k) {
      const std::size_t path = static_cast<std::size_t>(part.first) + k;
      const std::size_t at = path % kParts * size + path / kParts;
      for (std::size_t h = 0; h < static_cast<std::size_t>(horizons); ++h)
        value[h * n + at] = static_cast<double>(part.value[k * grid.cells() + h]);
    }
  });
  return value;
}

}  // namespace plimsoll
