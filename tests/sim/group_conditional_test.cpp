#include "sim/group_conditional.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>

#include "models/calibration_reader.hpp"
#include "scenarios/number_text.hpp"
#include "shipped_tables.hpp"
#include "sim/engine_totals.hpp"
#include "sim/group_conditional_scores.hpp"
#include "sim/group_engine.hpp"

namespace plimsoll {
namespace {

class GroupConditionalTest : public ::testing::Test {
 protected:
  TableFiles beliefs_ = shipped_tables(kGroupBeliefs), figures_ = shipped_tables(kGroupFigures);
  BacktestOptions options_{.from = Month::of(2026, 2), .paths = 1024, .threads = 2};

  AsOfInputs inputs() const { return {beliefs_, figures_, kGroupBeliefs, kGroupFigures}; }
  Calibration then(Month origin) const { return calibration_as_of(inputs(), origin).calibration; }
  Calibration came() const { return calibration_of(figures_, kGroupFigures, kLeastWindowMonths); }
};

KnownDrivers alone(KnownDriver driver) {
  KnownDrivers known{};
  known[at(driver)] = true;
  return known;
}

TEST_F(GroupConditionalTest, ExpectedIsTheModelOfTheBacktestOfGroups) {
  options_.from = Month::of(2026, 3);
  const GroupBacktest plain = group_backtest(inputs(), options_);
  const GroupConditional made = group_conditional(inputs(), options_);
  std::map<std::tuple<Month, std::size_t, int>, std::array<double, 9>> own;
  for (const GroupForecast& f : plain.forecasts) {
    if (f.scored.model == kOwnModel) own[{f.scored.origin, f.group, f.scored.horizon}] = f.scored.quantile_pct;
  }
  int compared = 0;
  for (const GroupForecast& f : made.runs.forecasts) {
    if (f.scored.model != kUnconditional) continue;
    EXPECT_EQ(f.scored.quantile_pct, own.at({f.scored.origin, f.group, f.scored.horizon}));
    ++compared;
  }
  EXPECT_EQ(compared, 17 * 3);
  EXPECT_EQ(made.models.size(), 2 + kKnownDriverCount);
  EXPECT_EQ(made.runs.forecasts.size(), made.models.size() * 17 * 3);
}

/// A driver that jumps and stays moves growth by its elasticity times the jump, once the lag is over.
TEST_F(GroupConditionalTest, MovesGrowthByElasticityTimesTheJump) {
  constexpr int kHorizons = 10, kPaths = 1024;
  constexpr double kJump = 0.2;
  const Month origin = Month::of(2025, 6);
  const Calibration start = then(origin);
  const PrintedGroups data = groups_of(inputs());
  const Scenario expected = group_scenario(start, data, kHorizons, kPaths, 7);
  struct Case {
    KnownDriver driver;
    std::string series, group, product;
  };
  for (const Case& one : {Case{KnownDriver::memory_price, "memory_price.boj_usd", "storage_units", "storage_units"},
                          Case{KnownDriver::oil_price, "oil_price", "refined_products", "refined_products"},
                          Case{KnownDriver::exchange_rate, "exchange_rate", "total", "all"}}) {
    double elasticity = 0;
    for (const Loading& loading : start.loadings) {
      if (loading.driver == to_string(one.driver) && loading.product == one.product)
        elasticity += mean(loading.volume) + mean(loading.price);
    }
    ASSERT_NE(elasticity, 0) << one.series;
    std::vector<std::vector<double>> growth;
    for (const double jump : {0.0, kJump}) {
      Calibration later = came();
      DriverHistory& history = later.drivers.at(one.series);
      for (Month m = origin + 1; m <= history.last(); m = m + 1)
        history.level[static_cast<std::size_t>(m - history.from)] = history.at(origin) * std::exp(jump);
      const KnownRun run = with_known(expected, start, later, alone(one.driver));
      growth.push_back(period_paths(run.scenario, run.calibration, kHorizons));
    }
    std::size_t group = 0;
    while (data.groups[group].id != one.group) ++group;
    const std::size_t first = (group * kHorizons + kHorizons - 1) * kPaths;
    double sum = 0, squares = 0;
    for (std::size_t k = first; k < first + kPaths; ++k) {
      const double moved = std::log1p(growth[1][k] / 100) - std::log1p(growth[0][k] / 100);
      sum += moved;
      squares += moved * moved;
    }
    const double mean_moved = sum / kPaths, se = std::sqrt((squares / kPaths - mean_moved * mean_moved) / kPaths);
    EXPECT_NEAR(mean_moved, elasticity * kJump, 3 * se + 0.005 * std::abs(elasticity) * kJump) << one.series;
    EXPECT_LT(se, 0.05 * std::abs(elasticity) * kJump) << one.series;
  }
}

TEST_F(GroupConditionalTest, LaterDriversReachOnlyTheRunsThatKnowThem) {
  const GroupConditional before = group_conditional(inputs(), options_);
  TableText drivers(figures_.at("drivers.csv"), "drivers.csv");
  int spoiled = 0;
  for (std::size_t r = 0; r < drivers.rows(); ++r) {
    if (drivers.at(r, "driver") != "oil_price" || drivers.at(r, "period") < "2026-03") continue;
    drivers.set(r, "value", shortest(1.5 * drivers.number(r, "value")));
    ++spoiled;
  }
  ASSERT_EQ(spoiled, 3);
  figures_["drivers.csv"] = drivers.text();
  const GroupConditional after = group_conditional(inputs(), options_);
  int knew = 0;
  for (std::size_t k = 0; k < before.runs.forecasts.size(); ++k) {
    const ScoredForecast &a = before.runs.forecasts[k].scored, &b = after.runs.forecasts[k].scored;
    if (a.origin != Month::of(2026, 2)) continue;
    const bool knows = a.model == kConditional || a.model == only_driver(KnownDriver::oil_price);
    if (!knows)
      EXPECT_EQ(a.quantile_pct, b.quantile_pct) << a.model << " h=" << a.horizon;
    else
      knew += a.quantile_pct != b.quantile_pct ? 1 : 0;
  }
  EXPECT_GE(knew, 2 * 2 * 8) << "groups that oil moves, two months and later";
}

TEST_F(GroupConditionalTest, CapitalSpendingHasItsReportedQuartersAndThenItsPrior) {
  const Month origin = Month::of(2025, 6);
  const Calibration start = then(origin), later = came();
  const PrintedGroups data = groups_of(inputs());
  const Scenario expected = group_scenario(start, data, 10, 1024, 7);
  const KnownRun run = with_known(expected, start, later, alone(KnownDriver::capex));
  ASSERT_TRUE(run.scenario.capex_paths);
  for (const CapexFirm& firm : run.scenario.capex_paths->firms) {
    const QuarterlyHistory& all = later.capex.at(firm.id);
    ASSERT_EQ(firm.keys.size(), 5U) << firm.id;  // 2025Q2 to 2026Q1, the year 2026
    double year = 0;
    for (std::size_t k = all.level.size() - 5; k < all.level.size() - 1; ++k) year += all.level[k];
    for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(firm.keys[k].value.args[0], all.level[all.level.size() - 4 + k]);
    EXPECT_EQ(firm.keys[4].quarter, 0);
    EXPECT_NEAR(median(firm.keys[4].value), year * std::exp(0.25), 1e-9);  // capex_growth_log is normal around 0.25
  }
  EXPECT_NE(period_paths(run.scenario, run.calibration, 10), period_paths(expected, start, 10));
  // By the last origin the first quarter was out: nothing came since.
  const Calibration last = then(Month::of(2026, 4));
  const Scenario one = group_scenario(last, data, 1, 1024, 7);
  EXPECT_FALSE(with_known(one, last, later, alone(KnownDriver::capex)).scenario.capex_paths);
}

TEST(KnownDriversTest, TariffsStepAsTheyCameFromTheLevelThatWasKnown) {
  Calibration start, later;
  start.known_on = {2025, 7, 28};
  start.tariffs = {{"us", "autos", {{{2025, 1, 1}, 0.30, 0.10}, {{2025, 8, 12}, 0.54, 0.10}}},
                   {"us", "ships", {{{2025, 1, 1}, 0.05, 0}}}};
  later.tariffs = {{"us", "autos", {{{2025, 1, 1}, 0.35, 0.10}, {{2025, 11, 10}, 0.25, 0.20}}},
                   {"us", "ships", {{{2025, 1, 1}, 0.25, 0}, {{2025, 9, 1}, 0.15, 0}}},
                   {"mexico", "autos", {{{2026, 1, 1}, 0.50, 0}}}};
  const std::vector<TariffSchedule> out = tariffs_that_came(start, later);
  ASSERT_EQ(out.size(), 3U);
  ASSERT_EQ(out[0].steps.size(), 2U);  // the step of August did not come
  EXPECT_EQ(out[0].steps[0].rate_frac, 0.30);
  EXPECT_EQ(out[0].steps[1].from, (Date{2025, 11, 10}));
  EXPECT_NEAR(out[0].steps[1].rate_frac, 0.20, 1e-15);  // ten points less, as in the later table
  EXPECT_NEAR(out[0].steps[1].competitors_rate_frac, 0.20, 1e-15);
  EXPECT_EQ(out[1].steps[1].rate_frac, 0) << "no rate below nothing";
  EXPECT_EQ(out[2].market, "mexico");
  EXPECT_EQ(out[2].steps[0].rate_frac, 0.50);
}

TEST_F(GroupConditionalTest, RefusesDriversThatEndBeforeTheFiguresOfTrade) {
  Calibration later = came();
  later.drivers.at("oil_price").level.pop_back();
  const Calibration start = then(Month::of(2026, 4));
  const Scenario expected = group_scenario(start, groups_of(inputs()), 1, 1024, 7);
  try {
    with_known(expected, start, later, alone(KnownDriver::oil_price));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::data);
    EXPECT_NE(to_string(error).find("oil_price ends in 2026-04"), std::string::npos) << to_string(error);
  }
}

/// What runs share by the hash of a calibration would come from whichever run asks first.
TEST_F(GroupConditionalTest, OtherTariffsAreNoLongerThatCalibration) {
  const Calibration start = then(Month::of(2026, 2));
  ASSERT_FALSE(start.sha256.empty());
  const Scenario expected = group_scenario(start, groups_of(inputs()), 1, 1024, 7);
  EXPECT_TRUE(with_known(expected, start, came(), alone(KnownDriver::tariffs)).calibration.sha256.empty());
  EXPECT_EQ(with_known(expected, start, came(), alone(KnownDriver::oil_price)).calibration.sha256, start.sha256);
}

TEST_F(GroupConditionalTest, ScoresAddUpAndAreTheSameOnAnyNumberOfThreads) {
  const GroupConditionalResults results = score_group_conditional(group_conditional(inputs(), options_));
  options_.threads = 1;
  const GroupConditional one = group_conditional(inputs(), options_);
  ASSERT_EQ(one.runs.forecasts.size(), results.made.runs.forecasts.size());
  for (std::size_t k = 0; k < one.runs.forecasts.size(); ++k)
    EXPECT_EQ(one.runs.forecasts[k].scored.quantile_pct, results.made.runs.forecasts[k].scored.quantile_pct);

  double parts_of_2026 = 0, misses_of_2026 = 0;
  int of_total = 0;
  for (const GroupMiss& miss : results.misses) {
    double sum = miss.unconditional_pct + miss.jointly.pp + miss.left_pp();
    for (const MissRow::Part& part : miss.driver) sum += part.pp;
    EXPECT_NEAR(sum, miss.actual_pct, 1e-9);
    if (miss.group != 0) continue;
    misses_of_2026 += miss.miss_pp();
    parts_of_2026 += miss.driver[at(KnownDriver::memory_price)].pp;
    ++of_total;
  }
  EXPECT_EQ(of_total, 6);  // three origins of 2026
  EXPECT_NEAR(find_part(results, "total", "2026", "missed")->value, misses_of_2026 / of_total, 1e-9);
  EXPECT_NEAR(find_part(results, "total", "2026", "memory_price")->value, parts_of_2026 / of_total, 1e-9);
  EXPECT_EQ(find_part(results, "total", "2025", "missed"), nullptr);

  for (const std::string& model : {std::string(kConditional), only_driver(KnownDriver::exchange_rate)}) {
    double squares = 0, base = 0, crps = 0;
    int counted = 0;
    for (const GroupForecast& f : results.made.runs.forecasts) {
      if (f.group == 0) continue;
      const double miss = std::pow(f.scored.quantile_pct[4] - f.scored.final_level.actual_pct, 2);
      if (f.scored.model == kUnconditional) base += miss;
      if (f.scored.model != model) continue;
      squares += miss;
      crps += f.scored.final_level.crps_pp;
      ++counted;
    }
    const GroupKnownScore *rmse = find_score(results, kAllGroups, model, kEveryForecast, 0, "rmse_median"),
                          *mean_crps = find_score(results, kAllGroups, model, kPriorsInTime, 0, "crps");
    ASSERT_TRUE(rmse != nullptr && mean_crps != nullptr) << model;
    EXPECT_NEAR(rmse->value, std::sqrt(squares / counted), 1e-9);
    EXPECT_NEAR(rmse->change_frac, std::sqrt(squares / base) - 1, 1e-9);
    EXPECT_NEAR(mean_crps->value, crps / counted, 1e-9);
    EXPECT_EQ(rmse->forecasts, static_cast<std::size_t>(counted));
    EXPECT_GT(rmse->mc_se, 0);
    EXPECT_GT(rmse->change_mc_se, 0);
    EXPECT_TRUE(std::isnan(rmse->change_low)) << "three origins say nothing of their own error";
  }
  EXPECT_EQ(find_score(results, kAllGroups, kConditional, kPriorsLater, 0, "crps"), nullptr);
}

}  // namespace
}  // namespace plimsoll
