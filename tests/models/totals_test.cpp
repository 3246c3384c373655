#include <gtest/gtest.h>

#include <cmath>

#include "models/rival_forecasts.hpp"
#include "models/totals_filter.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

std::string shipped(const std::string& name) { return shipped_file("models/backtest/" + name).value(); }
TradeCalendar calendar() { return {shipped("calendar.csv"), "calendar.csv"}; }
TotalsData totals() { return read_totals(shipped("totals.csv"), "totals.csv"); }

TEST(TotalsData, JoinsJanuaryAndFebruaryAndKeepsTheSurveyOfFebruary) {
  const TotalsData data = totals();
  EXPECT_EQ(to_string(data.period.front()), "2008-02");
  EXPECT_NEAR(data.exports_usd_bn.front(), 109.6 + 87.4, 1e-12);
  EXPECT_DOUBLE_EQ(data.mfg_pmi.front(), 53.4);
  EXPECT_EQ(to_string(data.period[1]), "2008-03");
  EXPECT_EQ(data.period.size(), 18 * 11 + 4U);
  EXPECT_EQ(to_string(data.period.back()), "2026-05");
}

std::string complaint(const std::string& rows) {
  try {
    read_totals("month,exports_usd_bn,imports_usd_bn,mfg_pmi,brent_usd_bbl,source,pmi_source,oil_source\n" + rows,
                "mine.csv");
  } catch (const InputError& error) {
    return to_string(error);
  }
  return "";
}

TEST(TotalsData, NamesWhatIsWrongWithItsPlace) {
  const std::string january = "2020-01,100,90,50,70,a,b,c\n";
  EXPECT_EQ(complaint(january + "2020-02,90,80,50,70,a,b,c\n"), "");
  EXPECT_NE(complaint(january + "2020-03,90,80,50,70,a,b,c\n").find("mine.csv:3:1: error: after 2020-01 comes 2020-03"),
            std::string::npos);
  EXPECT_NE(complaint(january + "2020-01,90,80,50,70,a,b,c\n").find("after 2020-01 comes 2020-01"), std::string::npos);
  EXPECT_NE(complaint(january + "2020-02,9000,80,50,70,a,b,c\n").find("mine.csv:3:9: error: the value is far above"),
            std::string::npos);
  EXPECT_NE(complaint(january + "2020-02,90,0.08,50,70,a,b,c\n").find("far below the month before"), std::string::npos);
  EXPECT_NE(complaint(january + "2020-02,-90,80,50,70,a,b,c\n").find("mine.csv:3:9"), std::string::npos);
  EXPECT_NE(complaint(january + "2020-02,90,80,50,7,a,b,c\n").find("mine.csv:3:18: error: the price is three times"),
            std::string::npos);
  EXPECT_NE(complaint(january + "2020-02,90,80,5,70,a,b,c\n").find("no such index"), std::string::npos);
  EXPECT_NE(complaint("2020-03,100,90,50,70,a,b,c\n").find("starts in the middle of a year"), std::string::npos);
  EXPECT_NE(complaint("").find("no released period"), std::string::npos);
}

TEST(TradeCalendar, KnowsNewYearsAndWorkingDays) {
  const TradeCalendar days = calendar();
  EXPECT_DOUBLE_EQ(days.regressors(Month::of(2026, 2))[0], (47 - 1 - 35 + 1) / 10.0);  // 17 February is day 47
  EXPECT_DOUBLE_EQ(days.regressors(Month::of(2023, 3))[1], -0.4);  // 22 January reaches not into March
  EXPECT_DOUBLE_EQ(days.regressors(Month::of(2015, 3))[1], (49 - 36) / 10.0 - 0.4);
  EXPECT_DOUBLE_EQ(days.regressors(Month::of(2025, 12))[2], (47 - 35) / 10.0);
  EXPECT_DOUBLE_EQ(days.working_days(Month::of(2024, 7)), 23);   // a month without holidays
  EXPECT_DOUBLE_EQ(days.working_days(Month::of(2024, 10)), 18);  // 23 weekdays less 1 to 4 and 7 October
  EXPECT_DOUBLE_EQ(days.working_days(Month::of(2021, 9)), 21);   // 22 less the mid-autumn festival, a Tuesday
  EXPECT_FALSE(days.covers(Month::of(2035, 2)));
}

TEST(TotalsData, KnowsWhatOilDidBeforeAndInAPeriod) {
  const TotalsData data = totals();
  const std::size_t march = 1 + 11 * 12;  // March 2020
  EXPECT_EQ(to_string(data.period[march]), "2020-03");
  EXPECT_NEAR(data.oil_since_log[march], std::log(32.01 / 55.66), 1e-9);
  EXPECT_NEAR(data.oil_change_log[march], std::log(32.01 / 67.31), 1e-9);
  EXPECT_NEAR(data.oil_since_log[march - 1], std::log(55.66 / 67.31), 1e-9);  // February since December
  EXPECT_DOUBLE_EQ(data.oil_change_log[0], 0);  // January 2008 is the first month of the table
}

