#include <algorithm>
#include <array>
#include <cmath>

#include "outputs/number_format.hpp"
#include "outputs/stress_memo.hpp"
#include "outputs/stress_words.hpp"
#include "outputs/svg/svg_canvas.hpp"

namespace plimsoll {

namespace {

constexpr int kLabelWidth = 330, kCellWidth = 96, kRowHeight = 26, kHeadHeight = 78, kLegendLine = 18, kMargin = 16;

/// Light to dark blue along one hue: order can be read without telling colours apart.
std::array<double, 3> shade(double probability) {
  constexpr std::array<double, 3> kLight{247, 251, 255}, kMiddle{107, 174, 214}, kDark{8, 48, 107};
  const double p = std::clamp(probability, 0.0, 1.0);
  std::array<double, 3> rgb{};
  for (std::size_t k = 0; k < 3; ++k)
    rgb[k] =
        p < 0.5 ? kLight[k] + 2 * p * (kMiddle[k] - kLight[k]) : kMiddle[k] + (2 * p - 1) * (kDark[k] - kMiddle[k]);
  return rgb;
}

std::string colour(const std::array<double, 3>& rgb) {
  std::string text = "rgb(";
  for (std::size_t k = 0; k < 3; ++k) text += (k == 0 ? "" : ",") + std::to_string(std::lround(rgb[k]));
  return text + ")";
}

/// Black or white, whichever stands out: by the relative luminance of WCAG 2.
const char* ink_on(const std::array<double, 3>& rgb) {
  constexpr std::array<double, 3> kWeight{0.2126, 0.7152, 0.0722};
  constexpr double kDarkBelow = 0.18;  // both inks have a contrast of 4.5 there
  double luminance = 0;
  for (std::size_t k = 0; k < 3; ++k) luminance += kWeight[k] * std::pow((rgb[k] / 255 + 0.055) / 1.055, 2.4);
  return luminance < kDarkBelow ? "#ffffff" : "#1a1a1a";
}

std::string text_at(int x, int y, const std::string& text, const std::string& attributes) {
  return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\"" +
         (attributes.empty() ? "" : " " + attributes) + ">" + svg_escaped(text) + "</text>\n";
}

/// A text cut to what the label column holds.
std::string shortened(const std::string& text, int columns) {
  if (text_width(text) <= columns) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t next = i + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
    const std::string longer = out + text.substr(i, next - i);
    if (text_width(longer) >= columns) break;
    out = longer;
    i = next;
  }
  return out + "…";
}

}  // namespace

std::string stress_heatmap(const StressResults& results, Language language) {
  const Labels labels(results.titles, language);
  const int columns = static_cast<int>(results.thresholds.size());
  const int rows = static_cast<int>(results.scenarios.size());
  const int foot = kHeadHeight + rows * kRowHeight + 28;
  const int width = std::max(760, kLabelWidth + columns * kCellWidth + 2 * kMargin);
  const int height = foot + (columns + 1) * kLegendLine + kMargin;
  const std::string title = in(results.title, language).empty() ? results.suite : in(results.title, language);
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + std::to_string(width) + " " +
                    std::to_string(height) + "\" width=\"" + std::to_string(width) + "\" height=\"" +
                    std::to_string(height) + "\" role=\"img\" lang=\"" + code_of(language) +
                    "\" font-family=\"'Noto Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif\" "
                    "font-size=\"13\" fill=\"#1a1a1a\">\n<title>" +
                    svg_escaped(title) + "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  svg += text_at(kMargin, 26, title, "font-size=\"17\" font-weight=\"600\"");
  svg += text_at(kMargin, 46,
                 labels("Probability of each threshold and its Monte Carlo error in percentage points; the baseline, "
                        "then worst first",
                        "各情景触发阈值的概率及蒙特卡洛误差（百分点），首行为基准，其余按严重程度排列"),
                 "font-size=\"12\" fill=\"#555555\"");
  for (int t = 0; t < columns; ++t)
    svg += text_at(kMargin + kLabelWidth + t * kCellWidth + kCellWidth / 2, kHeadHeight - 8,
                   threshold_letter(static_cast<std::size_t>(t)), "text-anchor=\"middle\" font-weight=\"600\"");
  for (int r = 0; r < rows; ++r) {
    const StressScenario& s = results.scenarios[static_cast<std::size_t>(r)];
    const int y = kHeadHeight + r * kRowHeight;
    const std::string risk = s.risk.empty() ? "" : s.risk + "  ";
    constexpr int kLabelColumns = 46;
    svg += text_at(kMargin, y + 17, shortened(risk + scenario_words(s, labels), kLabelColumns), "");
    if (!s.failure.empty()) svg += text_at(kMargin + kLabelWidth + 8, y + 17, labels("failed", "运行失败"), "");
    for (std::size_t t = 0; t < s.thresholds.size(); ++t) {
      const int x = kMargin + kLabelWidth + static_cast<int>(t) * kCellWidth;
      const double p = s.thresholds[t].value;
      svg += "<rect x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" width=\"" +
             std::to_string(kCellWidth - 2) + "\" height=\"" + std::to_string(kRowHeight - 2) + "\" fill=\"" +
             colour(shade(p)) + "\" stroke=\"#c6d4e4\"/>\n";
      svg += text_at(x + kCellWidth / 2 - 1, y + 17, probability_words(s.thresholds[t], s.headline.paths, labels),
                     std::string("text-anchor=\"middle\" font-size=\"12\" fill=\"") + ink_on(shade(p)) + "\"");
    }
  }
  for (std::size_t t = 0; t < results.thresholds.size(); ++t)
    svg += text_at(kMargin, foot + static_cast<int>(t) * kLegendLine,
                   threshold_letter(t) + "  " + threshold_words(results, results.thresholds[t], labels),
                   "font-size=\"12\"");
  return svg + "</svg>\n";
}

}  // namespace plimsoll
