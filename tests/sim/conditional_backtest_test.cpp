#include "sim/conditional_backtest.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "scenarios/embedded.hpp"
#include "scenarios/input_error.hpp"
#include "sim/conditional_scores.hpp"

namespace plimsoll {
namespace {

std::string shipped(const std::string& name) { return shipped_file("models/backtest/" + name).value(); }

class Conditional : public ::testing::Test {
 protected:
  TotalsData data_ = read_totals(shipped("totals.csv"), "totals.csv");
  TradeCalendar calendar_{shipped("calendar.csv"), "calendar.csv"};
  BacktestDrivers drivers_ = read_backtest_drivers(shipped("drivers.csv"), "drivers.csv");
  BacktestOptions options_{.flows = {TradeFlow::exports}, .paths = 1024, .threads = 2};

  ConditionalForecasts forecasts() const { return conditional_forecasts({data_, calendar_, drivers_}, options_); }
  /// Totals as if they had ended here.
  void end_totals(Month last) {
    while (data_.period.back() > last) {
      data_.period.pop_back();
      data_.exports_usd_bn.pop_back();
      data_.imports_usd_bn.pop_back();
      data_.mfg_pmi.pop_back();
    }
    const auto months = static_cast<std::size_t>(last - (data_.period.front() - 1)) + 1;
    data_.monthly_exports_usd_bn.resize(months);
    data_.monthly_imports_usd_bn.resize(months);
  }
};

/// A driver that comes otherwise moves the median by elasticity times the difference, at its lag.
TEST_F(Conditional, MovesTheMedianByElasticityTimesPath) {
  end_totals(Month::of(2021, 3));
  options_.from = Month::of(2019, 12);
  options_.paths = 4096;
  const ConditionalForecasts all = forecasts();
  std::map<std::string, std::map<int, double>> median;
  const ConditionalEstimate& estimate = all.estimates.front();
  ASSERT_EQ(estimate.origin, options_.from);
  for (const ConditionalForecast& f : all.forecasts) {
    if (f.origin == estimate.origin && f.horizon <= kPeriodsAYear)
      median[f.model][f.horizon] = std::log1p(f.quantile_pct[ConditionalForecast::kMedian] / 100);
  }
  double largest = 0;
  for (const TotalsDriver driver : kTotalsDrivers) {
    const auto k = static_cast<std::size_t>(driver);
    const double theta = estimate.elasticities.mean[k];
    const Month known = drivers_.known_to(driver, estimate.origin), last = drivers_.of(driver).last();
    // Lagged path expected then: carried on, growing as the outlook says.
    BacktestDrivers expected = drivers_;
    DriverHistory& h = expected.of(driver);
    const Month start = driver == TotalsDriver::foreign_demand ? estimate.origin : known;
    for (Month m = known + 1; m <= h.last(); m = m + 1) {
      int months = std::max(0, m - start);
      if (driver == TotalsDriver::capex) months = (months + 2) / 3 * 3;  // by quarters
      h.level[static_cast<std::size_t>(m - h.from)] =
          std::exp(drivers_.log_level(driver, known, known) + estimate.outlook[k].growth_log * months / 12);
    }
    Month target = estimate.origin;
    for (int step = 1; step <= kPeriodsAYear; ++step) {
      target = next_period(target);
      const double came = period_log(drivers_, driver, target, last) - period_log(expected, driver, target, last);
      const double moved = median[only_driver(driver)][step] - median[kUnconditional][step];
      EXPECT_NEAR(moved, theta * came, 0.003 + 0.05 * std::abs(theta * came)) << to_string(driver) << " h=" << step;
      largest = std::max(largest, std::abs(moved));
    }
  }
  EXPECT_GT(largest, 0.02) << "2020 moved them";
}

TEST_F(Conditional, UsesNothingOfTheTotalsThatCameAfterTheOrigin) {
  options_.from = Month::of(2019, 11);
  const Month origin = Month::of(2019, 12);
  end_totals(Month::of(2021, 12));
  const ConditionalForecasts before = forecasts();
  for (std::size_t t = 0; t < data_.period.size(); ++t) {
    if (data_.period[t] <= origin) continue;
    data_.exports_usd_bn[t] *= 1.5;
    data_.mfg_pmi[t] = 40;
  }
  const auto known = static_cast<std::size_t>(origin - Month::of(2008, 1)) + 1;
  for (std::size_t m = known; m < data_.monthly_exports_usd_bn.size(); ++m) data_.monthly_exports_usd_bn[m] *= 1.5;
  const ConditionalForecasts after = forecasts();
  ASSERT_EQ(before.forecasts.size(), after.forecasts.size());
  int same = 0, other = 0;
  for (std::size_t k = 0; k < before.forecasts.size(); ++k) {
    const ConditionalForecast &a = before.forecasts[k], &b = after.forecasts[k];
    if (a.origin <= origin && a.model != kInSample) {
      EXPECT_EQ(a.quantile_pct, b.quantile_pct) << a.model << " " << to_string(a.origin) << " h=" << a.horizon;
      ++same;
    } else if (a.quantile_pct != b.quantile_pct) {
      ++other;
    }
  }
  EXPECT_GE(same, 2 * 6 * 12);
  EXPECT_GT(other, 100) << "later origins and the fit in-sample see it";
}

TEST_F(Conditional, LaterDriversReachOnlyTheRunsThatKnowThem) {
  options_.from = Month::of(2019, 12);
  end_totals(Month::of(2020, 2));
  const ConditionalForecasts before = forecasts();
  DriverHistory& oil = drivers_.of(TotalsDriver::oil_price);
  for (Month m = Month::of(2020, 3); m <= oil.last(); m = m + 1) oil.level[static_cast<std::size_t>(m - oil.from)] *= 2;
  const ConditionalForecasts after = forecasts();
  for (std::size_t k = 0; k < before.forecasts.size(); ++k) {
    const ConditionalForecast &a = before.forecasts[k], &b = after.forecasts[k];
    if (a.origin != options_.from || a.model == kInSample) continue;
    const bool knows = a.model == kConditional || a.model == only_driver(TotalsDriver::oil_price);
    if (!knows || a.horizon == 1) {
      EXPECT_EQ(a.quantile_pct, b.quantile_pct) << a.model << " h=" << a.horizon;
    } else if (a.horizon >= 3) {
      EXPECT_NE(a.quantile_pct, b.quantile_pct) << a.model << " h=" << a.horizon;
    }
  }
}

TEST_F(Conditional, GivesTheSameOnAnyNumberOfThreads) {
  options_.from = Month::of(2025, 11);
  const ConditionalForecasts two = forecasts();
  options_.threads = 1;
  const ConditionalForecasts one = forecasts();
  ASSERT_EQ(one.forecasts.size(), two.forecasts.size());
  for (std::size_t k = 0; k < one.forecasts.size(); ++k)
    EXPECT_EQ(one.forecasts[k].quantile_pct, two.forecasts[k].quantile_pct);
}

/// Strata keep the draws of a replicate apart; the fewer draws, the more their mean distance would say too much, and
/// the score too little.
TEST_F(Conditional, HasTheSameCrpsWithFewPathsAsWithMany) {
  options_.from = Month::of(2025, 2);
  const auto mean_crps = [&](int paths, double& se) {
    options_.paths = paths;
    double sum = 0, square = 0;
    int counted = 0;
    for (const ConditionalForecast& f : forecasts().forecasts) {
      if (std::isnan(f.crps_pp)) continue;
      sum += f.crps_pp;
      square += f.crps_se_pp * f.crps_se_pp;
      ++counted;
    }
    se = std::sqrt(square / counted);  // forecasts share their draws, so errors do not cancel
    return sum / counted;
  };
  double se_few = 0, se_many = 0;
  const double few = mean_crps(32, se_few), many = mean_crps(4096, se_many);
  EXPECT_NEAR(few, many, se_few) << "replicates scored for themselves are 1.3 pp apart";
  EXPECT_LT(se_many, 0.05);
}

TEST_F(Conditional, ScoresAddUp) {
  options_.from = Month::of(2025, 2);
  const ConditionalResults results = score_conditional(forecasts(), options_);
  ASSERT_FALSE(results.misses.empty());
  for (const MissRow& row : results.misses) {
    double sum = row.unconditional_pct + row.jointly.pp + row.left_pp();
    for (const MissRow::Part& part : row.driver) sum += part.pp;
    EXPECT_NEAR(sum, row.actual_pct, 1e-9) << to_string(row.origin) << " h=" << row.horizon;
  }
  double squares = 0;
  int counted = 0;
  for (const ConditionalForecast& f : results.runs.forecasts) {
    if (f.model != kConditional || f.horizon != 1 || std::isnan(f.actual_pct)) continue;
    squares += std::pow(f.quantile_pct[ConditionalForecast::kMedian] - f.actual_pct, 2);
    ++counted;
  }
  const auto row = [&](const char* model, int horizon) {
    return find_score(results.scores, TradeFlow::exports, model, "2024-2026", horizon, "rmse_median");
  };
  ASSERT_NE(row(kConditional, 1), nullptr);
  EXPECT_NEAR(row(kConditional, 1)->value, std::sqrt(squares / counted), 1e-9);
  EXPECT_NEAR(row(kConditional, 0)->change_frac, row(kConditional, 0)->value / row(kUnconditional, 0)->value - 1, 1e-9);
  EXPECT_GT(row(kConditional, 0)->mc_se, 0);
}

TEST_F(Conditional, RefusesOriginsThatItCannotServe) {
  options_.from = Month::of(2012, 6);
  EXPECT_THROW(forecasts(), InputError);
  options_.from = Month::of(2026, 5);
  EXPECT_THROW(forecasts(), InputError);
}

}  // namespace
}  // namespace plimsoll
