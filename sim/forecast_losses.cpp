#include "sim/forecast_losses.hpp"

#include <cmath>

#include "models/scores.hpp"

namespace plimsoll {
namespace {

using F = const ScoredForecast&;

double covered(F f, std::size_t low, std::size_t high) {
  const double actual = f.final_level.actual_pct;
  return actual >= f.quantile_pct[low] && actual <= f.quantile_pct[high] ? 1 : 0;
}
double missed(F f) { return f.quantile_pct[ScoredForecast::kMedian] - f.final_level.actual_pct; }
double missed_by(F f, std::size_t replicate) { return f.median_of_replicate[replicate] - f.final_level.actual_pct; }
double pinball_at(F f, std::size_t q) {
  return pinball(f.quantile_pct[q], ScoredForecast::kProbabilities[q], f.final_level.actual_pct);
}

}  // namespace

// Quantiles by position: 1 is 5%, 2 10%, 3 25%, 4 50%, 5 75%, 6 90%, 7 95%.
const std::vector<ForecastLoss>& forecast_losses() {
  static const std::vector<ForecastLoss> list{
      {"crps", [](F f) { return f.final_level.crps_pp; }, false,
       [](F f, std::size_t r) { return f.final_level.crps_of_replicate[r]; }},
      {"pinball_05", [](F f) { return pinball_at(f, 1); }, false},
      {"pinball_50", [](F f) { return pinball_at(f, ScoredForecast::kMedian); }, false},
      {"pinball_95", [](F f) { return pinball_at(f, 7); }, false},
      {"coverage_50", [](F f) { return covered(f, 3, 5); }, false},
      {"coverage_80", [](F f) { return covered(f, 2, 6); }, false},
      {"coverage_90", [](F f) { return covered(f, 1, 7); }, false},
      {"rmse_median", [](F f) { return missed(f) * missed(f); }, true,
       [](F f, std::size_t r) { return missed_by(f, r) * missed_by(f, r); }},
      {"mae_median", [](F f) { return std::abs(missed(f)); }, false,
       [](F f, std::size_t r) { return std::abs(missed_by(f, r)); }},
      {"bias_median", [](F f) { return missed(f); }, false, missed_by},
  };
  return list;
}

}  // namespace plimsoll
