/// \file
/// The CSV files of a run: documented stable headers, shortest round-trip digits, an empty cell for "no estimate".
#include <cmath>
#include <initializer_list>
#include <string>

#include "outputs/csv_field.hpp"
#include "outputs/results_view.hpp"
#include "outputs/run_folder.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

/// The row's first cells.
void add_texts(std::string& csv, std::initializer_list<std::string> texts) {
  const char* separator = "";
  for (const std::string& text : texts) {
    csv += separator + csv_field(text);
    separator = ",";
  }
}

void add_number(std::string& row, double value) {
  row += ',';
  if (std::isfinite(value)) row += shortest(value);
}

}  // namespace

std::string summary_csv(const RunResults& results) {
  std::string csv =
      "series,frequency,period,unit,paths,mean,sd,p01,p05,p10,p25,p50,p75,p90,p95,p99,"
      "se_mean,se_sd,se_p01,se_p05,se_p10,se_p25,se_p50,se_p75,se_p90,se_p95,se_p99\n";
  for (const SummaryRow& row : results.summary) {
    const Distribution& d = row.distribution;
    add_texts(csv,
              {row.series, to_string(row.period.frequency), to_string(row.period), row.unit, std::to_string(d.paths)});
    add_number(csv, d.mean);
    add_number(csv, d.sd);
    for (const double q : d.quantile) add_number(csv, q);
    add_number(csv, d.se_mean);
    add_number(csv, d.se_sd);
    for (const double se : d.se_quantile) add_number(csv, se);
    csv += '\n';
  }
  return csv;
}

std::string probabilities_csv(const RunResults& results) {
  std::string csv = "series,frequency,period,event,threshold,probability,se\n";
  for (const ProbabilityRow& row : results.probabilities) {
    add_texts(csv, {row.series, to_string(row.period.frequency), to_string(row.period), row.event});
    for (const double value : {row.threshold, row.probability, row.se}) add_number(csv, value);
    csv += '\n';
  }
  return csv;
}

std::string contributions_csv(const RunResults& results) {
  std::string csv =
      "of,by,key,frequency,period,mean_pp,p05_pp,p50_pp,p95_pp,se_mean_pp,se_p05_pp,se_p50_pp,se_p95_pp\n";
  for (const ContributionRow& row : results.contributions) {
    const Distribution& d = row.distribution;
    add_texts(csv, {row.of, row.by, row.key, to_string(row.period.frequency), to_string(row.period)});
    add_number(csv, d.mean);
    for (const std::size_t q : {kP05, kP50, kP95}) add_number(csv, d.quantile[q]);
    add_number(csv, d.se_mean);
    for (const std::size_t q : {kP05, kP50, kP95}) add_number(csv, d.se_quantile[q]);
    csv += '\n';
  }
  return csv;
}

std::string tail_csv(const RunResults& results) {
  std::string csv = "series,frequency,period,unit,mean,tail_mean,se_tail_mean\n";
  if (!results.tail) return csv;
  for (const TailResult::Row& row : results.tail->rows) {
    add_texts(csv, {row.series, to_string(row.period.frequency), to_string(row.period), row.unit});
    for (const double value : {row.mean, row.tail_mean, row.se_tail_mean}) add_number(csv, value);
    csv += '\n';
  }
  return csv;
}

}  // namespace plimsoll
