#include "models/ces_equilibrium.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <stdexcept>

#include "models/ces_equilibrium_reader.hpp"
#include "tests/models/worked_examples.hpp"

namespace plimsoll {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

CesIndustry worked_case(const std::string& file, const std::string& name) {
  for (const CesIndustry& one : read_equilibrium_inputs(worked_example(file)).cases) {
    if (one.name == name) return one;
  }
  throw std::out_of_range(name);
}

CesIndustry us_eu_fta() { return worked_case("gsim_4x4_inputs.csv", "us_eu_fta"); }

/// Figures of one kind and what they belong to: exporter, importer or pair.
const std::vector<double>& figures(const CesChanges& changes, const std::string& variable) {
  static const std::map<std::string, std::vector<double> CesChanges::*> by_name{
      {"world_price_change", &CesChanges::world_price_change},
      {"supply_quantity_change", &CesChanges::supply_quantity_change},
      {"quantity_change", &CesChanges::quantity_change},
      {"trade_value_change_world_prices", &CesChanges::trade_value_change},
      {"importer_price_change", &CesChanges::importer_price_change},
      {"composite_price_change", &CesChanges::composite_price_change},
      {"tariff_revenue_change", &CesChanges::tariff_revenue_change},
      {"producer_surplus_change", &CesChanges::producer_surplus_change},
      {"consumer_surplus_change_second_order", &CesChanges::consumer_surplus_change},
      {"consumer_surplus_change_integral", &CesChanges::consumer_surplus_change},
      {"net_welfare_change_second_order", &CesChanges::net_welfare_change},
      {"net_welfare_change_integral", &CesChanges::net_welfare_change},
      {"buyer_price_change", &CesChanges::importer_price_change},
      {"producer_price_change", &CesChanges::world_price_change},
      {"total_demand_change", &CesChanges::composite_quantity_change},
      {"price_index_change", &CesChanges::composite_price_change}};
  return changes.*by_name.at(variable);
}

double figure(const CesIndustry& industry, const CesChanges& changes, const std::string& variable,
              const std::string& exporter, const std::string& importer) {
  const auto index = [](const std::vector<std::string>& names, const std::string& name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  const std::size_t r = index(industry.exporters, exporter), v = index(industry.importers, importer);
  const std::size_t m = industry.importers.size();
  const std::vector<double>& all = figures(changes, variable);
  return all.at(exporter.empty() ? v : v < m && all.size() == industry.trade.size() ? r * m + v : r);
}

void expect_meets(double value, double expected, const std::string& what) {
  EXPECT_NEAR(value, expected, std::max(1e-9, 1e-8 * std::abs(expected))) << what;
}

/// ln demand - supply elasticity ln price of every exporter, from the definitions in levels; 0 when markets clear.
std::vector<double> excess_demand(const CesIndustry& industry, const CesChanges& changes) {
  const std::size_t n = industry.exporters.size(), m = industry.importers.size();
  std::vector<double> demand(n), sales(n), excess(n);
  for (std::size_t v = 0; v < m; ++v) {
    const double sigma = industry.substitution_elasticity[v];
    double spending = 0, index = 0;
    const auto price = [&](std::size_t r) {
      return (1 + changes.world_price_change[r]) * industry.tariff_final[r * m + v] /
             industry.tariff_initial[r * m + v];
    };
    for (std::size_t r = 0; r < n; ++r) spending += industry.trade[r * m + v] * industry.tariff_initial[r * m + v];
    for (std::size_t r = 0; r < n; ++r)
      index +=
          industry.trade[r * m + v] * industry.tariff_initial[r * m + v] / spending * std::pow(price(r), 1 - sigma);
    index = std::pow(index, 1 / (1 - sigma));
    for (std::size_t r = 0; r < n; ++r) {
      const double quantity =
          std::pow(price(r) / index, -sigma) * std::pow(index, industry.import_demand_elasticity[v]);
      demand[r] += industry.trade[r * m + v] * quantity;
      sales[r] += industry.trade[r * m + v];
    }
  }
  for (std::size_t r = 0; r < n; ++r) {
    const double e = industry.export_supply_elasticity[r], price = std::log1p(changes.world_price_change[r]);
    excess[r] = std::isinf(e) ? price : std::log(demand[r] / sales[r]) - e * price;
  }
  return excess;
}

CesIndustry random_industry(std::mt19937_64& generator) {
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(generator);
  };
  CesIndustry industry;
  industry.name = "random";
  const auto n = static_cast<std::size_t>(between(1, 9)), m = static_cast<std::size_t>(between(1, 9));
  for (std::size_t r = 0; r < n; ++r) {
    industry.exporters.push_back("e" + std::to_string(r));
    industry.export_supply_elasticity.push_back(between(0, 1) < 0.2 ? kInfinity : between(0.2, 10));
  }
  for (std::size_t v = 0; v < m; ++v) {
    industry.importers.push_back("i" + std::to_string(v));
    industry.import_demand_elasticity.push_back(-between(0.1, 3));
    industry.substitution_elasticity.push_back(between(0.5, 12));
  }
  for (std::size_t pair = 0; pair < n * m; ++pair) {
    const bool may_be_empty = pair % m != 0 && pair / m != 0;  // every region trades something
    industry.trade.push_back(may_be_empty && between(0, 1) < 0.2 ? 0 : std::exp(between(-3, 3)));
    industry.tariff_initial.push_back(1 + between(0, 0.5));
    industry.tariff_final.push_back(1 + between(0, 2));
  }
  return industry;
}

TEST(CesEquilibrium, MeetsTheWorkedExamplesExactAndLinear) {
  int exact = 0, linear = 0;
  for (const char* name : {"gsim_4x4", "fixed_world_prices"}) {
    const std::string stem = name;
    for (const CesIndustry& industry : read_equilibrium_inputs(worked_example(stem + "_inputs.csv")).cases) {
      const CesChanges solved = solve_ces_equilibrium(industry), first_order = linearise_ces_equilibrium(industry);
      for (const auto& row : worked_rows(stem + "_expected.csv")) {
        if (row.at("case") != industry.name) continue;
        const bool is_exact = row.at("model") == "ces_exact";
        const double value = figure(industry, is_exact ? solved : first_order, row.at("variable"), row.at("exporter"),
                                    row.at("importer"));
        const std::string what = row.at("case") + " " + row.at("model") + " " + row.at("variable") + " " +
                                 row.at("exporter") + " " + row.at("importer");
        expect_meets(value, std::stod(row.at("value")), what);
        ++(is_exact ? exact : linear);
      }
    }
  }
  EXPECT_GT(exact, 150);
  EXPECT_GT(linear, 150);
}

TEST(CesEquilibrium, LinearisedReturnsTheReportedGsimPrices) {
  const CesChanges changes = linearise_ces_equilibrium(us_eu_fta());
  const std::vector<double> reported{0.0792, -0.0316, 0.0480, -0.0184};
  for (std::size_t r = 0; r < 4; ++r) EXPECT_NEAR(changes.world_price_change[r], reported[r], 0.00005) << r;
}

TEST(CesEquilibrium, MeetsTheSingleMarketExamples) {
  int rows = 0;
  for (const CesIndustry& industry : read_equilibrium_inputs(worked_example("single_market_ces_inputs.csv")).cases) {
    const CesChanges changes = solve_ces_equilibrium(industry);
    for (const auto& row : worked_rows("single_market_ces_expected.csv")) {
      if (row.at("case") != industry.name) continue;
      const double value = figure(industry, changes, row.at("variable"), row.at("supplier"), "");
      expect_meets(value, std::stod(row.at("value")), row.at("case") + row.at("variable") + row.at("supplier"));
      if (!row.at("figure_reading").empty()) {
        EXPECT_NEAR(value, std::stod(row.at("figure_reading")), 0.0003);
      }
      ++rows;
    }
  }
  EXPECT_GT(rows, 20);
}

TEST(CesEquilibrium, LinearAndExactPartWithTheSquareOfTheShock) {
  const CesIndustry whole = us_eu_fta();
  std::vector<double> ratio;
  for (const double size : {1e-2, 1e-3, 1e-4}) {
    CesIndustry small = whole;
    for (std::size_t pair = 0; pair < small.trade.size(); ++pair)
      small.tariff_final[pair] =
          whole.tariff_initial[pair] * std::pow(whole.tariff_final[pair] / whole.tariff_initial[pair], size);
    const CesChanges exact = solve_ces_equilibrium(small), linear = linearise_ces_equilibrium(small);
    double gap = 0;
    for (std::size_t r = 0; r < 4; ++r)
      gap = std::max(gap, std::abs(exact.world_price_change[r] - linear.world_price_change[r]));
    ratio.push_back(gap / (size * size));
  }
  EXPECT_GT(ratio[2], 0.001);
  EXPECT_NEAR(ratio[1] / ratio[0], 1, 0.05);
  EXPECT_NEAR(ratio[2] / ratio[1], 1, 0.01);
}

TEST(CesEquilibrium, ManySmallLinearStepsArriveAtTheExactEquilibrium) {
  const CesIndustry whole = us_eu_fta();
  CesIndustry at = whole;  // its trade in quantities, its tariffs as buyers' prices
  const double steps = 4000;
  std::vector<double> log_price(4);
  for (int step = 0; step < static_cast<int>(steps); ++step) {
    for (std::size_t pair = 0; pair < at.trade.size(); ++pair)
      at.tariff_final[pair] =
          at.tariff_initial[pair] * std::pow(whole.tariff_final[pair] / whole.tariff_initial[pair], 1 / steps);
    const CesChanges change = linearise_ces_equilibrium(at);
    for (std::size_t pair = 0; pair < at.trade.size(); ++pair) {
      at.trade[pair] *= 1 + change.quantity_change[pair];
      at.tariff_initial[pair] *= 1 + change.importer_price_change[pair];
    }
    for (std::size_t r = 0; r < 4; ++r) log_price[r] += std::log1p(change.world_price_change[r]);
  }
  const CesChanges exact = solve_ces_equilibrium(whole);
  for (std::size_t r = 0; r < 4; ++r) EXPECT_NEAR(std::expm1(log_price[r]), exact.world_price_change[r], 1e-4) << r;
}

TEST(CesEquilibrium, ClearsEveryMarketOfRandomIndustries) {
  std::mt19937_64 generator(20031);
  for (int trial = 0; trial < 300; ++trial) {
    const CesIndustry industry = random_industry(generator);
    const CesChanges changes = solve_ces_equilibrium(industry);
    for (const double excess : excess_demand(industry, changes)) EXPECT_NEAR(excess, 0, 1e-9) << trial;
  }
}

TEST(CesEquilibrium, StaysAtTheBaseWithoutAShock) {
  CesIndustry industry = us_eu_fta();
  industry.tariff_final = industry.tariff_initial;
  for (const CesChanges& changes : {solve_ces_equilibrium(industry), linearise_ces_equilibrium(industry)}) {
    for (const std::vector<double>* figures :
         {&changes.world_price_change, &changes.quantity_change, &changes.composite_price_change,
          &changes.tariff_revenue_change, &changes.producer_surplus_change, &changes.net_welfare_change}) {
      for (const double value : *figures) EXPECT_EQ(value, 0);
    }
  }
}

TEST(CesEquilibrium, ScalesWithTheUnitOfTrade) {
  CesIndustry industry = us_eu_fta();
  const CesChanges one = solve_ces_equilibrium(industry);
  for (double& value : industry.trade) value *= 1e6;
  const CesChanges million = solve_ces_equilibrium(industry);
  for (std::size_t v = 0; v < 4; ++v) {
    EXPECT_NEAR(million.world_price_change[v], one.world_price_change[v], 1e-12);
    EXPECT_NEAR(million.net_welfare_change[v], 1e6 * one.net_welfare_change[v], 1e-3);
  }
}

/// All supply fixed: prices follow the tariffs down one for one when every tariff rises by the same factor.
TEST(CesEquilibrium, AUniformTariffOnFixedSupplyFallsOnTheExporters) {
  CesIndustry industry = us_eu_fta();
  for (double& e : industry.export_supply_elasticity) e = 0;
  for (std::size_t pair = 0; pair < industry.trade.size(); ++pair)
    industry.tariff_final[pair] = 1.25 * industry.tariff_initial[pair];
  const CesChanges changes = solve_ces_equilibrium(industry);
  for (const double price : changes.world_price_change) EXPECT_NEAR(price, -0.2, 1e-12);
  for (const double quantity : changes.quantity_change) EXPECT_NEAR(quantity, 0, 1e-11);
}

TEST(CesEquilibrium, KeepsTheWorldPriceOfInfinitelyElasticSupply) {
  CesIndustry industry = us_eu_fta();
  for (double& e : industry.export_supply_elasticity) e = kInfinity;
  const CesChanges given = solve_ces_equilibrium(industry);
  for (std::size_t r = 0; r < 4; ++r) {
    EXPECT_EQ(given.world_price_change[r], 0);
    EXPECT_EQ(given.producer_surplus_change[r], 0);
  }
  for (double& e : industry.export_supply_elasticity) e = 1e8;
  const CesChanges nearly = solve_ces_equilibrium(industry);
  for (std::size_t pair = 0; pair < 16; ++pair)
    EXPECT_NEAR(nearly.quantity_change[pair], given.quantity_change[pair], 1e-6);
}

TEST(CesEquilibrium, PassesSmoothlyThroughUnitElasticities) {
  CesIndustry industry = us_eu_fta();
  const auto welfare_at = [&](double off) {
    for (std::size_t v = 0; v < 4; ++v) {
      industry.substitution_elasticity[v] = 1 + off;
      industry.import_demand_elasticity[v] = -1 - off;
    }
    return solve_ces_equilibrium(industry).net_welfare_change;
  };
  const std::vector<double> at = welfare_at(0), near = welfare_at(1e-10), below = welfare_at(-1e-10);
  for (std::size_t v = 0; v < 4; ++v) {
    EXPECT_NEAR(near[v], at[v], 1e-6);
    EXPECT_NEAR(below[v], at[v], 1e-6);
  }
}

TEST(CesEquilibrium, HoldsForLargeTariffsAndElasticities) {
  CesIndustry industry = us_eu_fta();
  for (const double factor : {2.45, 20.0, 1e6}) {
    for (const double sigma : {0.3, 5.0, 40.0}) {
      industry.tariff_final[2] = factor;
      std::fill(industry.substitution_elasticity.begin(), industry.substitution_elasticity.end(), sigma);
      const CesChanges changes = solve_ces_equilibrium(industry);
      for (const double quantity : changes.quantity_change) EXPECT_GE(quantity, -1);
      for (const double price : changes.world_price_change) EXPECT_GT(price, -1);
    }
  }
}

TEST(CesEquilibrium, NamesTheCaseThatDoesNotConverge) {
  const auto message = [](const CesIndustry& industry, int most_iterations) -> std::string {
    try {
      solve_ces_equilibrium(industry, most_iterations);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "solved";
  };
  EXPECT_EQ(message(us_eu_fta(), 100), "solved");
  EXPECT_NE(message(us_eu_fta(), 1).find("case 'us_eu_fta': world prices did not converge"), std::string::npos);
  CesIndustry open = us_eu_fta();  // nothing fixes the level of prices
  for (double& e : open.export_supply_elasticity) e = 0;
  for (double& e : open.import_demand_elasticity) e = 0;
  EXPECT_NE(message(open, 100).find("case 'us_eu_fta': world prices are not determined"), std::string::npos);
}

TEST(CesEquilibrium, RefusesWhatItsInputsForbid) {
  const auto refused = [](auto change) {
    CesIndustry industry = us_eu_fta();
    change(industry);
    EXPECT_THROW(solve_ces_equilibrium(industry), std::invalid_argument);
    EXPECT_THROW(linearise_ces_equilibrium(industry), std::invalid_argument);
  };
  refused([](CesIndustry& i) { i.trade.pop_back(); });
  refused([](CesIndustry& i) { i.trade[1] = -1; });
  refused([](CesIndustry& i) { i.tariff_final[1] = 0; });
  refused([](CesIndustry& i) { i.import_demand_elasticity[0] = 0.5; });
  refused([](CesIndustry& i) { i.substitution_elasticity[0] = 0; });
  refused([](CesIndustry& i) { i.export_supply_elasticity[0] = std::nan(""); });
  refused([](CesIndustry& i) { std::fill(i.trade.begin(), i.trade.begin() + 4, 0.0); });
  refused([](CesIndustry& i) { i.exporters.clear(); });
}

}  // namespace
}  // namespace plimsoll
