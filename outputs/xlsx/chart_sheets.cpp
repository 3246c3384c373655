/// \file
/// Sheets that charts are drawn from: growth with its history, contributions by driver, scenarios side by side.
#include <algorithm>
#include <array>

#include "outputs/results_view.hpp"
#include "outputs/xlsx/report_sheets.hpp"

namespace plimsoll::report_sheets {

namespace {

/// Colours that stay apart for the colour-blind (Okabe and Ito 2008), then their darker kin.
constexpr std::array<unsigned, 12> kColours{0x0072B2, 0xD55E00, 0x009E73, 0xE69F00, 0x56B4E9, 0xCC79A7,
                                            0x999999, 0x004D78, 0x8C3D00, 0x006B4E, 0x946600, 0x7A4A66};
constexpr unsigned kDark = 0x333333, kStrong = 0x0072B2, kMiddle = 0x56B4E9;

std::string growth_title(const WorkbookRun& run, const Labels& labels) {
  const std::string title = in(Text{run.context->title_en, run.context->title_zh}, labels.language());
  return title.empty() ? run.context->scenario_name : title;
}

/// Drivers that act in any period, in the order of the table.
std::vector<std::string> acting_drivers(const Runs& runs) {
  std::vector<std::string> keys;
  for (const WorkbookRun& run : runs) {
    for (const ContributionRow& row : run.results->contributions) {
      const bool counts = row.of == kHeadlineSeries && row.by == "driver" && !is_nothing(row);
      if (counts && std::find(keys.begin(), keys.end(), row.key) == keys.end()) keys.push_back(row.key);
    }
  }
  return keys;
}

}  // namespace

Sheet fan(const Runs& runs, Language language) {
  const Titles none;
  const Labels words(none, language);
  Sheet sheet = begun(runs, words("Fan chart", "扇形图"), language);
  const std::size_t first = sheet.columns.size();
  sheet.columns.push_back({words("Month", "月份"), NumberLook::text, 12});
  sheet.columns.push_back({words("Observed, %", "实际同比，%"), NumberLook::two_decimals, 12});
  constexpr std::array kShown{kP05, kP25, kP50, kP75, kP95};
  constexpr std::array kNames{"p05", "p25", "p50", "p75", "p95"};
  for (const char* name : kNames)
    sheet.columns.push_back({words.statistic(name) + words(", %", "，%"), NumberLook::two_decimals, 12});
  sheet.columns.push_back({words.statistic("se_p50") + words(", pp", "（百分点）"), NumberLook::three_decimals, 12});
  for (const WorkbookRun& run : runs) {
    const std::size_t from = sheet.rows.size();
    for (const HistoryRow& row : run.results->history) {
      if (row.series != kHeadlineSeries || row.period.frequency != Frequency::month) continue;
      std::vector<Cell> cells = begun_row(runs, run);
      cells.emplace_back(to_string(row.period));
      cells.push_back(number_cell(row.value));
      sheet.rows.push_back(std::move(cells));
    }
    for (const SummaryRow* row : rows_of(*run.results, kHeadlineSeries, Frequency::month)) {
      const bool lunar = row->period.last.month() <= 2 && row->period.first == row->period.last;
      if (lunar) continue;  // on request only, and not comparable with the months beside them
      std::vector<Cell> cells = begun_row(runs, run);
      cells.emplace_back(to_string(row->period));
      cells.emplace_back();
      for (const std::size_t q : kShown) cells.push_back(number_cell(row->distribution.quantile[q]));
      cells.push_back(number_cell(row->distribution.se_quantile[kP50]));
      sheet.rows.push_back(std::move(cells));
    }
    if (sheet.rows.size() == from) continue;
    using Style = ChartSeries::Style;
    Chart chart{growth_title(run, words), words("growth on a year earlier, %", "同比，%"),
                Chart::Kind::lines,       from,
                sheet.rows.size() - 1,    {}};
    chart.series.push_back({words("observed", "实际"), first, first + 1, Style::history_line, kDark});
    const std::array styles{Style::outer_line, Style::inner_line, Style::main_line, Style::inner_line,
                            Style::outer_line};
    for (std::size_t k = 0; k < kNames.size(); ++k)
      chart.series.push_back({words.statistic(kNames[k]), first, first + 2 + k, styles[k], k == 2 ? kStrong : kMiddle});
    sheet.charts.push_back(std::move(chart));
  }
  return sheet;
}

Sheet driver_chart(const Runs& runs, Language language) {
  const Titles none;
  const Labels words(none, language);
  Sheet sheet = begun(runs, words("Driver chart", "驱动因素图"), language);
  const std::size_t first = sheet.columns.size();
  sheet.columns.push_back({words("Period", "时期"), NumberLook::text, 12});
  sheet.columns.push_back({words("Growth, mean, %", "同比均值，%"), NumberLook::two_decimals, 12});
  const std::vector<std::string> keys = acting_drivers(runs);
  for (const std::string& key : keys)
    sheet.columns.push_back(
        {words.key("driver", key) + words(", mean, pp", "，均值（百分点）"), NumberLook::two_decimals, 14});
  for (const std::string& key : keys)
    sheet.columns.push_back(
        {words.key("driver", key) + words(", error, pp", "，误差（百分点）"), NumberLook::three_decimals, 14});
  for (const WorkbookRun& run : runs) {
    const std::size_t from = sheet.rows.size();
    for (const Frequency frequency : {Frequency::year, Frequency::quarter}) {
      for (const SummaryRow* growth : rows_of(*run.results, kHeadlineSeries, frequency)) {
        const auto parts =
            contributions_of(*run.results, kHeadlineSeries, "driver", growth->period, RowOrder::as_listed);
        if (parts.empty()) continue;
        std::vector<Cell> means, errors, cells = begun_row(runs, run);
        cells.emplace_back(to_string(growth->period));
        cells.push_back(number_cell(growth->distribution.mean));
        for (const std::string& key : keys) {
          const auto part = std::find_if(parts.begin(), parts.end(), [&](const auto* p) { return p->key == key; });
          means.push_back(part == parts.end() ? Cell() : number_cell((*part)->distribution.mean));
          errors.push_back(part == parts.end() ? Cell() : number_cell((*part)->distribution.se_mean));
        }
        cells.insert(cells.end(), means.begin(), means.end());
        cells.insert(cells.end(), errors.begin(), errors.end());
        sheet.rows.push_back(std::move(cells));
      }
    }
    if (sheet.rows.size() == from) continue;
    Chart chart{growth_title(run, words),     words("contribution to growth, pp", "对同比增速的拉动（百分点）"),
                Chart::Kind::stacked_columns, from,
                sheet.rows.size() - 1,        {}};
    for (std::size_t k = 0; k < keys.size(); ++k)
      chart.series.push_back({words.key("driver", keys[k]), first, first + 2 + k, ChartSeries::Style::column,
                              kColours[k % kColours.size()]});
    sheet.charts.push_back(std::move(chart));
  }
  return sheet;
}

Sheet comparison(const Runs& runs, Language language) {
  const Titles none;
  const Labels words(none, language);
  Sheet sheet = begun(runs, words("Comparison", "情景对比"), language);
  sheet.columns.push_back({words("Title", "标题"), NumberLook::text, 44});
  std::vector<Period> periods;
  for (const WorkbookRun& run : runs) {
    for (const SummaryRow* row : headline_rows(*run.results)) {
      if (std::find(periods.begin(), periods.end(), row->period) == periods.end()) periods.push_back(row->period);
    }
  }
  std::vector<std::size_t> medians;
  for (const Period& period : periods) {
    const std::string of = words.period(period) + words(": ", "：");
    medians.push_back(sheet.columns.size());
    sheet.columns.push_back({of + words("growth, median, %", "同比中位数，%"), NumberLook::two_decimals, 14});
    sheet.columns.push_back({of + words("its error, pp", "其误差（百分点）"), NumberLook::three_decimals, 12});
    sheet.columns.push_back({of + words("5% quantile, %", "5%分位，%"), NumberLook::two_decimals, 12});
    sheet.columns.push_back({of + words("its error, pp", "其误差（百分点）"), NumberLook::three_decimals, 12});
    sheet.columns.push_back({of + words("95% quantile, %", "95%分位，%"), NumberLook::two_decimals, 12});
    sheet.columns.push_back({of + words("its error, pp", "其误差（百分点）"), NumberLook::three_decimals, 12});
    sheet.columns.push_back({of + words("probability of a fall", "负增长概率"), NumberLook::percent, 12});
    sheet.columns.push_back({of + words("its error", "其误差"), NumberLook::percent, 12});
  }
  for (const WorkbookRun& run : runs) {
    std::vector<Cell> cells = begun_row(runs, run);
    cells.emplace_back(growth_title(run, words));
    for (const Period& period : periods) {
      const SummaryRow* row = find_row(*run.results, kHeadlineSeries, period);
      const ProbabilityRow* fall = find_event(*run.results, kHeadlineSeries, period, "below", 0);
      for (const std::size_t q : {kP50, kP05, kP95}) {
        cells.push_back(row == nullptr ? Cell() : number_cell(row->distribution.quantile[q]));
        cells.push_back(row == nullptr ? Cell() : number_cell(row->distribution.se_quantile[q]));
      }
      cells.push_back(fall == nullptr ? Cell() : number_cell(fall->probability));
      cells.push_back(fall == nullptr ? Cell() : number_cell(fall->se));
    }
    sheet.rows.push_back(std::move(cells));
  }
  if (medians.empty()) return sheet;
  Chart chart{
      words("Growth of exports, median", "出口同比中位数"), "%", Chart::Kind::columns, 0, sheet.rows.size() - 1, {}};
  for (std::size_t k = 0; k < medians.size(); ++k)
    chart.series.push_back(
        {words.period(periods[k]), 0, medians[k], ChartSeries::Style::column, kColours[k % kColours.size()]});
  sheet.charts.push_back(std::move(chart));
  return sheet;
}

}  // namespace plimsoll::report_sheets
