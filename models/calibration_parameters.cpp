// parameters.csv: every row known, every parameter that the model needs present.
#include <algorithm>

#include "models/calibration_draft.hpp"

namespace plimsoll {

namespace {

/// For what a parameter must be given.
enum Scope : unsigned {
  general = 1,  ///< one row for all
  product = 2,  ///< each product, by its own row or the general one
  market = 4,   ///< each market, likewise
  own = 8,      ///< the general row stands for the world and no group may fall back on it
};

struct Need {
  std::string name;
  unsigned scope;
};

const std::vector<Need> kNeeds{
    {"trend_damping_monthly", general},
    {"trend_long_run_log_per_year", general},
    {"trend_shrinkage_frac", general},
    {"level_sd_log", general | product | market | own},
    {"trend_sd_log_per_year", general | product | market | own},
    {"trend_start_sd_log_per_year", general | product | market | own},
    {"residual_world_sd_log", general},
    {"residual_world_ar1", general},
    {"residual_market_sd_log", market},
    {"residual_market_ar1", market},
    {"residual_volume_sd_log", product},
    {"residual_volume_ar1", product},
    {"residual_price_sd_log", product},
    {"residual_price_ar1", product},
    {"residual_price_volume_corr", product},
    {"capex_lag_months", general},
    {"memory_lag_months", general},
    {"oil_lag_months", general},
    {"hardware_share_frac", general},
    {"memory_share_of_hardware_frac", general},
    {"capex_annual_sd_log", general},
    {"capex_common_share_frac", general},
    {"capex_growth_log", general},
    {"capex_cash_per_company_frac", general},
    {"tariff_elasticity_1y", product},
    {"tariff_elasticity_long_run", product},
    {"tariff_half_life_months", general},
    {"tariff_pass_through_frac", product},
    {"import_demand_elasticity", market},
    {"memory_trend_log_per_month", general},
    {"memory_height_log", general},
    {"memory_cycle_amplitude_log", general},
    {"memory_cycle_period_months", general},
    {"memory_peak_delay_months", general},
    {"memory_downswing_months", general},
    {"memory_noise_sd_log", general},
    {"memory_noise_half_life_months", general},
    {"oil_level_usd_per_bbl", general},
    {"oil_half_life_months", general},
    {"oil_annual_sd_log", general},
    {"exchange_rate_annual_sd_log", general},
    {"demand_growth_log", market},
    {"demand_sd_pp", general},
    {"demand_common_share_frac", general},
};

void check_needs(const CalibrationDraft& draft, const CalibrationTable& t) {
  const auto has = [&](const std::string& name, const std::string& for_product, const std::string& for_market) {
    return std::any_of(draft.c.parameters.begin(), draft.c.parameters.end(), [&](const Parameter& p) {
      return p.name == name && p.product == for_product && p.market == for_market;
    });
  };
  for (const Need& need : kNeeds) {
    const bool for_all = has(need.name, "", "");
    std::string missing;
    const auto add = [&](const std::string& id) { missing += (missing.empty() ? "" : ", ") + id; };
    if ((need.scope & general) != 0 && !for_all) add("the row for all");
    const bool falls_back = for_all && (need.scope & own) == 0;
    for (const Product& p : draft.c.products) {
      if ((need.scope & product) != 0 && !falls_back && !has(need.name, p.id, "")) add(p.id);
    }
    for (const Market& m : draft.c.markets) {
      if ((need.scope & market) != 0 && !falls_back && !has(need.name, "", m.id)) add(m.id);
    }
    if (missing.empty()) continue;
    t.problem("parameter '" + need.name + "' is missing: " + missing, "the model needs it", "add the rows");
  }
}

}  // namespace

void read_parameters(CalibrationDraft& draft) {
  Calibration& c = draft.c;
  const CalibrationTable t =
      draft.table("parameters.csv", {"parameter", "product", "market", "value", "unit", "family_corr"});
  const std::vector<std::string> products = with(draft.product_ids(), ""), markets = with(draft.market_ids(), "");
  std::vector<std::string> names;
  for (const Need& need : kNeeds) names.push_back(need.name);
  for (std::size_t r = 0; r < t.rows(); ++r) {
    t.choice(r, "parameter", names);
    t.choice(r, "product", products);
    t.choice(r, "market", markets);
    Parameter parameter{.name = t.text(r, "parameter"),
                        .product = t.text(r, "product"),
                        .market = t.text(r, "market"),
                        .value = t.random_number(r, "value"),
                        .family_corr = t.share(r, "family_corr"),
                        .unit = t.text(r, "unit"),
                        .provenance = t.provenance(r)};
    for (const Parameter& other : c.parameters) {
      if (other.name == parameter.name && other.product == parameter.product && other.market == parameter.market) {
        t.problem(r, "parameter", "the parameter stands twice", "", "keep one row");
      }
    }
    c.parameters.push_back(std::move(parameter));
  }
  check_needs(draft, t);
}

}  // namespace plimsoll
