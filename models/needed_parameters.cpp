#include "models/needed_parameters.hpp"

#include <algorithm>

#include "scenarios/input_error.hpp"

namespace plimsoll {

namespace {

const std::vector<std::string> kGeneral{"trend_damping_monthly",
                                        "trend_long_run_log_per_year",
                                        "trend_shrinkage_frac",
                                        "level_sd_log",
                                        "trend_sd_log_per_year",
                                        "trend_start_sd_log_per_year",
                                        "residual_world_sd_log",
                                        "residual_world_ar1",
                                        "capex_lag_months",
                                        "memory_lag_months",
                                        "oil_lag_months",
                                        "hardware_share_frac",
                                        "memory_share_of_hardware_frac",
                                        "capex_annual_sd_log",
                                        "capex_common_share_frac",
                                        "capex_growth_log",
                                        "capex_cash_per_company_frac",
                                        "tariff_half_life_months",
                                        "memory_trend_log_per_month",
                                        "memory_height_log",
                                        "memory_cycle_amplitude_log",
                                        "memory_cycle_period_months",
                                        "memory_peak_delay_months",
                                        "memory_downswing_months",
                                        "memory_noise_sd_log",
                                        "memory_noise_half_life_months",
                                        "oil_level_usd_per_bbl",
                                        "oil_half_life_months",
                                        "oil_annual_sd_log",
                                        "exchange_rate_annual_sd_log",
                                        "demand_sd_pp",
                                        "demand_common_share_frac"};
const std::vector<std::string> kByProduct{
    "residual_volume_sd_log",     "residual_volume_ar1",  "residual_price_sd_log",      "residual_price_ar1",
    "residual_price_volume_corr", "tariff_elasticity_1y", "tariff_elasticity_long_run", "tariff_pass_through_frac"};
const std::vector<std::string> kByMarket{"residual_market_sd_log", "residual_market_ar1", "import_demand_elasticity",
                                         "demand_growth_log"};

}  // namespace

std::vector<MissingParameter> parameter_problems(const Calibration& c) {
  std::vector<MissingParameter> out;
  const auto need = [&](const std::string& name, const std::string& product, const std::string& market) {
    const bool found = std::any_of(c.parameters.begin(), c.parameters.end(), [&](const Parameter& p) {
      return p.name == name && (p.product.empty() || p.product == product) && (p.market.empty() || p.market == market);
    });
    const std::string of = product + market;
    if (!found)
      out.push_back({"parameter '" + name + "'" + (of.empty() ? "" : " of " + of) + " is missing", "add the row"});
  };
  for (const std::string& name : kGeneral) need(name, "", "");
  for (const std::string& name : kByProduct) {
    for (const Product& p : c.products) need(name, p.id, "");
  }
  for (const std::string& name : kByMarket) {
    for (const Market& m : c.markets) need(name, "", m.id);
  }
  std::vector<std::string> known = kGeneral;
  known.insert(known.end(), kByProduct.begin(), kByProduct.end());
  known.insert(known.end(), kByMarket.begin(), kByMarket.end());
  for (const Parameter& p : c.parameters) {
    if (std::find(known.begin(), known.end(), p.name) != known.end()) continue;
    const std::string near = nearest_name(p.name, known);
    out.push_back({"unknown parameter '" + p.name + "'", near.empty() ? "remove it" : "did you mean '" + near + "'?"});
  }
  return out;
}

}  // namespace plimsoll
