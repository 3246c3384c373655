#include "sim/engine_totals.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/start_slope.hpp"
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

/// A period's shocks, spread over the months that it stands for; all of it is the world's, none the cell's own. Paths
/// draw no seasons, so what is not known of a season is noise of its period.
void add_trend(Calibration& c, const TotalsTrend& trend, const TotalsSettings& settings) {
  set(c, "trend_long_run_log_per_year", settings.long_run_growth_log);
  set(c, "trend_shrinkage_frac", 0);
  const double month = std::sqrt(kPeriodsAMonth), damping = std::pow(settings.slope_damping, kPeriodsAMonth);
  const double level_sd = trend.level_sd_log * month, slope_sd = kPeriodsAYear * trend.slope_sd_log * month;
  const double noise_sd = std::hypot(trend.observation_sd_log, trend.season_error_sd_log);
  set(c, "trend_damping_monthly", damping);
  set(c, "level_sd_log", level_sd);
  set(c, "trend_sd_log_per_year", slope_sd);
  const StartSlope start = start_slope({damping, level_sd, slope_sd, noise_sd},
                                       trend_weights(kWindowMonths, local_level_gain(level_sd, noise_sd)).slope);
  set(c, "trend_start_weight_frac", start.weight_frac);
  set(c, "trend_start_sd_log_per_year", start.sd_log);
  c.parameters.push_back(
      {"level_start_log", "", "", {RandomNumber::Kind::normal, {0, start_level_sd(level_sd, noise_sd)}}, 0, "", {}});
  for (const char* name : {"level_sd_log", "trend_sd_log_per_year", "trend_start_sd_log_per_year"}) {
    set(c, name, 0, kCell);
    set(c, name, 0, "", kWorld);
  }
  set(c, "residual_world_sd_log", noise_sd);
  for (const char* name :
       {"residual_world_ar1", "residual_market_sd_log", "residual_market_ar1", "residual_volume_sd_log",
        "residual_volume_ar1", "residual_price_sd_log", "residual_price_ar1", "residual_price_volume_corr"})
    set(c, name, 0);
}

}  // namespace

TotalsSettings engine_form(TotalsSettings settings) {
  settings.calendar_sd_log = settings.survey_sd_log = settings.oil_sd_log = 0;
  return settings;
}

TotalsTrend engine_trend(const TotalsTrend& totals, const TotalsTrend& engine) {
  TotalsTrend out = engine;
  out.season_log = totals.season_log;
  return out;
}

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
  const Month end = period_after(calibration.as_of, horizons);
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
  const auto ahead = static_cast<std::size_t>(horizons), n = static_cast<std::size_t>(scenario.paths);
  if (grid.periods.size() != ahead) throw std::logic_error("a backtest reports other periods than it forecasts");
  std::vector<std::size_t> row;  // by series asked for
  for (const std::string& series : scenario.report.series) {
    const auto found = std::find(grid.series.begin(), grid.series.end(), series);
    if (found == grid.series.end()) throw std::logic_error("the engine does not report " + series);
    row.push_back(static_cast<std::size_t>(found - grid.series.begin()));
  }
  // Sobol deals paths out to its replicates in turn; here they stand together.
  constexpr auto kParts = static_cast<std::size_t>(TotalsPaths::kReplicates);
  const std::size_t size = n / kParts;
  std::vector<double> value(row.size() * ahead * n);
  sample_paths(simulation, grid, scenario.paths, RunOptions{}, [&](const Samples& part) {
    for (std::size_t k = 0; k * grid.cells() < part.value.size(); ++k) {
      const std::size_t path = static_cast<std::size_t>(part.first) + k;
      const std::size_t at = path % kParts * size + path / kParts;
      for (std::size_t s = 0; s < row.size(); ++s) {
        for (std::size_t h = 0; h < ahead; ++h)
          value[(s * ahead + h) * n + at] = static_cast<double>(part.value[k * grid.cells() + row[s] * ahead + h]);
      }
    }
  });
  return value;
}

}  // namespace plimsoll
