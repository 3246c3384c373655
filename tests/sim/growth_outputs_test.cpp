#include "sim/growth_outputs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "models/calibration_reader.hpp"
#include "sim/plan.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

using Values = std::map<std::string, std::vector<double>>;

Values simulate(const Scenario& s, const Calibration& c) {
  const Simulation simulation(s, c);
  const std::vector<double> values = simulate_outputs(simulation.plan(), 0);
  Values named;
  for (std::size_t o = 0; o < simulation.plan().outputs.labels.size(); ++o) {
    const OutputLabel& label = simulation.plan().outputs.labels[o];
    const std::string goal = label.by == "required" ? "/" + std::to_string(static_cast<int>(label.threshold)) : "";
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(o * 64);
    if (label.table != OutputLabel::Table::contributions)
      named[label.series + goal + "@" + to_string(label.period)] = {from, from + 64};
  }
  return named;
}

const Calibration& calibration() {
  static const Calibration c = load_calibration("china-2026-05");
  return c;
}

Scenario to_2027(std::vector<double> thresholds = {0}) {
  Scenario s = quiet_scenario(calibration(), 19);
  s.memory_price_cycle.process = {"stochastic_cycle", {}, {}, {}};
  s.report.thresholds_pct = std::move(thresholds);
  s.report.series = {"exports.total.*", "imports.total.*"};
  return s;
}

TEST(TheYearUnderWay, LocksInWhatTheMonthsSoFarBringIfTheRestRepeatsTheYearBefore) {
  const Values values = simulate(to_2027(), calibration());
  const std::vector<double>& total = calibration().total;
  const auto sum = [&](Month first, Month last) {
    double all = 0;
    for (Month m = first; m <= last; m = m + 1) all += total.at(static_cast<std::size_t>(m - calibration().total_from));
    return all;
  };
  const double year = sum(Month::of(2025, 1), Month::of(2025, 12)),
               so_far = sum(Month::of(2026, 1), Month::of(2026, 5));
  const double locked = 100 * (so_far + sum(Month::of(2025, 6), Month::of(2025, 12))) / year - 100;
  for (const double x : values.at("exports.total.locked_in@2026")) EXPECT_NEAR(x, locked, 1e-3);
}

TEST(CarryOver, IsTheGrowthOfTheYearWhenSeasonallyAdjustedValuesStayWhereTheyAre) {
  // Grown by a tenth of the year's mean in the last observed month; season of two: June to December double.
  Calibration c = quiet_calibration(1, 1);
  for (int month = 5; month < 12; ++month) c.seasonal_log[0][static_cast<std::size_t>(month)] = std::log(2.0);
  c.cells.back() = 11;
  const Values values = simulate(quiet_scenario(c, 7), c);
  // 2025: 12 x 10; 2026: 4 x 10 + 11 + 7 x 22.
  EXPECT_NEAR(values.at("exports.total.carry_over@2026")[0], 100 * (40 + 11 + 7 * 22) / 120.0 - 100, 1e-9);
}

TEST(CarryOver, IsTheGrowthOfAYearWhoseMonthsGrowWithTheSeasonAlone) {
  Calibration c = quiet_calibration(1, 1);
  for (std::size_t k = 0; k < c.cells.size(); ++k) {
    const Month m = c.detail_from + static_cast<int>(k);
    c.seasonal_log[0][static_cast<std::size_t>(m.month() - 1)] = 0.02 * m.month();
    c.cells[k] = 10 * std::exp(0.02 * m.month());
  }
  c.seasonal_log[0][0] = c.seasonal_log[0][1] = std::log((std::exp(0.02) + std::exp(0.04)) / 2);
  const Values values = simulate(quiet_scenario(c, 7), c);
  EXPECT_NEAR(values.at("exports.total.carry_over@2026")[0], 0, 1e-9);
}

TEST(TheRequiredGrowth, IsReachedOnExactlyThePathsWhoseYearReachesTheThreshold) {
  const Values values = simulate(to_2027({15, 18, 20}), calibration());
  int reached = 0, missed = 0;
  for (const int goal : {15, 18, 20}) {
    const double required = values.at("exports.total.rest_of_year/" + std::to_string(goal) + "@2026")[0];
    for (std::size_t lane = 0; lane < 64; ++lane) {
      const bool by_rest = values.at("exports.total.rest_of_year@2026")[lane] > required;
      const bool by_year = values.at("exports.total.yoy@2026")[lane] > goal;
      EXPECT_EQ(by_rest, by_year);
      (by_year ? reached : missed) += 1;
    }
  }
  EXPECT_GT(reached, 0);
  EXPECT_GT(missed, 0);
}

