#include "test_catalog.hpp"

#include "scenarios/input_error.hpp"

namespace plimsoll {

IdCatalog test_catalog(const std::string& calibration) {
  if (calibration != "china-2026-05") {
    throw InputError(
        InputKind::data,
        {{{}, "calibration", "there is no calibration '" + calibration + "'", "", "did you mean 'china-2026-05'?"}});
  }
  IdCatalog c;
  c.calibration = calibration;
  c.as_of = Month::of(2026, 5);
  c.known_on = Date{2026, 6, 9};
  c.products = {"memory", "computing_chips", "other_ics", "servers_computers", "computer_parts", "storage_units",
                "phones", "autos",           "other"};
  c.markets = {"us", "eu", "asean", "mexico", "rest_of_world"};
  c.product_sets = {"ai_core", "ai_chain"};
  c.market_sets = {"non_us"};
  c.import_sets = {"ai_chain", "memory_compute"};
  c.import_products = {"memory", "computing_chips", "crude_oil"};
  using Of = SetDefinition::Of;
  c.sets = {{"ai_core", Of::products, {{"memory", 1}, {"computing_chips", 1}, {"servers_computers", 0.14}}, {}},
            {"ai_chain", Of::products, {{"memory", 1}, {"computing_chips", 1}, {"phones", 0.2}}, {}},
            {"non_us", Of::markets, {{"eu", 1}, {"asean", 1}, {"mexico", 1}, {"rest_of_world", 1}}, {}},
            {"memory_compute", Of::imports, {{"memory", 1}, {"computing_chips", 1}}, {}},
            {"hs:854232", Of::products, {{"memory", 1}}, {}},
            {"hs:847150", Of::products, {{"servers_computers", 0.14}}, {}},
            {"hs:2709", Of::imports, {{"crude_oil", 1}}, {}}};
  c.series = {"exports.total", "exports.chain.ai"};
  for (const std::string& id : c.products) c.series.push_back("exports.product." + id);
  for (const std::string& id : c.markets) c.series.push_back("exports.market." + id);
  c.capex_firms = {"alphabet", "amazon", "meta", "microsoft"};
  c.drivers = {"capex", "memory_price", "oil_price", "exchange_rate", "foreign_demand"};
  c.driver_changes = {{"memory_price_cycle", 172}, {"oil_price", 172}, {"exchange_rate", 172}};
  c.capex_reported_usd_bn = {{"amazon", {{2025, 131.8}, {2026, 44.203}}},
                             {"alphabet", {{2025, 91.4}, {2026, 35.674}}},
                             {"meta", {{2025, 69.7}, {2026, 18.997}}},
                             {"microsoft", {{2025, 83.1}, {2026, 30.876}}}};
  c.capex_reported_until = Month::of(2026, 3);
  c.capex_cash_per_company_frac = 0.917;
  c.has_supplier_shares = true;
  return c;
}

LoadedScenario load(const std::string& what, const ReadOptions& options) {
  return load_scenario(what, options, test_catalog);
}

}  // namespace plimsoll
