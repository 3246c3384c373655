/// \file
/// The CSV files of a run: documented stable headers, shortest round-trip digits, an empty cell for "no estimate".
#include <string>

#include "outputs/csv_field.hpp"
#include "outputs/results_view.hpp"
#include "outputs/run_folder.hpp"

namespace plimsoll {
std::string summary_csv(const RunResults& results) {
  std::string csv =
      "series,frequency,period,unit,paths,mean,sd,p01,p05,p10,p25,p50,p75,p90,p95,p99,"
      "se_mean,se_sd,se_p01,se_p05,se_p10,se_p25,se_p50,se_p75,se_p90,se_p95,se_p99\n";
  for (const SummaryRow& row : results.summary) {
    const Distribution& d = row.distribution;
    csv += csv_fields(
        {row.series, to_string(row.period.frequency), to_string(row.period), row.unit, std::to_string(d.paths)});
    csv += csv_numbers({d.mean, d.sd}) + csv_numbers(d.quantile);
    csv += csv_numbers({d.se_mean, d.se_sd}) + csv_numbers(d.se_quantile) + "\n";
  }
  return csv;
}

std::string probabilities_csv(const RunResults& results) {
  std::string csv = "series,frequency,period,event,threshold,probability,se\n";
  for (const ProbabilityRow& row : results.probabilities) {
    csv += csv_fields({row.series, to_string(row.period.frequency), to_string(row.period), row.event});
    csv += csv_numbers({row.threshold, row.probability, row.se}) + "\n";
  }
  return csv;
}

std::string contributions_csv(const RunResults& results) {
  std::string csv =
      "of,by,key,frequency,period,mean_pp,p05_pp,p50_pp,p95_pp,se_mean_pp,se_p05_pp,se_p50_pp,se_p95_pp\n";
  for (const ContributionRow& row : results.contributions) {
    const Distribution& d = row.distribution;
    csv += csv_fields({row.of, row.by, row.key, to_string(row.period.frequency), to_string(row.period)});
    csv += csv_numbers({d.mean, d.quantile[kP05], d.quantile[kP50], d.quantile[kP95], d.se_mean, d.se_quantile[kP05],
                        d.se_quantile[kP50], d.se_quantile[kP95]}) +
           "\n";
  }
  return csv;
}

std::string tail_csv(const RunResults& results) {
  std::string csv = "series,frequency,period,unit,mean,tail_mean,se_tail_mean\n";
  if (!results.tail) return csv;
  for (const TailResult::Row& row : results.tail->rows) {
    csv += csv_fields({row.series, to_string(row.period.frequency), to_string(row.period), row.unit});
    csv += csv_numbers({row.mean, row.tail_mean, row.se_tail_mean}) + "\n";
  }
  return csv;
}

}  // namespace plimsoll
