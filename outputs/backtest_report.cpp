#include "outputs/backtest_report.hpp"

#include "outputs/backtest_charts.hpp"
#include "outputs/backtest_views.hpp"
#include "outputs/document_blocks.hpp"
#include "outputs/register_views.hpp"

namespace plimsoll {
namespace {

std::string in_words(const char* en, const char* zh, Language language) { return language == Language::zh ? zh : en; }

std::string title_in(Language language) {
  return in_words("How good the forecasts would have been", "若当时预测，会有多准", language);
}

void add_pictures(const BacktestResults& results, TradeFlow flow, Language language, std::vector<DocumentBlock>& out) {
  const auto add = [&](std::string svg, const char* en, const char* zh) {
    if (!svg.empty()) out.push_back(picture(in_words(en, zh, language), std::move(svg)));
  };
  add(horizon_svg(results, flow, language), "Mean CRPS against final levels; the lower the better.",
      "对最终修订值的平均 CRPS；越低越好。");
  add(past_forecasts_svg(results, flow, 1, language), "By target; each forecast was made one release before.",
      "按目标期排列；每个预测均在前一次公布后作出。");
  add(past_forecasts_svg(results, flow, 6, language), "By target; each forecast was made six releases before.",
      "按目标期排列；每个预测均在六次公布之前作出。");
  add(pit_svg(results, flow, language),
      "Flat within the band: the distribution said how often. A hump: too wide. High ends: too narrow.",
      "带内平坦：分布可信。中间隆起：过宽。两端偏高：过窄。");
}

std::vector<DocumentBlock> blocks_of(const BacktestResults& results, Language language) {
  std::vector<DocumentBlock> out;
  for (const std::string& line : backtest_headlines(results, language)) out.push_back(paragraph(line));
  out.push_back(paragraph(in_words(
      "Every month since the first origin the model is fitted to what came before it, forecasts, and is scored when "
      "the "
      "figures are out. January and February are one release, so a year has eleven.",
      "自首个起点起，每月只用此前数据拟合、预测，待数据公布后评分。1-2 月合并为一次公布，一年共十一次。", language)));
  for (const BacktestSection& section : backtest_sections(results, language)) {
    out.push_back(heading(section.title));
    for (const ScoreTable& one : section.tables) {
      if (!one.rows.empty()) out.push_back(table(one.header, one.rows));
    }
    add_pictures(results, section.flow, language, out);
  }
  const ScoreTable published = register_table(results, language);
  if (!published.rows.empty()) {
    out.push_back(heading(register_title(language)));
    out.push_back(table(published.header, published.rows));
    out.push_back(paragraph(register_notes(language)));
  }
  out.push_back(heading(in_words("How to read this", "如何阅读", language)));
  out.push_back(paragraph(backtest_notes(results, language)));
  return out;
}

}  // namespace

std::string backtest_markdown(const BacktestResults& results, Language language) {
  return document_markdown(title_in(language), blocks_of(results, language));
}

std::string backtest_html(const BacktestResults& results, Language language) {
  return document_html(title_in(language), blocks_of(results, language), language);
}

}  // namespace plimsoll
