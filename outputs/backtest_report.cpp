#include "outputs/backtest_report.hpp"

#include "outputs/backtest_charts.hpp"
#include "outputs/backtest_views.hpp"
#include "outputs/in_words.hpp"
#include "outputs/pit_chart.hpp"
#include "outputs/register_views.hpp"

namespace plimsoll {
namespace {

void add_pictures(const BacktestResults& results, TradeFlow flow, Language language, std::vector<DocumentBlock>& out) {
  const auto add = [&](std::string svg, std::string says) {
    if (!svg.empty()) out.push_back(picture(std::move(says), std::move(svg)));
  };
  add(horizon_svg(results, flow, language), in_words("Mean CRPS against final levels; the lower the better.",
                                                     "对最终修订值的平均 CRPS；越低越好。", language));
  add(past_forecasts_svg(results, flow, 1, language),
      in_words("By target; each forecast was made one release before.", "按目标期排列；每个预测均在前一次公布后作出。",
               language));
  add(past_forecasts_svg(results, flow, 6, language),
      in_words("By target; each forecast was made six releases before.", "按目标期排列；每个预测均在六次公布之前作出。",
               language));
  add(pit_svg(results, flow, language), tenths_says(language));
}

std::vector<DocumentBlock> blocks_of(const BacktestResults& results, Language language) {
  std::vector<DocumentBlock> out;
  for (const std::string& line : backtest_headlines(results, language)) out.push_back(paragraph(line));
  out.push_back(paragraph(in_words(
      "Every month since the first origin the model is fitted to what came before it, forecasts, and is scored when "
      "the figures are out. January and February are one release, so a year has eleven.",
      "自首个起点起，每月只用此前数据拟合、预测，待数据公布后评分。1-2 月合并为一次公布，一年共十一次。", language)));
  for (const ScoreSection& section : backtest_sections(results, language)) {
    add_section(section, out);
    add_pictures(results, section.flow.value(), language, out);
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

Document backtest_document(const BacktestResults& results, Language language) {
  return {language, in_words("How good the forecasts would have been", "若当时预测，会有多准", language),
          blocks_of(results, language)};
}

}  // namespace plimsoll
