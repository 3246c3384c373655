#include "outputs/backtest_charts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "outputs/backtest_views.hpp"
#include "outputs/in_words.hpp"
#include "outputs/number_format.hpp"
#include "outputs/pit_chart.hpp"
#include "outputs/svg/svg_canvas.hpp"

namespace plimsoll {
namespace {

/// Okabe and Ito (2008): apart for the colour-blind too; ours is the first and thick.
constexpr std::array kColours{"#0072B2", "#999999", "#CC79A7", "#56B4E9", "#E69F00",
                              "#009E73", "#D8C400", "#D55E00", "#333333"};
constexpr const char *kOuter = "#cfe3f1", *kInner = "#86bbdd", *kMedian = "#0072B2", *kActual = "#222222";

}  // namespace

std::string horizon_svg(const BacktestResults& results, TradeFlow flow, Language language) {
  struct Line {
    std::string model;
    std::vector<double> value;
  };
  std::vector<Line> lines;
  double high = 0, largest = 0;
  for (const std::string& model : models_of(results, flow)) {
    Line& line = lines.emplace_back(Line{model, {}});
    for (int h = 1; h <= 12; ++h) {
      const ScoreRow* row = find_score(results.scores, flow, model, GrowthSpan::month, "final", "all", h, "crps");
      if (row == nullptr) break;
      line.value.push_back(row->value);
      high = std::max(high, row->value);
      largest = std::max(largest, row->se);
    }
  }
  if (lines.empty() || lines.front().value.empty()) return "";
  SvgCanvas canvas(flow_title(flow, language) + in_words(": mean CRPS by horizon", "：各提前期的平均 CRPS", language),
                   in_words("percentage points", "个百分点", language), lines.front().value.size(), 0, high);
  for (std::size_t k = lines.size(); k-- > 0;) {
    canvas.line(0, lines[k].value, kColours[k % kColours.size()], k == 0 ? 3.5 : 1.6);
  }
  for (std::size_t k = 0; k < lines.size(); ++k)
    canvas.legend(model_title(lines[k].model, language), kColours[k % kColours.size()]);
  for (std::size_t h = 0; h < lines.front().value.size(); ++h) canvas.slot_label(h, "h=" + std::to_string(h + 1));
  canvas.note(
      in_words("Errors of the sample (one standard error): at most ", "样本误差（一个标准误）：不超过 ", language) +
      fixed(largest, 1) + in_words(" pp.", " 个百分点。", language));
  return canvas.svg();
}

std::string past_forecasts_svg(const BacktestResults& results, TradeFlow flow, int horizon, Language language) {
  std::vector<const ScoredForecast*> shown;
  for (const ScoredForecast& f : results.forecasts) {
    if (f.flow == flow && f.model == kOwnModel && f.span == GrowthSpan::month && f.horizon == horizon)
      shown.push_back(&f);
  }
  if (shown.empty()) return "";
  std::array<std::vector<double>, 5> curve;
  constexpr std::array<std::size_t, 5> kShown{1, 3, 4, 5, 7};  // 5, 25, 50, 75, 95%
  std::vector<double> actual;
  double low = 0, high = 0, error = 0;
  for (const ScoredForecast* f : shown) {
    for (std::size_t k = 0; k < kShown.size(); ++k) {
      curve[k].push_back(f->quantile_pct[kShown[k]]);
      error = std::max(error, f->quantile_se_pp[kShown[k]]);
    }
    low = std::min(low, curve[0].back());
    high = std::max(high, curve[4].back());
    if (!std::isnan(f->final_level.actual_pct)) {
      actual.push_back(f->final_level.actual_pct);
      low = std::min(low, actual.back());
      high = std::max(high, actual.back());
    }
  }
  const std::string ahead = std::to_string(horizon);
  SvgCanvas canvas(flow_title(flow, language) + in_words(": growth as forecast ", "：提前 ", language) + ahead +
                       in_words(horizon == 1 ? " release before, and as it came" : " releases before, and as it came",
                                " 次公布的预测与实际", language),
                   in_words("growth on a year earlier, %", "同比，%", language), shown.size(), low, high);
  canvas.band(0, curve[0], curve[4], kOuter);
  canvas.band(0, curve[1], curve[3], kInner);
  canvas.line(0, curve[2], kMedian, 1.8);
  canvas.line(0, actual, kActual, 1.8);
  for (std::size_t k = 0; k < shown.size(); ++k) {
    if (shown[k]->target.month() == 12 && shown[k]->target.year() % 2 == 1)
      canvas.slot_label(k, to_string(shown[k]->target));
  }
  canvas.legend("5-95%", kOuter);
  canvas.legend("25-75%", kInner);
  canvas.legend(in_words("median", "中位数", language), kMedian);
  canvas.legend(in_words("as it came", "实际", language), kActual);
  canvas.note(in_words("Monte Carlo error: at most ", "蒙特卡洛误差：不超过 ", language) + fixed(error, 1) +
              in_words(" pp (one standard error).", " 个百分点（一个标准误）。", language));
  return canvas.svg();
}

std::string pit_svg(const BacktestResults& results, TradeFlow flow, Language language) {
  std::vector<PitTenth> tenths;
  for (const PitRow& row : results.pits) {
    if (row.flow == flow && row.model == kOwnModel && row.horizon == 0)
      tenths.push_back({row.frequency, row.low, row.high});
  }
  return tenths_svg(flow_title(flow, language), tenths, language);
}

}  // namespace plimsoll
