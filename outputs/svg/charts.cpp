#include "outputs/svg/charts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "outputs/headline_sentence.hpp"
#include "outputs/labels.hpp"
#include "outputs/results_view.hpp"
#include "outputs/svg/svg_canvas.hpp"

namespace plimsoll {

namespace {

/// Okabe and Ito (2008): apart for the colour-blind too; then darker kin of the same.
constexpr std::array kColours{"#0072B2", "#D55E00", "#009E73", "#E69F00", "#56B4E9", "#CC79A7", "#999999",
                              "#004D78", "#8C3D00", "#006B4E", "#946600", "#7A4A66", "#333333"};
constexpr const char *kOuter = "#cfe3f1", *kInner = "#86bbdd", *kMedian = "#0072B2", *kObserved = "#222222";
constexpr std::size_t kHistoryMonths = 24;

std::string title_of(const RunContext& context, const char* what, const Labels& labels) {
  const std::string title = in(Text{context.title_en, context.title_zh}, labels.language());
  return what + labels(": ", "：") + (title.empty() ? context.scenario_name : title);
}

struct Point {
  Period period;
  double value;
};

/// The last observed months.
std::vector<Point> observed_months(const RunResults& results) {
  std::vector<Point> points;
  for (const HistoryRow& row : results.history) {
    if (row.series == kHeadlineSeries && row.period.frequency == Frequency::month)
      points.push_back({row.period, row.value});
  }
  if (points.size() > kHistoryMonths) points.erase(points.begin(), points.end() - kHistoryMonths);
  return points;
}

/// One error for a chart: the largest of its lines.
std::string error_note(double largest, const Labels& labels) {
  return labels("Monte Carlo error: at most ", "蒙特卡洛误差：不超过 ") + error_digits(largest) +
         labels(" pp (one standard error).", " 个百分点（一个标准误）。");
}

}  // namespace

std::string fan_svg(const RunResults& results, const RunContext& context, Language language) {
  const Labels labels(results.titles, language);
  std::vector<const SummaryRow*> months = rows_of(results, kHeadlineSeries, Frequency::month);
  std::erase_if(months, [](const SummaryRow* row) {
    return row->period.first == row->period.last && row->period.last.month() <= 2;  // not comparable with the others
  });
  if (months.empty()) return "";
  const std::vector<Point> past = observed_months(results);
  std::array<std::vector<double>, 5> curves;
  constexpr std::array kShown{kP05, kP25, kP50, kP75, kP95};
  double low = 0, high = 0, error = 0;
  for (const SummaryRow* row : months) {
    for (std::size_t k = 0; k < kShown.size(); ++k) {
      const double value = row->distribution.quantile[kShown[k]];
      if (!std::isfinite(value)) return "";
      curves[k].push_back(value);
      low = std::min(low, value);
      high = std::max(high, value);
      error = std::max(error, row->distribution.se_quantile[kShown[k]]);
    }
  }
  std::vector<double> observed;
  for (const Point& point : past) {
    observed.push_back(point.value);
    low = std::min(low, point.value);
    high = std::max(high, point.value);
  }
  SvgCanvas canvas(title_of(context, labels("Growth of exports", "出口同比").c_str(), labels),
                   labels("growth on a year earlier, %", "同比，%"), past.size() + months.size(), low, high);
  canvas.band(past.size(), curves[0], curves[4], kOuter);
  canvas.band(past.size(), curves[1], curves[3], kInner);
  canvas.line(past.size(), curves[2], kMedian, 2.5);
  canvas.line(0, observed, kObserved, 2);
  const auto label = [&](std::size_t slot, const Period& period) {
    const int month = period.last.month();
    if (month == 6 || month == 12) canvas.slot_label(slot, to_string(period.last));
  };
  for (std::size_t k = 0; k < past.size(); ++k) label(k, past[k].period);
  for (std::size_t k = 0; k < months.size(); ++k) label(past.size() + k, months[k]->period);
  canvas.legend(labels("observed", "实际"), kObserved);
  canvas.legend(labels("median", "中位数"), kMedian);
  canvas.legend("25–75%", kInner);
  canvas.legend("5–95%", kOuter);
  canvas.note(error_note(error, labels));
  return canvas.svg();
}

std::string contributions_svg(const RunResults& results, const RunContext& context, Language language) {
  const Labels labels(results.titles, language);
  std::vector<const SummaryRow*> columns;
  for (const Frequency frequency : {Frequency::year, Frequency::quarter}) {
    for (const SummaryRow* row : rows_of(results, kHeadlineSeries, frequency)) {
      if (!contributions_of(results, kHeadlineSeries, "driver", row->period, RowOrder::as_listed).empty())
        columns.push_back(row);
    }
  }
  if (columns.empty()) return "";
  std::vector<std::string> keys;
  double low = 0, high = 0, error = 0;
  for (const SummaryRow* column : columns) {
    double up = 0, down = 0;
    for (const ContributionRow* row :
         contributions_of(results, kHeadlineSeries, "driver", column->period, RowOrder::as_listed)) {
      const double mean = row->distribution.mean;
      if (!std::isfinite(mean)) return "";
      (mean < 0 ? down : up) += mean;
      error = std::max(error, row->distribution.se_mean);
      if (!is_nothing(*row) && std::find(keys.begin(), keys.end(), row->key) == keys.end()) keys.push_back(row->key);
    }
    low = std::min(low, down);
    high = std::max(high, up);
  }
  SvgCanvas canvas(title_of(context, labels("What drives growth", "驱动因素的拉动").c_str(), labels),
                   labels("contribution, pp (mean)", "拉动（百分点，均值）"), columns.size(), low, high);
  for (std::size_t slot = 0; slot < columns.size(); ++slot) {
    double up = 0, down = 0;
    for (const ContributionRow* row :
         contributions_of(results, kHeadlineSeries, "driver", columns[slot]->period, RowOrder::as_listed)) {
      const auto key = std::find(keys.begin(), keys.end(), row->key);
      if (key == keys.end()) continue;
      double& end = row->distribution.mean < 0 ? down : up;
      canvas.bar(slot, end, end + row->distribution.mean,
                 kColours[static_cast<std::size_t>(key - keys.begin()) % kColours.size()]);
      end += row->distribution.mean;
    }
    canvas.dot(slot, columns[slot]->distribution.mean);
    canvas.slot_label(slot, to_string(columns[slot]->period));
  }
  for (std::size_t k = 0; k < keys.size(); ++k)
    canvas.legend(labels.key("driver", keys[k]), kColours[k % kColours.size()]);
  canvas.note(labels("The dot is growth. ", "圆点为同比增速。") + error_note(error, labels));
  return canvas.svg();
}

}  // namespace plimsoll
