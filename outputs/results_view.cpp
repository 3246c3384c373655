#include "outputs/results_view.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

std::vector<const SummaryRow*> rows_of(const RunResults& results, const std::string& series, Frequency frequency) {
  std::vector<const SummaryRow*> rows;
  for (const SummaryRow& row : results.summary) {
    if (row.series == series && row.period.frequency == frequency) rows.push_back(&row);
  }
  return rows;
}

const SummaryRow* find_row(const RunResults& results, const std::string& series, const Period& period) {
  for (const SummaryRow& row : results.summary) {
    if (row.series == series && row.period == period) return &row;
  }
  return nullptr;
}

std::vector<const SummaryRow*> headline_rows(const RunResults& results) {
  std::vector<const SummaryRow*> rows = rows_of(results, kHeadlineSeries, Frequency::year);
  for (const Frequency next : {Frequency::year_to_date, Frequency::month}) {
    if (rows.empty()) rows = rows_of(results, kHeadlineSeries, next);
    if (!rows.empty() && rows.front()->period.frequency == next) rows = {rows.back()};
  }
  return rows;
}

const ProbabilityRow* find_event(const RunResults& results, const std::string& series, const Period& period,
                                 const std::string& event, double threshold) {
  for (const ProbabilityRow& row : results.probabilities) {
    if (row.series == series && row.period == period && row.event == event && row.threshold == threshold) return &row;
  }
  return nullptr;
}

std::vector<const ContributionRow*> contributions_of(const RunResults& results, const std::string& of,
                                                     const std::string& by, const Period& period, RowOrder order) {
  std::vector<const ContributionRow*> rows;
  for (const ContributionRow& row : results.contributions) {
    if (row.of == of && row.by == by && row.period == period) rows.push_back(&row);
  }
  if (order == RowOrder::largest_first) {
    std::stable_sort(rows.begin(), rows.end(), [](const ContributionRow* a, const ContributionRow* b) {
      return std::abs(a->distribution.mean) > std::abs(b->distribution.mean);
    });
  }
  return rows;
}

bool is_nothing(const ContributionRow& row) {
  const Distribution& d = row.distribution;
  return d.mean == 0 && d.quantile.front() == 0 && d.quantile.back() == 0;
}

}  // namespace plimsoll
