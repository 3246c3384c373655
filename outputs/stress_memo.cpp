#include "outputs/stress_memo.hpp"

#include <algorithm>
#include <cmath>

#include "outputs/markdown.hpp"
#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"
#include "outputs/stress_page.hpp"
#include "outputs/stress_severity_words.hpp"
#include "outputs/stress_tables.hpp"
#include "outputs/stress_words.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

using markdown::escaped;
using markdown::table;

constexpr const char* kValue = "exports.total.value";
constexpr std::size_t kMostDrivers = 6;  // rows that fit a page

/// A darker block for a higher probability.
std::string shade(double probability) {
  constexpr const char* kBlocks[] = {"▁", "░", "▒", "▓", "█"};
  if (!std::isfinite(probability)) return "";
  return std::string(kBlocks[std::clamp(static_cast<int>(probability * 5), 0, 4)]) + " ";
}

class Memo {
 public:
  Memo(const StressResults& results, const StressProvenance& provenance, Language language)
      : r_(results), provenance_(provenance), labels_(results.titles, language) {}

  std::string text() {
    const std::string& title = in(r_.title, labels_.language());
    out_ = "# " + labels_("Stress memo: ", "压力测试备忘录：") + escaped(title.empty() ? r_.suite : title) + "\n\n";
    if (!r_.question.empty() && !is_zh(labels_)) out_ += escaped(r_.question) + "\n\n";
    verdict();
    thresholds();
    worst();
    losses();
    quarters();
    exposures();
    provenance();
    return out_;
  }

 private:
  std::string say(const char* en, const char* zh) const { return labels_(en, zh); }
  void heading(const char* en, const char* zh) { out_ += "## " + say(en, zh) + "\n\n"; }
  const StressScenario& baseline() const { return r_.scenarios.front(); }
  StressFigure ordering(const StressScenario& s) const {
    return r_.order == "mean" ? StressFigure{s.headline.mean, s.headline.se_mean}
                              : StressFigure{s.headline.quantile[kP05], s.headline.se_quantile[kP05]};
  }
  std::string ordering_name() const { return labels_.statistic(r_.order); }
  /// "-9.1% ±0.2": the headline's unit, a percentage for growth.
  std::string headline_figure(const StressFigure& figure, int decimals = 1) const {
    const bool pct = r_.units.at(r_.headline.series) == "pct";
    return signed_fixed(figure.value, decimals) + (pct ? "% " : " ") + error_text(figure.se);
  }

  /// The line that ends a list of more than fit the page.
  std::string more_of(std::size_t all, const char* file) const {
    if (all <= kPageRows) return "";
    const std::string left = std::to_string(all - kPageRows);
    return is_zh(labels_) ? "- 其余 " + left + " 项见 " + file + "\n" : "- " + left + " more: " + file + "\n";
  }

  void verdict() {
    heading("Verdict", "结论");
    if (r_.missing > 0)
      out_ += say("**Stopped: scenarios that did not run: ", "**运行中断，未运行的情景数：") +
              std::to_string(r_.missing) + say(". No verdict on them.**\n\n", "，对其不作结论。**\n\n");
    std::string holding, close;
    std::size_t gates = 0, held = 0, near = 0;
    for (const StressScenario& s : r_.scenarios) {
      gates += s.gates.size();
      for (const GateOutcome& g : s.gates) {
        const std::string line = "- `" + s.name + "`" + say(": ", "：") + gate_words(r_, g, labels_) + "\n";
        if (g.holds && held++ < kPageRows) holding += line;
        if (!g.holds && g.close && near++ < kPageRows) close += line;
      }
    }
    holding += more_of(held, "gates.csv");
    close += more_of(near, "gates.csv");
    if (gates == 0)
      out_ += say("No gate was set.", "未设定触发条件。");
    else if (holding.empty())
      out_ += say("**No gate holds in any scenario that ran.**", "**已运行的各情景均未触发条件。**");
    else
      out_ += say("**Gates that hold (exit code 7):**", "**已触发的条件（退出码 7）：**");
    out_ += "\n\n" + holding + (holding.empty() ? "" : "\n");
    if (!close.empty()) out_ += say("Close to a limit:\n\n", "接近触发线：\n\n") + close + "\n";
    for (const StressScenario& s : r_.scenarios) {
      if (!s.failure.empty())
        out_ += "- `" + s.name + "` " + say("failed and has no figures: ", "运行失败，无结果：") + escaped(s.failure) +
                "\n\n";
    }
    const StressScenario* worst = worst_of(r_);
    if (worst == nullptr) return;
    const auto ran = std::count_if(r_.scenarios.begin() + 1, r_.scenarios.end(),
                                   [](const StressScenario& s) { return s.failure.empty(); });
    const std::string name = escaped(scenario_words(*worst, labels_));
    if (is_zh(labels_))
      out_ += (ran > 1 ? "在 " + std::to_string(ran) + " 个情景中，最严重的是“" : std::string("情景“")) + name +
              "”（`" + worst->name + "`）：" + cell_words(r_, r_.headline, labels_) + "的" + ordering_name() + "为" +
              headline_figure(ordering(*worst)) + "，基准为" + headline_figure(ordering(baseline())) + "。\n\n";
    else
      out_ +=
          (ran > 1 ? "Of " + std::to_string(ran) + " scenarios the worst is \"" : std::string("The scenario is \"")) +
          name + "\" (`" + worst->name + "`): the " + ordering_name() + " of " +
          in_a_sentence(cell_words(r_, r_.headline, labels_)) + " is " + headline_figure(ordering(*worst)) +
          ", in the baseline " + headline_figure(ordering(baseline())) + ".\n\n";
  }

