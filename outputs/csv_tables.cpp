/// \file
/// The CSV files of a run: documented stable headers, shortest round-trip digits, an empty cell for "no estimate". Rows
/// are written some at a time by all threads of the run, each in its place.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "outputs/csv_field.hpp"
#include "outputs/results_view.hpp"
#include "outputs/run_folder.hpp"
#include "scenarios/shortest_text.hpp"
#include "sim/for_each_task.hpp"

namespace plimsoll {
namespace {

/// A row's first cells.
void add_texts(std::string& csv, std::initializer_list<std::string_view> texts) {
  bool is_first = true;
  for (const std::string_view text : texts) {
    if (!is_first) csv += ',';
    is_first = false;
    add_csv_field(text, csv);
  }
}

void add_number(std::string& row, double value) {
  row += ',';
  if (std::isfinite(value)) add_shortest(value, row);
}

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
        add_texts(csv, {row.series, to_string(row.period.frequency), to_string(row.period), row.unit,
                        std::to_string(d.paths)});
        add_number(csv, d.mean);
        add_number(csv, d.sd);
        for (const double q : d.quantile) add_number(csv, q);
        add_number(csv, d.se_mean);
        add_number(csv, d.se_sd);
        for (const double se : d.se_quantile) add_number(csv, se);
        csv += '\n';
      });
}

std::string probabilities_csv(const RunResults& results) {
  return table("series,frequency,period,event,threshold,probability,se\n", results.probabilities,
               results.statistics.threads, [](const ProbabilityRow& row, std::string& csv) {
                 add_texts(csv, {row.series, to_string(row.period.frequency), to_string(row.period), row.event});
                 for (const double value : {row.threshold, row.probability, row.se}) add_number(csv, value);
                 csv += '\n';
               });
}

std::string contributions_csv(const RunResults& results) {
  return table("of,by,key,frequency,period,mean_pp,p05_pp,p50_pp,p95_pp,se_mean_pp,se_p05_pp,se_p50_pp,se_p95_pp\n",
               results.contributions, results.statistics.threads, [](const ContributionRow& row, std::string& csv) {
                 const Distribution& d = row.distribution;
                 add_texts(csv, {row.of, row.by, row.key, to_string(row.period.frequency), to_string(row.period)});
                 add_number(csv, d.mean);
                 for (const std::size_t q : {kP05, kP50, kP95}) add_number(csv, d.quantile[q]);
                 add_number(csv, d.se_mean);
                 for (const std::size_t q : {kP05, kP50, kP95}) add_number(csv, d.se_quantile[q]);
                 csv += '\n';
               });
}

std::string tail_csv(const RunResults& results) {
  return table("series,frequency,period,unit,mean,tail_mean,se_tail_mean\n",
               results.tail ? results.tail->rows : std::vector<TailResult::Row>{}, results.statistics.threads,
               [](const TailResult::Row& row, std::string& csv) {
                 add_texts(csv, {row.series, to_string(row.period.frequency), to_string(row.period), row.unit});
                 for (const double value : {row.mean, row.tail_mean, row.se_tail_mean}) add_number(csv, value);
                 csv += '\n';
               });
}

}  // namespace plimsoll
