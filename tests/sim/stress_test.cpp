/// Figures of stress suites against closed forms and against `run` and `compare`.
#include "sim/stress.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "sim/comparison.hpp"
#include "sim/plan.hpp"
#include "sim/variance_split.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

SuiteEvent event(const std::string& text) {
  Problem problem;
  return {parse_event(text, problem).value(), {}};
}
SuiteGate gate(const std::string& text) {
  Problem problem;
  return {parse_gate(text, problem).value(), {}};
}

/// A scenario that computes the plan's cells.
struct Side {
  Simulation simulation;
  std::vector<OutputPlan> outputs;

  Side(Scenario scenario, const StressPlan& plan, const Calibration& c)
      : simulation(narrowed(std::move(scenario), plan), c),
        outputs(outputs_of_cells(plan, simulation.plan().outputs, "test")) {}
  static Scenario narrowed(Scenario s, const StressPlan& plan) {
    s.report.series = plan.series_patterns();
    s.report.contributions = plan.contribution_patterns();
    s.report.single_lunar_months = true;
    return s;
  }
};

StressPlan plan_of(const StressSuite& suite, Scenario s, const Calibration& c) {
  s.report = everything_reported();
  return plan_stress(suite, suite.gates, s, c, select_outputs(s, c));
}

/// One product, one market; oil and the exchange rate are independent random walks, oil moves the price.
Calibration oily() {
  Calibration c = quiet_calibration(1, 1);
  set_parameter(c, "oil_annual_sd_log", 0.3);
  set_parameter(c, "exchange_rate_annual_sd_log", 0.1);
  c.loadings.push_back({"p0", "all", "oil_price", RandomNumber::fixed(0), RandomNumber::fixed(0.8), 0, {}});
  return c;
}
Scenario oil_walks(const Calibration& c, std::int64_t paths = 16384) {
  Scenario s = quiet_scenario(c, 19);
  s.paths = paths;
  s.oil_price = {};
  s.oil_price.kind = "random_walk";
  s.exchange_rate = {};
  s.exchange_rate.kind = "random_walk";
  return s;
}

const StressRow& row(const StressScenario& s, const std::string& measure, const std::string& series = "",
                     const std::string& period = "") {
  for (const StressRow& r : s.rows) {
    if (r.measure == measure && (series.empty() || r.series == series) && (period.empty() || r.period == period))
      return r;
  }
  throw std::out_of_range(measure + " " + series + "@" + period);
}

/// Baseline and scenario, both filled.
struct Pair {
  StressPlan plan;
  StressScenario baseline, scenario;

  Pair(const StressSuite& suite, const Scenario& a, const Scenario& b, const Calibration& c,
       const RunOptions& options = {})
      : plan(plan_of(suite, a, c)) {
    const Side base(a, plan, c), other(b, plan, c);
    const JointRun first = run_jointly(plan, nullptr, {}, base.simulation, base.outputs, {}, options);
    const JointRun second = run_jointly(plan, &base.simulation, base.outputs, other.simulation, other.outputs,
                                        first.driver_centre, options);
    fill_scenario(plan, suite.thresholds.size(), first, first, baseline);
    fill_scenario(plan, suite.thresholds.size(), first, second, scenario);
  }
};

TEST(Stress, ProbabilitiesOfJointEventsAreThoseOfTheirDrivers) {
  const Calibration c = oily();
  StressSuite suite;
  suite.thresholds = {
      event("exports.total.value@2027-12 < 10"),
      event("exports.total.value@2027-12 < 10 and driver.exchange_rate.level@2027-12 > 100"),
      event("exports.total.value@2027-12 < 10 and driver.oil_price.level@2027-12 > 100"),
      event("exports.total.value@2027-12 < 10 and driver.oil_price.level@2027-12 < 100"),
  };
  for (const std::string sampling : {"random", "sobol"}) {
    Scenario s = oil_walks(c);
    s.sampling = sampling;
    const Pair pair(suite, s, s, c);
    const std::vector<StressFigure>& p = pair.baseline.thresholds;
    // A month's exports lie below where oil does: half; the other driver is independent: a quarter.
    EXPECT_NEAR(p[0].value, 0.5, 4 * p[0].se + 1e-4);
    EXPECT_NEAR(p[1].value, 0.25, 4 * p[1].se);
    EXPECT_NEAR(p[2].value, 0, 1e-3);  // the same driver cannot be on both sides
    EXPECT_NEAR(p[3].value, p[0].value, 1e-3);
    EXPECT_GT(p[1].se, 0);
    EXPECT_LT(p[1].se, 0.01);
  }
}

