#include "outputs/comparison_tables.hpp"

#include <algorithm>
#include <cmath>

#include "outputs/csv_field.hpp"
#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"

namespace plimsoll {
namespace {

constexpr const char* kGrowth = "exports.total.yoy";
constexpr std::size_t kMostRows = 8;  // of a split: what fits a screen

std::string period_cells(const Period& period) {
  return csv_field(to_string(period.frequency)) + "," + csv_field(to_string(period));
}

std::string mean_text(const DifferenceRow::Mean& mean, int decimals) {
  return right_aligned(signed_fixed(mean.value, decimals), 8) + " " + left_aligned(error_text(mean.se), 7);
}

std::string difference_line(const std::string& label, const DifferenceRow& row, int decimals) {
  const Distribution& d = row.difference;
  return "  " + left_aligned(label, 24) + mean_text(row.base, decimals) + mean_text(row.other, decimals) +
         mean_text({d.mean, d.se_mean}, decimals) +
         right_aligned(signed_fixed(d.quantile[kP05], 1) + " to " + signed_fixed(d.quantile[kP95], 1), 17) + "\n";
}

std::string head(const ComparedNames& names, const TerminalStyle& style) {
  return dimmed("  " + left_aligned("", 24) + right_aligned(names.base.substr(0, 14), 15) + " " +
                    right_aligned(names.other.substr(0, 14), 15) + right_aligned("difference", 17) +
                    right_aligned("5-95% of it", 16),
                style) +
         "\n";
}

/// The rows of a split in one period, the largest differences first.
std::vector<const DifferenceRow*> split_rows(const ComparisonResults& results, const std::string& by,
                                             const Period& period) {
  std::vector<const DifferenceRow*> rows;
  for (const DifferenceRow& row : results.contributions) {
    if (row.series == kGrowth && row.by == by && row.period == period) rows.push_back(&row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const DifferenceRow* x, const DifferenceRow* y) {
    return std::abs(x->difference.mean) > std::abs(y->difference.mean);
  });
  return rows;
}

}  // namespace

std::string differences_csv(const ComparisonResults& results) {
  std::string csv =
      "series,frequency,period,unit,paths,mean_base,se_mean_base,mean_scenario,se_mean_scenario,difference,"
      "se_difference,sd,p05,p25,p50,p75,p95,se_p05,se_p25,se_p50,se_p75,se_p95\n";
  for (const DifferenceRow& row : results.summary) {
    const Distribution& d = row.difference;
    csv += csv_field(row.series) + "," + period_cells(row.period) + "," + csv_field(row.unit) + "," +
           std::to_string(d.paths) +
           csv_numbers({row.base.value, row.base.se, row.other.value, row.other.se, d.mean, d.se_mean, d.sd});
    for (const auto& figures : {d.quantile, d.se_quantile})
      csv += csv_numbers({figures[kP05], figures[kP25], figures[kP50], figures[kP75], figures[kP95]});
    csv += "\n";
  }
  return csv;
}

std::string contribution_differences_csv(const ComparisonResults& results) {
  std::string csv =
      "of,by,key,frequency,period,base_pp,se_base_pp,scenario_pp,se_scenario_pp,difference_pp,se_difference_pp,p05_pp,"
      "p50_pp,p95_pp,se_p05_pp,se_p50_pp,se_p95_pp\n";
  for (const DifferenceRow& row : results.contributions) {
    const Distribution& d = row.difference;
    csv += csv_field(row.series) + "," + csv_field(row.by) + "," + csv_field(row.key) + "," + period_cells(row.period) +
           csv_numbers({row.base.value, row.base.se, row.other.value, row.other.se, d.mean, d.se_mean});
    for (const auto& figures : {d.quantile, d.se_quantile})
      csv += csv_numbers({figures[kP05], figures[kP50], figures[kP95]});
    csv += "\n";
  }
  return csv;
}

std::string comparison_table(const ComparisonResults& results, const ComparedNames& names, const TerminalStyle& style) {
  std::string text = emphasised("Growth of exports on a year earlier", style) + ", %, mean ± error; " + names.other +
                     " less " + names.base + " path by path, pp\n" + head(names, style);
  std::vector<Period> years;
  for (const DifferenceRow& row : results.summary) {
    const bool shown = row.period.frequency == Frequency::quarter || row.period.frequency == Frequency::year;
    if (row.series != kGrowth || !shown) continue;
    text += difference_line(to_string(row.period), row, 2);
    if (row.period.frequency == Frequency::year) years.push_back(row.period);
  }
  for (const DifferenceRow& row : results.summary) {
    if (row.series == "exports.total.value" && row.period.frequency == Frequency::year)
      text += difference_line(to_string(row.period) + " in USD bn", row, 1);
  }
  for (const Period& year : years) {
    for (const std::string by : {"driver", "product", "market"}) {
      std::vector<const DifferenceRow*> rows = split_rows(results, by, year);
      std::erase_if(rows, [](const DifferenceRow* row) { return std::abs(row->difference.mean) < 0.005; });
      if (rows.empty()) continue;
      text += "\n" + emphasised("What makes the difference of " + to_string(year) + ", by " + by, style) + ", pp";
      if (rows.size() > kMostRows) {
        text += " (largest " + std::to_string(kMostRows) + " of " + std::to_string(rows.size()) + ")";
        rows.resize(kMostRows);
      }
      text += "\n";
      for (const DifferenceRow* row : rows) text += difference_line(row->key, *row, 2);
    }
  }
  return text;
}

}  // namespace plimsoll