  void thresholds() {
    heading("Probability of each threshold", "触发各阈值的概率");
    for (std::size_t t = 0; t < r_.thresholds.size(); ++t)
      out_ += "- " + threshold_letter(t) + say(": ", "：") + threshold_words(r_, r_.thresholds[t], labels_) + "\n";
    out_ += "\n";
    std::vector<std::string> head{say("scenario", "情景"), say("risk", "风险"), ordering_name()};
    for (std::size_t t = 0; t < r_.thresholds.size(); ++t) head.push_back(threshold_letter(t));
    std::vector<std::vector<std::string>> rows;
    const std::vector<const StressScenario*> shown = scenarios_on_the_page(r_);
    for (const StressScenario* one : shown) {
      const StressScenario& s = *one;
      std::vector<std::string> cells{escaped(scenario_words(s, labels_)), escaped(s.risk)};
      cells.push_back(s.failure.empty() ? headline_figure(ordering(s)) : say("failed", "运行失败"));
      for (const StressFigure& figure : s.thresholds)
        cells.push_back(shade(figure.value) + probability_words(figure, s.headline.paths, labels_));
      cells.resize(head.size());
      rows.push_back(std::move(cells));
    }
    out_ += table(head, rows) +
            say("The baseline first, then worst first. After ±: Monte Carlo standard errors, of probabilities "
                "in percentage points.",
                "首行为基准，其余按严重程度排列。± 后为蒙特卡洛标准误，概率以百分点计。");
    if (shown.size() < r_.scenarios.size()) {
      const std::string left = std::to_string(r_.scenarios.size() - shown.size());
      const std::string map = "heatmap." + std::string(code_of(labels_.language())) + ".svg";
      out_ += is_zh(labels_)
                  ? "此处列出最严重者及各阈值下概率最高者，其余 " + left + " 个情景见 thresholds.csv 与 " + map + "。"
                  : " These are the worst, and the likeliest to reach each threshold; the other " + left +
                        " scenarios stand in thresholds.csv and on " + map + ".";
    }
    out_ += "\n\n";
  }

  void worst() {
    const StressScenario* worst = worst_of(r_);
    if (worst == nullptr) return;
    out_ += "## " + say("The worst scenario: ", "最严重情景：") + escaped(scenario_words(*worst, labels_)) + "\n\n";
    if (!worst->note.empty() && !is_zh(labels_)) out_ += escaped(worst->note) + "\n\n";
    if (!r_.story.empty()) {
      out_ += say("What makes the difference from the baseline in ", "与基准之差的来源，") +
              in_a_sentence(cell_words(r_, r_.headline, labels_)) +
              say(", percentage points, means:\n\n", "，百分点，均值：\n\n");
      std::vector<std::vector<std::string>> rows;
      for (std::size_t k = 0; k < r_.story.size(); ++k) {
        const StoryRow& s = r_.story[k];
        constexpr double kNothing = 0.005;
        if (k < kMostDrivers && std::abs(s.difference.value) >= kNothing)
          rows.push_back({escaped(labels_.key("driver", s.driver)), figure_words(s.baseline, 2),
                          figure_words(s.scenario, 2), figure_words(s.difference, 2)});
      }
      out_ += table(
          {say("driver", "驱动因素"), say("baseline", "基准"), say("scenario", "情景"), say("difference", "差异")},
          rows);
    }
    out_ += say("How severe it is: where its medians stand in the baseline's distribution.\n\n",
                "严重程度：情景中位数在基准分布中的位置。\n\n");
    std::vector<std::vector<std::string>> rows;
    for (const SeverityRow& s : worst->drivers) {
      constexpr double kMoved = 0.1;
      if (std::abs(s.quantile.value - 0.5) < kMoved) continue;
      rows.push_back(
          {escaped(labels_.series(s.series)) + say(" (", "（") + labels_.unit(r_.units.at(s.series)) + say(")", "）"),
           labels_.period(r_.periods.at(s.period)), number(s.baseline), number(s.centre),
           probability_words(s.quantile, r_.paths, labels_)});
    }
    out_ += table({say("driver", "驱动因素"), say("period", "时期"), say("baseline", "基准"), say("scenario", "情景"),
                   say("share of baseline below", "基准中更低者占比")},
                  rows, 2) +
            say("Drivers whose median hardly moves are left out; severity.csv has all.\n\n",
                "中位数基本不变的驱动因素从略，全部见 severity.csv。\n\n");
    out_ += severity_sentences(r_, *worst, labels_);
  }