TEST(Stress, HasTheDigitsOfRunAndCompare) {
  const Calibration c = oily();
  Scenario a = oil_walks(c, 2000), b = a;
  b.oil_price.parameters["annual_sd_log"] = RandomNumber::fixed(0.5);
  StressSuite suite;
  suite.thresholds = {event("exports.total.yoy@2027 < -5")};
  for (const std::int64_t paths : {std::int64_t{208}, std::int64_t{2000}}) {
    a.paths = b.paths = paths;
    a.report.thresholds_pct = b.report.thresholds_pct = {-5};
    const Pair pair(suite, a, b, c);
    const RunResults run_b = run(Simulation(b, c), {});
    bool seen = false;
    for (const SummaryRow& r : run_b.summary) {
      if (r.series != "exports.total.yoy" || to_string(r.period) != "2027") continue;
      const Distribution& mine = row(pair.scenario, "level", r.series, "2027").distribution;
      EXPECT_EQ(mine.mean, r.distribution.mean);
      EXPECT_EQ(mine.se_mean, r.distribution.se_mean);
      EXPECT_EQ(mine.quantile, r.distribution.quantile);
      EXPECT_EQ(mine.se_quantile, r.distribution.se_quantile);
      seen = true;
    }
    EXPECT_TRUE(seen);
    for (const ProbabilityRow& r : run_b.probabilities) {
      if (r.series != "exports.total.yoy" || to_string(r.period) != "2027" || r.event != "below") continue;
      EXPECT_EQ(pair.scenario.thresholds[0].value, r.probability);
      EXPECT_EQ(pair.scenario.thresholds[0].se, r.se);
    }
    const ComparisonResults compared = compare(Simulation(a, c), Simulation(b, c), {});
    double cumulative = 0;
    for (const DifferenceRow& r : compared.summary) {
      if (r.series != "exports.total.value") continue;
      if (r.period.frequency == Frequency::month) cumulative += r.difference.mean;
      if (to_string(r.period) != "2027") continue;
      const Distribution& mine = row(pair.scenario, "difference", r.series, "2027").distribution;
      EXPECT_EQ(mine.mean, r.difference.mean);
      EXPECT_EQ(mine.se_mean, r.difference.se_mean);
      EXPECT_EQ(mine.quantile, r.difference.quantile);
    }
    EXPECT_NEAR(row(pair.scenario, "cumulative_difference").distribution.mean, cumulative, 1e-9);
  }
}

TEST(Stress, LossesOfAStepAreTheSameShareOnEveryPath) {
  // Oil is at 50 instead of 100 from the first month: prices fall by 2^-0.8.
  Calibration c = oily();
  set_parameter(c, "oil_annual_sd_log", 0);
  Scenario a = quiet_scenario(c, 19), b = a;
  a.paths = b.paths = 512;
  b.oil_price = {};
  b.oil_price.kind = "path";
  b.oil_price.points = {{c.as_of + 1, RandomNumber::fixed(50)}};
  StressSuite suite;
  suite.thresholds = {event("exports.total.value@2027-12 < 9")};
  const Pair pair(suite, a, b, c);
  const double lost_pct = 100 * (std::exp2(-0.8) - 1);
  const auto figure = [&](const char* measure) { return row(pair.scenario, measure).distribution; };
  EXPECT_NEAR(figure("cumulative_difference_pct").mean, lost_pct, 1e-3);
  EXPECT_NEAR(figure("cumulative_difference").mean, 19 * 10 * lost_pct / 100, 1e-3);
  EXPECT_NEAR(figure("cumulative_difference").sd, 0, 1e-6);
  EXPECT_NEAR(figure("peak_to_trough").mean, -lost_pct, 1e-3);  // twelve months later the whole sum is lower
  EXPECT_EQ(figure("months_below_zero").mean, 12);              // then the year before is as low
  EXPECT_EQ(figure("hit").mean, 1);
  EXPECT_EQ(figure("never_recovered").mean, 1);
  EXPECT_TRUE(std::isnan(figure("recovery_months").quantile[4]));
  EXPECT_EQ(pair.scenario.thresholds[0].value, 1);
  EXPECT_EQ(pair.baseline.thresholds[0].value, 0);
}

