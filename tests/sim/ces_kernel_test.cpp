#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "models/ces_equilibrium.hpp"
#include "sim/kernels.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {
namespace {

struct Market {
  double own, rivals, upper, china, imports, china_sales, rival_sales;
};
struct Case {
  double lower, demand, china_supply, rival_supply, domestic_supply;  ///< elasticities
  std::vector<Market> markets;                                        ///< weights of spending, base tariffs 0
};
struct Answer {
  double china, rivals, unsolved;
  std::vector<double> domestic, volume;
};

double weight(double elasticity) { return std::isinf(elasticity) ? 1 : elasticity / (1 + elasticity); }

Answer solve(const Case& c, bool wide, const std::string& set = "") {
  std::vector<double> in{c.lower, c.demand, weight(c.china_supply), weight(c.rival_supply), weight(c.domestic_supply)};
  for (const Market& m : c.markets)
    in.insert(in.end(), {m.own, m.rivals, m.upper, m.china, m.imports, m.china_sales, m.rival_sales});
  std::vector<double> out(3 + 2 * c.markets.size());
  kernels(set).ces(in.data(), static_cast<int>(c.markets.size()), wide ? 1 : 0, out.data());
  Answer answer{out[0], out[1], out[2], {}, {}};
  for (std::size_t v = 0; v < c.markets.size(); ++v) {
    answer.domestic.push_back(out[3 + 2 * v]);
    answer.volume.push_back(out[4 + 2 * v]);
  }
  return answer;
}

/// A world of some markets with trade drawn at random, base tariffs 0, one elasticity between all three sources.
struct World {
  Case nested;
  CesIndustry flat;  ///< exporters: china, rivals, one domestic supplier a market
};

World random_world(std::mt19937_64& generator, double tariff_scale) {
  const auto uniform = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(generator);
  };
  const std::size_t markets = 1 + generator() % 5;
  const double sigma = uniform(0.6, 6), demand = uniform(0.1, 1.5);
  World w;
  w.nested = {sigma, demand, uniform(0.3, 8), uniform(0.3, 8), uniform(0.3, 8), {}};
  CesIndustry& f = w.flat;
  f.name = "random";
  f.exporters = {"china", "rivals"};
  f.export_supply_elasticity = {w.nested.china_supply, w.nested.rival_supply};
  for (std::size_t v = 0; v < markets; ++v) {
    f.importers.push_back("m" + std::to_string(v));
    f.exporters.push_back("d" + std::to_string(v));
    f.import_demand_elasticity.push_back(-demand);
    f.substitution_elasticity.push_back(sigma);
    f.export_supply_elasticity.push_back(w.nested.domestic_supply);
  }
  f.trade.assign(f.exporters.size() * markets, 0.0);
  f.tariff_initial.assign(f.trade.size(), 1.0);
  f.tariff_final = f.tariff_initial;
  std::vector<double> china, rivals;
  for (std::size_t v = 0; v < markets; ++v) {
    const double domestic = uniform(1, 100);
    china.push_back(uniform(1, 50));
    rivals.push_back(uniform(1, 100));
    f.trade[v] = china[v];
    f.trade[markets + v] = rivals[v];
    f.trade[(2 + v) * markets + v] = domestic;
    const double own = uniform(-0.05, 1) * tariff_scale, other = uniform(0, 0.3) * tariff_scale;
    f.tariff_final[v] = std::exp(own);
    f.tariff_final[markets + v] = std::exp(other);
    const double imports = china[v] + rivals[v];
    w.nested.markets.push_back({own, other, sigma, china[v] / imports, imports / (imports + domestic), 0, 0});
  }
  double all_china = 0, all_rivals = 0;
  for (std::size_t v = 0; v < markets; ++v) {
    all_china += china[v];
    all_rivals += rivals[v];
  }
  for (std::size_t v = 0; v < markets; ++v) {
    w.nested.markets[v].china_sales = china[v] / all_china;
    w.nested.markets[v].rival_sales = rivals[v] / all_rivals;
  }
  return w;
}

TEST(CesKernel, EqualsTheExactSolverWhereAllSourcesSubstituteAlike) {
  std::mt19937_64 generator(1);
  for (int trial = 0; trial < 200; ++trial) {
    const World w = random_world(generator, 1);
    const CesChanges exact = solve_ces_equilibrium(w.flat);
    const Answer wide = solve(w.nested, true), narrow = solve(w.nested, false);
    ASSERT_EQ(wide.unsolved, 0);
    ASSERT_EQ(narrow.unsolved, 0);
    const auto check = [&](double change, double in_double, double in_float) {
      ASSERT_NEAR(in_double, std::log1p(change), 1e-8);
      ASSERT_NEAR(in_float, std::log1p(change), 2e-5);
    };
    check(exact.world_price_change[0], wide.china, narrow.china);
    check(exact.world_price_change[1], wide.rivals, narrow.rivals);
    for (std::size_t v = 0; v < w.nested.markets.size(); ++v) {
      check(exact.world_price_change[2 + v], wide.domestic[v], narrow.domestic[v]);
      check(exact.quantity_change[v], wide.volume[v], narrow.volume[v]);
    }
  }
}

TEST(CesKernel, EqualsTheExactSolverOfImportsAloneWhereDomesticGoodsDropOut) {
  // Elasticity between imports and domestic goods equal to that of total demand: imports answer their price alone.
  std::mt19937_64 generator(2);
  for (int trial = 0; trial < 100; ++trial) {
    World w = random_world(generator, 1);
    const std::size_t markets = w.nested.markets.size();
    for (Market& m : w.nested.markets) m.upper = w.nested.demand;
    w.flat.exporters.resize(2);
    w.flat.export_supply_elasticity.resize(2);
    for (auto* pairs : {&w.flat.trade, &w.flat.tariff_initial, &w.flat.tariff_final}) pairs->resize(2 * markets);
    const CesChanges exact = solve_ces_equilibrium(w.flat);
    const Answer wide = solve(w.nested, true), narrow = solve(w.nested, false);
    for (std::size_t v = 0; v < markets; ++v) {
      ASSERT_NEAR(wide.volume[v], std::log1p(exact.quantity_change[v]), 1e-8);
      ASSERT_NEAR(narrow.volume[v], std::log1p(exact.quantity_change[v]), 2e-5);
    }
  }
}