TEST(TheRestOfTheYear, AndTheMonthsSoFarMakeTheYear) {
  const Values values = simulate(to_2027(), calibration());
  const ReportedSeries total = reported_series(calibration()).front();
  const double so_far = period_sum_of(calibration(), total, Month::of(2026, 1), Month::of(2026, 5)).known;
  const double rest = period_sum_of(calibration(), total, Month::of(2025, 6), Month::of(2025, 12)).known;
  const double before = period_sum_of(calibration(), total, Month::of(2025, 1), Month::of(2025, 12)).known;
  for (std::size_t lane = 0; lane < 64; ++lane) {
    const double year = so_far + rest * (1 + values.at("exports.total.rest_of_year@2026")[lane] / 100);
    EXPECT_NEAR(values.at("exports.total.yoy@2026")[lane], 100 * (year / before - 1), 1e-9);
  }
}

TEST(MomentumAndBaseEffect, AddUpToTheChangeOfGrowthOnEveryPath) {
  const Values values = simulate(to_2027(), calibration());
  int checked = 0;
  for (const std::string flow : {"exports", "imports"}) {
    for (const auto& [name, base] : values) {
      const std::string start = flow + ".total.base_effect@";
      if (!name.starts_with(start)) continue;
      const std::string period = name.substr(start.size());
      for (std::size_t lane = 0; lane < 64; ++lane) {
        EXPECT_NEAR(base[lane] + values.at(flow + ".total.momentum@" + period)[lane],
                    values.at(flow + ".total.yoy_change@" + period)[lane], 1e-9);
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked, 2 * 18 * 64);
}

TEST(TheChangeOfGrowth, IsTheDifferenceOfTheGrowthOfTwoReleases) {
  const Values values = simulate(to_2027(), calibration());
  for (const auto& [now, before] : std::map<std::string, std::string>{
           {"2026-12", "2026-11"}, {"2027-01..02", "2026-12"}, {"2027-03", "2027-01..02"}, {"2027-08", "2027-07"}}) {
    for (std::size_t lane = 0; lane < 64; ++lane) {
      EXPECT_NEAR(values.at("exports.total.yoy_change@" + now)[lane],
                  values.at("exports.total.yoy@" + now)[lane] - values.at("exports.total.yoy@" + before)[lane], 1e-9);
    }
  }
}

TEST(TheBaseEffect, IsAllOfTheChangeWhenOnlyTheYearBeforeMovedAndNoneWhenItDidNot) {
  Calibration c = quiet_calibration(1, 1);  // every month 10
  c.cells[static_cast<std::size_t>(Month::of(2025, 8) - c.detail_from)] = 12;
  const Values values = simulate(quiet_scenario(c, 7), c);
  const auto at = [&](const char* what) { return values.at(what)[0]; };
  constexpr double kTrend = 0.1;  // pp: one odd month also turns the trend a little
  EXPECT_NEAR(at("exports.total.yoy_change@2026-08"), 100 * (10.0 / 12 - 1), kTrend);
  EXPECT_NEAR(at("exports.total.base_effect@2026-08"), at("exports.total.yoy_change@2026-08"), kTrend);
  EXPECT_NEAR(at("exports.total.momentum@2026-08"), 0, kTrend);
  EXPECT_NEAR(at("exports.total.base_effect@2026-09"), 100 * (1 - 10.0 / 12), kTrend);
  EXPECT_NEAR(at("exports.total.base_effect@2026-07"), 0, kTrend);
}

TEST(AKnownFigure, HasNoSpreadAndNoErrorHoweverManyPaths) {
  Scenario s = to_2027({0, 4});
  s.paths = 4096;
  const RunResults results = run(Simulation(s, calibration()), {.threads = 2});
  int rows = 0;
  for (const SummaryRow& row : results.summary) {
    if (row.series != "exports.total.carry_over" && row.series != "exports.total.locked_in") continue;
    ++rows;
    for (const double q : row.distribution.quantile) EXPECT_NEAR(q, row.distribution.mean, 1e-9);
    EXPECT_NEAR(row.distribution.se_mean, 0, 1e-12);
  }
  EXPECT_EQ(rows, 2);
  for (const ProbabilityRow& row : results.probabilities) EXPECT_NE(row.series, "exports.total.carry_over");
}

}  // namespace
}  // namespace plimsoll