TEST(TotalsFilter, ACopyGoesItsOwnWay) {
  const TotalsData data = totals();
  const TradeCalendar days = calendar();
  TotalsFilter one(TotalsSettings{}, days);
  const auto take = [&](TotalsFilter& filter, std::size_t t, double level) {
    filter.update(data.period[t], level, data.indicators(t));
  };
  for (std::size_t t = 0; t < 60; ++t) take(one, t, data.exports_usd_bn[t]);
  const TotalsFilter kept = one;
  take(one, 60, 2 * data.exports_usd_bn[60]);
  TotalsFilter again = kept;
  take(again, 60, data.exports_usd_bn[60]);
  TotalsFilter straight(TotalsSettings{}, days);
  for (std::size_t t = 0; t <= 60; ++t) take(straight, t, data.exports_usd_bn[t]);
  EXPECT_EQ(again.forecast(3).members[0].mean_log, straight.forecast(3).members[0].mean_log);
  EXPECT_NE(again.forecast(3).members[0].mean_log, one.forecast(3).members[0].mean_log);
}

/// What docs/validation/backtest_research.py, a filter in NumPy, prints for the origin of December 2019.
TEST(TotalsFilter, EqualsAnIndependentFilterInNumPy) {
  struct Expected {
    TradeFlow flow;
    double large_seasons, mean[3], scale[3], covariance;
  };
  const Expected all[]{{TradeFlow::exports,
                        0.23124769300714587,
                        {5.849329716396378, 5.434538332658861, 5.98819416189829},
                        {0.03695810443928825, 0.048520957325802784, 0.06345565212446913},
                        0.0007078464270975161},
                       {TradeFlow::imports,
                        0.2045489094206974,
                        {5.778617836630576, 5.251759611610827, 5.816959472388357},
                        {0.05970192086291273, 0.07627175676109264, 0.0986535514715523},
                        0.0017383649480789776}};
  const TotalsData data = totals();
  const TradeCalendar days = calendar();
  for (const Expected& expected : all) {
    TotalsFilter filter(TotalsSettings{}, days);
    for (std::size_t t = 0; data.period[t] <= Month::of(2019, 12); ++t)
      filter.update(data.period[t], data.of(expected.flow)[t], data.indicators(t));
    const TotalsForecast forecast = filter.forecast(12);
    EXPECT_NEAR(forecast.degrees_of_freedom, 19.98189145519918, 1e-9);
    double large = 0, covariance = 0;
    for (std::size_t m = 0; m < forecast.members.size(); ++m) {
      large += m % 2 == 1 ? forecast.members[m].weight_frac : 0;
      covariance += forecast.members[m].weight_frac * forecast.members[m].covariance[11];
    }
    EXPECT_NEAR(large, expected.large_seasons, 1e-8);
    EXPECT_NEAR(covariance, expected.covariance, 1e-10);
    const std::size_t at[]{0, 5, 11};
    for (std::size_t k = 0; k < 3; ++k) {
      double mean = 0, variance = 0;
      for (const auto& m : forecast.members) {
        mean += m.weight_frac * m.mean_log[at[k]];
        variance += m.weight_frac * m.covariance[at[k] * 12 + at[k]];
      }
      EXPECT_NEAR(mean, expected.mean[k], 1e-8);
      EXPECT_NEAR(std::sqrt(variance), expected.scale[k], 1e-9);
    }
  }
}

TEST(TotalsForecast, TakesGrowthAgainstTheForecastOfTheBaseBeyondElevenReleases) {
  TotalsForecast forecast{Month::of(2019, 12), 12, 20, {{1, std::vector<double>(12), std::vector<double>(144)}}};
  TotalsForecast::Member& m = forecast.members[0];
  m.mean_log[0] = 1;
  m.mean_log[10] = 2;
  m.mean_log[11] = 3;
  m.covariance[0] = 4;
  m.covariance[11 * 12 + 11] = 9;
  m.covariance[10 * 12 + 10] = 25;
  m.covariance[11] = m.covariance[11 * 12] = 2;
  std::vector<double> past(11, 0.0);
  past.back() = 0.5;  // the origin's own level is the base at h = 11
  EXPECT_DOUBLE_EQ(forecast.log_growth(11, past)[0].mean, 1.5);
  EXPECT_DOUBLE_EQ(forecast.log_growth(11, past)[0].scale, 5);
  EXPECT_DOUBLE_EQ(forecast.log_growth(12, past)[0].mean, 2);
  EXPECT_DOUBLE_EQ(forecast.log_growth(12, past)[0].scale, 3);  // 9 + 4 - 2 x 2
}

TEST(Mixture, HasTheDensityAndProbabilityOfAnotherProgram) {
  // scipy.stats.t(7), scaled: 0.3 and 0.7 parts at 0.05
  const std::vector<MixturePart> parts{{0.3, 0.02, 0.06}, {0.7, -0.03, 0.1}};
  EXPECT_NEAR(mixture_density(parts, 7, 0.05), 3.572053802566625, 1e-10);
  EXPECT_NEAR(mixture_cdf(parts, 7, 0.05), 0.7476379848321679, 1e-12);
}

TEST(RivalForecasts, AreThereForEveryOriginAndHorizon) {
  const RivalForecasts rivals = read_rivals(shipped("rivals.csv"), "rivals.csv");
  const std::vector<std::string> names{"random_walk", "history", "ar", "sarima", "ets", "seasonal_naive"};
  EXPECT_EQ(rivals.names, names);
  for (const Month origin : totals().period) {
    for (const TradeFlow flow : {TradeFlow::exports, TradeFlow::imports})
      EXPECT_EQ(rivals.find(flow, origin, 12) != nullptr, origin >= Month::of(2013, 2)) << to_string(origin);
  }
}

}  // namespace
}  // namespace plimsoll