  static std::string number(const StressFigure& figure) {
    constexpr double kSmall = 20;
    return fixed(figure.value, std::abs(figure.value) < kSmall ? 2 : 1) + " " + error_text(figure.se);
  }

  void losses() {
    heading("Losses and recovery", "损失与恢复");
    const std::vector<std::string> head{say("scenario", "情景"),
                                        say("cumulative difference, USD bn", "累计差额（十亿美元）"),
                                        say("in %", "占基准%"),
                                        say("peak to trough, %", "峰谷跌幅（%）"),
                                        say("months below zero", "负增长月数"),
                                        say("months to recover", "恢复所需月数"),
                                        say("not recovered", "未恢复路径"),
                                        say("plausibility", "合理性")};
    std::vector<std::vector<std::string>> rows;
    std::size_t shown = 0;
    for (const StressScenario& s : r_.scenarios) {
      if (!s.failure.empty() || shown++ > kPageRows) continue;
      std::vector<std::string> cells{escaped(scenario_words(s, labels_))};
      const auto mean = [&](const char* measure, int decimals) {
        const StressRow* found = find_measure(s, measure, kValue);
        cells.push_back(
            found == nullptr ? "–" : figure_words({found->distribution.mean, found->distribution.se_mean}, decimals));
      };
      mean("cumulative_difference", 0);
      mean("cumulative_difference_pct", 1);
      const StressRow* fall = find_measure(s, "peak_to_trough", kValue);
      cells.push_back(fixed(fall->distribution.mean, 1) + " " + error_text(fall->distribution.se_mean) + " (" +
                      fixed(fall->distribution.quantile[kP95], 0) + ")");
      cells.push_back(months(*find_measure(s, "months_below_zero", kValue)));
      const StressRow* recovery = find_measure(s, "recovery_months", kValue);
      cells.push_back(recovery == nullptr ? "–" : months(*recovery));
      const StressRow* never = find_measure(s, "never_recovered", kValue);
      cells.push_back(never == nullptr ? "–"
                                       : probability_words({never->distribution.mean, never->distribution.se_mean},
                                                           r_.paths, labels_));
      const bool has_distance = !s.joint.outside && s.joint.dimensions > 0 && &s != &baseline();
      cells.push_back(has_distance ? plausibility_words(s, labels_) : "–");
      rows.push_back(std::move(cells));
    }
    out_ += table(head, rows);
    if (shown > kPageRows + 1)
      out_ += say("The worst ", "此处列出最严重的 ") + std::to_string(kPageRows) +
              say("; the others stand in stress.csv. ", " 个情景，其余见 stress.csv。");
    const std::string tolerance = shortest(r_.recovery_tolerance_pct);
    if (is_zh(labels_))
      out_ +=
          "差额为情景减基准，逐路径配对。峰谷跌幅按12个月累计值计，括号内为95%分位。月数为中位数（5%—95%分位），"
          "“>" +
          std::to_string(r_.simulated_months) + "”表示到预测期末仍未恢复；低于基准 " + tolerance +
          "% 以上视为受冲击，从未受冲击的路径计为0个月。合理性仅针对驱动因素均值，关税、管制与短缺不计入。\n\n";
    else
      out_ +=
          "Differences are the scenario less the baseline, path by path. Peak to trough: of the sum of twelve "
          "months, mean and in brackets the 95% quantile. Months: median (5-95%); \">" +
          std::to_string(r_.simulated_months) + "\" means not by the horizon; hit is more than " + tolerance +
          "% below the baseline, and a path that is never hit counts as 0 months. Plausibility: of the means of the "
          "drivers alone; tariffs, bans and shortages do not "
          "count.\n\n";
  }

  std::string months(const StressRow& row) const {
    const auto month = [&](std::size_t q) {
      return std::isfinite(row.distribution.quantile[q]) ? fixed(row.distribution.quantile[q], 0)
                                                         : ">" + std::to_string(r_.simulated_months);
    };
    return month(kP50) + " (" + month(kP05) + "–" + month(kP95) + ")";
  }

