#include "outputs/group_report.hpp"

#include "outputs/group_charts.hpp"
#include "outputs/group_views.hpp"
#include "outputs/in_words.hpp"
#include "outputs/pit_chart.hpp"

namespace plimsoll {
namespace {

std::string title_in(const GroupResults& results, Language language) {
  if (results.backtest.data.flow == TradeFlow::imports)
    return in_words("How good forecasts of product groups of imports would have been",
                    "若当时预测各进口商品组，会有多准", language);
  return in_words("How good forecasts of product groups would have been", "若当时预测各商品组，会有多准", language);
}

std::vector<DocumentBlock> blocks_of(const GroupResults& results, Language language) {
  std::vector<DocumentBlock> out{paragraph(group_headline(results, language))};
  for (const ScoreSection& section : group_sections(results, language)) add_section(section, out);
  out.push_back(heading(in_words("Where outcomes fell", "实际值的位置", language)));
  out.push_back(picture(tenths_says(language), group_pit_svg(results, language)));
  out.push_back(heading(in_words("How to read this", "如何阅读", language)));
  out.push_back(paragraph(group_notes(results, language)));
  return out;
}

}  // namespace

Document group_document(const GroupResults& results, Language language) {
  return {language, title_in(results, language), blocks_of(results, language)};
}

}  // namespace plimsoll
