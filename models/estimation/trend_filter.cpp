#include "models/estimation/trend_filter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/estimation/nelder_mead.hpp"

namespace plimsoll {
namespace {

using Row3 = std::array<double, 3>;

/// Where the filter starts, before the first figure: wide.
constexpr double kLevelStartVariance = 0.5, kSlopeStart = 0.05, kSlopeStartSd = 0.15;
constexpr double kRounding = 1e-8;  // variance of what the figures round

Row3 stepped(const Row3& s, const TrendModel& m, double drift) {
  return {s[0] + s[1] / 12, m.slope_damping * s[1] + drift, m.residual_ar1 * s[2]};
}

std::array<Row3, 3> stepped(const std::array<Row3, 3>& p, const TrendModel& m) {
  // T P T' + Q with T = [1 1/12 0; 0 phi 0; 0 0 rho].
  std::array<Row3, 3> half{};
  for (std::size_t c = 0; c < 3; ++c) {
    half[0][c] = p[0][c] + p[1][c] / 12;
    half[1][c] = m.slope_damping * p[1][c];
    half[2][c] = m.residual_ar1 * p[2][c];
  }
  std::array<Row3, 3> next{};
  for (std::size_t r = 0; r < 3; ++r) {
    next[r][0] = half[r][0] + half[r][1] / 12;
    next[r][1] = half[r][1] * m.slope_damping;
    next[r][2] = half[r][2] * m.residual_ar1;
  }
  next[0][0] += m.level_sd * m.level_sd;
  next[1][1] += m.slope_sd * m.slope_sd;
  next[2][2] += m.residual_sd * m.residual_sd;
  return next;
}

}  // namespace

void TrendState::step(const TrendModel& model) {
  mean = stepped(mean, model, (1 - model.slope_damping) * model.long_run_slope_log);
  covariance = stepped(covariance, model);
}

TrendFilter filter_trend(const std::vector<double>& logs, const Dense& columns, const TrendModel& m) {
  const std::size_t n = columns.columns;
  TrendFilter result;
  const auto first = std::find_if(logs.begin(), logs.end(), [](double y) { return !std::isnan(y); });
  if (first == logs.end()) return result;
  // The series and each regressor run through the same filter; a regressor starts at 0 and has no drift.
  std::vector<Row3> states(n + 1, Row3{});
  states[0] = {*first, kSlopeStart, 0};
  std::array<Row3, 3> p{};
  p[0][0] = kLevelStartVariance;
  p[1][1] = kSlopeStartSd * kSlopeStartSd;
  p[2][2] = m.residual_sd * m.residual_sd / std::max(1 - m.residual_ar1 * m.residual_ar1, 1e-3);
  const double drift = (1 - m.slope_damping) * m.long_run_slope_log;
  std::vector<std::vector<double>> errors;
  std::vector<double> variances;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    if (i > 0) {
      for (std::size_t k = 0; k <= n; ++k) states[k] = stepped(states[k], m, k == 0 ? drift : 0);
      p = stepped(p, m);
    }
    if (std::isnan(logs[i])) continue;
    const double f = p[0][0] + 2 * p[0][2] + p[2][2] + kRounding;
    Row3 gain{}, seen{};
    for (std::size_t r = 0; r < 3; ++r) {
      gain[r] = (p[r][0] + p[r][2]) / f;
      seen[r] = p[0][r] + p[2][r];
    }
    std::vector<double> e(n + 1);
    for (std::size_t k = 0; k <= n; ++k) {
      e[k] = (k == 0 ? logs[i] : columns(i, k - 1)) - (states[k][0] + states[k][2]);
      for (std::size_t r = 0; r < 3; ++r) states[k][r] += gain[r] * e[k];
    }
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t c = 0; c < 3; ++c) p[r][c] -= gain[r] * seen[c];
    }
    errors.push_back(std::move(e));
    variances.push_back(f);
  }
  Dense a(errors.size(), n);
  std::vector<double> y(errors.size());
  for (std::size_t i = 0; i < errors.size(); ++i) {
    const double scale = std::sqrt(variances[i]);
    y[i] = errors[i][0] / scale;
    for (std::size_t k = 0; k < n; ++k) a(i, k) = errors[i][k + 1] / scale;
  }
  if (n > 0) {
    LeastSquares fit = least_squares(a, y);
    result.effects = std::move(fit.coefficients);
    result.innovations = std::move(fit.residuals);
  } else {
    result.innovations = std::move(y);
  }
  result.state.mean = states[0];
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t r = 0; r < 3; ++r) result.state.mean[r] -= states[k + 1][r] * result.effects[k];
  }
  result.state.covariance = p;
  double sum = 0;
  for (std::size_t i = 0; i < variances.size(); ++i)
    sum += std::log(2 * std::numbers::pi * variances[i]) + result.innovations[i] * result.innovations[i];
  result.log_likelihood = -0.5 * sum;
  return result;
}

