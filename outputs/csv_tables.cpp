/// \file
/// The CSV files of a run: documented stable headers, shortest round-trip digits, an empty cell for "no estimate". Rows
/// are written some at a time by all threads of the run, each in its place.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "outputs/csv_field.hpp"
#include "outputs/results_view.hpp"
#include "outputs/run_folder.hpp"
#include "sim/for_each_task.hpp"

namespace plimsoll {
namespace {

/// The header, then add(row, csv) of every row in order.
template <class Row, class Add>
std::string table(std::string_view header, const std::vector<Row>& rows, int threads, Add add) {
  constexpr std::size_t kRowsPerTask = 1024, kUsualBytes = 512;  // of a row; only what is written takes memory
  std::vector<std::string> parts((rows.size() + kRowsPerTask - 1) / kRowsPerTask);
  for_each_task(std::ssize(parts), threads, Scheduler::tbb, [&](std::int64_t task) {
    const auto part = static_cast<std::size_t>(task);
    const std::size_t first = part * kRowsPerTask, last = std::min(rows.size(), first + kRowsPerTask);
    parts[part].reserve((last - first) * kUsualBytes);
    for (std::size_t k = first; k < last; ++k) add(rows[k], parts[part]);
  });
  std::string csv;
  std::size_t bytes = header.size();
  for (const std::string& part : parts) bytes += part.size();
  csv.reserve(bytes);
  csv += header;
  for (const std::string& part : parts) csv += part;
  return csv;
}

}  // namespace

std::string summary_csv(const RunResults& results) {
  return table(
      "series,frequency,period,unit,paths,mean,sd,p01,p05,p10,p25,p50,p75,p90,p95,p99,"
      "se_mean,se_sd,se_p01,se_p05,se_p10,se_p25,se_p50,se_p75,se_p90,se_p95,se_p99\n",
      results.summary, results.statistics.threads, [](const SummaryRow& row, std::string& csv) {
        const Distribution& d = row.distribution;
        add_csv_fields(
            {row.series, to_string(row.period.frequency), to_string(row.period), row.unit, std::to_string(d.paths)},
            csv);
        add_csv_numbers({d.mean, d.sd}, csv);
        add_csv_numbers(d.quantile, csv);
        add_csv_numbers({d.se_mean, d.se_sd}, csv);
        add_csv_numbers(d.se_quantile, csv);
        csv += '\n';
      });
}

std::string probabilities_csv(const RunResults& results) {
  return table("series,frequency,period,event,threshold,probability,se\n", results.probabilities,
               results.statistics.threads, [](const ProbabilityRow& row, std::string& csv) {
                 add_csv_fields({row.series, to_string(row.period.frequency), to_string(row.period), row.event}, csv);
                 add_csv_numbers({row.threshold, row.probability, row.se}, csv);
                 csv += '\n';
               });
}

std::string contributions_csv(const RunResults& results) {
  return table("of,by,key,frequency,period,mean_pp,p05_pp,p50_pp,p95_pp,se_mean_pp,se_p05_pp,se_p50_pp,se_p95_pp\n",
               results.contributions, results.statistics.threads, [](const ContributionRow& row, std::string& csv) {
                 const Distribution& d = row.distribution;
                 add_csv_fields({row.of, row.by, row.key, to_string(row.period.frequency), to_string(row.period)}, csv);
                 add_csv_numbers({d.mean, d.quantile[kP05], d.quantile[kP50], d.quantile[kP95], d.se_mean,
                                  d.se_quantile[kP05], d.se_quantile[kP50], d.se_quantile[kP95]},
                                 csv);
                 csv += '\n';
               });
}

std::string tail_csv(const RunResults& results) {
  return table("series,frequency,period,unit,mean,tail_mean,se_tail_mean\n",
               results.tail ? results.tail->rows : std::vector<TailResult::Row>{}, results.statistics.threads,
               [](const TailResult::Row& row, std::string& csv) {
                 add_csv_fields({row.series, to_string(row.period.frequency), to_string(row.period), row.unit}, csv);
                 add_csv_numbers({row.mean, row.tail_mean, row.se_tail_mean}, csv);
                 csv += '\n';
               });
}

}  // namespace plimsoll
