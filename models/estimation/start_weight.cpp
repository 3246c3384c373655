#include "models/estimation/start_weight.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

#include "models/scores.hpp"
#include "models/trend_window.hpp"

namespace plimsoll {
namespace {

constexpr std::array kAhead{3, 5, 9, 13};  // months
constexpr int kFewestOrigins = 36;
constexpr int kOverlapMonths = 13;  // errors of origins so far apart share no month

/// The figure of a month; a January has its February's.
double figure(const MonthlySeries& logs, Month m) { return logs.at(m.month() == 1 && logs.holds(m + 1) ? m + 1 : m); }

/// Sums over one origin's targets: what a weight of 1 adds to the forecast with itself and with the error without it.
struct OriginSums {
  double squares = 0, products = 0;
};

}  // namespace

NormalBelief between_0_and_1(const NormalBelief& belief) {
  // Further out than this, the density inside falls like an exponential.
  constexpr double kFar = 6;
  const double low = -belief.mean / belief.sd, high = (1 - belief.mean) / belief.sd;
  if (low > kFar) return {belief.sd / low, belief.sd / low};
  if (high < -kFar) return {1 + belief.sd / high, -belief.sd / high};
  const double inside = normal_cdf(high) - normal_cdf(low);
  const double shift = (normal_density(low) - normal_density(high)) / inside;
  const double width = 1 + (low * normal_density(low) - high * normal_density(high)) / inside - shift * shift;
  return {belief.mean + belief.sd * shift, belief.sd * std::sqrt(std::max(width, 0.0))};
}

StartWeight measure_start_weight(const MonthlySeries& logs, const StartForecasts& f) {
  const TrendWeights weights = trend_weights(f.window_months, f.gain);
  std::vector<OriginSums> origins;
  double squares = 0, products = 0;
  for (Month origin = std::max(f.first, logs.from + f.window_months); origin + kAhead.front() <= f.last;
       origin = origin + 1) {
    if (origin.month() == 1) continue;
    double slope = 0, level = 0;
    bool whole = true;
    for (int j = 0; j < f.window_months; ++j) {
      const double y = figure(logs, origin - (f.window_months - 1 - j));
      whole = whole && !std::isnan(y);
      slope += weights.slope[static_cast<std::size_t>(j)] * y;
      level += weights.level[static_cast<std::size_t>(j)] * y;
    }
    if (!whole) continue;
    const double ahead = slope - f.long_run_log;
    OriginSums& own = origins.emplace_back();
    double years = 0, kept = 1;
    for (int h = 1; h <= kAhead.back(); ++h) {
      years += kept / 12;
      kept *= f.damping;
      const Month target = origin + h;
      if (std::find(kAhead.begin(), kAhead.end(), h) == kAhead.end() || target > f.last || !logs.holds(target))
        continue;
      const double actual = figure(logs, target);
      if (std::isnan(actual)) continue;
      const double without = level - weights.smoothing_years * ahead + f.long_run_log * h / 12;
      const double adds = (weights.smoothing_years + years) * ahead;
      own.squares += adds * adds;
      own.products += adds * (actual - without);
    }
    squares += own.squares;
    products += own.products;
  }
  StartWeight result;
  result.origins = static_cast<int>(origins.size());
  if (result.origins < kFewestOrigins || squares <= 0)
    throw std::domain_error("the weight of the starting slope has " + std::to_string(result.origins) + " forecasts, " +
                            std::to_string(kFewestOrigins) + " are needed");
  result.best_frac = products / squares;
  // Newey and West (1987): sums of neighbouring origins correlate, the less the farther apart.
  double variance = 0;
  const auto score = [&](std::size_t k) { return origins[k].products - result.best_frac * origins[k].squares; };
  for (std::size_t k = 0; k < origins.size(); ++k) {
    variance += score(k) * score(k);
    for (std::size_t lag = 1; lag < kOverlapMonths && lag <= k; ++lag)
      variance += 2 * (1 - static_cast<double>(lag) / kOverlapMonths) * score(k) * score(k - lag);
  }
  result.se_frac = std::sqrt(variance) / squares;
  result.belief = between_0_and_1({result.best_frac, result.se_frac});
  return result;
}

}  // namespace plimsoll
