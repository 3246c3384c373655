// parameters.csv and import_parameters.csv: every row known, every parameter that the model needs present.
#include <algorithm>

#include "models/calibration_draft.hpp"

namespace plimsoll {

namespace {

/// For what a parameter must be given.
enum Scope : unsigned {
  kOptional = 0,
  kGeneral = 1,    ///< one row for all
  kByProduct = 2,  ///< each product, by its own row or the general one
  kByMarket = 4,   ///< each market, likewise
  kOwn = 8,        ///< the general row stands for the world and no group may fall back on it
};

struct Need {
  std::string name;
  unsigned scope;
};

const std::vector<Need> kNeeds{
    {"trend_damping_monthly", kGeneral},
    {"trend_long_run_log_per_year", kGeneral},
    {"trend_shrinkage_frac", kGeneral},
    {"trend_start_weight_frac", kOptional},
    {"level_start_log", kOptional},
    {"level_sd_log", kGeneral | kByProduct | kByMarket | kOwn},
    {"trend_sd_log_per_year", kGeneral | kByProduct | kByMarket | kOwn},
    {"trend_start_sd_log_per_year", kGeneral | kByProduct | kByMarket | kOwn},
    {"residual_world_sd_log", kGeneral},
    {"residual_world_ar1", kGeneral},
    {"residual_market_sd_log", kByMarket},
    {"residual_market_ar1", kByMarket},
    {"residual_volume_sd_log", kByProduct},
    {"residual_volume_ar1", kByProduct},
    {"residual_price_sd_log", kByProduct},
    {"residual_price_ar1", kByProduct},
    {"residual_price_volume_corr", kByProduct},
    {"cell_volume_sd_log", kOptional},
    {"cell_volume_ar1", kOptional},
    {"cell_price_sd_log", kOptional},
    {"cell_price_ar1", kOptional},
    {"capex_lag_months", kGeneral},
    {"memory_lag_months", kGeneral},
    {"oil_lag_months", kGeneral},
    {"hardware_share_frac", kGeneral},
    {"memory_share_of_hardware_frac", kGeneral},
    {"capex_annual_sd_log", kGeneral},
    {"capex_common_share_frac", kGeneral},
    {"capex_growth_log", kGeneral},
    {"capex_cash_per_company_frac", kGeneral},
    {"tariff_elasticity_1y", kByProduct},
    {"tariff_elasticity_long_run", kByProduct},
    {"tariff_half_life_months", kGeneral},
    {"tariff_pass_through_frac", kByProduct},
    {"import_demand_elasticity", kByMarket},
    {"front_loading_share", kByProduct},
    {"front_loading_payback_share", kGeneral},
    {"front_loading_payback_months", kGeneral},
    {"front_loading_cap_months", kGeneral},
    {"diversion_share", kGeneral},
    {"diversion_full_gap_log", kGeneral},
    {"diversion_destination_share", kByMarket},
    {"memory_trend_log_per_month", kGeneral},
    {"memory_height_log", kGeneral},
    {"memory_cycle_amplitude_log", kGeneral},
    {"memory_cycle_period_months", kGeneral},
    {"memory_peak_delay_months", kGeneral},
    {"memory_downswing_months", kGeneral},
    {"memory_noise_sd_log", kGeneral},
    {"memory_noise_half_life_months", kGeneral},
    {"oil_level_usd_per_bbl", kGeneral},
    {"oil_half_life_months", kGeneral},
    {"oil_annual_sd_log", kGeneral},
    {"exchange_rate_annual_sd_log", kGeneral},
    {"demand_growth_log", kByMarket},
    {"demand_sd_pp", kGeneral},
    {"demand_common_share_frac", kGeneral},
};

const std::vector<Need> kImportNeeds{
    {"import_trend_long_run_log_per_year", kGeneral},
    {"import_trend_shrinkage_frac", kGeneral},
    {"import_trend_start_weight_frac", kOptional},
    {"import_level_start_log", kOptional},
    {"import_level_sd_log", kGeneral | kByProduct | kOwn},
    {"import_trend_sd_log_per_year", kGeneral | kByProduct | kOwn},
    {"import_trend_start_sd_log_per_year", kGeneral | kByProduct | kOwn},
    {"import_residual_sd_log", kGeneral | kByProduct | kOwn},
    {"import_residual_ar1", kGeneral | kByProduct | kOwn},
    {"import_residual_price_sd_log", kByProduct},
    {"import_residual_price_ar1", kByProduct},
    {"import_residual_price_volume_corr", kByProduct},
    {"import_oil_lag_months", kGeneral},
    {"import_domestic_growth_log", kGeneral},
};

constexpr double kSmallestShare = 0.001;

const std::vector<Need> kSupplierNeeds{
    {"china_supply_elasticity", kByProduct},
    {"rival_supply_elasticity", kByProduct},
    {"domestic_supply_elasticity", kByProduct},
    {"total_demand_elasticity", kByProduct},
};

void check_needs(const std::vector<Need>& needs, const std::vector<std::string>& products,
                 const std::vector<std::string>& markets, const std::vector<Parameter>& parameters,
                 const CalibrationTable& t) {
  const auto has = [&](const std::string& name, const std::string& for_product, const std::string& for_market) {
    return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& p) {
      return p.name == name && p.product == for_product && p.market == for_market;
    });
  };
  for (const Need& need : needs) {
    const bool for_all = has(need.name, "", "");
    std::string missing;
    const auto add = [&](const std::string& id) { missing += (missing.empty() ? "" : ", ") + id; };
    if ((need.scope & kGeneral) != 0 && !for_all) add("the row for all");
    const bool falls_back = for_all && (need.scope & kOwn) == 0;
    for (const std::string& product : products) {
      if ((need.scope & kByProduct) != 0 && !falls_back && !has(need.name, product, "")) add(product);
    }
    for (const std::string& market : markets) {
      if ((need.scope & kByMarket) != 0 && !falls_back && !has(need.name, "", market)) add(market);
    }
    if (missing.empty()) continue;
    t.problem("parameter '" + need.name + "' is missing: " + missing, "the model needs it", "add the rows");
  }
}

