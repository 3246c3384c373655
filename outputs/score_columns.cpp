#include "outputs/score_columns.hpp"

#include <cmath>

namespace plimsoll {

std::string forecast_columns() {
  std::string names;
  for (const double p : ScoredForecast::kProbabilities) {
    const long percent = std::lround(100 * p);
    names += (percent < 10 ? "p0" : "p") + std::to_string(percent) + ",";
  }
  return names + "se_p05,se_p50,se_p95,actual_final_pct,crps_pp,se_crps_pp";
}

std::string forecast_cells(const ScoredForecast& f) {
  constexpr std::size_t kP05 = 1, kP95 = 7;  // of kProbabilities
  const ScoredForecast::Against& a = f.final_level;
  return csv_numbers(f.quantile_pct) + csv_numbers({f.quantile_se_pp[kP05], f.quantile_se_pp[ScoredForecast::kMedian],
                                                    f.quantile_se_pp[kP95], a.actual_pct, a.crps_pp, a.crps_se_pp});
}

}  // namespace plimsoll