/// Excess demand of a nested equilibrium, evaluated in levels: largest log gap between demand and supply.
double largest_gap(const Case& c, const Answer& a) {
  double china = 0, rivals = 0, gap = 0;
  for (std::size_t v = 0; v < c.markets.size(); ++v) {
    const Market& m = c.markets[v];
    const auto index = [](double w, double x, double y, double sigma) {
      return std::pow(w * std::pow(x, 1 - sigma) + (1 - w) * std::pow(y, 1 - sigma), 1 / (1 - sigma));
    };
    const double own = std::exp(a.china + m.own), other = std::exp(a.rivals + m.rivals), home = std::exp(a.domestic[v]);
    const double imports = index(m.china, own, other, c.lower), all = index(m.imports, imports, home, m.upper);
    const double bundle = std::pow(imports / all, -m.upper) * std::pow(all, -c.demand);
    const double volume = std::pow(own / imports, -c.lower) * bundle;
    china += m.china_sales * volume;
    rivals += m.rival_sales * std::pow(other / imports, -c.lower) * bundle;
    const double domestic = std::pow(home / all, -m.upper) * std::pow(all, -c.demand);
    gap = std::max({gap, std::abs(std::log(volume) - a.volume[v]),
                    std::abs(std::log(domestic) - c.domestic_supply * a.domestic[v])});
  }
  return std::max({gap, std::abs(std::log(china) - c.china_supply * a.china),
                   std::abs(std::log(rivals) - c.rival_supply * a.rivals)});
}

TEST(CesKernel, ClearsNestedMarketsInLevels) {
  std::mt19937_64 generator(3);
  for (int trial = 0; trial < 200; ++trial) {
    Case c = random_world(generator, 1.5).nested;
    for (Market& m : c.markets) m.upper = std::uniform_real_distribution<double>(0.3, 3)(generator);
    const Answer a = solve(c, true);
    ASSERT_EQ(a.unsolved, 0);
    ASSERT_LT(largest_gap(c, a), 1e-8);
  }
}

TEST(CesKernel, IsSmoothWhereAnElasticityIsOne) {
  std::mt19937_64 generator(4);
  Case c = random_world(generator, 0.5).nested;
  for (const double shift : {1e-2, 1e-4, 1e-6}) {
    const auto at = [&](double sigma) {
      c.lower = sigma;
      for (Market& m : c.markets) m.upper = sigma;
      return solve(c, true).volume[0];
    };
    EXPECT_NEAR((at(1 + shift) + at(1 - shift)) / 2, at(1), 10 * shift * shift + 1e-9) << shift;
  }
}

TEST(CesKernel, AgreesWithItsLinearFormToSecondOrder) {
  std::mt19937_64 generator(5);
  for (int trial = 0; trial < 20; ++trial) {
    std::mt19937_64 again = generator;
    double gap[2];
    for (int half = 0; half < 2; ++half) {
      std::mt19937_64 same = again;
      const World w = random_world(same, half == 0 ? 0.02 : 0.01);
      generator = same;
      const CesChanges linear = linearise_ces_equilibrium(w.flat);
      gap[half] = std::abs(std::expm1(solve(w.nested, true).volume[0]) - linear.quantity_change[0]);
    }
    EXPECT_LT(gap[0], 0.05);
    EXPECT_NEAR(gap[0] / gap[1], 4, 0.5);
  }
}

TEST(CesKernel, NoShockIsNoChangeAndAnInfiniteSupplyElasticityIsAFixedPrice) {
  std::mt19937_64 generator(6);
  for (const bool wide : {false, true}) {
    const Case calm = random_world(generator, 0).nested;
    for (const double x : solve(calm, wide).volume) EXPECT_NEAR(x, 0, 1e-6);
    Case fixed = random_world(generator, 1).nested;
    fixed.china_supply = fixed.rival_supply = fixed.domestic_supply = std::numeric_limits<double>::infinity();
    const Answer a = solve(fixed, wide);
    EXPECT_NEAR(a.china, 0, 1e-6);
    EXPECT_NEAR(a.rivals, 0, 1e-6);
    EXPECT_NEAR(a.domestic[0], 0, 1e-6);
  }
}

TEST(CesKernel, MarksAnUndeterminedPriceLevelAndStaysFinite) {
  std::mt19937_64 generator(7);
  Case c = random_world(generator, 1).nested;
  c.demand = c.china_supply = c.rival_supply = c.domestic_supply = 0;
  const Answer a = solve(c, false);
  EXPECT_EQ(a.unsolved, 1);
  EXPECT_TRUE(std::isfinite(a.china) && std::isfinite(a.volume[0]));
}

TEST(CesKernel, GivesTheSameDigitsOnEveryInstructionSet) {
  std::mt19937_64 generator(8);
  for (int trial = 0; trial < 20; ++trial) {
    const Case c = random_world(generator, 1).nested;
    const Answer first = solve(c, false, usable_instruction_sets().front());
    for (const std::string& set : usable_instruction_sets()) {
      const Answer a = solve(c, false, set);
      EXPECT_EQ(a.china, first.china) << set;
      EXPECT_EQ(a.volume, first.volume) << set;
    }
  }
}

}  // namespace
}  // namespace plimsoll