TEST(Stress, GatesReadTheSameFiguresAndKnowWhenTheyAreClose) {
  const Calibration c = oily();
  StressSuite suite;
  suite.thresholds = {event("exports.total.yoy@2027 < 0")};
  suite.gates = {gate("p05(exports.total.yoy@2027) < -8"), gate("mean(exports.total.yoy@2027) > 50"),
                 gate("prob(exports.total.value@2027-12 < 10 and driver.exchange_rate.level@2027-12 > 100) > 0.25"),
                 gate("prob(exports.total.yoy@2027 < 0) > 0.9")};
  const Scenario s = oil_walks(c, 4096);
  const Pair pair(suite, s, s, c);
  const std::vector<GateOutcome>& g = pair.baseline.gates;
  ASSERT_EQ(g.size(), 4U);
  const Distribution& headline = row(pair.baseline, "level", "exports.total.yoy", "2027").distribution;
  EXPECT_EQ(g[0].figure.value, headline.quantile[1]);
  EXPECT_EQ(g[0].figure.se, headline.se_quantile[1]);
  EXPECT_EQ(g[0].holds, headline.quantile[1] < -8);
  EXPECT_FALSE(g[1].holds);
  EXPECT_FALSE(g[1].close);
  EXPECT_NEAR(g[2].figure.value, 0.25, 5 * g[2].figure.se);
  EXPECT_EQ(g[2].close, std::abs(g[2].figure.value - 0.25) <= 2 * g[2].figure.se);
  EXPECT_EQ(g[3].figure.value, pair.baseline.thresholds[0].value);
  EXPECT_FALSE(g[3].holds);
}

TEST(Stress, GivesTheSameDigitsOnAnyNumberOfThreads) {
  const Calibration c = oily();
  Scenario a = oil_walks(c, 4096), b = a;
  b.oil_price.parameters["annual_sd_log"] = RandomNumber::fixed(0.5);
  StressSuite suite;
  suite.thresholds = {event("exports.total.yoy@2027 < 0 and driver.oil_price.level@2027 < 90")};
  const Pair one(suite, a, b, c, {.threads = 1}), four(suite, a, b, c, {.threads = 4});
  ASSERT_EQ(one.scenario.rows.size(), four.scenario.rows.size());
  for (std::size_t k = 0; k < one.scenario.rows.size(); ++k) {
    const Distribution &x = one.scenario.rows[k].distribution, &y = four.scenario.rows[k].distribution;
    if (std::isnan(x.mean)) continue;  // paths that do not recover have no mean
    EXPECT_EQ(x.mean, y.mean);
    EXPECT_EQ(x.se_sd, y.se_sd);
  }
  EXPECT_EQ(one.scenario.thresholds[0].value, four.scenario.thresholds[0].value);
  EXPECT_EQ(one.scenario.joint.distance.value, four.scenario.joint.distance.value);
  EXPECT_EQ(one.scenario.joint.distance.se, four.scenario.joint.distance.se);
}

TEST(StressPlan, RefusesEveryCellThatNothingComputes) {
  const Calibration c = oily();
  StressSuite suite;
  suite.thresholds = {event("exports.totl.yoy@2027 < 0"), event("exports.total.yoy@2027Q5 < 0")};
  suite.thresholds[0].place = {"x.yaml", 4, 5};
  try {
    plan_of(suite, oil_walks(c), c);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::scenario);
    ASSERT_EQ(error.problems().size(), 2U);
    EXPECT_EQ(error.problems()[1].hint, "did you mean exports.total.yoy?");
    EXPECT_EQ(error.problems()[0].hint, "did you mean 2027Q1, 2027Q2 or 2027Q3?");
  }
}

TEST(Severity, OrdersByTheLowTailAndKeepsTheBaselineFirst) {
  std::vector<StressScenario> all(4);
  all[0].name = "base";
  for (std::size_t k = 1; k < 4; ++k) all[k].name = std::string(1, static_cast<char>('a' + k));
  all[0].headline.quantile[1] = -99;
  all[1].headline.quantile[1] = -5;
  all[2].headline.quantile[1] = -9;
  all[3].failure = "broken";
  all[1].headline.mean = -3;
  order_by_severity(StressSuite::Order::p05, all);
  EXPECT_EQ(all[0].name + all[1].name + all[2].name + all[3].name, "basecbd");
  order_by_severity(StressSuite::Order::mean, all);
  EXPECT_EQ(all[1].name, "b");
}

}  // namespace
}  // namespace plimsoll
