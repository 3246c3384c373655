#include "outputs/xlsx/comparison_workbook.hpp"

#include <vector>

#include "outputs/labels.hpp"
#include "outputs/results_view.hpp"
#include "outputs/xlsx/workbook_writer.hpp"

namespace plimsoll {
namespace {

/// Columns that say what a row is, then means of both and the distribution of the difference.
Sheet differences(std::string name, const std::vector<std::pair<std::string, double>>& first, const Labels& words,
                  const ComparedNames& names) {
  Sheet sheet{std::move(name), {}, {}};
  for (const auto& [title, width] : first) sheet.columns.push_back({title, NumberLook::text, width});
  const auto add = [&](const std::string& title, NumberLook look) { sheet.columns.push_back({title, look, 12}); };
  const std::string error = words.statistic("se_mean");
  add(names.base, NumberLook::two_decimals);
  add(names.base + ": " + error, NumberLook::three_decimals);
  add(names.other, NumberLook::two_decimals);
  add(names.other + ": " + error, NumberLook::three_decimals);
  add(words("Difference", "差异"), NumberLook::two_decimals);
  add(words("Difference: ", "差异：") + error, NumberLook::three_decimals);
  for (const char* statistic : {"p05", "p50", "p95"})
    add(words("Difference: ", "差异：") + words.statistic(statistic), NumberLook::two_decimals);
  for (const char* statistic : {"se_p05", "se_p50", "se_p95"})
    add(words("Difference: ", "差异：") + words.statistic(statistic), NumberLook::three_decimals);
  return sheet;
}

void add_row(std::vector<Cell> row, const DifferenceRow& from, Sheet& sheet) {
  const Distribution& d = from.difference;
  for (const double x :
       {from.base.value, from.base.se, from.other.value, from.other.se, d.mean, d.se_mean, d.quantile[kP05],
        d.quantile[kP50], d.quantile[kP95], d.se_quantile[kP05], d.se_quantile[kP50], d.se_quantile[kP95]})
    row.push_back(number_cell(x));
  sheet.rows.push_back(std::move(row));
}

/// Growth of total exports by month, of both and the difference, with a chart.
Sheet growth(const ComparisonResults& results, const Labels& words, const ComparedNames& names) {
  Sheet sheet = differences(words("Growth by month", "月度同比"), {{words("Period", "时期"), 12}}, words, names);
  for (const DifferenceRow& row : results.summary) {
    if (row.series == "exports.total.yoy" && row.period.frequency == Frequency::month)
      add_row({to_string(row.period)}, row, sheet);
  }
  if (sheet.rows.empty()) return sheet;
  using Style = ChartSeries::Style;
  Chart chart{words("Total exports, growth on a year earlier: means", "出口总额同比：均值"),
              words("%", "%"),
              Chart::Kind::lines,
              0,
              sheet.rows.size() - 1,
              {{names.base, 0, 1, Style::history_line, 0x444444},
               {names.other, 0, 3, Style::main_line, 0x0B5CAD},
               {words("Difference", "差异"), 0, 5, Style::inner_line, 0xC75000}}};
  sheet.charts.push_back(std::move(chart));
  return sheet;
}

Sheet series(const ComparisonResults& results, const Labels& labels, const ComparedNames& names) {
  Sheet sheet = differences(labels("Differences", "差异"),
                            {{labels("Series", "序列代码"), 32},
                             {labels("Name", "名称"), 44},
                             {labels("Frequency", "频率"), 10},
                             {labels("Period", "时期"), 12},
                             {labels("Unit", "单位"), 14}},
                            labels, names);
  for (const DifferenceRow& row : results.summary)
    add_row({row.series, labels.series(row.series), labels.frequency(row.period.frequency), to_string(row.period),
             labels.unit(row.unit)},
            row, sheet);
  return sheet;
}

Sheet contributions(const ComparisonResults& results, const Labels& labels, const ComparedNames& names) {
  Sheet sheet = differences(labels("Contributions in pp", "拉动（百分点）"),
                            {{labels("Of", "对象"), 26},
                             {labels("Split", "分解方式"), 16},
                             {labels("Key", "代码"), 24},
                             {labels("Name", "名称"), 30},
                             {labels("Frequency", "频率"), 10},
                             {labels("Period", "时期"), 12}},
                            labels, names);
  for (const DifferenceRow& row : results.contributions)
    add_row({row.series, labels.split(row.by), row.key, labels.key(row.by, row.key),
             labels.frequency(row.period.frequency), to_string(row.period)},
            row, sheet);
  return sheet;
}

}  // namespace

std::string comparison_workbook(const ComparisonResults& results, const ComparedNames& names, const Titles& titles,
                                Language language, const std::string& created, const std::string& scratch) {
  const Labels labels(titles, language);
  return workbook_bytes("differences.xlsx", scratch, names.base + ", " + names.other, created,
                        [&](WorkbookWriter& writer) {
                          writer.add(growth(results, labels, names));
                          writer.add(series(results, labels, names));
                          writer.add(contributions(results, labels, names));
                        });
}

}  // namespace plimsoll
