/// \file
/// The memo's last sections: how exact, how far to be trusted, how to make it again.
#include <cmath>

#include "outputs/calendar_days.hpp"
#include "outputs/markdown.hpp"
#include "outputs/memo_sections.hpp"
#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"
#include "scenarios/month.hpp"

namespace plimsoll::memo_sections {

namespace {

std::string bullet(const std::string& text) { return text.empty() ? "" : "- " + text + "\n"; }

std::string percent(double value) { return signed_fixed(value, 1) + "%"; }

/// "2027" and "2026-05ytd" in words; any other period as it is.
std::string period_words(const std::string& period, const Labels& labels) {
  constexpr std::size_t kYear = 4;
  if (period.size() == kYear) return period + labels("", "年");
  constexpr std::size_t kMonth = 7;
  const std::optional<Month> month = period.ends_with("ytd") ? parse_month(period.substr(0, kMonth)) : std::nullopt;
  if (!month) return period;
  return labels.period({Frequency::year_to_date, Month::of(month->year(), 1), *month});
}

std::string age(const RunContext& c, const Labels& labels) {
  const std::optional<int> days = days_between(c.known_on, c.started_utc);
  if (!days) return "";
  const std::string number = std::to_string(*days);
  std::string text = labels("Calibration ", "校准 ") + markdown::code(c.calibration) +
                     labels(", known on ", "，数据时点 ") + c.known_on + labels(": ", "：运行时已过 ") + number +
                     labels(" days old when the run began.", " 天。");
  if (*days > kOldCalibrationDays)
    text += labels(" **Warning: older than ", " **警告：已超过 ") + std::to_string(kOldCalibrationDays) +
            labels(" days. Releases since are not in it.**", " 天，其后公布的数据未纳入。**");
  return text;
}

std::string validation(const RunContext& c, const Labels& labels) {
  if (!c.validation) return labels("No past forecast is scored.", "暂无历史预测检验。");
  const Validation& v = *c.validation;
  const bool outside = v.came_pct < v.p05_pct || v.came_pct > v.p95_pct;
  const std::string period = period_words(v.period, labels),
                    range = percent(v.p05_pct) + labels(" to ", " 至 ") + percent(v.p95_pct);
  if (is_zh(labels))
    return "最近一次检验：校准 " + markdown::code(v.calibration) + " 的情景 " + markdown::code(v.scenario) + "（" +
           v.scored_on + " 评估）。" + period + "实际同比 " + percent(v.came_pct) + "，预测均值 " +
           percent(v.mean_pct) + "（5%—95%：" + range + "），实际值" + (outside ? "**落在区间之外**" : "落在区间之内") +
           "。见 " + v.page + "。";
  return "Last validation: scenario " + markdown::code(v.scenario) + " of calibration " +
         markdown::code(v.calibration) + ", scored on " + v.scored_on + ". " + period + " came at " +
         percent(v.came_pct) + "; the forecast's mean was " + percent(v.mean_pct) + " (5-95%: " + range +
         "). What came lies " + (outside ? "**outside that range**" : "inside that range") + ". See " + v.page + ".";
}

/// The spread furthest ahead beside what trend forecasts missed by.
std::string spread(const RunResults& results, const Labels& labels) {
  if (results.spread.empty()) return "";
  const SpreadRow& row = results.spread.back();
  const std::string period = labels.period(row.period), here = fixed(row.sd_pp, 1),
                    past = fixed(row.historical_sd_pp, 1);
  if (is_zh(labels))
    return "离散度：" + period + "月度同比的标准差为 " + here +
           " 个百分点；2013 年以来趋势外推在同样期限的预测误差为 " + past + " 个百分点。";
  return "Spread: growth in " + period + " has a standard deviation of " + here +
         " pp; trend forecasts since 2013 missed by " + past + " pp at that distance.";
}

/// What an analyst added to the model's own forecast.
std::string by_hand(const RunContext& c, const Labels& labels) {
  std::string list;
  bool in_file = false;
  for (const Assumption& a : c.assumptions) {
    if (!is_by_hand(a)) continue;
    in_file = in_file || (a.origin != "command line" && a.origin != "environment");
    list += "  - " + markdown::code(a.path + ": " + a.value, 120) +
            (a.origin == "command line" ? labels(" (command line)", "（命令行）") : "") + "\n";
  }
  if (list.empty())
    return bullet(
        labels("Set by hand: nothing; no override, pin or observation.", "人工调整：无覆盖参数、锁定路径或观测约束。"));
  // What was typed has no author here; the file's pins and observations have its own.
  if (!in_file) return bullet(labels("Set by hand:", "人工调整：")) + list;
  std::string why;
  if (!c.about.question.empty())
    why += labels("; the file's reason: ", "；文件所述理由：") + markdown::escaped(c.about.question);
  if (!c.about.author.empty()) why += labels("; its author: ", "；文件作者：") + markdown::escaped(c.about.author);
  if (!c.about.date.empty()) why += labels(", ", "，") + c.about.date;
  return bullet(labels("Set by hand", "人工调整") + why + labels(":", "：")) + list;
}

std::string limits(const Labels& labels) {
  std::string text;
  text += bullet(labels("Growth is nominal, in dollars, on one vintage of customs data; revisions are not forecast.",
                        "同比为美元计价名义增速，基于单一时点的海关数据，不预测数据修订。"));
  text += bullet(
      labels("Elasticities come from the literature, short samples and judgement. Their own uncertainty is drawn; "
             "a common error of all is not.",
             "弹性取自文献、短样本估计与判断；各自的不确定性已随机抽取，共同偏误未纳入。"));
  text += bullet(labels("Products by market are mostly imputed from the two margins; the rest group is large.",
                        "分产品分市场数据多由边际合计推算，“其他商品”占比较大。"));
  text += bullet(
      labels("Exports do not act back on capital spending, policy or prices; pandemics and financial crises are not "
             "among the paths.",
             "出口不反作用于资本开支、政策与价格；疫情与金融危机类冲击不在路径之内。"));
  text += bullet(labels("Contributions say what a driver does in this model, not what causes what.",
                        "拉动为模型内分解，不代表因果关系。"));
  return text;
}

std::string drawing(const RunContext& c, const Labels& labels) {
  if (!is_zh(labels)) return c.sampling;
  return c.sampling == "sobol" ? "Sobol 序列" : c.sampling == "antithetic" ? "对偶抽样" : "随机抽样";
}

/// How exact the years' means and lower quantiles are.
std::string errors_of_years(const MemoInput& input, const Labels& labels) {
  std::string text;
  for (const Period& period : periods(input.results)) {
    const SummaryRow* row = find_row(input.results, kHeadlineSeries, period);
    if (row == nullptr) continue;
    const Distribution& d = row->distribution;
    text += (text.empty() ? "" : labels("; ", "；")) + labels.period(period) + labels(": mean ", "：均值 ") +
            error_text(d.se_mean) + labels(", 5% quantile ", "，5%分位 ") + error_text(d.se_quantile[kP05]) +
            labels(", 95% quantile ", "，95%分位 ") + error_text(d.se_quantile[kP95]);
  }
  if (text.empty()) return "";
  return labels("Growth, one standard error in pp: ", "同比增速的标准误（百分点）：") + text + labels(".", "。");
}

}  // namespace

std::string accuracy(const MemoInput& input, const Labels& labels) {
  const RunResults& results = input.results;
  std::string text = "## " + labels("Monte Carlo error", "蒙特卡洛误差") + "\n\n";
  text += bullet(grouped(results.statistics.paths_done) + labels(" paths (", " 条路径（") +
                 drawing(input.context, labels) + labels("), seed ", "），种子 ") + std::to_string(input.context.seed) +
                 labels(". Every ± is one standard error; those of all figures stand in summary.csv.",
                        "。所有 ± 均为一个标准误；全部数值的误差见 summary.csv。"));
  text += bullet(errors_of_years(input, labels));
  if (results.sampling)
    text += bullet(labels("Sobol points explain ", "Sobol 点解释了 ") + period_words(results.sampling->period, labels) +
                   labels("'s variance to ", " 同比方差的 ") + fixed(100 * results.sampling->explained_frac, 0) + "%" +
                   labels(".", "。"));
  if (results.evidence)
    text += bullet(labels("Observations leave ", "观测约束后的有效路径为 ") +
                   grouped(std::llround(results.evidence->effective_paths)) + labels(" paths in effect.", " 条。"));
  if (results.pins) {
    const double chance = 100 * results.pins->plausibility;
    const std::string size = chance < 0.1 ? labels("below 0.1", "不足 0.1") : fixed(chance, 1);
    text += bullet(labels("Pins need shocks whose like or larger have a probability of ",
                          "锁定路径所需冲击（或更大冲击）的概率为 ") +
                   size + "%" + labels(".", "。"));
  }
  return text + "\n";
}

std::string model_card(const MemoInput& input, const Labels& labels) {
  const RunContext& c = input.context;
  return "## " + labels("Model card", "模型说明") + "\n\n" + limits(labels) + bullet(spread(input.results, labels)) +
         bullet(age(c, labels)) + bullet(validation(c, labels)) + by_hand(c, labels) + "\n";
}

std::string provenance(const MemoInput& input, const Labels& labels) {
  const RunContext& c = input.context;
  std::string text = "## " + labels("Provenance", "来源与复现") + "\n\n";
  text += bullet(labels("Digest of the tables: ", "结果表摘要：") + markdown::code(input.digest));
  text += bullet(labels("Run hash: ", "运行哈希：") + markdown::code(c.run_hash) + labels("; engine ", "；引擎编号 ") +
                 std::to_string(c.engine_number));
  text += bullet(labels("Calibration ", "校准 ") + markdown::code(c.calibration) + labels(", SHA-256 ", "，SHA-256 ") +
                 markdown::code(c.calibration_sha256));
  text += bullet(labels("To make it again, in this folder: ", "复现（在本文件夹内运行）：") +
                 markdown::code("plimsoll reproduce manifest.json"));
  return text + "\n";
}

}  // namespace plimsoll::memo_sections
