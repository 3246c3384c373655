#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "models/calibration_reader.hpp"
#include "sim/plan.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

/// Largest gap between growth and the sum of the contributions by `by`, over all paths and periods.
double largest_gap(const Simulation::Plan& plan, const std::vector<double>& values, const std::string& by) {
  std::map<std::string, std::size_t> growth;
  std::map<std::string, std::vector<std::size_t>> parts;
  for (std::size_t o = 0; o < plan.outputs.labels.size(); ++o) {
    const OutputLabel& label = plan.outputs.labels[o];
    const std::string period = to_string(label.period);
    if (label.table == OutputLabel::Table::summary && label.series == "exports.total.yoy") growth[period] = o;
    if (label.table == OutputLabel::Table::contributions && label.by == by) parts[period].push_back(o);
  }
  double gap = 0;
  for (const auto& [period, output] : growth) {
    EXPECT_FALSE(parts[period].empty()) << period;
    for (std::size_t lane = 0; lane < 64; ++lane) {
      double sum = 0;
      for (const std::size_t o : parts[period]) sum += values[o * 64 + lane];
      gap = std::max(gap, std::abs(sum - values[output * 64 + lane]));
    }
  }
  return gap;
}

TEST(Contributions, SumToGrowthOnEveryPath) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 19);
  s.memory_price_cycle.process.kind = "stochastic_cycle";
  const Simulation simulation(s, c);
  for (std::int64_t path0 = 0; path0 < 4096; path0 += 64) {
    const std::vector<double> values = simulate_outputs(simulation.plan(), path0);
    ASSERT_LT(largest_gap(simulation.plan(), values, "product"), 1e-9);
    ASSERT_LT(largest_gap(simulation.plan(), values, "market"), 1e-9);
  }
}

TEST(ContributionMeans, SumToTheMeanOfGrowth) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 19);
  s.memory_price_cycle.process.kind = "stochastic_cycle";
  const RunResults results = run(Simulation(s, c), {.threads = 2});
  std::map<std::string, double> product, market;
  for (const ContributionRow& row : results.contributions) {
    if (row.by == "product") product[to_string(row.period)] += row.distribution.mean;
    if (row.by == "market") market[to_string(row.period)] += row.distribution.mean;
  }
  for (const SummaryRow& row : results.summary) {
    if (row.series != "exports.total.yoy") continue;
    EXPECT_NEAR(product[to_string(row.period)], row.distribution.mean, 1e-9);
    EXPECT_NEAR(market[to_string(row.period)], row.distribution.mean, 1e-9);
  }
}

TEST(NothingHappening, LeavesTheBaselineAlone) {
  const Calibration c = quiet_calibration(2, 2);
  const Scenario s = quiet_scenario(c, 12);
  const RunResults results = run(Simulation(s, c), {.threads = 1});
  for (const SummaryRow& row : results.summary) {
    if (row.unit != "pct" || row.series.ends_with(".share")) continue;
    EXPECT_NEAR(row.distribution.mean, 0, 2e-5) << row.series << " " << to_string(row.period);
    EXPECT_EQ(row.distribution.sd, 0);
  }
  for (const ContributionRow& row : results.contributions) {
    if (row.key == "inherited") {
      EXPECT_NEAR(row.distribution.mean, 0, 2e-5);
    }
  }
}

TEST(TrendAndDrivers, GiveTheSameExpectedGrowthForEveryElasticityWhenDriversGrowAsInTheWindow) {
  // Oil grew 2% a month through the window and goes on so; cells follow it with elasticity theta, drawn or fixed.
  // So they do where the slope of the rest is hardly believed: what drivers explain is not of the rest.
  const auto growth = [](double theta, double weight) {
    Calibration c = quiet_calibration(1, 1);
    if (weight < 1) set_parameter(c, "trend_start_weight_frac", weight);
    DriverHistory& oil = c.drivers["oil_price"];
    for (std::size_t k = 0; k < oil.level.size(); ++k)
      oil.level[k] = 100 * std::exp(0.02 * (static_cast<double>(k) + 1 - static_cast<double>(oil.level.size())));
    for (std::size_t k = 0; k < c.cells.size(); ++k)
      c.cells[k] = 10 * std::exp(0.01 * (static_cast<double>(k) + 1 - static_cast<double>(c.cells.size())));
    // The parameter's centre is 0.5; this path has theta.
    c.loadings.push_back({"p0",
                          "all",
                          "oil_price",
                          RandomNumber::fixed(0),
                          RandomNumber{RandomNumber::Kind::discrete, {0.5, 0.5, theta, 0.5}},
                          0,
                          {}});
    if (theta < 0.5) c.loadings.back().price.args = {theta, 0.5, 0.5, 0.5};
    Scenario s = quiet_scenario(c, 19);
    s.oil_price.kind = "path";
    for (int t = 1; t <= 19; ++t)
      s.oil_price.points.push_back({c.as_of + t, RandomNumber::fixed(100 * std::exp(0.02 * t))});
    const Simulation simulation(s, c);
    const std::vector<double> values = simulate_outputs(simulation.plan(), 0);
    double low = 1e9, high = -1e9;  // over the two thetas that paths draw
    for (std::size_t o = 0; o < simulation.plan().outputs.labels.size(); ++o) {
      const OutputLabel& label = simulation.plan().outputs.labels[o];
      if (label.series != "exports.total.yoy" || label.table != OutputLabel::Table::summary ||
          to_string(label.period) != "2027")
        continue;
      for (std::size_t lane = 0; lane < 64; ++lane) {
        low = std::min(low, values[o * 64 + lane]);
        high = std::max(high, values[o * 64 + lane]);
      }
    }
    return std::pair{low, high};
  };
  for (const double weight : {1.0, 0.2}) {
    for (const double theta : {0.0, 0.2, 0.9}) {
      const auto [low, high] = growth(theta, weight);
      EXPECT_LT(high - low, 0.1) << theta << " " << weight;
    }
  }
}

}  // namespace
}  // namespace plimsoll
