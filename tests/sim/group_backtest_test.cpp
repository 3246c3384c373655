#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "models/estimation/calibrate.hpp"
#include "models/estimation/split_history.hpp"
#include "models/growth_rivals.hpp"
#include "models/scores.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/number_text.hpp"
#include "shipped_tables.hpp"
#include "sim/group_engine.hpp"
#include "sim/group_scores.hpp"

namespace plimsoll {
namespace {

class GroupBacktestTest : public ::testing::Test {
 protected:
  TableFiles beliefs_ = shipped_tables(kGroupBeliefs), figures_ = shipped_tables(kGroupFigures);
  BacktestOptions options_{.from = Month::of(2025, 6), .paths = 1024, .threads = 2};

  AsOfInputs inputs() const { return {beliefs_, figures_, kGroupBeliefs, kGroupFigures}; }
  CalibrationMade made(Month origin) const {
    return estimate_again(as_of_tables(inputs(), origin, "then"), "then", "then");
  }
};

double number_of(const CalibrationMade& made, const std::string& parameter, const std::string& product = "") {
  for (const EstimateRow& row : made.rows) {
    if (row.parameter == parameter && row.product == product && row.market.empty()) return row.after.mean;
  }
  ADD_FAILURE() << parameter << " " << product;
  return 0;
}

/// Makes figures of rows for which `later` holds a tenth larger; \returns how many.
int spoil(TableFiles& files, const std::string& file, const std::string& column,
          const std::function<bool(const TableText&, std::size_t)>& later) {
  TableText t(files.at(file), file);
  int spoiled = 0;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    if (!later(t, r)) continue;
    t.set(r, column, shortest(1.1 * t.number(r, column)));
    ++spoiled;
  }
  files[file] = t.text();
  return spoiled;
}

/// Everything that came after the origin, in both folders.
int spoil_later(TableFiles& files, Month origin) {
  const std::string day = to_string(known_after(origin));
  const auto after = [&](const TableText& t, std::size_t r) { return t.month(r, "month") > origin; };
  const auto known_later = [&](const TableText& t, std::size_t r) { return t.at(r, "known_from") > day; };
  int count = spoil(files, "history.csv", "value_usd_bn", after);
  if (files.at("calibration.yaml").find("as_of: 2026-05") != std::string::npos) {  // nothing that it believes is known
    count += spoil(files, "matrix.csv", "value_usd_bn", [](const TableText&, std::size_t) { return true; });
    TableText t(files.at("parameters.csv"), "parameters.csv");
    for (std::size_t r = 0; r < t.rows(); ++r) t.set(r, "value", "0.4");
    files["parameters.csv"] = t.text();
  }
  count += spoil(files, "estimation/offsets.csv", "value", after);
  count += spoil(files, "drivers.csv", "value", known_later);
  count += spoil(files, "tariffs.csv", "rate_pct",
                 [&](const TableText& t, std::size_t r) { return known_later(t, r) && t.at(r, "from") > day; });
  return count;
}

TEST_F(GroupBacktestTest, UsesNothingThatCameAfterTheOrigin) {
  for (const Month origin : {Month::of(2025, 8), Month::of(2026, 2)}) {
    const TableFiles before = made(origin).files;
    TableFiles beliefs = beliefs_, figures = figures_;
    const int changed = spoil_later(beliefs, origin) + spoil_later(figures, origin);
    EXPECT_GT(changed, 100) << to_string(origin);
    const AsOfInputs spoiled{beliefs, figures, kGroupBeliefs, kGroupFigures};
    EXPECT_EQ(estimate_again(as_of_tables(spoiled, origin, "then"), "then", "then").files, before) << to_string(origin);
  }
  // And what came before does count.
  TableFiles figures = figures_;
  spoil(figures, "drivers.csv", "value", [](const TableText& t, std::size_t r) {
    return t.at(r, "driver") == "memory_price.boj_usd" && t.at(r, "period") == "2025-08";
  });
  const AsOfInputs other{beliefs_, figures, kGroupBeliefs, kGroupFigures};
  EXPECT_NE(estimate_again(as_of_tables(other, Month::of(2025, 8), "then"), "then", "then").files,
            made(Month::of(2025, 8)).files);
}

TEST_F(GroupBacktestTest, LaterStepsOfTariffsMoveTheBelievedRatesByTheirOwnChange) {
  const std::string file = "tariffs.csv", header = "market,product,from,rate_pct,competitors_rate_pct,known_from\n",
                    known = ",2026-02-20\n";
  // The figures settle machinery 5.5 points higher and its rivals 2 lower; both tables agree on autos.
  beliefs_[file] = header + "us,autos,2025-01-01,61.7,10.06" + known + "us,machinery,2025-01-01,44,15" + known +
                   "us,ships,2025-01-01,5,0" + known;
  figures_[file] = header + "us,autos,2025-01-01,61.7,10.06" + known + "us,autos,2026-02-20,51.7,10.06" + known +
                   "us,machinery,2025-01-01,49.5,13" + known + "us,machinery,2026-02-01,49.5,13" + known +
                   "us,machinery,2026-02-20,31.25,5" + known + "us,ships,2025-01-01,25,0" + known +
                   "us,ships,2026-02-20,15,0" + known + "us,phones,2026-02-20,3,1" + known;
  const TableText made(as_of_tables(inputs(), Month::of(2026, 1), "then").at(file), file);
  std::string steps;
  for (std::size_t r = 3; r < made.rows(); ++r)
    steps += made.at(r, "product") + " " + made.at(r, "rate_pct") + " " + made.at(r, "competitors_rate_pct") + "\n";
  EXPECT_EQ(steps,
            "autos 51.7 10.06\n"
            "machinery 44 15\n"  // no step but the true one
            "machinery 25.75 7\n"
            "ships 0 0\n"  // no rate below nothing
            "phones 3 1\n");
}

TEST_F(GroupBacktestTest, ForecastsTheSameWhateverCameAfterTheOrigin) {
  const Month origin = Month::of(2026, 3);
  options_.from = origin;
  const GroupBacktest before = group_backtest(inputs(), options_);
  TableFiles beliefs = beliefs_, figures = figures_;
  spoil_later(beliefs, origin);
  spoil_later(figures, origin);
  const GroupBacktest after = group_backtest({beliefs, figures, kGroupBeliefs, kGroupFigures}, options_);
  ASSERT_EQ(before.forecasts.size(), after.forecasts.size());
  int same = 0, other = 0;
  for (std::size_t k = 0; k < before.forecasts.size(); ++k) {
    const ScoredForecast &a = before.forecasts[k].scored, &b = after.forecasts[k].scored;
    EXPECT_NE(a.final_level.actual_pct, b.final_level.actual_pct);
    if (a.origin == origin) {
      EXPECT_EQ(a.quantile_pct, b.quantile_pct) << a.model << " h=" << a.horizon;
      ++same;
    } else {
      other += a.quantile_pct != b.quantile_pct ? 1 : 0;
    }
  }
  EXPECT_EQ(same, 17 * 5 * 2);
  EXPECT_EQ(other, 17 * 5) << "the later origin sees what changed";
}

TEST_F(GroupBacktestTest, MakesOfDecemberNearlyTheCalibrationThatWasMadeForIt) {
  const CalibrationMade then = made(Month::of(2025, 12)),
                        shipped_then = estimate_again(beliefs_, kGroupBeliefs, kGroupBeliefs);
  EXPECT_EQ(number_of(then, "residual_world_ar1"), number_of(shipped_then, "residual_world_ar1"));
  // Slopes' sds are scaled to errors of forecasts, which are counted otherwise today.
  EXPECT_NEAR(number_of(then, "residual_world_sd_log") / number_of(shipped_then, "residual_world_sd_log"), 1, 0.02);
  EXPECT_NEAR(number_of(then, "memory_trend_log_per_month"), number_of(shipped_then, "memory_trend_log_per_month"),
              1e-6);
  // Lines that customs prints; others rest on a split of their own, and four sub-lines of December were nowcast there.
  for (const char* id : {"phones", "autos", "ships", "labour_goods", "agriculture"})
    EXPECT_NEAR(number_of(then, "level_sd_log", id) / number_of(shipped_then, "level_sd_log", id), 1, 0.05) << id;
  // The open upswing: 90.8 as printed later in January, over 43.7 in September 2023.
  const TableText upswings(then.files.at("estimation/memory_upswings.csv"), "");
  EXPECT_EQ(upswings.at(upswings.rows() - 1, "months_up"), "27");
  EXPECT_NEAR(upswings.number(upswings.rows() - 1, "rise_multiple"), 90.8 / 43.7, 1e-9);
}

TEST_F(GroupBacktestTest, DividesLinesSoThatTheyAddUpToWhatIsPrinted) {
  const Month origin = Month::of(2026, 4);
  const TableFiles then = as_of_tables(inputs(), origin, "then");
  const PrintedGroups before = printed_groups(figures_, "", TradeFlow::exports, Month::of(2024, 1), origin),
                      after = printed_groups(then, "", TradeFlow::exports, Month::of(2024, 1), origin);
  ASSERT_EQ(before.period.size(), 25U);
  ASSERT_EQ(before.groups.size(), 17U);
  for (std::size_t t = 0; t < before.period.size(); ++t) {
    double parts = 0;
    for (std::size_t g = 0; g < before.groups.size(); ++g) {
      EXPECT_NEAR(after.level[g][t], before.level[g][t], 1e-5) << before.groups[g].id << to_string(before.period[t]);
      parts += g > 0 ? after.level[g][t] : 0;
    }
    EXPECT_NEAR(parts, after.level[0][t], 1e-3);
  }
  // Memory's part of the chips in May 2025 is the belief's; a doubled price doubles its odds.
  const TableText history(then.at("history.csv"), "");
  std::map<std::pair<std::string, Month>, double> value;
  for (std::size_t r = 0; r < history.rows(); ++r)
    value[{history.at(r, "product"), history.month(r, "month")}] = history.number(r, "value_usd_bn");
  const auto odds = [&](Month m) {
    return value[{"memory", m}] / (value[{"computing_chips", m}] + value[{"other_ics", m}]);
  };
  EXPECT_NEAR(odds(kSplitAnchor), 0.45 / 0.55, 0.02);
  EXPECT_GT(odds(origin) / odds(kSplitAnchor), 3);
}

TEST_F(GroupBacktestTest, GivesTheSameOnAnyNumberOfThreadsAndForecastsOnlyWhatCame) {
  options_.from = Month::of(2026, 2);
  const GroupBacktest two = group_backtest(inputs(), options_);
  options_.threads = 1;
  const GroupBacktest one = group_backtest(inputs(), options_);
  ASSERT_EQ(one.forecasts.size(), two.forecasts.size());
  EXPECT_EQ(one.forecasts.size(), 17U * 5U * (3U + 2U + 1U));
  for (std::size_t k = 0; k < one.forecasts.size(); ++k) {
    const ScoredForecast &a = one.forecasts[k].scored, &b = two.forecasts[k].scored;
    EXPECT_EQ(a.quantile_pct, b.quantile_pct);
    EXPECT_TRUE(std::isfinite(a.final_level.crps_pp));
    EXPECT_LE(a.target, Month::of(2026, 5));
  }
  ASSERT_EQ(one.origins.size(), 3U);
  EXPECT_EQ(one.origins[0].released_periods, 23);
  EXPECT_TRUE(one.origins[0].priors_in_time);
  EXPECT_EQ(to_string(one.origins[0].known_on), "2026-03-28");
}

TEST_F(GroupBacktestTest, MeansAreOverForecastsAndThePitIsADistribution) {
  options_.from = Month::of(2026, 2);
  const GroupResults results = score_groups(group_backtest(inputs(), options_));
  double sum = 0, total = 0, squares = 0;
  int count = 0, of_total = 0;
  for (const GroupForecast& f : results.backtest.forecasts) {
    if (f.scored.model != kOwnModel) continue;
    (f.group == 0 ? total : sum) += f.scored.final_level.crps_pp;
    ++(f.group == 0 ? of_total : count);
    if (f.group == 0) squares += std::pow(f.scored.quantile_pct[4] - f.scored.final_level.actual_pct, 2);
  }
  const GroupScoreRow* all = find_score(results, kAllGroups, kOwnModel, 0, "crps");
  ASSERT_NE(all, nullptr);
  EXPECT_NEAR(all->value, sum / count, 1e-9);
  EXPECT_EQ(all->forecasts, 16U * 6U);
  EXPECT_TRUE(std::isnan(all->se)) << "three origins say nothing of their own error";
  EXPECT_GT(all->mc_se, 0);
  EXPECT_NEAR(find_score(results, "total", kOwnModel, 0, "crps")->value, total / of_total, 1e-9);
  EXPECT_NEAR(find_score(results, "total", kOwnModel, 0, "rmse_median")->value, std::sqrt(squares / of_total), 1e-9);
  EXPECT_NEAR(all->vs_pool, all->value - find_score(results, kAllGroups, kGroupPool, 0, "crps")->value, 1e-9);
  double frequency = 0;
  for (const GroupPitRow& row : results.pits) frequency += row.group == kAllGroups ? row.frequency : 0;
  EXPECT_NEAR(frequency, 10, 1e-9);
}

TEST_F(GroupBacktestTest, RefusesAnOriginAfterWhichNothingCame) {
  options_.from = Month::of(2026, 5);
  try {
    group_backtest(inputs(), options_);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::data);
    EXPECT_NE(to_string(error).find("too early for an origin in 2026-05"), std::string::npos) << to_string(error);
  }
}