/// What a calibration may say of the trend's start holds for the whole flow.
void check_trend_start(const CalibrationTable& t, std::size_t row, const Parameter& parameter) {
  constexpr double kFar = 8;  // sd: where a normal would have left 0..1
  const bool weight = parameter.name.ends_with("trend_start_weight_frac");
  if (!weight && !parameter.name.ends_with("level_start_log")) return;
  if (!parameter.product.empty() || !parameter.market.empty())
    t.problem(row, parameter.product.empty() ? "market" : "product", parameter.name + " holds for the whole flow",
              "the common trend has one start", "leave product and market empty");
  if (weight && (quantile_at_normal(parameter.value, -kFar) < 0 || quantile_at_normal(parameter.value, kFar) > 1))
    t.problem(row, "value", "the weight can leave 0 to 1", "it is a share of the regression's slope",
              "give a number from 0 to 1 or a beta distribution");
}

std::vector<Parameter> read_parameter_table(CalibrationDraft& draft, const std::string& file,
                                            const std::vector<Need>& needs, const std::vector<std::string>& product_ids,
                                            const std::vector<std::string>& market_ids) {
  const CalibrationTable t = draft.table(file, {"parameter", "product", "market", "value", "unit", "family_corr"});
  const std::vector<std::string> products = with(product_ids, ""), markets = with(market_ids, "");
  std::vector<std::string> names;
  for (const Need& need : needs) names.push_back(need.name);
  std::vector<Parameter> parameters;
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
    check_trend_start(t, r, parameter);
    for (const Parameter& other : parameters) {
      if (other.name == parameter.name && other.product == parameter.product && other.market == parameter.market) {
        t.problem(r, "parameter", "the parameter stands twice", "", "keep one row");
      }
    }
    parameters.push_back(std::move(parameter));
  }
  check_needs(needs, product_ids, market_ids, parameters, t);
  return parameters;
}

}  // namespace

void read_parameters(CalibrationDraft& draft) {
  draft.c.parameters = read_parameter_table(draft, "parameters.csv", kNeeds, draft.product_ids(), draft.market_ids());
}

void read_suppliers(CalibrationDraft& draft) {
  if (!draft.has_suppliers()) return;
  const std::vector<std::string> products = draft.product_ids(), markets = draft.market_ids();
  std::vector<Parameter> parameters =
      read_parameter_table(draft, "armington_parameters.csv", kSupplierNeeds, products, markets);
  draft.c.parameters.insert(draft.c.parameters.end(), parameters.begin(), parameters.end());

  const CalibrationTable t =
      draft.table("supplier_shares.csv", {"market", "product", "year", "china_frac", "domestic_frac"});
  std::vector<SupplierShare> shares(products.size() * markets.size());
  std::vector<bool> seen(shares.size(), false);
  for (std::size_t r = 0; r < t.rows(); ++r) {
    if (!t.choice(r, "product", products) || !t.choice(r, "market", markets)) continue;
    const int year = static_cast<int>(t.positive(r, "year"));
    if (r == 0) draft.c.supplier_year = year;
    if (year != draft.c.supplier_year || Month::of(year, 1) < draft.c.detail_from ||
        Month::of(year, 12) > draft.c.as_of) {
      t.problem(r, "year", "the shares are not of one whole year of the trend window", "they start one equilibrium",
                "use the same year in all rows");
    }
    const std::size_t cell = static_cast<std::size_t>(draft.c.product_index(t.text(r, "product"))) * markets.size() +
                             static_cast<std::size_t>(draft.c.market_index(t.text(r, "market")));
    if (seen[cell]) t.problem(r, "market", "the cell stands twice", "", "keep one row");
    seen[cell] = true;
    const auto share = [&](const char* column) {
      const double value = t.share(r, column);
      if (value < kSmallestShare || value > 1 - kSmallestShare)
        t.problem(r, column, "the share is not between 0.001 and 0.999", "every supplier sells something", "");
      return value;
    };
    shares[cell] = {share("china_frac"), share("domestic_frac")};
  }
  for (std::size_t cell = 0; cell < seen.size(); ++cell) {
    if (seen[cell]) continue;
    t.problem("cell " + products[cell / markets.size()] + "/" + markets[cell % markets.size()] + " is missing",
              "every product and market needs its suppliers", "add the row");
  }
  draft.c.supplier_shares = std::move(shares);
}

void read_import_parameters(CalibrationDraft& draft) {
  if (!draft.has_imports()) return;
  draft.c.imports.parameters =
      read_parameter_table(draft, "import_parameters.csv", kImportNeeds, draft.import_product_ids(), {});
}

}  // namespace plimsoll
