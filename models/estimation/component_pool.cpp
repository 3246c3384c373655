#include "models/estimation/component_pool.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {
namespace {

/// Median of the chi-square with one degree of freedom: median of squares over it is a variance.
constexpr double kMedianChiSquare = 0.455;
constexpr double kLeastSlopeSpread = 0.03, kLeastTurn = 0.02, kMostSlopeShock = 0.03;  // log per year
constexpr double kLeastSd = 1e-3;

/// Of the difference of log shares: level shock plus two noises.
double change_sd(double level, double noise) { return std::sqrt(level * level + 2 * noise * noise); }

/// Sampling variance of a least-squares slope per year over `months` with `periods` figures, when the level is a random
/// walk (6/5 s2/n a month squared; Durlauf and Phillips 1988) beside white noise.
double slope_variance(double level, double noise, double months, double periods) {
  return 144 * (1.2 * level * level / months + 12 * noise * noise / (periods * months * months));
}

}  // namespace

double median_of(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

ComponentPool pool_components(std::vector<Component>& components, const PoolOptions& options) {
  std::vector<double> log_sds, level_fracs;
  for (const Component& one : components) {
    if (!one.in_pool) continue;
    const double sd = change_sd(one.own_level_sd, one.own_noise_sd);
    log_sds.push_back(std::log(sd));
    level_fracs.push_back(one.own_level_sd * one.own_level_sd / std::max(sd * sd, 1e-12));
  }
  ComponentPool pool;
  pool.median_sd = std::exp(median_of(log_sds));
  double mean = 0, spread = 0;
  for (const double x : log_sds) mean += x / static_cast<double>(log_sds.size());
  for (const double x : log_sds) spread += (x - mean) * (x - mean) / static_cast<double>(log_sds.size());
  pool.kept_frac = spread / (spread + 1 / (2 * options.degrees_of_freedom));
  pool.level_frac = median_of(level_fracs);
  for (Component& one : components) {
    const double own = change_sd(one.own_level_sd, one.own_noise_sd);
    double sd =
        std::exp(pool.kept_frac * std::log(std::max(own, kLeastSd)) + (1 - pool.kept_frac) * std::log(pool.median_sd));
    double frac = 0.5 * one.own_level_sd * one.own_level_sd / std::max(own * own, 1e-12) + 0.5 * pool.level_frac;
    frac = std::min(frac, one.most_level_frac);
    if (one.takes_median) {
      sd = pool.median_sd;
      frac = pool.level_frac;
    }
    one.level_sd = sd * std::sqrt(frac);
    one.noise_sd = sd * std::sqrt((1 - frac) / 2);
  }
  const double months = options.steps, half = months / 2;
  std::vector<double> squares, variances, turns, turn_variances;
  for (const Component& one : components) {
    if (!one.in_slopes) continue;
    squares.push_back(one.slope * one.slope);
    variances.push_back(slope_variance(one.level_sd, one.noise_sd, months, one.periods));
    turns.push_back(one.turn * one.turn);
    turn_variances.push_back(2 * slope_variance(one.level_sd, one.noise_sd, half, half));
  }
  const double between =
      std::max(median_of(squares) / kMedianChiSquare - median_of(variances), kLeastSlopeSpread * kLeastSlopeSpread);
  pool.slope_spread = std::sqrt(between);
  const double turn = median_of(turns) / kMedianChiSquare - median_of(turn_variances);
  pool.slope_shock_sd = std::min(std::sqrt(std::max(turn, kLeastTurn * kLeastTurn) / half), kMostSlopeShock);
  std::vector<double> kept;
  for (const double v : variances) kept.push_back(between / (between + v));
  pool.slope_kept_frac = median_of(kept);
  for (Component& one : components) {
    const double v = slope_variance(one.level_sd, one.noise_sd, months, one.periods);
    one.slope_sd = std::sqrt(v * between / (v + between));
  }
  return pool;
}

double slope_per_year(const std::vector<double>& logs, std::size_t begin, std::size_t end) {
  double n = 0, mean_x = 0, mean_y = 0, cross = 0, square = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (std::isnan(logs[i])) continue;
    n += 1;
    mean_x += static_cast<double>(i) / 12;
    mean_y += logs[i];
  }
  mean_x /= n;
  mean_y /= n;
  for (std::size_t i = begin; i < end; ++i) {
    if (std::isnan(logs[i])) continue;
    const double x = static_cast<double>(i) / 12 - mean_x;
    cross += x * (logs[i] - mean_y);
    square += x * x;
  }
  return cross / square;
}

PriceVolumeNoise price_volume_noise(const std::vector<double>& volume, const std::vector<double>& price) {
  constexpr double kOfRounding = 0.8;
  std::vector<double> v, p;
  double last_v = 0, last_p = 0;
  bool any = false;
  for (std::size_t i = 0; i < volume.size(); ++i) {
    if (std::isnan(volume[i]) || std::isnan(price[i])) continue;
    if (any) {
      v.push_back(volume[i] - last_v);
      p.push_back(price[i] - last_p);
    }
    last_v = volume[i];
    last_p = price[i];
    any = true;
  }
  const double n = static_cast<double>(v.size());
  double mean_v = 0, mean_p = 0, vv = 0, pp = 0, vp = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    mean_v += v[i] / n;
    mean_p += p[i] / n;
  }
  for (std::size_t i = 0; i < v.size(); ++i) {
    vv += (v[i] - mean_v) * (v[i] - mean_v) / n;
    pp += (p[i] - mean_p) * (p[i] - mean_p) / n;
    vp += (v[i] - mean_v) * (p[i] - mean_p) / n;
  }
  if (!(vv > 0) || !(pp > 0)) return {std::sqrt(vv), std::sqrt(pp), 0};
  return {std::sqrt(vv), std::sqrt(pp), kOfRounding * vp / std::sqrt(vv * pp)};
}

}  // namespace plimsoll
