#include "sim/comparison.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tariff_layers.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

RandomNumber fixed(double x) { return RandomNumber::fixed(x); }

/// Noise everywhere, so that differences are far smaller than what the scenarios share.
Calibration noisy() {
  Calibration c = quiet_calibration(2, 2);
  set_parameter(c, "residual_world_sd_log", 0.05);
  set_parameter(c, "tariff_elasticity_1y", {RandomNumber::Kind::normal, {1.0, 0.3}});
  set_parameter(c, "tariff_elasticity_long_run", 2);
  set_parameter(c, "tariff_pass_through_frac", 0.8);
  return c;
}

Scenario calm(const Calibration& c) {
  Scenario s = quiet_scenario(c, 19);
  s.paths = 2000;
  return s;
}

Scenario with_tariff(const Calibration& c) {
  Scenario s = calm(c);
  s.tariff_shocks = {tariff_layer("m0", 10, Date{2026, 9, 1})};
  return s;
}

const DifferenceRow& row(const std::vector<DifferenceRow>& rows, const std::string& series, const std::string& period,
                         const std::string& key = "") {
  for (const DifferenceRow& r : rows) {
    if (r.series == series && to_string(r.period) == period && r.key == key) return r;
  }
  throw std::out_of_range(series + "@" + period + " " + key);
}

TEST(Comparison, OfAScenarioWithItselfIsNothing) {
  const Calibration c = noisy();
  const Simulation a(calm(c), c), b(calm(c), c);
  const ComparisonResults results = compare(a, b, {});
  ASSERT_GT(results.summary.size(), 100U);
  for (const auto* rows : {&results.summary, &results.contributions}) {
    for (const DifferenceRow& r : *rows) {
      EXPECT_EQ(r.difference.mean, 0) << r.series;
      EXPECT_EQ(r.difference.quantile[0], 0) << r.series;
      EXPECT_EQ(r.difference.quantile[8], 0) << r.series;
      EXPECT_EQ(r.base.value, r.other.value) << r.series;
    }
  }
}

TEST(Comparison, HasTheMeansOfBothRunsAndAFarSmallerError) {
  const Calibration c = noisy();
  Scenario calm_one = calm(c), taxed = with_tariff(c);
  calm_one.sampling = taxed.sampling = "random";  // Sobol points leave each run little error to share
  const Simulation a(calm_one, c), b(taxed, c);
  const ComparisonResults results = compare(a, b, {});
  const RunResults alone_a = run(a, {}), alone_b = run(b, {});
  const auto mean = [](const RunResults& r, const std::string& series, const std::string& period) {
    for (const SummaryRow& s : r.summary) {
      if (s.series == series && to_string(s.period) == period) return s.distribution.mean;
    }
    return std::nan("");
  };
  for (const std::string series : {"exports.total.yoy", "exports.market.m0.value", "exports.product.p1.share"}) {
    const DifferenceRow& r = row(results.summary, series, "2027");
    EXPECT_NEAR(r.base.value, mean(alone_a, series, "2027"), 1e-9);
    EXPECT_NEAR(r.other.value, mean(alone_b, series, "2027"), 1e-9);
    EXPECT_NEAR(r.difference.mean, r.other.value - r.base.value, 1e-9);
  }
  const DifferenceRow& growth = row(results.summary, "exports.total.yoy", "2027");
  EXPECT_LT(growth.difference.mean, -1);
  EXPECT_LT(growth.difference.se_mean, 0.5 * std::hypot(growth.base.se, growth.other.se));
}

TEST(Comparison, SplitsTheDifferenceIntoTheDifferencesOfContributions) {
  const Calibration c = noisy();
  const Simulation a(calm(c), c), b(with_tariff(c), c);
  const ComparisonResults results = compare(a, b, {});
  for (const std::string period : {"2026", "2027", "2026-11"}) {
    std::map<std::string, double> sum;
    for (const DifferenceRow& r : results.contributions) {
      if (r.series == "exports.total.yoy" && to_string(r.period) == period) sum[r.by] += r.difference.mean;
    }
    const double whole = row(results.summary, "exports.total.yoy", period).difference.mean;
    for (const std::string by : {"product", "market", "driver", "price_volume"})
      EXPECT_NEAR(sum.at(by), whole, 1e-6) << by << " " << period;
  }
}

TEST(Comparison, CountsADriverOfOneScenarioAloneAsNothingInTheOther) {
  const Calibration c = noisy();
  Scenario shocked = calm(c);
  GenericShock shock;
  shock.name = "boom";
  shock.on = GenericShock::On::volume;
  shock.products = {"p0"};
  shock.markets = {"all"};
  shock.process.kind = "path";
  shock.process.points = {{c.as_of + 3, fixed(120)}};
  shocked.shocks = {shock};
  const Simulation a(shocked, c), b(calm(c), c);
  const ComparisonResults results = compare(a, b, {});
  const DifferenceRow& r = row(results.contributions, "exports.total.yoy", "2026-10", "shocks.boom");
  EXPECT_GT(r.base.value, 5);
  EXPECT_EQ(r.other.value, 0);
  EXPECT_NEAR(r.difference.mean, -r.base.value, 1e-12);
}

TEST(Comparison, GivesTheSameDigitsOnAnyNumberOfThreads) {
  const Calibration c = noisy();
  const Simulation a(calm(c), c), b(with_tariff(c), c);
  RunOptions two;
  two.threads = 2;
  const ComparisonResults one = compare(a, b, {}), other = compare(a, b, two);
  ASSERT_EQ(one.summary.size(), other.summary.size());
  for (std::size_t k = 0; k < one.summary.size(); ++k) {
    EXPECT_EQ(one.summary[k].difference.mean, other.summary[k].difference.mean);
    EXPECT_EQ(one.summary[k].difference.quantile, other.summary[k].difference.quantile);
    EXPECT_EQ(one.summary[k].base.se, other.summary[k].base.se);
  }
}

TEST(Comparison, OfALaterVintageHoldsWhatCameBesideTheForecast) {
  Calibration later = noisy();
  Calibration earlier = later;
  // Five months of data fewer.
  const std::size_t cells = later.products.size() * later.markets.size();
  earlier.as_of = later.as_of - 5;
  earlier.cells.resize(earlier.cells.size() - 5 * cells);
  Scenario old = calm(earlier);
  old.horizon = later.as_of + 19;
  const Simulation a(old, earlier), b(calm(later), later);
  const ComparisonResults results = compare(a, b, {});
  const DifferenceRow& r = row(results.summary, "exports.total.value", "2026-05ytd");
  EXPECT_NEAR(r.other.value, 5 * 40, 1e-9);
  EXPECT_EQ(r.other.se, 0);
  EXPECT_NEAR(r.difference.mean, 200 - r.base.value, 1e-9);
  EXPECT_GT(r.difference.se_mean, 0);
}

}  // namespace
}  // namespace plimsoll