TrendFit fit_trend(const std::vector<double>& logs, const Dense& columns, double slope_damping,
                   double long_run_slope_log) {
  constexpr double kArMean = 0.4, kArSd = 0.25;
  static const std::vector<std::vector<double>> kStarts{
      {-4, -4.5, -3.5, -0.5}, {-3.5, -4, -4, 0}, {-4, -3.5, -3.2, -1}};  // logs of the sds, logit of rho
  const auto model_at = [&](const std::vector<double>& q) {
    return TrendModel{std::exp(q[0]), std::exp(q[1]),    std::exp(q[2]), 1 / (1 + std::exp(-q[3])),
                      slope_damping,  long_run_slope_log};
  };
  const auto minus_posterior = [&](const std::vector<double>& q) {
    const TrendModel model = model_at(q);
    const double z = (model.residual_ar1 - kArMean) / kArSd;
    return -filter_trend(logs, columns, model).log_likelihood + 0.5 * z * z;
  };
  TrendFit best;
  for (std::size_t k = 0; k < kStarts.size(); ++k) {
    const SimplexResult found = minimise_by_simplex(minus_posterior, kStarts[k], {600, 1e-3, 1e-4});
    if (k == 0 || found.value < best.value) best = {model_at(found.x), found.value};
  }
  return best;
}

LevelAndNoise split_level_noise(const std::vector<double>& logs) {
  constexpr double kSlopeSd = 0.01, kRatioMean = -0.5, kRatioSd = 0.7;
  const Dense none(logs.size(), 0);
  const auto minus_posterior = [&](const std::vector<double>& q) {
    const double z = (q[0] - q[1] - kRatioMean) / kRatioSd;
    return -filter_trend(logs, none, {std::exp(q[0]), kSlopeSd, std::exp(q[1]), 0, 1, 0}).log_likelihood + 0.5 * z * z;
  };
  const SimplexResult found = minimise_by_simplex(minus_posterior, {-4.0, -3.5}, {200, 1e-3, 1e-4});
  return {std::exp(found.x[0]), std::exp(found.x[1])};
}

double forecast_sd_log(const TrendModel& m, double slope_start_sd, int months) {
  const auto years = [&](int n) {
    return (m.slope_damping == 1 ? n : (1 - std::pow(m.slope_damping, n)) / (1 - m.slope_damping)) / 12;
  };
  double residual = 0, slope = 0;
  for (int k = 0; k < months; ++k) residual += std::pow(m.residual_ar1, 2.0 * k);
  for (int k = 1; k < months; ++k) slope += std::pow(m.slope_sd * years(months - k), 2);
  return std::sqrt(m.residual_sd * m.residual_sd * residual + months * m.level_sd * m.level_sd + slope +
                   std::pow(years(months) * slope_start_sd, 2));
}

}  // namespace plimsoll
