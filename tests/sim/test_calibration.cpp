#include "test_calibration.hpp"

namespace plimsoll {

Calibration quiet_calibration(int products, int markets) {
  Calibration c;
  c.name = "quiet";
  c.as_of = Month::of(2026, 5);
  c.known_on = Date{2026, 6, 9};
  c.memory_index = "boj_usd";
  c.detail_from = Month::of(2024, 1);
  c.total_from = c.detail_from;
  for (int p = 0; p < products; ++p) c.products.push_back({"p" + std::to_string(p), {}, true});
  for (int m = 0; m < markets; ++m) c.markets.push_back({"m" + std::to_string(m), {}});
  const std::size_t months = c.detail_months();
  c.total.assign(months, 10.0 * products * markets);
  c.cells.assign(months * static_cast<std::size_t>(products * markets), 10.0);
  c.cell_status.assign(static_cast<std::size_t>(products * markets), CellStatus::observed);
  c.seasonal_log.assign(static_cast<std::size_t>(products), {});
  for (int year = 2018; year < 2045; ++year) c.january_frac[year] = 0.5;
  c.supplier_year = 2024;
  c.supplier_shares.assign(static_cast<std::size_t>(products * markets), {0.3, 0.5});
  const Month from = Month::of(2017, 1);
  const std::vector<double> flat(static_cast<std::size_t>(c.as_of - from) + 1, 100.0);
  for (const char* name : {"memory_price.boj_usd", "oil_price", "exchange_rate"})
    c.drivers[name] = {from, flat, "index"};
  c.capex["amazon"] = {from, std::vector<double>(37, 30.0)};  // to 2026Q1
  for (const char* name : {"trend_long_run_log_per_year",
                           "trend_shrinkage_frac",
                           "level_sd_log",
                           "trend_sd_log_per_year",
                           "trend_start_sd_log_per_year",
                           "residual_world_sd_log",
                           "residual_world_ar1",
                           "residual_market_sd_log",
                           "residual_market_ar1",
                           "residual_volume_sd_log",
                           "residual_volume_ar1",
                           "residual_price_sd_log",
                           "residual_price_ar1",
                           "residual_price_volume_corr",
                           "capex_annual_sd_log",
                           "capex_common_share_frac",
                           "capex_growth_log",
                           "hardware_share_frac",
                           "memory_share_of_hardware_frac",
                           "memory_trend_log_per_month",
                           "memory_height_log",
                           "memory_noise_sd_log",
                           "oil_annual_sd_log",
                           "exchange_rate_annual_sd_log",
                           "demand_growth_log",
                           "demand_sd_pp",
                           "demand_common_share_frac",
                           "front_loading_share",
                           "front_loading_cap_months",
                           "diversion_share",
                           "diversion_destination_share"}) {
    set_parameter(c, name, 0.0);
  }
  for (const char* name : {"trend_damping_monthly", "capex_cash_per_company_frac", "tariff_pass_through_frac",
                           "tariff_elasticity_1y", "tariff_elasticity_long_run", "import_demand_elasticity",
                           "memory_noise_half_life_months", "memory_cycle_amplitude_log", "front_loading_payback_share",
                           "front_loading_payback_months", "diversion_full_gap_log"}) {
    set_parameter(c, name, 1.0);
  }
  for (const char* name : {"capex_lag_months", "memory_lag_months", "oil_lag_months"}) set_parameter(c, name, 0.05);
  for (const char* name : {"china_supply_elasticity", "rival_supply_elasticity", "domestic_supply_elasticity"})
    set_parameter(c, name, 4);
  set_parameter(c, "total_demand_elasticity", 0.5);
  set_parameter(c, "tariff_half_life_months", 24);
  set_parameter(c, "memory_cycle_period_months", 36);
  set_parameter(c, "memory_peak_delay_months", 0.0);
  set_parameter(c, "memory_downswing_months", 18);
  set_parameter(c, "oil_level_usd_per_bbl", 100);
  set_parameter(c, "oil_half_life_months", 12);
  return c;
}

Calibration quiet_imports() {
  Calibration c = quiet_calibration(2, 2);
  c.imports.products = {{"i0", {}, false}, {"i1", {}, false}};
  c.imports.total_from = c.detail_from;
  c.imports.total.assign(c.detail_months(), 16.0);
  c.imports.values.assign(2 * c.detail_months(), 8.0);
  c.imports.status.assign(2 * c.detail_months(), CellStatus::observed);
  c.imports.quantity.assign(2, std::vector<double>(c.detail_months(), 0.0));
  c.imports.quantity_unit.assign(2, "");
  c.imports.seasonal_log.assign(2, {});
  c.imports.january_frac = c.january_frac;
  for (const char* name :
       {"import_trend_long_run_log_per_year", "import_trend_shrinkage_frac", "import_level_sd_log",
        "import_trend_sd_log_per_year", "import_trend_start_sd_log_per_year", "import_residual_sd_log",
        "import_residual_ar1", "import_residual_price_sd_log", "import_residual_price_ar1",
        "import_residual_price_volume_corr", "import_domestic_growth_log"}) {
    c.imports.parameters.push_back({name, "", "", RandomNumber::fixed(0), 0, "", {}});
  }
  c.imports.parameters.push_back({"import_oil_lag_months", "", "", RandomNumber::fixed(0.05), 0, "", {}});
  return c;
}

void set_parameter(Calibration& c, const std::string& name, const RandomNumber& value, const std::string& product,
                   const std::string& market) {
  for (Parameter& parameter : c.parameters) {
    if (parameter.name == name && parameter.product == product && parameter.market == market) {
      parameter.value = value;
      return;
    }
  }
  c.parameters.push_back({name, product, market, value, 0, "", {}});
}

void set_parameter(Calibration& c, const std::string& name, double value, const std::string& product,
                   const std::string& market) {
  set_parameter(c, name, RandomNumber::fixed(value), product, market);
}

Scenario quiet_scenario(const Calibration& c, int months) {
  Scenario s;
  s.name = "quiet";
  s.calibration = c.name;
  s.horizon = c.as_of + months;
  s.paths = 4096;
  s.memory_price_cycle.process.kind = "path";
  s.memory_price_cycle.process.points = {
      {c.as_of + months, RandomNumber::fixed(c.drivers.at("memory_price.boj_usd").at(c.as_of))}};
  s.oil_price.kind = "mean_reverting";
  s.exchange_rate.kind = "random_walk";
  return s;
}

}  // namespace plimsoll
