#include "sim/scored_forecast.hpp"

#include <algorithm>
#include <cmath>

#include "models/replicated_draws.hpp"
#include "models/scores.hpp"

namespace plimsoll {
namespace {

using Against = ScoredForecast::Against;

/// Log score of growth in percent, of a density of log growth.
double growth_log_score(double log_density, double growth_pct) { return -(log_density - std::log(100 + growth_pct)); }

void set_exact_crps(Against& a, double crps_pp) {
  a.crps_pp = crps_pp;
  a.crps_se_pp = 0;
  a.crps_of_replicate.fill(crps_pp);
}

}  // namespace

std::string to_string(GrowthSpan span) {
  return span == GrowthSpan::month ? "month" : span == GrowthSpan::year_to_date ? "ytd" : "year";
}

void score_draws(ScoredForecast& f, const std::vector<double>& growth_pct) {
  const ReplicatedDraws draws(growth_pct, TotalsPaths::kReplicates);
  for (std::size_t q = 0; q < f.quantile_pct.size(); ++q) {
    f.quantile_pct[q] = draws.quantile(ScoredForecast::kProbabilities[q]);
    f.quantile_se_pp[q] = draws.quantile_se(ScoredForecast::kProbabilities[q]);
  }
  const std::vector<double> medians =
      draws.quantiles_of_replicates(ScoredForecast::kProbabilities[ScoredForecast::kMedian]);
  std::copy(medians.begin(), medians.end(), f.median_of_replicate.begin());
  for (Against* a : {&f.final_level, &f.first_print}) {
    if (std::isnan(a->actual_pct)) continue;
    const std::vector<double> crps = draws.crps_of_replicates(a->actual_pct);
    std::copy(crps.begin(), crps.end(), a->crps_of_replicate.begin());
    a->crps_pp = 0;
    for (const double one : crps) a->crps_pp += one / TotalsPaths::kReplicates;
    a->crps_se_pp = se_of_mean(crps);
    a->pit_frac = draws.probability_below(a->actual_pct);
  }
}

void score_mixture(ScoredForecast& f, const std::vector<MixturePart>& mixture, double degrees_of_freedom) {
  for (Against* a : {&f.final_level, &f.first_print}) {
    if (std::isnan(a->actual_pct)) continue;
    const double x = std::log1p(a->actual_pct / 100);
    a->log_score = growth_log_score(std::log(mixture_density(mixture, degrees_of_freedom, x)), a->actual_pct);
    a->pit_frac = mixture_cdf(mixture, degrees_of_freedom, x);
    set_exact_crps(*a, crps_mixture_growth(mixture, degrees_of_freedom, a->actual_pct));
  }
}

void score_normals(ScoredForecast& f, const std::vector<RivalForecasts::Normal>& parts) {
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
    set_exact_crps(*a, parts.size() > 1 ? crps_of_points(points, a->actual_pct)
                                        : crps_lognormal_growth(parts[0].mean_log, parts[0].sd_log, a->actual_pct));
  }
}

}  // namespace plimsoll
