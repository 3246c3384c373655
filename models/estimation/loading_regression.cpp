#include "models/estimation/loading_regression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

#include "models/estimation/memory_cycle.hpp"
#include "models/estimation/table_text.hpp"

namespace plimsoll {
namespace {

/// The grid of a lag reaches 4 sds of a normal either way: 2 would cut a twentieth of the prior off.
constexpr int kGridSteps = 16;
constexpr double kGridStep = 0.25;

int lag_length(double mean_months) { return static_cast<int>(std::ceil(4 * mean_months)) + 6; }

const MonthlySeries& series_of(const std::string& driver, const DriverLogs& drivers) {
  return driver == "capex" ? drivers.capex : driver == "memory_price" ? drivers.memory : drivers.oil;
}
double lag_of(const std::string& driver, const DriverLags& lags) {
  return driver == "capex" ? lags.capex : driver == "memory_price" ? lags.memory : lags.oil;
}

int months_of(const MonthSpan& span) { return span.last - span.first + 1; }
/// Twice the middle of a period, in months.
int doubled_middle(const MonthSpan& span) { return span.first.index + span.last.index; }

/// A regressor by period: the mean of its months; the series' ends are carried on.
std::vector<double> regressor(const MonthlySeries& series, double lag, const std::vector<MonthSpan>& periods) {
  const std::vector<double> weights = gamma_lag_weights(std::max(lag, 0.05), lag_length(lag));
  std::vector<double> x;
  for (const MonthSpan& span : periods) {
    double sum = 0;
    for (Month m = span.first; m <= span.last; m = m + 1) {
      for (std::size_t k = 0; k < weights.size(); ++k)
        sum += weights[k] * std::log(series.at(std::clamp(m - static_cast<int>(k), series.from, series.last())));
    }
    x.push_back(sum / months_of(span));
  }
  return x;
}

/// Season of each period: of single months beside a cubic trend; longer periods beside a quadratic one.
std::vector<double> season_by_period(const std::vector<MonthSpan>& periods, const std::vector<double>& logs) {
  const bool released = std::all_of(periods.begin(), periods.end(), [](const MonthSpan& span) {
    return span.first == span.last || (span.last.month() == 2 && months_of(span) == 2);
  });
  Seasons effects{};
  if (released) {
    MonthlySeries grid{periods.front().last, {}};
    grid.values.assign(static_cast<std::size_t>(periods.back().last - grid.from) + 1,
                       std::numeric_limits<double>::quiet_NaN());
    for (std::size_t r = 0; r < periods.size(); ++r)
      grid.values[static_cast<std::size_t>(periods[r].last - grid.from)] = logs[r];
    effects = shrunk_seasons(grid).effects;
  } else {
    effects = shrunk_seasons(periods, logs, periods.front().first).effects;
  }
  std::vector<double> season;
  for (const MonthSpan& span : periods) {
    double sum = 0;
    for (Month m = span.first; m <= span.last; m = m + 1) sum += effects[season_of(m)];
    season.push_back(sum / months_of(span));
  }
  return season;
}

/// Ends of a bounded prior; nullopt for one without.
std::optional<std::pair<double, double>> bounds_of(const RandomNumber& prior) {
  const std::vector<double>& a = prior.args;
  switch (prior.kind) {
    case RandomNumber::Kind::uniform: return std::pair{a[0], a[1]};
    case RandomNumber::Kind::triangular: return std::pair{a[0], a[2]};
    case RandomNumber::Kind::beta: return std::pair{a[2], a[3]};
    default: return std::nullopt;
  }
}

}  // namespace

NormalBelief belief_of(const RandomNumber& prior) {
  if (prior.is_fixed()) return {mean(prior), 0};
  constexpr int kPoints = 400;
  // Midpoints of equal probabilities; their normal quantiles by bisection of erfc.
  double mean_value = 0, square = 0;
  for (int k = 0; k < kPoints; ++k) {
    const double p = (k + 0.5) / kPoints;
    double low = -8, high = 8;
    for (int step = 0; step < 60; ++step) {
      const double middle = (low + high) / 2;
      (0.5 * std::erfc(-middle / std::sqrt(2.0)) < p ? low : high) = middle;
    }
    const double x = quantile_at_normal(prior, low);
    mean_value += x / kPoints;
    square += x * x / kPoints;
  }
  return {mean(prior), std::sqrt(std::max(square - mean_value * mean_value, 0.0))};
}

LoadingSeries released_series(const MonthlySeries& logs) {
  LoadingSeries series;
  for (std::size_t i = 0; i < logs.values.size(); ++i) {
    if (!std::isfinite(logs.values[i])) continue;
    const Month m = logs.from + static_cast<int>(i);
    series.periods.push_back({m.month() == 2 ? m - 1 : m, m});
    series.logs.push_back(logs.values[i]);
  }
  return series;
}

LoadingPosterior regress_loadings(const LoadingSeries& series, const std::vector<LoadingPrior>& priors,
                                  const DriverLogs& drivers, const DriverLags& lags) {
  const std::size_t n = series.logs.size(), k = priors.size();
  if (n < kFewestLoadingPeriods) throw std::domain_error("fewer than 12 periods with quantities");
  // Seasons are taken out with the drivers' central response in place, so that they do not eat it.
  std::vector<std::vector<double>> columns;
  std::vector<double> net = series.logs;
  for (const LoadingPrior& one : priors) {
    columns.push_back(regressor(series_of(one.driver, drivers), lag_of(one.driver, lags), series.periods));
    for (std::size_t r = 0; r < n; ++r) net[r] -= one.belief.mean * columns.back()[r];
  }
  const std::vector<double> season = season_by_period(series.periods, net);
  // The mean of n months of noise has a variance of 1/n: rows are scaled to one.
  std::vector<double> y, root;
  std::vector<int> gap;
  Dense x(n, k + 2), plain(n, 2);
  for (std::size_t r = 0; r < n; ++r) {
    root.push_back(std::sqrt(static_cast<double>(months_of(series.periods[r]))));
    const int since = r == 0 ? 2 : doubled_middle(series.periods[r]) - doubled_middle(series.periods[r - 1]);
    gap.push_back(std::max((since + 1) / 2, 1));
    y.push_back(root[r] * (series.logs[r] - season[r]));
    const double years = (doubled_middle(series.periods[r]) - doubled_middle(series.periods.front())) / 24.0 - 1;
    plain(r, 0) = x(r, k) = root[r];
    plain(r, 1) = x(r, k + 1) = root[r] * years;
    for (std::size_t c = 0; c < k; ++c) x(r, c) = root[r] * (columns[c][r] - columns[c].front());
  }
  // The scale of the noise before the data are seen with drivers: what level, trend and central responses leave.
  std::vector<double> left = y;
  for (std::size_t r = 0; r < n; ++r) {
    for (std::size_t c = 0; c < k; ++c) left[r] -= priors[c].belief.mean * x(r, c);
  }
  const double variance = std::max(least_squares(plain, left).residual_sum / (static_cast<double>(n) - 2), 1e-8);
  constexpr double kShape = 2;  // weak: as if from four figures
  constexpr double kWide = 10;  // sd of level (log) and trend (log a year), which nothing is known of
  RegressionPrior prior{std::vector<double>(k + 2, 0.0), Dense(k + 2, k + 2), kShape, variance * (kShape - 1)};
  for (std::size_t c = 0; c < k + 2; ++c) {
    const double sd = c < k ? priors[c].belief.sd : kWide;
    prior.mean[c] = c < k ? priors[c].belief.mean : c == k ? y.front() / root.front() : 0;
    prior.precision(c, c) = variance / (sd * sd);
  }
  const AutoregressivePosterior fit = posterior_ar1(prior, x, y, gap);
  LoadingPosterior result;
  for (std::size_t c = 0; c < k; ++c) result.after.push_back({fit.regression.mean[c], fit.regression.sd[c]});
  result.log_evidence = fit.regression.log_evidence;
  result.noise_sd = fit.regression.noise_sd();
  result.ar1 = fit.ar1;
  result.periods = static_cast<int>(n);
  return result;
}

PriorGrid prior_grid(const RandomNumber& prior) {
  PriorGrid grid;
  for (int k = -kGridSteps; k <= kGridSteps; ++k) {
    const double z = kGridStep * k;
    grid.points.push_back(quantile_at_normal(prior, z));
    grid.log_weights.push_back(-z * z / 2);
  }
  return grid;
}

NormalBelief moments(const std::vector<double>& points, const std::vector<double>& log_weights) {
  const double most = *std::max_element(log_weights.begin(), log_weights.end());
  double sum = 0, mean_value = 0, square = 0;
  for (std::size_t k = 0; k < points.size(); ++k) {
    const double w = std::exp(log_weights[k] - most);
    sum += w;
    mean_value += w * points[k];
  }
  mean_value /= sum;
  for (std::size_t k = 0; k < points.size(); ++k)
    square += std::exp(log_weights[k] - most) * (points[k] - mean_value) * (points[k] - mean_value);
  return {mean_value, std::sqrt(square / sum)};
}

NormalBelief on_prior(const RandomNumber& prior, const NormalBelief& belief, const NormalBelief& after) {
  if (prior.kind == RandomNumber::Kind::normal) return after;
  const double precision = 1 / (after.sd * after.sd) - 1 / (belief.sd * belief.sd),
               pull = after.mean / (after.sd * after.sd) - belief.mean / (belief.sd * belief.sd);
  return posterior_on_grid(prior, [&](double x) { return pull * x - 0.5 * precision * x * x; });
}

std::string posterior_text(const RandomNumber& prior, const NormalBelief& after) {
  if (const auto ends = bounds_of(prior)) {
    const auto [low, high] = *ends;
    const double m = (after.mean - low) / (high - low), v = std::pow(after.sd / (high - low), 2);
    const double size = m * (1 - m) / v - 1;
    return "{beta: {alpha: " + four_digits(m * size) + ", beta: " + four_digits((1 - m) * size) +
           ", low: " + four_digits(low) + ", high: " + four_digits(high) + "}}";
  }
  if (prior.kind == RandomNumber::Kind::lognormal) {
    const double sd_log = std::sqrt(std::log1p(std::pow(after.sd / after.mean, 2)));
    return "{lognormal: {median: " + four_digits(after.mean * std::exp(-sd_log * sd_log / 2)) +
           ", sd_log: " + four_digits(sd_log) + "}}";
  }
  return "{normal: {mean: " + four_digits(after.mean) + ", sd: " + four_digits(after.sd) + "}}";
}

}  // namespace plimsoll
