/// \file
/// One forecast distribution of growth, its quantiles, and what it scored once the figures were out.
#pragma once

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "models/growth_mixture.hpp"
#include "models/rival_forecasts.hpp"
#include "sim/totals_paths.hpp"

namespace plimsoll {

inline constexpr double kNotScored = std::numeric_limits<double>::quiet_NaN();

/// Growth on a year earlier of what: the period, the year so far, the whole year.
enum class GrowthSpan { month, year_to_date, year };
std::string to_string(GrowthSpan span);

/// What is not known yet is not scored (NaN).
struct ScoredForecast {
  static constexpr std::array<double, 9> kProbabilities{0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99};
  static constexpr std::size_t kMedian = 4;  ///< of kProbabilities

  TradeFlow flow{};
  std::string model;
  GrowthSpan span{};
  Month origin, target;
  int horizon = 0;
  std::array<double, 9> quantile_pct{};
  std::array<double, 9> quantile_se_pp{};                              ///< Monte Carlo; 0 for closed forms
  std::array<double, TotalsPaths::kReplicates> median_of_replicate{};  ///< of draws; 0 for closed forms
  /// Against growth from final levels, and as first printed.
  struct Against {
    double actual_pct = kNotScored, crps_pp = kNotScored, crps_se_pp = kNotScored;
    double log_score = kNotScored;  ///< minus the log density at what came, a percentage point as unit
    double pit_frac = kNotScored;   ///< the distribution function at what came
    /// Of which the mean is the CRPS and the spread its Monte Carlo error; all alike where no draws were needed.
    std::array<double, TotalsPaths::kReplicates> crps_of_replicate{};
  };
  Against final_level, first_print;
};

/// From draws of growth in percent, replicates one after the other: quantiles with their error, CRPS, PIT.
void score_draws(ScoredForecast& f, const std::vector<double>& growth_pct);

/// What is exact where log growth is a mixture of t distributions: CRPS, log score, PIT.
void score_mixture(ScoredForecast& f, const std::vector<MixturePart>& mixture, double degrees_of_freedom);

/// A mixture of normal distributions of log growth, equal parts: one for a rival, three for the pool.
void score_normals(ScoredForecast& f, const std::vector<RivalForecasts::Normal>& parts);

}  // namespace plimsoll
