#include "models/estimation/forecast_errors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "models/estimation/nelder_mead.hpp"
#include "models/estimation/table_text.hpp"

namespace plimsoll {
namespace {

constexpr double kPercent = 100;
constexpr Month kPandemicFirst = Month::of(2020, 2), kPandemicLast = Month::of(2020, 5);
constexpr Month kFitFrom = Month::of(2013, 1), kChooseUntil = Month::of(2019, 12);
constexpr int kSlopeYear = 2012;  // long-run growth is counted from here on
/// Before the first fit of an expanding window, and of a series for which such a window leaves enough forecasts.
constexpr int kFirstFitMonths = 36, kExpandingMonths = 84;
constexpr std::array kDampings{0.85, 0.9, 0.94, 0.97, 1.0};
constexpr std::array kChooseAhead{3, 5, 9, 13};  // months

std::vector<double> without(const std::vector<double>& logs, const Dense& columns, const std::vector<double>& effects) {
  const std::vector<double> season = times(columns, effects);
  std::vector<double> adjusted(logs.size());
  for (std::size_t i = 0; i < logs.size(); ++i) adjusted[i] = logs[i] - season[i];
  return adjusted;
}

/// Calls `each(months ahead, error)` for forecasts from every origin; `seen` feeds the filter, `target` is forecast.
template <class Each>
void forecast_from_origins(const std::vector<double>& seen, const std::vector<double>& target, std::size_t first,
                           std::size_t end, int months, const TrendModel& model, const Each& each) {
  for (std::size_t origin = first; origin < end; ++origin) {
    if (std::isnan(seen[origin])) continue;
    const std::vector<double> past(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(origin) + 1);
    TrendState state = filter_trend(past, Dense(past.size(), 0), model).state;
    for (int h = 1; h <= months; ++h) {
      state.step(model);
      const std::size_t at = origin + static_cast<std::size_t>(h);
      if (at < target.size() && !std::isnan(target[at])) each(h, target[at] - state.level());
    }
  }
}

double long_run_slope(const MonthlySeries& levels, int earliest) {
  // Over whole years, from `earliest` where the series reaches back so far.
  const int last = levels.last().month() == 12 ? levels.last().year() : levels.last().year() - 1;
  int first = levels.from.month() == 1 ? levels.from.year() : levels.from.year() + 1;
  first = std::max(first, std::min(earliest, last - 1));
  return std::log(levels.year(last) / levels.year(first)) / (last - first);
}

/// Calls `each(months ahead, error)` for forecasts that know nothing of what came after their origin: model, seasons
/// and long-run slope are of the months before the origin's year, the filter is of those up to the origin.
template <class Each>
void forecast_expanding(const MonthlySeries& levels, const MonthlySeries& seen, const std::vector<double>& target,
                        Month first, int months, double damping, const Each& each) {
  TrendModel model;
  int fitted_in = 0;
  for (Month origin = first; origin < seen.last(); origin = origin + 1) {
    const auto at = static_cast<std::size_t>(origin - seen.from);
    if (std::isnan(seen.values[at])) continue;
    if (fitted_in != origin.year()) {
      fitted_in = origin.year();
      const MonthlySeries before = seen.until(Month::of(fitted_in, 1) - 1);
      model = fit_trend(before.values, season_columns(before.from, before.values.size()), damping,
                        long_run_slope(levels.until(before.last()), levels.from.year()))
                  .model;
    }
    const std::vector<double> past(seen.values.begin(), seen.values.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    const TrendFilter filter = filter_trend(past, season_columns(seen.from, past.size()), model);
    const Seasons seasons = seasons_from(filter.effects);
    TrendState state = filter.state;
    for (int h = 1; h <= months; ++h) {
      state.step(model);
      const std::size_t k = at + static_cast<std::size_t>(h);
      if (k < target.size() && !std::isnan(target[k]))
        each(h, target[k] - seasons[season_of(origin + h)] - state.level());
    }
  }
}

}  // namespace

TotalTrend fit_total(const MonthlySeries& levels, ErrorsOf errors) {
  if (levels.values.size() < kFewestTotalMonths)
    throw std::domain_error("the total has " + std::to_string(levels.values.size()) + " months, " +
                            std::to_string(kFewestTotalMonths) + " are needed");
  MonthlySeries logs = released_logs(levels);
  const std::vector<double> target_logs = logs.values;
  for (Month m = kPandemicFirst; m <= kPandemicLast; m = m + 1) {
    if (logs.holds(m)) logs.values[static_cast<std::size_t>(m - logs.from)] = std::numeric_limits<double>::quiet_NaN();
  }
  const std::size_t n = logs.values.size();
  const auto index = [&](Month m) { return static_cast<std::size_t>(std::max(m - logs.from, 0)); };
  const Dense columns = season_columns(logs.from, n);
  TotalTrend total;
  const double mu = long_run_slope(levels, kSlopeYear);

  const bool long_enough = logs.from <= kFitFrom - 36 && logs.last() >= kChooseUntil;
  total.damping_period = long_enough ? "2013-2019" : "of the first two thirds of the series";
  const std::size_t cut = long_enough ? index(kChooseUntil) + 1 : n * 2 / 3;
  const std::size_t first_origin = long_enough ? index(kFitFrom) : cut / 2;
  const std::vector<double> early(logs.values.begin(), logs.values.begin() + static_cast<std::ptrdiff_t>(cut));
  const Dense early_columns = season_columns(logs.from, cut);
  double best = 0, damping = 0;
  for (const double phi : kDampings) {
    const TrendModel model = fit_trend(early, early_columns, phi, mu).model;
    const std::vector<double> adjusted =
        without(early, early_columns, filter_trend(early, early_columns, model).effects);
    double squares = 0;
    int count = 0;
    forecast_from_origins(adjusted, adjusted, first_origin, cut > 13 ? cut - 13 : 0, 13, model, [&](int h, double e) {
      if (std::find(kChooseAhead.begin(), kChooseAhead.end(), h) == kChooseAhead.end()) return;
      squares += (kPercent * e) * (kPercent * e);
      ++count;
    });
    const double error = std::sqrt(squares / std::max(count, 1));
    total.damping_error_pp[phi] = error;
    if (damping == 0 || error < best) {
      best = error;
      damping = phi;
    }
  }

  const MonthlySeries fitted = logs.last() - kFitFrom >= kFewestTotalMonths ? logs.since(kFitFrom) : logs;
  const Dense fit_columns = season_columns(fitted.from, fitted.values.size());
  total.model = fit_trend(fitted.values, fit_columns, damping, mu).model;
  const TrendFilter filter = filter_trend(fitted.values, fit_columns, total.model);
  total.seasons = seasons_from(filter.effects);
  total.slope_log = filter.state.mean[1];
  total.slope_sd = std::sqrt(filter.state.covariance[1][1]);
  total.level_sd = std::sqrt(filter.state.covariance[0][0]);

  std::map<int, int> horizon_of;
  for (const int h : kErrorHorizons) horizon_of[months_to_released(levels.last(), h)] = h;
  std::map<int, std::pair<double, int>> sums;
  const auto count = [&](int months, double e) {
    const auto place = horizon_of.find(months);
    if (place == horizon_of.end()) return;
    auto& [squares, number] = sums[place->second];
    squares += (kPercent * e) * (kPercent * e);
    ++number;
  };
  const int farthest = horizon_of.rbegin()->first;
  if (errors == ErrorsOf::expanding_fit && n >= kExpandingMonths) {
    total.errors_of = errors;
    Month first = std::max(kFitFrom, logs.from + kFirstFitMonths);
    if (first.month() != 1) first = Month::of(first.year() + 1, 1);
    forecast_expanding(levels, logs, target_logs, first, farthest, damping, count);
  } else {
    const std::vector<double> seen = without(logs.values, columns, filter.effects),
                              target = without(target_logs, columns, filter.effects);
    forecast_from_origins(seen, target, long_enough ? index(kFitFrom) : first_origin, n - 1, farthest, total.model,
                          count);
  }
  for (const auto& [h, sum] : sums) total.error_pp[h] = std::sqrt(sum.first / sum.second);
  return total;
}

std::string errors_name(ErrorsOf asked, const TotalTrend& total) {
  // The filter is of the past, the fit is not; frozen tables carry this wording.
  if (asked == ErrorsOf::whole_sample_fit) return "out-of-sample errors";
  std::string text = total.errors_of == ErrorsOf::expanding_fit
                         ? "errors of forecasts refitted on the past each January"
                         : "errors of forecasts by one fit of the whole series";
  std::string horizons;
  for (const auto& [h, error] : total.error_pp) {
    text += (horizons.empty() ? ": " : ", ") + fixed_decimals(error, 1);
    horizons += (horizons.empty() ? "" : ", ") + std::to_string(h);
  }
  return text + " pp at " + horizons + " released periods";
}

CommonShocks common_shocks(const TotalTrend& total, const PartVariances& parts, double drivers_pp, Month as_of) {
  constexpr double kLeastScale = 0.2, kMostScale = 5;
  const TrendModel& m = total.model;
  const auto less = [](double sd, double variance, double least) {
    return std::sqrt(std::max(sd * sd - variance, least * sd * least * sd));
  };
  CommonShocks shocks;
  shocks.residual_sd = less(m.residual_sd, parts.noise, 0.5);
  const double level = less(m.level_sd, parts.level, 0.3);
  const auto sd_pp = [&](double k, int h) {
    const int months = months_to_released(as_of, h);
    TrendModel common = m, own = m;
    common.level_sd = k * level;
    common.slope_sd = k * m.slope_sd;
    common.residual_sd = shocks.residual_sd;
    own.level_sd = std::sqrt(parts.level);
    own.slope_sd = std::sqrt(parts.slope_shock);
    own.residual_sd = std::sqrt(parts.noise);
    own.residual_ar1 = 0;
    const double base = forecast_sd_log(common, k * total.slope_sd, months);
    const double extra = forecast_sd_log(own, std::sqrt(parts.slope_start), months);
    const double faded = 1 - std::pow(m.residual_ar1, months);
    return kPercent * std::sqrt(base * base + extra * extra + parts.level_start * faded * faded);
  };
  const auto gap = [&](double k) {
    double sum = 0;
    for (const int h : {5, 8, 12}) {
      if (!total.error_pp.contains(h)) continue;
      const double years = months_to_released(as_of, h) / 12.0;
      sum += std::pow(sd_pp(k, h), 2) + drivers_pp * drivers_pp * years - std::pow(total.error_pp.at(h), 2);
    }
    return sum;
  };
  if (gap(kLeastScale) >= 0)
    shocks.scale = kLeastScale;
  else
    shocks.scale = gap(kMostScale) <= 0 ? kMostScale : root_between(gap, kLeastScale, kMostScale);
  shocks.level_sd = shocks.scale * level;
  shocks.slope_sd = shocks.scale * m.slope_sd;
  shocks.slope_start_sd = shocks.scale * total.slope_sd;
  for (const int h : kErrorHorizons) shocks.implied_pp[h] = sd_pp(shocks.scale, h);
  return shocks;
}

}  // namespace plimsoll
