#include "models/estimation/seasonal_regression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

MonthlySeries MonthlySeries::since(Month month) const {
  if (month <= from) return *this;
  return {month,
          {values.begin() + std::min<std::ptrdiff_t>(month - from, static_cast<std::ptrdiff_t>(values.size())),
           values.end()}};
}

MonthlySeries MonthlySeries::until(Month month) const {
  const auto n = std::clamp<std::ptrdiff_t>(month - from + 1, 0, static_cast<std::ptrdiff_t>(values.size()));
  return {from, {values.begin(), values.begin() + n}};
}

double MonthlySeries::year(int year) const {
  double sum = 0;
  for (int m = 1; m <= 12; ++m) sum += at(Month::of(year, m));
  return sum;
}

std::size_t season_of(Month month) { return static_cast<std::size_t>(std::max(month.month() - 2, 0)); }

const char* season_name(std::size_t season) {
  static constexpr std::array kNames{"JF", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"};
  return kNames.at(season);
}

double season_months(std::size_t season) { return season == 0 ? 2 : 1; }

MonthlySeries released_logs(const MonthlySeries& levels) {
  MonthlySeries logs{levels.from, {}};
  for (Month m = levels.from; m <= levels.last(); m = m + 1) {
    if (m.month() == 1 || (m.month() == 2 && m == levels.from))
      logs.values.push_back(kNone);
    else if (m.month() == 2)
      logs.values.push_back(std::log((levels.at(m - 1) + levels.at(m)) / 2));
    else
      logs.values.push_back(std::log(levels.at(m)));
  }
  return logs;
}

int released_periods(Month first, Month last) {
  int n = 0;
  for (Month m = first; m <= last; m = m + 1) n += m.month() != 1;
  return n;
}

int months_to_released(Month as_of, int h) {
  Month m = as_of;
  while (h > 0) {
    m = m + 1;
    if (m.month() != 1) --h;
  }
  return m - as_of;
}

Dense season_columns(Month from, std::size_t months) {
  Dense x(months, kSeasons - 1);
  for (std::size_t i = 0; i < months; ++i) {
    const std::size_t season = season_of(from + static_cast<int>(i));
    for (std::size_t c = 0; c < x.columns; ++c) x(i, c) = season == 0 ? -0.5 : season == c + 1 ? 1 : 0;
  }
  return x;
}

Seasons seasons_from(const std::vector<double>& effects) {
  Seasons all{};
  for (std::size_t c = 0; c < effects.size(); ++c) {
    all[c + 1] = effects[c];
    all[0] -= 0.5 * effects[c];
  }
  return all;
}

namespace {

/// How the EM of random effects starts and ends.
struct EffectOptions {
  std::size_t trend = 4;  ///< columns of the trend, before the seasons
  int steps = 200;
  double noise_start = 0.03;      ///< sd
  double least_freedom = 4;       ///< of the residuals
  double figures_a_season = 2.4;  ///< of a window of two to three years
};

struct Effects {
  Seasons seasons{};
  std::vector<double> residuals;
  double kept_frac = 0;
};

/// z = trend + random season effects + noise by EM; `a` has the trend's columns, then eleven of seasons.
Effects random_effects(const Dense& a, const std::vector<double>& z, const EffectOptions& options) {
  constexpr double kRidge = 1e-12;  // the eleven centred effects span ten dimensions
  constexpr double kEffectStart = 0.02, kLeastNoise = 1e-6, kLeastEffect = 1e-7;
  const std::size_t trend = options.trend;
  const Dense normal = gram(a);
  const std::vector<double> right = transposed_times(a, z);
  double effect_variance = kEffectStart * kEffectStart, noise_variance = options.noise_start * options.noise_start;
  std::vector<double> beta;
  Effects result;
  result.residuals.resize(z.size());
  for (int step = 0; step < options.steps; ++step) {
    Dense penalised = normal;
    for (std::size_t c = 0; c < a.columns; ++c)
      penalised(c, c) += (c < trend ? 0 : noise_variance / effect_variance) + kRidge;
    const Dense inverse = inverse_spd(penalised);
    beta = times(inverse, right);
    const std::vector<double> fitted = times(a, beta);
    double used = 0, squares = 0;
    for (std::size_t i = 0; i < a.columns; ++i) {
      for (std::size_t j = 0; j < a.columns; ++j) used += inverse(i, j) * normal(j, i);
    }
    for (std::size_t r = 0; r < z.size(); ++r) {
      result.residuals[r] = z[r] - fitted[r];
      squares += result.residuals[r] * result.residuals[r];
    }
    noise_variance =
        std::max(squares / std::max(static_cast<double>(z.size()) - used, options.least_freedom), kLeastNoise);
    double mean_square = 0, mean_variance = 0;
    for (std::size_t c = trend; c < a.columns; ++c) {
      mean_square += beta[c] * beta[c] / kSeasons;
      mean_variance += inverse(c, c) / kSeasons;
    }
    effect_variance = std::max(mean_square + noise_variance * mean_variance, kLeastEffect);
  }
  double mean = 0;
  for (std::size_t c = 0; c < kSeasons; ++c) mean += beta[trend + c] * season_months(c) / 12;
  for (std::size_t c = 0; c < kSeasons; ++c) result.seasons[c] = beta[trend + c] - mean;
  result.kept_frac = effect_variance / (effect_variance + noise_variance / options.figures_a_season);
  return result;
}

}  // namespace

ShrunkSeasons shrunk_seasons(const MonthlySeries& series) {
  const EffectOptions options;
  std::vector<std::size_t> seen;
  std::vector<double> z;
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    if (std::isnan(series.values[i])) continue;
    seen.push_back(i);
    z.push_back(series.values[i]);
  }
  Dense a(seen.size(), options.trend + kSeasons);
  for (std::size_t r = 0; r < seen.size(); ++r) {
    const double n = static_cast<double>(series.values.size());
    const double x = n > 1 ? 2 * static_cast<double>(seen[r]) / (n - 1) - 1 : 0;
    for (std::size_t c = 0; c < options.trend; ++c)
      a(r, c) = std::pow(x, static_cast<double>(options.trend - 1 - c));  // a cubic
    // The mean over twelve months is taken from every effect.
    const std::size_t own = season_of(series.from + static_cast<int>(seen[r]));
    for (std::size_t c = 0; c < kSeasons; ++c) a(r, options.trend + c) = (c == own ? 1 : 0) - season_months(c) / 12;
  }
  const Effects effects = random_effects(a, z, options);
  ShrunkSeasons result{effects.seasons, std::vector<double>(series.values.size(), kNone), effects.kept_frac};
  for (std::size_t r = 0; r < seen.size(); ++r) result.residuals[seen[r]] = effects.residuals[r];
  return result;
}

