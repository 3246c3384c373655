#include "outputs/register_views.hpp"

#include <cmath>

#include "outputs/backtest_views.hpp"
#include "outputs/csv_field.hpp"
#include "outputs/in_words.hpp"
#include "outputs/number_format.hpp"

namespace plimsoll {
namespace {

int decimals(const RegisterRow& row) { return row.said.unit == "pct" ? 1 : 0; }

std::string known(double value, int places) { return std::isnan(value) ? "" : fixed(value, places); }

std::string range(const RegisterRow& row, Language language) {
  const auto &low = row.said.low, &high = row.said.high;
  const int places = decimals(row);
  if (!low && !high) return "";
  if (!high) return in_words("more than ", "高于 ", language) + fixed(*low, places);
  if (!low) return in_words("less than ", "低于 ", language) + fixed(*high, places);
  if (*low == *high) return fixed(*low, places);
  return fixed(*low, places) + in_words(" to ", " 至 ", language) + fixed(*high, places);
}

std::string subject(const RegisterRow& row, Language language) {
  const auto flow = row.said.flow();
  const std::string name =
      flow ? flow_title(*flow, language) + in_words(", growth", "，同比", language) : row.said.subject;
  return name + in_words(" in ", " ", language) + row.said.period + (row.said.unit == "pct" ? ", %" : ", USD bn");
}

std::string status(const RegisterRow& row) {
  if (!row.over) return "open";
  if (std::isnan(row.miss)) return "";  // nobody but us
  return row.miss > 0 ? "missed" : "held";
}

std::string status_in(const RegisterRow& row, Language language) {
  std::string word = status(row);
  if (language == Language::en || word.empty()) return word;
  return word == "open" ? "未定" : word == "held" ? "命中" : "未命中";
}

}  // namespace

std::string register_title(Language language) {
  return in_words("Published forecasts on record, and what this model would have said",
                  "已公布预测的记录，及本模型当日的预测", language);
}

std::string register_notes(Language language) {
  return in_words(
      "Months against first prints, longer spans against final levels; where the period is not over, what came "
      "so far. The miss is the distance from the range. CRPS: a range counts as a uniform distribution, a "
      "point by its distance. This model: median and 5 to 95% on what was out that day; a month's forecast of "
      "its release day stands beside ours of the day before.",
      "当月对首次公布值，较长区间对最终水平；期间未结束者列至今结果。偏差为距区间之距离。CRPS：区间视为均匀分布，"
      "单点取其距离。本模型：当日已知信息下的中位数与 5%-95% 区间；公布当日的预测与本模型前一日预测并列。",
      language);
}

ScoreTable register_table(const BacktestResults& results, Language language) {
  ScoreTable table{{in_words("made on", "日期", language), in_words("by", "来源", language),
                    in_words("forecast of", "对象", language), in_words("said", "预测", language),
                    in_words("came", "结果", language), in_words("miss", "偏差", language), "CRPS",
                    in_words("verdict", "判定", language), in_words("this model, that day", "本模型当日", language),
                    in_words("its CRPS", "其 CRPS", language)},
                   {}};
  for (const RegisterRow& row : results.published) {
    const int places = decimals(row);
    std::string came = known(row.came, places);
    if (!came.empty() && !row.over) came += " (" + row.came_period + ")";
    std::string own;
    if (!std::isnan(row.own_median))
      own = fixed(row.own_median, 1) + " (" + fixed(row.own_low, 1) + in_words(" to ", " 至 ", language) +
            fixed(row.own_high, 1) + ")";
    table.rows.push_back({to_string(row.said.made_on), row.said.by, subject(row, language), range(row, language), came,
                          known(row.miss, places), known(row.crps, places), status_in(row, language), own,
                          known(row.own_crps, 1)});
  }
  return table;
}

std::string register_csv(const BacktestResults& results) {
  std::string text =
      "made_on,by,subject,period,unit,low,high,came,came_period,status,miss,crps,own_p50,own_p05,own_p95,own_crps_pp,"
      "note\n";
  for (const RegisterRow& row : results.published) {
    const PublishedForecast& said = row.said;
    text += to_string(said.made_on) + "," + csv_field(said.by) + "," + csv_field(said.subject) + "," + said.period +
            "," + said.unit;
    text += csv_numbers({said.low.value_or(kNotScored), said.high.value_or(kNotScored), row.came});
    text += "," + csv_field(row.came_period) + "," + status(row);
    text += csv_numbers({row.miss, row.crps, row.own_median, row.own_low, row.own_high, row.own_crps});
    text += "," + csv_field(said.note) + "\n";
  }
  return text;
}

}  // namespace plimsoll