std::vector<GrowthFigure> single_periods(const std::vector<double>& growth_log) {
  std::vector<GrowthFigure> all;
  for (std::size_t t = 0; t < growth_log.size(); ++t)
    all.push_back({growth_log[t], 1, static_cast<double>(growth_log.size() - 1 - t)});
  return all;
}

TEST(GrowthRivals, AreTheirClosedForms) {
  // One series: its own median, so nothing is drawn anywhere.
  const auto one = growth_rivals({single_periods({0.1, 0.2, 0.4})}, 4).front();
  const double mean = 0.7 / 3,
               sd = std::sqrt((std::pow(0.1 - mean, 2) + std::pow(0.2 - mean, 2) + std::pow(0.4 - mean, 2)) / 2);
  EXPECT_EQ(one[0].name, "random_walk");
  EXPECT_DOUBLE_EQ(one[0].ahead[3].mean_log, 0.4);
  EXPECT_NEAR(one[0].ahead[3].sd_log, 2 * std::sqrt((0.01 + 0.04) / 2), 1e-15);
  EXPECT_EQ(one[1].name, "history");
  EXPECT_NEAR(one[1].ahead[0].mean_log, mean, 1e-15);
  EXPECT_NEAR(one[1].ahead[0].sd_log, sd, 1e-15);
  EXPECT_NEAR(one[2].ahead[0].sd_log, sd * std::sqrt(4.0 / 3), 1e-15);
  // Three series: two squares of one's own against five of the median.
  const auto three =
      growth_rivals({single_periods({0, 0.1, 0}), single_periods({0, 0.2, 0}), single_periods({0, 0.4, 0})}, 1);
  EXPECT_NEAR(three[0][0].ahead[0].sd_log, std::sqrt((2 * 0.01 + 5 * 0.04) / 7), 1e-12);
  EXPECT_NEAR(three[1][0].ahead[0].sd_log, 0.2, 1e-12);
  EXPECT_NEAR(three[2][0].ahead[0].sd_log, std::sqrt((2 * 0.16 + 5 * 0.04) / 7), 1e-12);
}

