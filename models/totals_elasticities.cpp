#include "models/totals_elasticities.hpp"

#include <cmath>

#include "models/estimation/bayesian_regression.hpp"

namespace plimsoll {
namespace {

/// First period whose annual growth counts: totals start in 2008.
constexpr Month kFirst = Month::of(2009, 2);
constexpr double kNoiseSd = 0.06, kNoiseShape = 2;      // of annual growth about what drivers say, log
constexpr double kGrowthMean = 0.05, kGrowthSd = 0.10;  // growth with drivers at rest, log

}  // namespace

const DriverChoice& choice_of(TotalsDriver driver) {
  static const std::array<DriverChoice, kTotalsDriverCount> choices{{
      {0, 0.15, 2, Month::of(2013, 1)},
      {0, 0.20, 1, Month::of(2013, 1)},
      {0.6, 0.30, 0, Month::of(2013, 1)},
      {0.03, 0.03, 2, Month::of(2017, 1)},
  }};
  return choices[static_cast<std::size_t>(driver)];
}

double lagged_log(const BacktestDrivers& drivers, TotalsDriver driver, Month month, Month known) {
  static const std::array<std::vector<double>, kTotalsDriverCount> lags = [] {
    std::array<std::vector<double>, kTotalsDriverCount> all;
    for (const TotalsDriver one : kTotalsDrivers)
      all[static_cast<std::size_t>(one)] = gamma_lag(choice_of(one).lag_months);
    return all;
  }();
  const std::vector<double>& weight = lags[static_cast<std::size_t>(driver)];
  double sum = 0;
  for (std::size_t k = 0; k < weight.size(); ++k)
    sum += weight[k] * drivers.log_level(driver, month - static_cast<int>(k), known);
  return sum;
}

double period_log(const BacktestDrivers& drivers, TotalsDriver driver, Month period, Month known) {
  const double last = lagged_log(drivers, driver, period, known);
  return period.month() == 2 ? (last + lagged_log(drivers, driver, period - 1, known)) / 2 : last;
}

TotalsElasticities totals_elasticities(const TotalsData& data, TradeFlow flow, const BacktestDrivers& drivers,
                                       std::size_t fitted_to, Month origin) {
  std::vector<TotalsDriver> in;
  for (const TotalsDriver driver : kTotalsDrivers) {
    if (origin >= choice_of(driver).from) in.push_back(driver);
  }
  std::vector<std::size_t> rows;
  for (std::size_t t = kPeriodsAYear; t <= fitted_to; ++t) {
    if (data.period[t] >= kFirst) rows.push_back(t);
  }
  const std::size_t columns = in.size() + 1;
  RegressionPrior prior{std::vector<double>(columns), Dense(columns, columns), kNoiseShape,
                        kNoiseShape * kNoiseSd * kNoiseSd};
  for (std::size_t c = 0; c < columns; ++c) {
    const double sd = c < in.size() ? choice_of(in[c]).prior_sd : kGrowthSd;
    prior.mean[c] = c < in.size() ? choice_of(in[c]).prior_mean : kGrowthMean;
    prior.precision(c, c) = kNoiseSd * kNoiseSd / (sd * sd);
  }
  Dense x(rows.size(), columns);
  std::vector<double> y;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const std::size_t t = rows[r];
    y.push_back(std::log(data.of(flow)[t] / data.of(flow)[t - kPeriodsAYear]));
    for (std::size_t c = 0; c < in.size(); ++c) {
      const Month known = drivers.known_to(in[c], data.period[fitted_to]);
      x(r, c) = period_log(drivers, in[c], data.period[t], known) -
                period_log(drivers, in[c], data.period[t - kPeriodsAYear], known);
    }
    x(r, in.size()) = 1;
  }
  const AutoregressivePosterior after = posterior_ar1(prior, x, y, std::vector<int>(rows.size(), 1));
  TotalsElasticities out;
  for (std::size_t c = 0; c < in.size(); ++c) {
    const auto at = static_cast<std::size_t>(in[c]);
    out.in[at] = true;
    out.mean[at] = after.regression.mean[c];
    out.sd[at] = after.regression.sd[c];
  }
  out.ar1 = after.ar1;
  out.observations = static_cast<int>(rows.size());
  return out;
}

}  // namespace plimsoll
