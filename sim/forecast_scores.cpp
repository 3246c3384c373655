#include "sim/forecast_scores.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/scores.hpp"

namespace plimsoll {
namespace {

using Against = ScoredForecast::Against;

/// Log score of growth in percent, of a density of log growth.
double growth_log_score(double log_density, double growth_pct) { return -(log_density - std::log(100 + growth_pct)); }

}  // namespace

void score_growth_draws(ScoredForecast& f, const std::vector<double>& growth_pct) {
  constexpr auto kReplicates = static_cast<std::size_t>(TotalsPaths::kReplicates);
  const std::size_t size = growth_pct.size() / kReplicates;
  std::vector<std::vector<double>> replicate;
  for (std::size_t r = 0; r < kReplicates; ++r) {
    const auto begin = growth_pct.begin() + static_cast<std::ptrdiff_t>(r * size);
    std::vector<double>& own = replicate.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(size));
    std::sort(own.begin(), own.end());
  }
  const auto standard_error = [&](const auto& of_replicate) {
    double sum = 0, squares = 0;
    for (std::size_t r = 0; r < kReplicates; ++r) sum += of_replicate(r);
    const double mean = sum / static_cast<double>(kReplicates);
    for (std::size_t r = 0; r < kReplicates; ++r) squares += (of_replicate(r) - mean) * (of_replicate(r) - mean);
    return std::sqrt(squares / static_cast<double>(kReplicates * (kReplicates - 1)));
  };
  std::vector<double> sorted = growth_pct;
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t q = 0; q < f.quantile_pct.size(); ++q) {
    const double probability = ScoredForecast::kProbabilities[q];
    f.quantile_pct[q] = quantile_of(sorted, probability);
    f.quantile_se_pp[q] = standard_error([&](std::size_t r) { return quantile_of(replicate[r], probability); });
  }
  for (Against* a : {&f.final_level, &f.first_print}) {
    if (std::isnan(a->actual_pct)) continue;
    for (std::size_t r = 0; r < kReplicates; ++r) a->crps_of_replicate[r] = crps_of_draws(replicate[r], a->actual_pct);
    a->crps_pp = std::accumulate(a->crps_of_replicate.begin(), a->crps_of_replicate.end(), 0.0) / kReplicates;
    a->crps_se_pp = standard_error([&](std::size_t r) { return a->crps_of_replicate[r]; });
    const auto below = std::lower_bound(sorted.begin(), sorted.end(), a->actual_pct) - sorted.begin();
    a->pit_frac = (static_cast<double>(below) + 0.5) / static_cast<double>(sorted.size() + 1);
  }
}

void score_growth_normals(ScoredForecast& f, const std::vector<RivalForecasts::Normal>& parts) {
  constexpr int kPoints = 256;  // of each part, at mid-probabilities
  const auto n = static_cast<double>(parts.size());
  std::vector<double> points;
  for (const auto& part : parts) {
    for (int k = 0; parts.size() > 1 && k < kPoints; ++k)
      points.push_back(100 * std::expm1(part.mean_log + part.sd_log * normal_quantile((k + 0.5) / kPoints)));
  }
  std::sort(points.begin(), points.end());
  for (std::size_t q = 0; q < f.quantile_pct.size(); ++q) {
    const double probability = ScoredForecast::kProbabilities[q];
    f.quantile_pct[q] = parts.size() > 1
                            ? quantile_of(points, probability)
                            : 100 * std::expm1(parts[0].mean_log + parts[0].sd_log * normal_quantile(probability));
  }
  for (Against* a : {&f.final_level, &f.first_print}) {
    if (std::isnan(a->actual_pct)) continue;
    const double x = std::log1p(a->actual_pct / 100);
    double density = 0;
    a->pit_frac = 0;
    for (const auto& part : parts) {
      const double z = (x - part.mean_log) / part.sd_log;
      density += normal_density(z) / part.sd_log / n;
      a->pit_frac += normal_cdf(z) / n;
    }
    a->log_score = growth_log_score(std::log(density), a->actual_pct);
    a->crps_pp = parts.size() > 1 ? crps_of_points(points, a->actual_pct)
                                  : crps_lognormal_growth(parts[0].mean_log, parts[0].sd_log, a->actual_pct);
    a->crps_se_pp = 0;
    a->crps_of_replicate.fill(a->crps_pp);
  }
}

}  // namespace plimsoll