TEST(GrowthRivals, OfFiguresOfSeveralPeriodsAreTheirClosedForms) {
  // Periods 0..3 printed as one, then 4..5, then 6; the origin is 7.
  const std::vector<GrowthFigure> known{{0.1, 4, 7 - 1.5}, {0.3, 2, 7 - 4.5}, {0.2, 1, 1}};
  const auto one = growth_rivals({known}, 2).front();
  const double mean = (4 * 0.1 + 2 * 0.3 + 0.2) / 7,
               squares = 4 * std::pow(0.1 - mean, 2) + 2 * std::pow(0.3 - mean, 2) + std::pow(0.2 - mean, 2),
               step = std::sqrt((0.04 / 3 + 0.01 / 1.5) / 2);
  EXPECT_NEAR(one[0].ahead[1].mean_log, 0.2, 1e-15);
  EXPECT_NEAR(one[0].ahead[1].sd_log, step * std::sqrt(3), 1e-15);
  EXPECT_NEAR(one[1].ahead[0].mean_log, mean, 1e-15);
  EXPECT_NEAR(one[1].ahead[0].sd_log, std::sqrt(squares / 2), 1e-15);
  EXPECT_NEAR(one[2].ahead[0].sd_log, std::sqrt(squares / 2 * 8 / 7), 1e-15);
}

}  // namespace
}  // namespace plimsoll
