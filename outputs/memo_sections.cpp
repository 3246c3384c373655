#include "outputs/memo_sections.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "outputs/markdown.hpp"
#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"

namespace plimsoll::memo_sections {

namespace {

constexpr std::size_t kMostPeriods = 3;
constexpr std::size_t kMostDrivers = 10, kMostTailRows = 6, kMostAssumptions = 12;

std::string heading(const Labels& labels, const char* en, const char* zh) { return "## " + labels(en, zh) + "\n\n"; }

std::string percent(double value) { return signed_fixed(value, 1) + "%"; }

std::string range(const std::string& low, const std::string& high, const Labels& labels) {
  return low + labels(" to ", " 至 ") + high;
}

/// The median in billions of dollars; Chinese counts in hundreds of millions.
std::string money(const Distribution& d, const Labels& labels) {
  const double scale = is_zh(labels) ? 10 : 1;
  return fixed(scale * d.quantile[kP50], is_zh(labels) ? 0 : 1) + " " + error_text(scale * d.se_quantile[kP50]);
}

/// One figure of contributions: mean, its error, 5% to 95%.
std::string contribution(const Distribution& d, const Labels& labels) {
  return signed_fixed(d.mean, 2) + " " + error_text(d.se_mean) + labels(" (", "（") +
         range(signed_fixed(d.quantile[kP05], 2), signed_fixed(d.quantile[kP95], 2), labels) + labels(")", "）");
}

/// Keys by their largest mean in any of the periods, largest first; what does nothing is left out.
std::vector<std::string> keys_of(const RunResults& results, const std::string& by, const std::vector<Period>& periods) {
  std::vector<std::pair<double, std::string>> sizes;
  for (const ContributionRow& row : results.contributions) {
    if (row.of != kHeadlineSeries || row.by != by || is_nothing(row)) continue;
    if (std::find(periods.begin(), periods.end(), row.period) == periods.end()) continue;
    const double size = std::abs(row.distribution.mean);
    const auto known = std::find_if(sizes.begin(), sizes.end(), [&](const auto& s) { return s.second == row.key; });
    if (known == sizes.end())
      sizes.emplace_back(size, row.key);
    else
      known->first = std::max(known->first, size);
  }
  std::stable_sort(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> keys;
  for (const auto& [size, key] : sizes) keys.push_back(key);
  return keys;
}

std::vector<std::string> contribution_row(const MemoInput& input, const Labels& labels, const std::string& by,
                                          const std::string& key, const std::vector<Period>& periods) {
  std::vector<std::string> cells{labels.key(by, key)};
  for (const Period& period : periods) {
    std::string cell;
    for (const ContributionRow& row : input.results.contributions) {
      if (row.of == kHeadlineSeries && row.by == by && row.key == key && row.period == period)
        cell = contribution(row.distribution, labels);
    }
    cells.push_back(cell);
  }
  return cells;
}

std::vector<std::string> with_periods(std::string first, const Labels& labels, const std::vector<Period>& periods) {
  std::vector<std::string> header{std::move(first)};
  for (const Period& period : periods) header.push_back(labels.period(period));
  return header;
}

/// What happens to the series' growth: events of the headline by row, its periods by column.
std::vector<std::vector<std::string>> event_rows(const MemoInput& input, const Labels& labels,
                                                 const std::vector<Period>& shown) {
  std::vector<std::pair<std::string, double>> events;
  for (const ProbabilityRow& row : input.results.probabilities) {
    const std::pair<std::string, double> event{row.event, row.threshold};
    const bool shows =
        row.series == kHeadlineSeries && std::find(shown.begin(), shown.end(), row.period) != shown.end();
    if (shows && row.event != "above" && std::find(events.begin(), events.end(), event) == events.end())
      events.push_back(event);
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& [event, threshold] : events) {
    std::vector<std::string> cells{(event == "below" ? labels("Probability of growth ", "同比增速") : std::string()) +
                                   labels.event(event, threshold, "pct") +
                                   (event == "below" ? labels("", "的概率") : std::string())};
    for (const Period& period : shown) {
      const ProbabilityRow* row = find_event(input.results, kHeadlineSeries, period, event, threshold);
      const SummaryRow* of = find_row(input.results, kHeadlineSeries, period);
      cells.push_back(row == nullptr || of == nullptr ? ""
                      : event == "es_low"
                          ? percent(row->probability) + " " + error_text(row->se) + labels(" pp", " 个百分点")
                          : chance(*row, of->distribution.paths, labels));
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

/// The scenario's levels of drivers, by the end of every year shown.
std::vector<std::vector<std::string>> level_rows(const MemoInput& input, const Labels& labels,
                                                 const std::vector<Period>& shown) {
  std::vector<std::vector<std::string>> rows;
  for (const DriverLevelRow& level : input.results.driver_levels) {
    std::string unit;
    for (const SummaryRow& row : input.results.summary) {
      if (row.series == level.series) unit = row.unit;
    }
    std::vector<std::string> cells{labels.subject(level.series) + labels(" ", "") +
                                   labels.event(level.event, std::round(level.level * 10) / 10, unit) +
                                   labels(" by the end", "的概率（至期末）")};
    bool any = false;
    for (const Period& period : shown) {
      const Period last{Frequency::month, period.last, period.last};
      const ProbabilityRow* row = find_event(input.results, level.series, last, level.event, level.level);
      any = any || row != nullptr;
      cells.push_back(row == nullptr ? "" : chance(*row, input.results.statistics.paths_done, labels));
    }
    if (any) rows.push_back(std::move(cells));
  }
  return rows;
}

}  // namespace

std::vector<Period> periods(const RunResults& results) {
  std::vector<Period> all;
  for (const SummaryRow* row : headline_rows(results)) {
    if (all.size() < kMostPeriods) all.push_back(row->period);
  }
  return all;
}

std::string chance(const ProbabilityRow& row, std::int64_t paths, const Labels& labels) {
  std::string text = probability_with_error(row.probability, row.se, paths);
  if (!is_zh(labels)) return text;
  for (const auto& [en, zh] : {std::pair("below ", "低于 "), std::pair("above ", "高于 ")}) {
    if (text.starts_with(en)) text = zh + text.substr(std::string_view(en).size());
  }
  return text.ends_with(" pp") ? text.substr(0, text.size() - 3) + " 个百分点" : text;
}

std::string growth(const MemoInput& input, const Labels& labels) {
  std::vector<const SummaryRow*> rows;
  const auto months = rows_of(input.results, kHeadlineSeries, Frequency::month);
  const auto years = headline_rows(input.results);
  if (!months.empty() && (years.empty() || years.front() != months.front())) rows.push_back(months.front());
  rows.insert(rows.end(), years.begin(), years.end());
  std::vector<std::vector<std::string>> cells;
  for (const SummaryRow* row : rows) {
    const Distribution& d = row->distribution;
    const SummaryRow* value = find_row(input.results, "exports.total.value", row->period);
    cells.push_back({labels.period(row->period), percent(d.quantile[kP50]), error_text(d.se_quantile[kP50]),
                     range(percent(d.quantile[kP05]), percent(d.quantile[kP95]), labels),
                     error_text(d.se_quantile[kP05]) + " / " + error_text(d.se_quantile[kP95]), percent(d.mean),
                     value == nullptr ? "" : money(value->distribution, labels)});
  }
  if (cells.empty()) return "";
  return heading(labels, "Growth of exports, in dollars", "出口同比（美元计价）") +
         markdown::table({"", labels("Median", "中位数"), labels("Error, pp", "误差（百分点）"),
                          labels("5% to 95%", "5%—95%分位"), labels("Their errors", "两端误差"), labels("Mean", "均值"),
                          labels("USD bn, median", "金额中位数（亿美元）")},
                         cells);
}

std::string drivers(const MemoInput& input, const Labels& labels) {
  const std::vector<Period> shown = periods(input.results);
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> keys = keys_of(input.results, "driver", shown);
  const std::size_t all = keys.size();
  if (keys.size() > kMostDrivers) keys.resize(kMostDrivers);
  for (const std::string& key : keys) rows.push_back(contribution_row(input, labels, "driver", key, shown));
  for (const std::string& key : keys_of(input.results, "price_volume", shown))
    rows.push_back(contribution_row(input, labels, "price_volume", key, shown));
  if (rows.empty()) return "";
  std::string text = heading(labels, "What drives it", "驱动因素") +
                     labels(
                         "Contribution to growth in percentage points: mean ± Monte Carlo error (5% to 95%). Drivers "
                         "sum to growth; so do price and volume.",
                         "对同比增速的拉动（百分点）：均值±蒙特卡洛误差（5%至95%"
                         "分位）。各驱动因素合计等于同比增速，价格与数量亦然。") +
                     "\n\n" + markdown::table(with_periods("", labels, shown), rows);
  if (all > kMostDrivers)
    text += labels("Smaller ones, and products and markets: contributions.csv.\n\n",
                   "其余因素及分产品、分市场结果见 contributions.csv。\n\n");
  return text;
}

std::string tail(const MemoInput& input, const Labels& labels) {
  if (!input.results.tail) return "";
  const TailResult& t = *input.results.tail;
  std::vector<const TailResult::Row*> parts, levels;
  for (const TailResult::Row& row : t.rows) {
    if (row.period != t.period || (row.mean == 0 && row.tail_mean == 0)) continue;
    const bool by_driver = row.series.find("/driver/") != std::string::npos;
    const bool is_level = row.series.starts_with("driver.");
    if (by_driver) parts.push_back(&row);
    if (is_level) levels.push_back(&row);
  }
  std::stable_sort(parts.begin(), parts.end(), [](const TailResult::Row* a, const TailResult::Row* b) {
    return a->tail_mean - a->mean < b->tail_mean - b->mean;
  });
  if (parts.size() > kMostTailRows) parts.resize(kMostTailRows);
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const TailResult::Row& row, std::string name, int decimals) {
    const bool points = row.unit == "pp";
    const auto number = [&](double x) { return points ? signed_fixed(x, decimals) : fixed(x, decimals); };
    rows.push_back({std::move(name), labels.unit(row.unit), number(row.mean), number(row.tail_mean),
                    error_text(row.se_tail_mean)});
  };
  for (const TailResult::Row* row : parts)
    add(*row, labels.key("driver", row->series.substr(row->series.rfind('/') + 1)), 2);
  for (const TailResult::Row* row : levels) add(*row, labels.subject(row->series), level_decimals(row->mean));
  const std::string share = fixed(100 * t.share, 0) + "%", edge = percent(t.headline_edge);
  const std::string period = labels.period(t.period);
  return heading(labels, "What the tail looks like", "尾部情形") +
         (is_zh(labels) ? period + "最差" + share + "的路径中，出口同比不高于" + edge + "。与全部路径相比："
                        : "On the worst " + share + " of paths exports grow by no more than " + edge + " in " + period +
                              ". Beside all paths:") +
         "\n\n" +
         markdown::table({labels("Contribution to growth, or level", "对增速的拉动或水平"), labels("Unit", "单位"),
                          labels("All paths", "全部路径"), labels("Worst ", "最差") + share, labels("Error", "误差")},
                         rows);
}

std::string thresholds(const MemoInput& input, const Labels& labels) {
  const std::vector<Period> shown = periods(input.results);
  std::vector<std::vector<std::string>> rows = event_rows(input, labels, shown);
  for (std::vector<std::string>& row : level_rows(input, labels, shown)) rows.push_back(std::move(row));
  if (rows.empty()) return "";
  return heading(labels, "Thresholds", "阈值概率") + markdown::table(with_periods("", labels, shown), rows);
}

std::string assumptions(const MemoInput& input, const Labels& labels) {
  const std::vector<Assumption>& all = input.context.assumptions;
  std::string text = heading(labels, "Assumptions that differ from base", "与基准情景不同的假设");
  if (all.empty()) return text + labels("None: this is the base scenario.\n\n", "无：即基准情景。\n\n");
  std::vector<std::vector<std::string>> rows;
  for (const Assumption& a : all) {
    if (rows.size() == kMostAssumptions) break;
    const std::string none = labels("not stated", "未设定");
    rows.push_back({markdown::code(a.path), a.value.empty() ? none : markdown::code(a.value),
                    a.base_value.empty() ? none : markdown::code(a.base_value), markdown::escaped(a.origin)});
  }
  text += markdown::table(
      {labels("Field", "字段"), labels("Here", "本情景"), labels("Base", "基准"), labels("From", "来源")}, rows, 4);
  if (all.size() > rows.size())
    text += std::to_string(all.size() - rows.size()) +
            labels(" more stand in manifest.json.\n\n", " 项其余差异见 manifest.json。\n\n");
  return text;
}

}  // namespace plimsoll::memo_sections
