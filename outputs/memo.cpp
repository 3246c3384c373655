#include "outputs/memo.hpp"

#include "outputs/headline_sentence.hpp"
#include "outputs/markdown.hpp"
#include "outputs/memo_sections.hpp"
#include "outputs/number_format.hpp"

namespace plimsoll {

namespace {

std::string title(const RunContext& context, Language language) {
  const std::string text = in(Text{context.title_en, context.title_zh}, language);
  return markdown::escaped(text.empty() ? context.scenario_name : text);
}

/// Which scenario, which data, which run.
std::string subtitle(const RunContext& c, const Labels& labels) {
  const std::string day = c.started_utc.substr(0, 10);
  if (is_zh(labels))
    return "情景 " + markdown::code(c.scenario_name) + " · 数据截至 " + c.as_of + "（" + c.known_on +
           " 时点） · 运行日期 " + day + " · 预测期至 " + c.horizon + "\n\n";
  return "Scenario " + markdown::code(c.scenario_name) + " · data to " + c.as_of + " (known on " + c.known_on +
         ") · run on " + day + " · horizon " + c.horizon + "\n\n";
}

/// What a reader must know before any figure.
std::string warnings(const MemoInput& input, const Labels& labels) {
  const RunStatistics& ran = input.results.statistics;
  const std::string done = grouped(ran.paths_done), all = grouped(input.context.plan_paths);
  std::string text;
  if (ran.paths_done < input.context.plan_paths)
    text += labels("**Not the whole run: these figures rest on ", "**运行未完成：以下结果仅基于 ") + done +
            labels(" of ", " 条路径（共 ") + all + labels(" paths.**\n\n", " 条）。**\n\n");
  if (ran.paths_unsolved > 0)
    text += labels("**On ", "**有 ") + grouped(ran.paths_unsolved) +
            labels(" paths prices of some month were not found; they keep the last ones tried.**\n\n",
                   " 条路径的部分月份未能求得均衡价格，沿用最后一次迭代值。**\n\n");
  if (input.results.summary.empty() && input.results.contributions.empty())
    text += labels("**Too few paths count for tables: the observations leave almost none.**\n\n",
                   "**观测约束下有效路径过少，无法给出表格。**\n\n");
  return text;
}

std::string charts(const MemoInput& input, const Labels& labels) {
  std::string text;
  for (const std::string& file : input.charts) {
    const bool fan = file.starts_with("fan");
    text += "![" +
            (fan ? labels("Growth: history and forecast", "出口同比：历史与预测")
                 : labels("Contributions by driver", "各驱动因素的拉动")) +
            "](" + file + ")\n\n";
  }
  return text;
}

}  // namespace

std::string language_file(const std::string& stem, Language language, const std::string& ending) {
  return stem + "." + code_of(language) + "." + ending;
}

std::string memo(const MemoInput& input, Language language) {
  const Labels labels(input.results.titles, language);
  std::string text = "# " + title(input.context, language) + "\n\n" + subtitle(input.context, labels);
  text += warnings(input, labels);
  const std::string sentence = headline_sentence(input.results, language);
  if (!sentence.empty()) text += "**" + sentence + "**\n\n";
  text += charts(input, labels);
  for (const auto section :
       {memo_sections::growth, memo_sections::drivers, memo_sections::tail, memo_sections::thresholds,
        memo_sections::assumptions, memo_sections::accuracy, memo_sections::model_card, memo_sections::provenance})
    text += section(input, labels);
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace plimsoll
