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
    read_totals("month,exports_usd_bn,imports_usd_bn,mfg_pmi,source,pmi_source\n" + rows, "mine.csv");
  } catch (const InputError& error) {
    return to_string(error);
  }
  return "";
}

TEST(TotalsData, NamesWhatIsWrongWithItsPlace) {
  const std::string january = "2020-01,100,90,50,a,b\n";
  EXPECT_EQ(complaint(january + "2020-02,90,80,50,a,b\n"), "");
  EXPECT_NE(complaint(january + "2020-03,90,80,50,a,b\n").find("mine.csv:3:1: error: after 2020-01 comes 2020-03"),
            std::string::npos);
  EXPECT_NE(complaint(january + "2020-01,90,80,50,a,b\n").find("after 2020-01 comes 2020-01"), std::string::npos);
  EXPECT_NE(complaint(january + "2020-02,9000,80,50,a,b\n").find("mine.csv:3:9: error: the value is far above"),
            std::string::npos);
  EXPECT_NE(complaint(january + "2020-02,90,0.08,50,a,b\n").find("far below the month before"), std::string::npos);
  EXPECT_NE(complaint(january + "2020-02,-90,80,50,a,b\n").find("mine.csv:3:9"), std::string::npos);
  EXPECT_NE(complaint(january + "2020-02,90,80,5,a,b\n").find("no such index"), std::string::npos);
  EXPECT_NE(complaint("2020-03,100,90,50,a,b\n").find("starts in the middle of a year"), std::string::npos);
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

/// What docs/validation/backtest_research.py, a filter in NumPy, prints for the origin of December 2019.
TEST(TotalsFilter, EqualsAnIndependentFilterInNumPy) {
  struct Expected {
    TradeFlow flow;
    double large_seasons, mean[3], scale[3], covariance;
  };
  const Expected all[]{{TradeFlow::exports,
                        0.2798541484019528,
                        {5.840062899319265, 5.4474353730657255, 5.988561952501819},
                        {0.03904764310232057, 0.054033642481046376, 0.0713651709873342},
                        0.0008481988497649456},
                       {TradeFlow::imports,
                        0.1654772431801755,
                        {5.771612739235348, 5.273640946185741, 5.823201370652871},
                        {0.06261097920825315, 0.08662744907092486, 0.11457458111019359},
                        0.002125769698951519}};
  const TotalsData data = totals();
  const TradeCalendar days = calendar();
  for (const Expected& expected : all) {
    TotalsFilter filter(TotalsSettings{}, days);
    for (std::size_t t = 0; data.period[t] <= Month::of(2019, 12); ++t)
      filter.update(data.period[t], data.of(expected.flow)[t], data.mfg_pmi[t]);
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
