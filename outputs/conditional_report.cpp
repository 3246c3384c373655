#include "outputs/conditional_report.hpp"

#include <algorithm>

#include "outputs/backtest_views.hpp"
#include "outputs/conditional_views.hpp"
#include "outputs/in_words.hpp"
#include "outputs/known_chart.hpp"

namespace plimsoll {
namespace {

constexpr int kShownHorizon = 6;

/// Medians made six releases before, drivers as expected and as they came, with what came.
std::string conditional_svg(const ConditionalResults& results, TradeFlow flow, Language language) {
  KnownLines lines;
  for (const MissRow& row : results.misses) {
    if (row.flow != flow || row.horizon != kShownHorizon) continue;
    const bool labelled = row.target.month() == 12 && row.target.year() % 2 == 1;
    lines.label.push_back(labelled ? to_string(row.target) : "");
    lines.expected.push_back(row.unconditional_pct);
    lines.came.push_back(row.conditional_pct);
    lines.actual.push_back(row.actual_pct);
    lines.largest_error = std::max({lines.largest_error, row.unconditional_se, row.conditional_se});
  }
  return known_svg(
      flow_title(flow, language) + in_words(": medians made 6 releases before", "：提前 6 次公布的中位数", language),
      lines, language);
}

std::vector<DocumentBlock> blocks_of(const ConditionalResults& results, Language language) {
  std::vector<DocumentBlock> out;
  for (const std::string& line : conditional_headlines(results, language)) out.push_back(paragraph(line));
  out.push_back(paragraph(in_words(
      "Every month since the first origin the engine forecasts twice: with drivers as they were expected, and with the "
      "paths that they took. What the second gains is what its elasticities are worth; what it leaves is not the "
      "drivers'.",
      "自首个起点起，引擎每月预测两次：驱动按当时预期，以及按其后实际路径。后者的改进即弹性之所值；剩余误差不来自驱动"
      "。",
      language)));
  for (const ScoreSection& section : conditional_sections(results, language)) {
    add_section(section, out);
    std::string svg = conditional_svg(results, section.flow.value(), language);
    if (!svg.empty())
      out.push_back(picture(in_words("By target; each forecast was made six releases before.",
                                     "按目标期排列；每个预测均在六次公布之前作出。", language),
                            std::move(svg)));
  }
  out.push_back(heading(in_words("How to read this", "如何阅读", language)));
  out.push_back(paragraph(conditional_notes(results, language)));
  return out;
}

}  // namespace

Document conditional_document(const ConditionalResults& results, Language language) {
  return {language, in_words("Had the drivers been known: conditional backtest", "若已知驱动路径：条件回测", language),
          blocks_of(results, language)};
}

}  // namespace plimsoll
