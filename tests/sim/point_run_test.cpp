#include "sim/point_run.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "models/calibration_reader.hpp"
#include "models/shared_setup.hpp"
#include "scenarios/scenario_template.hpp"
#include "scenarios/sweep_spec.hpp"
#include "sim/sweep_plan.hpp"

namespace plimsoll {
namespace {

const Calibration& calibration() {
  static const Calibration one = load_calibration("china-2026-05");
  return one;
}

Statistic statistic(const std::string& text) {
  Problem problem;
  const std::optional<Statistic> parsed = parse_statistic(text, problem);
  EXPECT_TRUE(parsed) << text << ": " << problem.what;
  return parsed.value_or(Statistic{});
}

FigurePlan some_figures() {
  std::vector<Statistic> all;
  for (const char* text : {"mean(exports.total.yoy@2026)", "p05(exports.total.yoy@2026)",
                           "sd(exports.total.value@2026-07)", "prob(exports.total.yoy@2026 < 12)",
                           "prob(exports.total.yoy@2026 > 12)", "mean(exports.total.yoy/driver/capex@2026)",
                           "prob(exports.total.yoy@2026 < 12 and exports.market.us.yoy@2026 < 0)"})
    all.push_back(statistic(text));
  return FigurePlan(all);
}

Scenario scenario(const FigurePlan& plan, std::int64_t paths, const std::string& more = "horizon=2026-12") {
  return load_scenario(
             "base", {{{plan.report_assignment(), "test"}, {"paths=" + std::to_string(paths), "test"}, {more, "test"}}},
             [](const std::string&) { return catalog_of(calibration()); })
      .scenario;
}

/// Half of the paths have no control, so its contribution is 0 to the digit.
TEST(PointRun, CountsChancesOfWhatHasAnAtom) {
  const std::string cell = "exports.total.yoy/driver/export_controls@2027";
  std::vector<Statistic> all;
  for (const std::string& event : {cell + " < 0", cell + " > 0", cell + " < 0 and exports.total.value@2027 > 0"})
    all.push_back(statistic("prob(" + event + ")"));
  const FigurePlan plan(all);
  const Scenario s = load_scenario("controls-tightened",
                                   {{{plan.report_assignment(), "test"},
                                     {"paths=4096", "test"},
                                     {"export_controls[0].probability_pct=50", "test"}}},
                                   [](const std::string&) { return catalog_of(calibration()); })
                         .scenario;
  const PointRun point = run_point(plan, Simulation(s, calibration()), {});
  EXPECT_GT(point.figures[0].value, 0.3);
  EXPECT_LT(point.figures[0].value, 0.6);
  EXPECT_EQ(point.figures[0].value, point.figures[2].value);
  EXPECT_EQ(point.figures[1].value, 0);
}

/// A point of a sweep is a run: the same digits as its tables, whatever the number of paths.
TEST(PointRun, HasTheFiguresOfTheTablesToTheDigit) {
  const FigurePlan plan = some_figures();
  for (const std::int64_t paths : {16, 256, 512, 1008}) {
    const Simulation simulation(scenario(plan, paths), calibration());
    const RunResults tables = run(simulation, {});
    const PointRun point = run_point(plan, simulation, {});
    ASSERT_EQ(point.figures.size(), plan.figures.size());
    EXPECT_EQ(point.paths_done, paths);
    const auto row = [&](const std::string& series, const std::string& period) {
      for (const SummaryRow& r : tables.summary) {
        if (r.series == series && to_string(r.period) == period) return r.distribution;
      }
      ADD_FAILURE() << series;
      return Distribution{};
    };
    const Distribution growth = row("exports.total.yoy", "2026"), value = row("exports.total.value", "2026-07");
    EXPECT_EQ(point.figures[0].value, growth.mean);
    EXPECT_EQ(point.figures[0].se, growth.se_mean);
    EXPECT_EQ(point.figures[1].value, growth.quantile[1]);
    EXPECT_EQ(point.figures[1].se, growth.se_quantile[1]);
    EXPECT_EQ(point.figures[2].value, value.sd);
    EXPECT_EQ(point.figures[2].se, value.se_sd);
    int seen = 0;
    for (const ProbabilityRow& r : tables.probabilities) {
      if (r.series != "exports.total.yoy" || to_string(r.period) != "2026" || r.threshold != 12) continue;
      const Estimate::Figure& own = point.figures[r.event == "below" ? 3 : 4];
      EXPECT_EQ(own.value, r.probability) << r.event;
      EXPECT_EQ(own.se, r.se);
      ++seen;
    }
    EXPECT_EQ(seen, 2);
    for (const ContributionRow& r : tables.contributions) {
      if (r.by != "driver" || r.key != "capex" || to_string(r.period) != "2026") continue;
      EXPECT_EQ(point.figures[5].value, r.distribution.mean);
      EXPECT_EQ(point.figures[5].se, r.distribution.se_mean);
      ++seen;
    }
    EXPECT_EQ(seen, 3);
    // Both at once is never likelier than one of them.
    EXPECT_LE(point.figures[6].value, point.figures[3].value + 1e-2);
    EXPECT_GE(point.figures[6].value, 0);
  }
}

TEST(PointRun, HasTheSameDigitsForAnyThreadsAndSharedSetup) {
  const FigurePlan plan = some_figures();
  const Simulation alone(scenario(plan, 2000), calibration());
  const PointRun first = run_point(plan, alone, {});
  const SharedSetup shared;
  for (int again = 0; again < 2; ++again) {  // the second time from what is kept
    const Simulation one(scenario(plan, 2000), calibration());
    RunOptions options;
    options.threads = 3;
    const PointRun point = run_point(plan, one, options);
    for (std::size_t k = 0; k < first.figures.size(); ++k) {
      EXPECT_EQ(point.figures[k].value, first.figures[k].value) << k;
      EXPECT_EQ(point.figures[k].se, first.figures[k].se) << k;
    }
  }
}

TEST(PointRun, OfObservedScenariosHasTheFiguresOfTheTables) {
  const FigurePlan plan({statistic("mean(exports.total.yoy@2026)"), statistic("prob(exports.total.yoy@2026 < 12)")});
  const Scenario observed =
      scenario(plan, 2000, "observations=[{series: exports.total.yoy, period: 2026-06, value_pct: 16, sd_pp: 4}]");
  const Simulation simulation(observed, calibration());
  const RunResults tables = run(simulation, {});
  const PointRun point = run_point(plan, simulation, {});
  ASSERT_EQ(point.figures.size(), 2U);
  EXPECT_EQ(point.figures[0].value, tables.summary.front().distribution.mean);
  EXPECT_EQ(point.figures[1].value, tables.probabilities.front().probability);
  const FigurePlan both({statistic("prob(exports.total.yoy@2026 < 12 and exports.total.value@2026 > 0)")});
  const Simulation joint(
      scenario(both, 2000, "observations=[{series: exports.total.yoy, period: 2026-06, value_pct: 16, sd_pp: 4}]"),
      calibration());
  EXPECT_THROW(run_point(both, joint, {}), std::runtime_error);
}

TEST(PointRun, EndsWithoutFiguresWhenAskedToStop) {
  const FigurePlan plan = some_figures();
  const Simulation simulation(scenario(plan, 2000), calibration());
  const std::atomic<bool> stop{true};
  RunOptions options;
  options.stop = &stop;
  EXPECT_TRUE(run_point(plan, simulation, options).figures.empty());
}

TEST(PointRun, RefusesAnOutputThatTheScenarioLacks) {
  const FigurePlan plan({statistic("mean(exports.total.yoy@2027)")});
  FigurePlan other({statistic("mean(exports.total.yoy@2026)")});
  const Simulation simulation(scenario(other, 16), calibration());
  try {
    run_point(plan, simulation, {});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(to_string(error).find("nothing computes exports.total.yoy@2027"), std::string::npos) << to_string(error);
  }
}

SweptField field(const std::string& path, std::vector<std::string> levels) { return {path, std::move(levels), {}, {}}; }

TEST(DesignPoints, OfAGridRunThroughTheLastFieldFirst) {
  SweepSpec sweep;
  sweep.fields = {field("a", {"1", "2"}), field("b", {"x", "y", "z"})};
  const auto points = design_points(sweep, 1);
  ASSERT_EQ(points.size(), 6U);
  EXPECT_EQ(points[0], (std::vector<std::string>{"1", "x"}));
  EXPECT_EQ(points[1], (std::vector<std::string>{"1", "y"}));
  EXPECT_EQ(points[3], (std::vector<std::string>{"2", "x"}));
  sweep.kind = DesignKind::zip;
  sweep.fields[0].levels.emplace_back("3");
  const auto zipped = design_points(sweep, 1);
  ASSERT_EQ(zipped.size(), 3U);
  EXPECT_EQ(zipped[2], (std::vector<std::string>{"3", "z"}));
}

TEST(DesignPoints, OfALatinHypercubeMeetEveryShareOfARangeOnce) {
  SweepSpec sweep;
  sweep.kind = DesignKind::latin_hypercube;
  sweep.points = 20;
  sweep.fields = {{"a", {}, RandomNumber{RandomNumber::Kind::uniform, {0, 20}}, {}}, field("b", {"p", "q"})};
  const auto points = design_points(sweep, 5);
  std::vector<int> met(20), levels(2);
  for (const auto& point : points) {
    ++met[static_cast<std::size_t>(std::stod(point[0]))];
    ++levels[point[1] == "p" ? 0 : 1];
  }
  EXPECT_EQ(met, std::vector<int>(20, 1));
  EXPECT_EQ(levels, std::vector<int>(2, 10));
  EXPECT_EQ(design_points(sweep, 5), points);
  EXPECT_NE(design_points(sweep, 6), points);
  sweep.kind = DesignKind::saltelli;
  EXPECT_EQ(design_points(sweep, 5).size(), 20U * 4);
  sweep.kind = DesignKind::morris;
  EXPECT_EQ(design_points(sweep, 5).size(), 20U * 3);
  sweep.points = 50'000;
  EXPECT_THROW(design_points(sweep, 5), InputError);
}

SweepPlan small_plan() {
  SweepPlan plan;
  plan.name = "small";
  plan.fields = {"a", "b"};
  plan.points = {{"1", "2"}, {"12", ""}, {"3", "4"}};
  plan.outputs = {{"mean(exports.total.yoy@2027)", "pct"}};
  plan.paths = 64;
  plan.calibrations = {{"china", "abc"}};
  plan.scenario_json = "{}";
  plan.hash = hash_of(plan);
  return plan;
}

TEST(SweepPlan, HasAnotherHashForEveryThingThatMovesAFigureAndSaysWhatDiffers) {
  const SweepPlan plan = small_plan();
  const auto differs = [&](auto change, const std::string& words) {
    SweepPlan other = plan;
    change(other);
    other.hash = hash_of(other);
    EXPECT_NE(other.hash, plan.hash) << words;
    EXPECT_NE(difference(plan, other).find(words), std::string::npos) << difference(plan, other);
  };
  differs([](SweepPlan& p) { p.engine_number = 1; }, "engine 1 in place of 0");
  differs([](SweepPlan& p) { p.paths = 32; }, "32 paths in place of 64");
  differs([](SweepPlan& p) { p.calibrations[0].sha256 = "d"; }, "other files in calibration china");
  differs([](SweepPlan& p) { p.points[2][1] = "5"; }, "point 3: b is 5 in place of 4");
  differs([](SweepPlan& p) { p.points[0] = {"12", ""}, p.points[1] = {"1", "2"}; }, "point 1: a is 12 in place of 1");
  differs([](SweepPlan& p) { p.points.pop_back(); }, "2 points in place of 3");
  differs([](SweepPlan& p) { p.fields[0] = "c"; }, "other fields vary");
  differs([](SweepPlan& p) { p.outputs[0].text = "sd(exports.total.yoy@2027)"; }, "other outputs");
  differs([](SweepPlan& p) { p.scenario_json = "{\"seed\":1}"; }, "the scenario says something else");
  SweepPlan named = plan;
  named.name = "other";
  named.version = "9";
  named.replaces = {"x"};
  EXPECT_EQ(hash_of(named), plan.hash);
  EXPECT_EQ(difference(plan, named), "");
}

TEST(PointShard, PartsHoldEveryPointOnce) {
  for (const int of : {1, 3, 8}) {
    for (std::int64_t point = 0; point < 20; ++point) {
      int holders = 0;
      for (int k = 1; k <= of; ++k) holders += PointShard{k, of}.contains(point) ? 1 : 0;
      EXPECT_EQ(holders, 1);
    }
  }
  EXPECT_TRUE((PointShard{2, 3}.contains(1)));
  EXPECT_TRUE((PointShard{2, 3}.contains(4)));
}

}  // namespace
}  // namespace plimsoll