  /// Baseline, adverse and severely adverse; where none is named so, the baseline and the worst.
  std::vector<const StressScenario*> by_severity() const {
    std::vector<const StressScenario*> shown;
    for (const char* severity : {"baseline", "adverse", "severely_adverse"}) {
      for (const StressScenario& s : r_.scenarios) {
        if (s.severity == severity && s.failure.empty()) shown.push_back(&s);
      }
    }
    if (shown.size() > 1) return shown;
    if (const StressScenario* worst = worst_of(r_)) shown.push_back(worst);
    return shown;
  }

  void quarters() {
    const std::vector<const StressScenario*> shown = by_severity();
    std::vector<std::string> head{say("mean", "均值")};
    std::vector<std::string> periods;
    for (const StressRow& r : shown.front()->quarters) {
      if (std::find(periods.begin(), periods.end(), r.period) == periods.end()) periods.push_back(r.period);
    }
    std::sort(periods.begin(), periods.end());
    if (periods.empty()) return;  // no whole quarter is simulated
    heading("By quarter", "分季度");
    head.insert(head.end(), periods.begin(), periods.end());
    std::vector<std::vector<std::string>> rows;
    for (const char* series : {"exports.total.yoy", kValue}) {
      for (const StressScenario* s : shown) {
        std::vector<std::string> cells{labels_.series(series) + say(" (", "（") + labels_.unit(r_.units.at(series)) +
                                       say("), ", "），") + escaped(scenario_words(*s, labels_))};
        for (const std::string& period : periods) {
          const auto found = std::find_if(s->quarters.begin(), s->quarters.end(),
                                          [&](const StressRow& r) { return r.series == series && r.period == period; });
          cells.push_back(found == s->quarters.end()
                              ? ""
                              : fixed(found->distribution.mean, 1) + " " + error_text(found->distribution.se_mean));
        }
        rows.push_back(std::move(cells));
      }
    }
    out_ += table(head, rows) +
            say("All drivers and scenarios: quarters.csv.\n\n", "全部驱动因素与情景见 quarters.csv。\n\n");
  }

  void exposures() {
    if (baseline().exposures.empty()) return;
    heading("Exposures: growth of what is sold, %", "风险敞口：加权出口增速（%）");
    std::vector<std::vector<std::string>> rows;
    for (std::size_t k = 0; k < baseline().exposures.size(); ++k) {
      if (baseline().exposures[k].period != r_.headline.period) continue;
      for (const StressScenario* s : by_severity()) {
        const StressRow& r = s->exposures[k];
        const Distribution& d = r.distribution;
        rows.push_back({escaped(r.series), escaped(scenario_words(*s, labels_)),
                        labels_.period(r_.periods.at(r.period)), figure_words({d.mean, d.se_mean}, 1),
                        figure_words({d.quantile[kP05], d.se_quantile[kP05]}, 1)});
      }
    }
    out_ += table({say("exposure", "敞口"), say("scenario", "情景"), say("period", "时期"), say("mean", "均值"),
                   labels_.statistic("p05")},
                  rows, 3);
  }

  void provenance() {
    heading("Provenance", "数据与模型来源");
    const std::string& baseline_title = in(r_.baseline_title, labels_.language());
    const std::string paths = grouped(r_.paths), seed = std::to_string(r_.seed);
    if (is_zh(labels_))
      out_ += "套件 " + r_.suite + "，基准 `" + baseline().name + "`（" + baseline_title + "），校准 " +
              r_.calibration + "（数据截至 " + r_.as_of + "，" + r_.known_on + " 可得），预测至 " + r_.horizon +
              "；每个情景 " + paths + " 条路径，随机种子 " + seed + "，抽样方式 " + r_.sampling +
              "，各情景使用相同随机数。plimsoll " + provenance_.version + "，摘要 " + provenance_.digest +
              "。\n\n误差仅为模拟误差，不反映模型或情景本身是否成立；情景本身没有概率。\n";
    else
      out_ +=
          "Suite " + r_.suite + ", baseline `" + baseline().name + "` (" + baseline_title + "), calibration " +
          r_.calibration + " (data to " + r_.as_of + ", known on " + r_.known_on + "), horizon " + r_.horizon + "; " +
          paths + " paths of each scenario, seed " + seed + ", sampling " + r_.sampling +
          ", the same random numbers in all. plimsoll " + provenance_.version + ", digest " + provenance_.digest +
          ".\n\nErrors are those of simulation: they say nothing of whether model or scenario is right. No scenario "
          "has a probability of its own.\n";
  }

  const StressResults& r_;
  const StressProvenance& provenance_;
  Labels labels_;
  std::string out_;
};

}  // namespace

std::string stress_memo(const StressResults& results, const StressProvenance& provenance, Language language) {
  return Memo(results, provenance, language).text();
}

}  // namespace plimsoll
