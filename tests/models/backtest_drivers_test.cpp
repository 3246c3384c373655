#include "models/backtest_drivers.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "models/totals_elasticities.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

std::string shipped(const std::string& name) { return shipped_file("models/backtest/" + name).value(); }
BacktestDrivers shipped_drivers() { return read_backtest_drivers(shipped("drivers.csv"), "drivers.csv"); }

std::string problem_of(const std::string& text) {
  try {
    read_backtest_drivers(text, "drivers.csv");
  } catch (const InputError& e) {
    return to_string(e);
  }
  return "";
}

TEST(BacktestDrivers, AreKnownOnlyWhenTheyWereOut) {
  const BacktestDrivers d = shipped_drivers();
  const auto known = [&](TotalsDriver driver, int year, int month) {
    return to_string(d.known_to(driver, Month::of(year, month)));
  };
  EXPECT_EQ(known(TotalsDriver::memory_price, 2025, 12), "2025-12");
  EXPECT_EQ(known(TotalsDriver::foreign_demand, 2025, 12), "2025-11");
  EXPECT_EQ(known(TotalsDriver::capex, 2025, 12), "2025-09") << "reports of the fourth quarter come in February";
  EXPECT_EQ(known(TotalsDriver::capex, 2025, 2), "2024-12");
  EXPECT_EQ(known(TotalsDriver::capex, 2025, 3), "2024-12");
  EXPECT_EQ(known(TotalsDriver::capex, 2025, 4), "2025-03");
  EXPECT_EQ(known(TotalsDriver::foreign_demand, 2026, 5), "2026-03") << "not beyond the table";
}

TEST(BacktestDrivers, CarryWhatWasKnownLastOn) {
  const BacktestDrivers d = shipped_drivers();
  const Month known = Month::of(2020, 3);
  const double then = d.log_level(TotalsDriver::oil_price, known, known);
  EXPECT_EQ(d.log_level(TotalsDriver::oil_price, known + 9, known), then);
  EXPECT_NE(d.log_level(TotalsDriver::oil_price, known + 9, known + 9), then);
  EXPECT_EQ(d.log_level(TotalsDriver::capex, Month::of(2010, 1), known),
            d.log_level(TotalsDriver::capex, Month::of(2015, 1), known));
}

TEST(BacktestDrivers, NamesLineAndFaultOfABadTable) {
  const std::string text = shipped("drivers.csv");
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string one = text;
    one.replace(one.find(from), from.size(), to);
    return problem_of(one);
  };
  EXPECT_NE(changed("memory_price,2005-03", "memory_price,2005-04").find("jumps from 2005-02 to 2005-04"),
            std::string::npos);
  EXPECT_NE(changed("capex,2015Q2", "capex,2015-04").find("is no quarter"), std::string::npos);
  EXPECT_NE(changed("oil_price,2005-02", "oil_prize,2005-02").find("oil_price"), std::string::npos);
  EXPECT_NE(changed("memory_price,2005-01,327.1", "memory_price,2005-01,-3").find("drivers.csv:2"), std::string::npos);
  EXPECT_NE(problem_of("driver,period,value,unit,source\noil_price,2005-01,40,usd,eia\n").find("capex"),
            std::string::npos);
}

TEST(BacktestDrivers, TakeAPureSeasonOffAndLeaveATrend) {
  const Month first = Month::of(2005, 1);
  std::vector<double> trend, seen;
  for (int k = 0; k < 120; ++k) {
    trend.push_back(0.01 * k);
    seen.push_back(trend.back() + 0.1 * std::cos(2 * 3.14159265358979 * k / 12));
  }
  const std::vector<double> left = without_season(seen, first, Month::of(2005, 7), Month::of(2012, 6));
  for (std::size_t k = 0; k < left.size(); ++k) EXPECT_NEAR(left[k], trend[k], 1e-12) << k;
}

TEST(BacktestDrivers, LagsSumToOneAndHaveTheirMean) {
  EXPECT_EQ(gamma_lag(0), std::vector<double>{1});
  for (const double mean : {1.0, 2.0, 4.0}) {
    const std::vector<double> w = gamma_lag(mean);
    double centre = 0;
    for (std::size_t k = 0; k < w.size(); ++k) centre += w[k] * static_cast<double>(k);
    EXPECT_NEAR(std::accumulate(w.begin(), w.end(), 0.0), 1, 1e-12);
    EXPECT_NEAR(centre, mean, 0.05 * mean + 0.02);
  }
}

/// Totals made of drivers with known elasticities and some noise.
TEST(TotalsElasticities, FindWhatTheTotalsWereMadeOf) {
  const BacktestDrivers drivers = shipped_drivers();
  TotalsData data = read_totals(shipped("totals.csv"), "totals.csv");
  const std::array<double, kTotalsDriverCount> truth{0.2, 0.1, 0.7, 0.05};
  std::mt19937 random(5);
  std::normal_distribution<double> noise(0, 0.01);
  for (std::size_t t = 0; t < data.period.size(); ++t) {
    double log_level = 0.05 * static_cast<double>(t) / kPeriodsAYear + noise(random);
    for (const TotalsDriver driver : kTotalsDrivers)
      log_level += truth[static_cast<std::size_t>(driver)] *
                   period_log(drivers, driver, data.period[t], drivers.of(driver).last());
    data.exports_usd_bn[t] = std::exp(log_level);
  }
  const std::size_t last = data.period.size() - 3;  // drivers are known there
  const TotalsElasticities e = totals_elasticities(data, TradeFlow::exports, drivers, last, data.period[last]);
  for (std::size_t k = 0; k < truth.size(); ++k) {
    EXPECT_NEAR(e.mean[k], truth[k], 3 * e.sd[k] + 0.01) << k;
    EXPECT_GT(e.sd[k], 0);
    EXPECT_LT(e.sd[k], 0.06) << "the data say more than the prior";
  }
}

TEST(TotalsElasticities, KnowNothingOfWhatCameLater) {
  const BacktestDrivers before = shipped_drivers();
  BacktestDrivers after = before;
  TotalsData data = read_totals(shipped("totals.csv"), "totals.csv"), changed = data;
  const std::size_t origin = 120;
  for (std::size_t t = origin + 1; t < data.period.size(); ++t) changed.exports_usd_bn[t] *= 2;
  for (const TotalsDriver driver : kTotalsDrivers) {
    DriverHistory& h = after.of(driver);
    const Month known = before.known_to(driver, data.period[origin]);
    for (Month m = known + 1; m <= h.last(); m = m + 1) h.level[static_cast<std::size_t>(m - h.from)] *= 3;
  }
  const auto estimate = [&](const TotalsData& d, const BacktestDrivers& b, std::size_t fitted_to) {
    return totals_elasticities(d, TradeFlow::exports, b, fitted_to, data.period[origin]);
  };
  EXPECT_EQ(estimate(data, before, origin).mean, estimate(changed, after, origin).mean);
  EXPECT_EQ(estimate(data, before, origin).sd, estimate(changed, after, origin).sd);
  EXPECT_NE(estimate(data, before, origin + 12).mean, estimate(changed, after, origin + 12).mean);
  EXPECT_FALSE(totals_elasticities(data, TradeFlow::exports, before, 90, Month::of(2016, 12)).in[3])
      << "capital spending takes part from 2017";
}

}  // namespace
}  // namespace plimsoll
