#include "outputs/conditional_report.hpp"

#include <algorithm>

#include "outputs/backtest_views.hpp"
#include "outputs/conditional_views.hpp"
#include "outputs/in_words.hpp"
#include "outputs/number_format.hpp"
#include "outputs/svg/svg_canvas.hpp"

namespace plimsoll {
namespace {

constexpr int kShownHorizon = 6;
// Okabe and Ito (2008): apart for the colour-blind too.
constexpr const char *kExpected = "#E69F00", *kCame = "#0072B2", *kActual = "#222222";

/// Medians made six releases before, drivers as expected and as they came, with what came.
std::string conditional_svg(const ConditionalResults& results, TradeFlow flow, Language language) {
  std::vector<double> expected, came, actual;
  std::vector<Month> target;
  double error = 0;
  for (const MissRow& row : results.misses) {
    if (row.flow != flow || row.horizon != kShownHorizon) continue;
    target.push_back(row.target);
    expected.push_back(row.unconditional_pct);
    came.push_back(row.conditional_pct);
    actual.push_back(row.actual_pct);
    error = std::max({error, row.unconditional_se, row.conditional_se});
  }
  if (target.size() < 2) return "";
  double low = 0, high = 0;
  for (const auto* line : {&expected, &came, &actual}) {
    low = std::min(low, *std::min_element(line->begin(), line->end()));
    high = std::max(high, *std::max_element(line->begin(), line->end()));
  }
  SvgCanvas canvas(
      flow_title(flow, language) + in_words(": medians made 6 releases before", "：提前 6 次公布的中位数", language),
      in_words("growth on a year earlier, %", "同比，%", language), target.size(), low, high);
  canvas.line(0, actual, kActual, 1.8);
  canvas.line(0, expected, kExpected, 1.8);
  canvas.line(0, came, kCame, 1.8);
  for (std::size_t k = 0; k < target.size(); ++k) {
    if (target[k].month() == 12 && target[k].year() % 2 == 1) canvas.slot_label(k, to_string(target[k]));
  }
  canvas.legend(in_words("drivers as expected", "驱动按预期", language), kExpected);
  canvas.legend(in_words("drivers as they came", "驱动按实际", language), kCame);
  canvas.legend(in_words("as it came", "实际", language), kActual);
  canvas.note(in_words("Monte Carlo error: at most ", "蒙特卡洛误差：不超过 ", language) + fixed(error, 2) +
              in_words(" pp (one standard error).", " 个百分点（一个标准误）。", language));
  return canvas.svg();
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
