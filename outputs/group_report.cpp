#include "outputs/group_report.hpp"

#include "outputs/document_blocks.hpp"
#include "outputs/group_charts.hpp"
#include "outputs/group_views.hpp"

namespace plimsoll {
namespace {

std::string in_words(const char* en, const char* zh, Language language) { return language == Language::zh ? zh : en; }

std::string title_in(const GroupResults& results, Language language) {
  if (results.backtest.data.flow == TradeFlow::imports)
    return in_words("How good forecasts of product groups of imports would have been",
                    "若当时预测各进口商品组，会有多准", language);
  return in_words("How good forecasts of product groups would have been", "若当时预测各商品组，会有多准", language);
}

std::vector<DocumentBlock> blocks_of(const GroupResults& results, Language language) {
  std::vector<DocumentBlock> out{paragraph(group_headline(results, language))};
  for (const GroupSection& section : group_sections(results, language)) {
    out.push_back(heading(section.title));
    out.push_back(table(section.table.header, section.table.rows));
  }
  out.push_back(heading(in_words("Where outcomes fell", "实际值的位置", language)));
  out.push_back(picture(
      in_words("Flat within the band: the distribution said how often. A hump: too wide. High ends: too narrow.",
               "带内平坦：分布可信。中间隆起：过宽。两端偏高：过窄。", language),
      group_pit_svg(results, language)));
  out.push_back(heading(in_words("How to read this", "如何阅读", language)));
  out.push_back(paragraph(group_notes(results, language)));
  return out;
}

}  // namespace

std::string group_markdown(const GroupResults& results, Language language) {
  return document_markdown(title_in(results, language), blocks_of(results, language));
}

std::string group_html(const GroupResults& results, Language language) {
  return document_html(title_in(results, language), blocks_of(results, language), language);
}

}  // namespace plimsoll
