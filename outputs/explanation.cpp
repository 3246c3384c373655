#include "outputs/explanation.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "outputs/labels.hpp"
#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"
#include "outputs/waterfall.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/near_names.hpp"

namespace plimsoll {

namespace {

constexpr std::array kSplits{"driver", "stage", "product", "market", "price_volume"};
constexpr std::size_t kMostDetails = 20;

[[noreturn]] void refuse(const std::string& what, const std::string& why, const std::string& hint) {
  throw InputError(InputKind::usage, {Problem{Place{"command line"}, "", what, why, hint}});
}

std::string percent(double value) { return signed_fixed(value, 1) + "%"; }

/// "; in 2026 +21.3% ±0.04": forecast of the year before, or what was observed.
std::string before_text(const RunResults& results, const ExplainedFigure& figure, const Labels& labels) {
  const Period before = year_before(figure.period);
  const std::string name = labels.period(before);
  if (const SummaryRow* row = find_row(results, figure.of, before)) {
    const std::string size = percent(row->distribution.mean) + " " + error_text(row->distribution.se_mean);
    return is_zh(labels) ? "；" + name + "均值为 " + size : "; in " + name + " " + size;
  }
  for (const HistoryRow& row : results.history) {
    if (row.series == figure.of && row.period == before)
      return is_zh(labels) ? "；" + name + "实际为 " + percent(row.value)
                           : "; in " + name + " it was " + percent(row.value);
  }
  return "";
}

std::string opening(const RunResults& results, const ExplainedFigure& figure, const Labels& labels,
                    const TerminalStyle& style) {
  const Distribution& d = find_row(results, figure.of, figure.period)->distribution;
  const std::string median = percent(d.quantile[kP50]) + " " + error_text(d.se_quantile[kP50]);
  const std::string mean = percent(d.mean) + " " + error_text(d.se_mean);
  const std::string range = percent(d.quantile[kP05]) + labels(" to ", " 至 ") + percent(d.quantile[kP95]);
  const std::string errors = error_text(d.se_quantile[kP05]) + " / " + error_text(d.se_quantile[kP95]);
  return emphasised(labels.series(figure.of) + labels(", ", "，") + labels.period(figure.period), style) + "\n  " +
         labels("mean ", "均值 ") + mean + labels(", median ", "，中位数 ") + median + labels(", 5-95% ", "，5%—95% ") +
         range + " (" + errors + ")" + before_text(results, figure, labels) + "\n\n";
}

std::string range_text(const Distribution& d) {
  return right_aligned(signed_fixed(d.quantile[kP05], 2), 7) + " .. " +
         right_aligned(signed_fixed(d.quantile[kP95], 2), 6);
}

std::string split_title(const std::string& by, const Labels& labels) {
  if (by == "price_volume") return labels("By price and volume", "按价格与数量");
  if (by == "stage") return labels("By AI chain and the rest", "按AI产业链与其他");
  return labels("By ", "按") + labels.split(by);
}

std::string waterfall_row(const std::string& name, int name_columns, const Distribution& d, const std::string& bar) {
  return "  " + left_aligned(name, name_columns) + right_aligned(signed_fixed(d.mean, 2), 8) + " " +
         left_aligned(error_text(d.se_mean), 8) + range_text(d) + "  " + bar + "\n";
}

/// One waterfall: parts largest first, then growth, which is their sum.
std::string waterfall(const RunResults& results, const ExplainedFigure& figure, const std::string& by,
                      const Labels& labels, const TerminalStyle& style) {
  auto rows = contributions_of(results, figure.of, by, figure.period, RowOrder::largest_first);
  std::erase_if(rows, [](const ContributionRow* row) { return is_nothing(*row); });
  if (rows.empty()) return "";
  const std::string total = labels("= growth", "= 增速");
  int name_columns = text_width(total);
  std::vector<double> steps;
  for (const ContributionRow* row : rows) {
    name_columns = std::max(name_columns, text_width(labels.key(by, row->key)));
    steps.push_back(row->distribution.mean);
  }
  constexpr int kNumberColumns = 44, kLongestName = 40, kMostBars = 40;
  name_columns = std::min(name_columns, kLongestName);
  const int width = std::clamp(style.width - name_columns - kNumberColumns, 0, kMostBars);
  const Distribution& growth = find_row(results, figure.of, figure.period)->distribution;
  const Waterfall drawn = draw_waterfall(steps, growth.mean, width);
  std::string text = emphasised(split_title(by, labels), style) +
                     dimmed(labels(": mean in pp, its error, 5% .. 95%; bars from zero to growth, ≈ leaves a part out",
                                   "：均值（百分点）、误差、5%—95%；条形自零累计至增速，≈ 处略去一段"),
                            style) +
                     "\n";
  for (std::size_t k = 0; k < rows.size(); ++k)
    text += waterfall_row(labels.key(by, rows[k]->key), name_columns, rows[k]->distribution, drawn.bars[k]);
  text += waterfall_row(total, name_columns, growth, drawn.total);
  constexpr int kBeforeBars = 2 + 8 + 1 + 8 + 7 + 4 + 6 + 2;  // the columns of waterfall_row
  std::string axis = drawn.axis;
  axis.erase(axis.find_last_not_of(' ') + 1);
  if (!axis.empty()) text += std::string(static_cast<std::size_t>(kBeforeBars + name_columns), ' ') + axis + "\n";
  return text + "\n";
}

std::string tail_text(const RunResults& results, const ExplainedFigure& figure, const Labels& labels,
                      const TerminalStyle& style) {
  if (!results.tail || results.tail->headline != figure.of || results.tail->period != figure.period) return "";
  const TailResult& t = *results.tail;
  std::vector<const TailResult::Row*> rows;
  for (const TailResult::Row& row : t.rows) {
    const bool told = row.series.find("/driver/") != std::string::npos || row.series.starts_with("driver.");
    if (told && row.period == t.period && (row.mean != 0 || row.tail_mean != 0)) rows.push_back(&row);
  }
  if (rows.empty()) return "";
  std::stable_sort(rows.begin(), rows.end(), [](const TailResult::Row* a, const TailResult::Row* b) {
    const bool a_points = a->unit == "pp", b_points = b->unit == "pp";
    if (a_points != b_points) return a_points;
    return a_points && a->tail_mean - a->mean < b->tail_mean - b->mean;
  });
  const std::string share = fixed(100 * t.share, 0) + "%";
  std::string text = emphasised(labels("The worst ", "最差") + share + labels(" of paths", "的路径"), style) +
                     labels(": growth of at most ", "：同比不高于 ") + percent(t.headline_edge) +
                     labels("; mean of all paths, of these, its error", "；全部路径均值、尾部均值及其误差") + "\n";
  for (const TailResult::Row* row : rows) {
    const bool points = row->unit == "pp";
    const std::string name =
        points ? labels.key("driver", row->series.substr(row->series.rfind('/') + 1)) : labels.subject(row->series);
    const auto number = [&](double x) { return points ? signed_fixed(x, 2) : fixed(x, level_decimals(row->mean)); };
    text += "  " + left_aligned(name, 40) + right_aligned(number(row->mean), 10) +
            right_aligned(number(row->tail_mean), 10) + " " + left_aligned(error_text(row->se_tail_mean), 8) + " " +
            labels.unit(row->unit) + "\n";
  }
  return text + "\n";
}

std::string assumptions_text(const RunContext& context, const Labels& labels, const TerminalStyle& style) {
  std::string text =
      emphasised(labels("What this scenario assumes that base does not", "本情景与基准情景不同的假设"), style) + "\n";
  if (context.assumptions.empty()) return text + labels("  nothing: it is base\n", "  无：即基准情景\n");
  const std::string none = labels("not stated", "未设定");
  for (std::size_t k = 0; k < context.assumptions.size() && k < kMostDetails; ++k) {
    const Assumption& a = context.assumptions[k];
    text += "  " + a.path + ": " + (a.value.empty() ? none : a.value) + labels("  (base: ", "（基准：") +
            (a.base_value.empty() ? none : a.base_value) + labels("; from ", "；来源：") + a.origin +
            labels(")", "）") + "\n";
  }
  if (context.assumptions.size() > kMostDetails)
    text += "  " + std::to_string(context.assumptions.size() - kMostDetails) +
            labels(" more stand in manifest.json\n", " 项其余差异见 manifest.json\n");
  return text;
}

/// "2026, 2027, 2026Q2 .. 2027Q4, 2026-06 .. 2027-12": years one by one, of all else the ends.
std::string listed(std::vector<Period> periods) {
  std::sort(periods.begin(), periods.end(), [](const Period& a, const Period& b) { return a.last < b.last; });
  std::string text;
  const auto add = [&](const std::string& name) { text += (text.empty() ? "" : ", ") + name; };
  for (const Frequency frequency : {Frequency::year, Frequency::quarter, Frequency::month, Frequency::year_to_date}) {
    std::vector<std::string> names;
    for (const Period& period : periods) {
      if (period.frequency == frequency) names.push_back(to_string(period));
    }
    if (frequency == Frequency::year || names.size() < 3)
      std::for_each(names.begin(), names.end(), add);
    else
      add(names.front() + " .. " + names.back());
  }
  return text;
}

}  // namespace

Period year_before(const Period& period) { return {period.frequency, period.first - 12, period.last - 12}; }

ExplainedFigure find_figure(const RunResults& results, const std::string& of,
                            const std::optional<std::string>& period) {
  std::vector<std::string> explained, names;
  std::vector<Period> periods;
  for (const ContributionRow& row : results.contributions) {
    if (std::find(explained.begin(), explained.end(), row.of) == explained.end()) explained.push_back(row.of);
    if (row.of != of || std::find(periods.begin(), periods.end(), row.period) != periods.end()) continue;
    periods.push_back(row.period);
    names.push_back(to_string(row.period));
  }
  if (periods.empty()) {
    refuse("the run has no contributions to '" + of + "'",
           explained.empty() ? "its report.contributions or report.series leave them out"
                             : "growth of the total, of products and of chains is explained",
           explained.empty() ? "run the scenario with report.series that match exports.total.yoy"
                             : did_you_mean(of, explained, "for example: --of " + explained.front()));
  }
  std::optional<Period> found;
  for (const ContributionRow& row : results.contributions) {
    if (row.of != of || find_row(results, of, row.period) == nullptr) continue;
    const bool is_year = row.period.frequency == Frequency::year;
    const bool found_year = found && found->frequency == Frequency::year;
    const bool wanted =
        period ? to_string(row.period) == *period
               : !found || (is_year && !found_year) || (is_year == found_year && row.period.last >= found->last);
    if (wanted) found = row.period;
  }
  if (!found) {
    refuse("the run explains no '" + period.value_or("") + "' of " + of, "it has " + listed(periods),
           did_you_mean(period.value_or(""), names, "name one of these"));
  }
  return {of, *found};
}

std::string explanation_table(const RunResults& results, const RunContext& context, const ExplainedFigure& figure,
                              Language language, const TerminalStyle& asked) {
  TerminalStyle style = asked;
  style.width = std::max(60, asked.width);
  const Labels labels(results.titles, language);
  std::string text = opening(results, figure, labels, style);
  for (const char* by : kSplits) text += waterfall(results, figure, by, labels, style);
  text += tail_text(results, figure, labels, style);
  return text + assumptions_text(context, labels, style);
}

}  // namespace plimsoll
