#include "outputs/group_conditional_report.hpp"

#include <algorithm>

#include "outputs/group_conditional_views.hpp"
#include "outputs/in_words.hpp"
#include "outputs/known_chart.hpp"

namespace plimsoll {
namespace {

constexpr int kShownHorizon = 3;  // ten origins: longer ones leave few targets

std::string total_svg(const GroupConditionalResults& results, Language language) {
  KnownLines lines;
  for (const GroupMiss& miss : results.misses) {
    if (miss.group != 0 || miss.horizon != kShownHorizon) continue;
    lines.label.push_back(to_string(miss.target));
    lines.expected.push_back(miss.unconditional_pct);
    lines.came.push_back(miss.conditional_pct);
    lines.actual.push_back(miss.actual_pct);
    lines.largest_error = std::max({lines.largest_error, miss.unconditional_se, miss.conditional_se});
  }
  return known_svg(
      in_words("Total exports: medians made 3 releases before", "出口总额：提前 3 次公布的中位数", language), lines,
      language);
}

}  // namespace

Document group_conditional_document(const GroupConditionalResults& results, Language language) {
  std::vector<DocumentBlock> blocks;
  for (const std::string& line : group_conditional_headlines(results, language)) blocks.push_back(paragraph(line));
  for (const ScoreSection& section : group_conditional_sections(results, language)) add_section(section, blocks);
  std::string svg = total_svg(results, language);
  if (!svg.empty())
    blocks.push_back(picture(in_words("By target; each forecast was made three releases before.",
                                      "按目标期排列；每个预测均在三次公布之前作出。", language),
                             std::move(svg)));
  blocks.push_back(heading(in_words("How to read this", "如何阅读", language)));
  blocks.push_back(paragraph(group_conditional_notes(results, language)));
  return {language,
          in_words("Had the drivers been known: product groups by the full engine",
                   "若已知驱动路径：完整引擎的各商品组", language),
          std::move(blocks)};
}

}  // namespace plimsoll