ShrunkSeasons shrunk_seasons(const std::vector<MonthSpan>& periods, const std::vector<double>& logs, Month grid_from) {
  constexpr double kTrendUnit = 14;  // months: half a window
  const EffectOptions options{3, 300, 0.05, 3, 1.5};
  std::vector<double> middle;
  double centre = 0;
  for (const MonthSpan& one : periods) {
    middle.push_back((one.first - grid_from + (one.last - grid_from)) / 2.0);
    centre += middle.back() / static_cast<double>(periods.size());
  }
  Dense a(periods.size(), options.trend + kSeasons);
  for (std::size_t r = 0; r < periods.size(); ++r) {
    const double x = (middle[r] - centre) / kTrendUnit;
    a(r, 0) = x * x;
    a(r, 1) = x;
    a(r, 2) = 1;
    for (std::size_t c = 0; c < kSeasons; ++c) a(r, options.trend + c) = -season_months(c) / 12;
    const double months = periods[r].last - periods[r].first + 1;
    for (Month m = periods[r].first; m <= periods[r].last; m = m + 1) a(r, options.trend + season_of(m)) += 1 / months;
  }
  const Effects effects = random_effects(a, logs, options);
  return {effects.seasons, effects.residuals, effects.kept_frac};
}

NewYearFit fit_january_shares(const MonthlySeries& levels, const std::map<int, Date>& new_years,
                              const std::vector<int>& left_out) {
  constexpr int kMiddle = 38;  // 7 February, in days from 31 December
  const auto row = [](const Date& day) {
    const double x = ((day.month == 1 ? 0 : 31) + day.day - kMiddle) / 10.0;
    return std::array{1.0, x, x * x};
  };
  NewYearFit fit;
  std::vector<int> used;
  for (const auto& [year, day] : new_years) {
    if (!levels.holds(Month::of(year, 1)) || !levels.holds(Month::of(year, 2))) continue;
    const double january = levels.at(Month::of(year, 1));
    fit.actual[year] = january / (january + levels.at(Month::of(year, 2)));
    if (std::find(left_out.begin(), left_out.end(), year) == left_out.end()) used.push_back(year);
  }
  Dense x(used.size(), 3);
  std::vector<double> y;
  for (std::size_t r = 0; r < used.size(); ++r) {
    const auto values = row(new_years.at(used[r]));
    for (std::size_t c = 0; c < 3; ++c) x(r, c) = values[c];
    y.push_back(fit.actual.at(used[r]));
  }
  const LeastSquares regression = least_squares(x, y);
  double mean = 0;
  for (const double e : regression.residuals) mean += e / static_cast<double>(y.size());
  double squares = 0;
  for (const double e : regression.residuals) squares += (e - mean) * (e - mean);
  if (y.size() > 3) fit.residual_sd = std::sqrt(squares / (static_cast<double>(y.size()) - 3));
  for (const auto& [year, day] : new_years) {
    const auto values = row(day);
    fit.fitted[year] = values[0] * regression.coefficients[0] + values[1] * regression.coefficients[1] +
                       values[2] * regression.coefficients[2];
  }
  return fit;
}

}  // namespace plimsoll
