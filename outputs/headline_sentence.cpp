#include "outputs/headline_sentence.hpp"

#include <cmath>
#include <string_view>

#include "outputs/labels.hpp"
#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"

namespace plimsoll {

namespace {

/// "grow by 6.2%" or "fall by 1.3%"; what rounds to zero neither grows nor falls.
std::string change_en(double pct, bool again) {
  const std::string size = fixed(std::abs(pct), 1);
  const char* verb = pct < 0 ? "fall by " : "grow by ";
  if (size == "0.0") return "stay at the level of the year before";
  return (again ? std::string("by ") : std::string(verb)) + size + "%";
}

std::string change_zh(double pct) {
  const std::string size = fixed(std::abs(pct), 1);
  if (size == "0.0") return "与上年基本持平";
  return (pct < 0 ? "同比下降" : "同比增长") + size + "%";
}

std::string range(const Distribution& d, Language language) {
  const std::string low = fixed(d.quantile[kP05], 1), high = fixed(d.quantile[kP95], 1);
  const std::string error = error_digits(d.se_quantile[kP50]);
  if (language == Language::zh)
    return "（中位数；5%—95%分位区间：" + low + "%至" + high + "%；蒙特卡洛误差" + error + "个百分点）";
  return " (median; 5-95%: " + low + "% to " + high + "%; Monte Carlo error " + error + " pp)";
}

/// A probability as text of a language: "below 0.1%" is "低于0.1%".
std::string probability(const ProbabilityRow& row, std::int64_t paths, Language language) {
  std::string text = probability_text(row.probability, paths);
  const bool all_alike = row.probability == 0 || row.probability == 1;  // the bound is the error
  const std::string error = all_alike ? "" : error_digits(100 * row.se);
  if (language == Language::en) return text + (error.empty() ? "" : " (error " + error + " pp)");
  for (const auto& [en, zh] : {std::pair("below ", "低于"), std::pair("above ", "高于")}) {
    if (text.starts_with(en)) text = zh + text.substr(std::string_view(en).size());
  }
  return text + (error.empty() ? "" : "（误差" + error + "个百分点）");
}

std::string joint_en(std::size_t k, std::size_t all) { return k == 0 ? "" : k + 1 == all ? " and " : ", "; }

std::string falls(const RunResults& results, const std::vector<const SummaryRow*>& rows, Language language) {
  const Labels labels(results.titles, language);
  const bool zh = language == Language::zh;
  std::string text;
  for (const SummaryRow* row : rows) {
    const ProbabilityRow* fall = find_event(results, kHeadlineSeries, row->period, "below", 0);
    if (fall == nullptr) continue;
    const std::string chance = probability(*fall, row->distribution.paths, language);
    if (zh)
      text += (text.empty() ? "出口负增长的概率：" : "，") + labels.period(row->period) + chance;
    else
      text += (text.empty() ? " Probability of a fall: " : ", ") + chance + " in " + labels.period(row->period);
  }
  return text.empty() ? "" : text + (zh ? "。" : ".");
}

}  // namespace

std::string error_digits(double se) {
  const std::string text = error_text(se);
  constexpr std::string_view kSign = "±";
  return text.starts_with(kSign) ? text.substr(kSign.size()) : text;
}

std::string headline_sentence(const RunResults& results, Language language) {
  const auto rows = headline_rows(results);
  if (rows.empty()) return "";
  const Labels labels(results.titles, language);
  std::string text = language == Language::zh ? "预计" : "China's exports are expected to ";
  bool grew = false;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const Distribution& d = rows[k]->distribution;
    const double median = d.quantile[kP50];
    const bool grows = median > 0 && fixed(median, 1) != "0.0";
    const std::string period = labels.period(rows[k]->period);
    if (language == Language::zh) {
      text += (k == 0 ? period + "中国出口" : "，" + period) + change_zh(median) + range(d, language);
    } else {
      text += joint_en(k, rows.size()) + (k > 0 && !(grew && grows) ? "to " : "") + change_en(median, grew && grows) +
              " in " + period + range(d, language);
    }
    grew = grows;
  }
  return text + (language == Language::zh ? "。" : ".") + falls(results, rows, language);
}

}  // namespace plimsoll
