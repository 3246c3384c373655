/// \file
/// Sheets of estimates: summary.csv, probabilities.csv, contributions.csv and tail.csv with names beside the ids.
#include <algorithm>
#include <array>

#include "outputs/results_view.hpp"
#include "outputs/xlsx/report_sheets.hpp"

namespace plimsoll::report_sheets {

namespace {

constexpr std::array kQuantiles{"p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99"};

bool is_driver(const std::string& series) { return series.starts_with("driver."); }

/// Of several runs: everything of totals and chains, growth and value of products and markets.
bool is_shown(const Runs& runs, const std::string& series) {
  const bool part = series.find(".product.") != std::string::npos || series.find(".market.") != std::string::npos;
  return runs.size() == 1 || !part || series.ends_with(".yoy") || series.ends_with(".value");
}

void add_series_columns(const Labels& words, Sheet& sheet) {
  sheet.columns.push_back({words("Series", "序列代码"), NumberLook::text, 32});
  sheet.columns.push_back({words("Name", "名称"), NumberLook::text, 44});
}

void add_period_columns(const Labels& words, Sheet& sheet) {
  sheet.columns.push_back({words("Frequency", "频率"), NumberLook::text, 10});
  sheet.columns.push_back({words("Period", "时期"), NumberLook::text, 12});
}

Sheet summary_sheet(const Runs& runs, std::string name, Language language, bool with_frequency) {
  const Titles none;
  const Labels words(none, language);
  Sheet sheet = begun(runs, std::move(name), language);
  add_series_columns(words, sheet);
  if (with_frequency)
    add_period_columns(words, sheet);
  else
    sheet.columns.push_back({words("Period", "时期"), NumberLook::text, 12});
  sheet.columns.push_back({words("Unit", "单位"), NumberLook::text, 14});
  sheet.columns.push_back({words("Paths", "路径数"), NumberLook::whole, 10});
  const auto add = [&](const std::string& statistic, NumberLook look) {
    sheet.columns.push_back({words.statistic(statistic), look, 11});
  };
  add("mean", NumberLook::two_decimals);
  add("sd", NumberLook::two_decimals);
  for (const char* quantile : kQuantiles) add(quantile, NumberLook::two_decimals);
  add("se_mean", NumberLook::three_decimals);
  add("se_sd", NumberLook::three_decimals);
  for (const char* quantile : kQuantiles) add(std::string("se_") + quantile, NumberLook::three_decimals);
  return sheet;
}

void add_summary_row(const Runs& runs, const WorkbookRun& run, const SummaryRow& from, const Labels& labels,
                     bool with_frequency, Sheet& sheet) {
  std::vector<Cell> row = begun_row(runs, run);
  row.emplace_back(from.series);
  row.emplace_back(labels.series(from.series));
  if (with_frequency) row.emplace_back(labels.frequency(from.period.frequency));
  row.emplace_back(to_string(from.period));
  row.emplace_back(labels.unit(from.unit));
  const Distribution& d = from.distribution;
  row.push_back(number_cell(static_cast<double>(d.paths)));
  row.push_back(number_cell(d.mean));
  row.push_back(number_cell(d.sd));
  for (const double quantile : d.quantile) row.push_back(number_cell(quantile));
  row.push_back(number_cell(d.se_mean));
  row.push_back(number_cell(d.se_sd));
  for (const double error : d.se_quantile) row.push_back(number_cell(error));
  sheet.rows.push_back(std::move(row));
}

std::string unit_of(const RunResults& results, const std::string& series) {
  for (const SummaryRow& row : results.summary) {
    if (row.series == series) return row.unit;
  }
  return "";
}

}  // namespace

Sheet summary(const Runs& runs, Frequency frequency, Language language) {
  const Titles none;
  const Labels words(none, language);
  const std::string name = frequency == Frequency::year      ? words("Years", "年度")
                           : frequency == Frequency::quarter ? words("Quarters", "季度")
                           : frequency == Frequency::month   ? words("Months", "月度")
                                                             : words("Year to date", "年初累计");
  Sheet sheet = summary_sheet(runs, name, language, false);
  for (const WorkbookRun& run : runs) {
    const Labels labels(run.results->titles, language);
    for (const SummaryRow& row : run.results->summary) {
      if (row.period.frequency == frequency && !is_driver(row.series) && is_shown(runs, row.series))
        add_summary_row(runs, run, row, labels, false, sheet);
    }
  }
  return sheet;
}

Sheet drivers(const Runs& runs, Language language) {
  Sheet sheet = summary_sheet(runs, language == Language::zh ? "驱动变量" : "Drivers", language, true);
  for (const WorkbookRun& run : runs) {
    const Labels labels(run.results->titles, language);
    for (const SummaryRow& row : run.results->summary) {
      if (is_driver(row.series)) add_summary_row(runs, run, row, labels, true, sheet);
    }
  }
  return sheet;
}

Sheet probabilities(const Runs& runs, Language language) {
  const Titles none;
  const Labels words(none, language);
  Sheet sheet = begun(runs, words("Probabilities", "概率"), language);
  add_series_columns(words, sheet);
  add_period_columns(words, sheet);
  sheet.columns.push_back({words("Event", "事件"), NumberLook::text, 28});
  sheet.columns.push_back({words("Threshold", "阈值"), NumberLook::two_decimals, 10});
  sheet.columns.push_back({words("Unit", "单位"), NumberLook::text, 14});
  sheet.columns.push_back({words("Probability", "概率"), NumberLook::percent, 12});
  sheet.columns.push_back({words("Error of the probability", "概率的误差"), NumberLook::percent, 12});
  sheet.columns.push_back(
      {words("Mean of the tail, or growth needed", "尾部均值或所需增速"), NumberLook::two_decimals, 14});
  sheet.columns.push_back({words("Its error", "其误差"), NumberLook::three_decimals, 12});
  for (const WorkbookRun& run : runs) {
    const Labels labels(run.results->titles, language);
    for (const ProbabilityRow& from : run.results->probabilities) {
      const bool shown =
          from.series.ends_with(".yoy") || from.series.ends_with(".rest_of_year") || is_driver(from.series);
      if (!shown) continue;
      const bool is_chance = from.event != "es_low" && from.event != "required";
      const std::string unit = is_driver(from.series) ? unit_of(*run.results, from.series) : "pct";
      std::vector<Cell> row = begun_row(runs, run);
      row.emplace_back(from.series);
      row.emplace_back(labels.series(from.series));
      row.emplace_back(labels.frequency(from.period.frequency));
      row.emplace_back(to_string(from.period));
      row.emplace_back(labels.event(from.event, from.threshold, unit));
      row.push_back(number_cell(from.threshold));
      row.emplace_back(labels.unit(unit));
      row.push_back(is_chance ? number_cell(from.probability) : Cell());
      row.push_back(is_chance ? number_cell(from.se) : Cell());
      row.push_back(is_chance ? Cell() : number_cell(from.probability));
      row.push_back(is_chance ? Cell() : number_cell(from.se));
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

Sheet contributions(const Runs& runs, const std::vector<std::string>& splits, const std::string& name,
                    Language language) {
  const Titles none;
  const Labels words(none, language);
  Sheet sheet = begun(runs, name, language);
  sheet.columns.push_back({words("Growth of", "被拉动序列"), NumberLook::text, 30});
  if (splits.size() > 1) sheet.columns.push_back({words("Split by", "分解方式"), NumberLook::text, 22});
  sheet.columns.push_back({words("Key", "代码"), NumberLook::text, 22});
  sheet.columns.push_back({words("Name", "名称"), NumberLook::text, 34});
  add_period_columns(words, sheet);
  const std::string pp = words(", pp", "（百分点）");
  sheet.columns.push_back({words.statistic("mean") + pp, NumberLook::two_decimals, 11});
  sheet.columns.push_back({words.statistic("se_mean") + pp, NumberLook::three_decimals, 11});
  for (const char* quantile : {"p05", "p50", "p95"}) {
    sheet.columns.push_back({words.statistic(quantile) + pp, NumberLook::two_decimals, 11});
    sheet.columns.push_back({words.statistic(std::string("se_") + quantile) + pp, NumberLook::three_decimals, 11});
  }
  for (const WorkbookRun& run : runs) {
    const Labels labels(run.results->titles, language);
    for (const ContributionRow& from : run.results->contributions) {
      if (std::find(splits.begin(), splits.end(), from.by) == splits.end()) continue;
      std::vector<Cell> row = begun_row(runs, run);
      row.emplace_back(from.of);
      if (splits.size() > 1) row.emplace_back(labels.split(from.by));
      row.emplace_back(from.key);
      row.emplace_back(labels.key(from.by, from.key));
      row.emplace_back(labels.frequency(from.period.frequency));
      row.emplace_back(to_string(from.period));
      const Distribution& d = from.distribution;
      row.push_back(number_cell(d.mean));
      row.push_back(number_cell(d.se_mean));
      constexpr std::array<std::size_t, 3> kPlaces{kP05, kP50, kP95};
      for (const std::size_t q : kPlaces) {
        row.push_back(number_cell(d.quantile[q]));
        row.push_back(number_cell(d.se_quantile[q]));
      }
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

Sheet tail(const Runs& runs, Language language) {
  const Titles none;
  const Labels words(none, language);
  Sheet sheet = begun(runs, words("Tail", "尾部"), language);
  add_series_columns(words, sheet);
  add_period_columns(words, sheet);
  sheet.columns.push_back({words("Unit", "单位"), NumberLook::text, 14});
  sheet.columns.push_back({words("Mean of all paths", "全部路径均值"), NumberLook::two_decimals, 14});
  sheet.columns.push_back({words("Mean of the worst paths", "最差路径均值"), NumberLook::two_decimals, 14});
  sheet.columns.push_back({words("Its error", "其误差"), NumberLook::three_decimals, 12});
  sheet.columns.push_back({words("Worst paths: growth of", "最差路径所依据的时期"), NumberLook::text, 16});
  for (const WorkbookRun& run : runs) {
    if (!run.results->tail) continue;
    const TailResult& t = *run.results->tail;
    const Labels labels(run.results->titles, language);
    for (const TailResult::Row& from : t.rows) {
      std::vector<Cell> row = begun_row(runs, run);
      row.emplace_back(from.series);
      row.emplace_back(labels.series(from.series));
      row.emplace_back(labels.frequency(from.period.frequency));
      row.emplace_back(to_string(from.period));
      row.emplace_back(labels.unit(from.unit));
      row.push_back(number_cell(from.mean));
      row.push_back(number_cell(from.tail_mean));
      row.push_back(number_cell(from.se_tail_mean));
      row.emplace_back(labels.period(t.period));
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

}  // namespace plimsoll::report_sheets
