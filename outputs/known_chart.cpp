#include "outputs/known_chart.hpp"

#include <algorithm>

#include "outputs/in_words.hpp"
#include "outputs/number_format.hpp"
#include "outputs/svg/svg_canvas.hpp"

namespace plimsoll {

std::string known_svg(const std::string& title, const KnownLines& lines, Language language) {
  // Okabe and Ito (2008): apart for the colour-blind too.
  constexpr const char *kExpected = "#E69F00", *kCame = "#0072B2", *kActual = "#222222";
  if (lines.actual.size() < 2) return "";
  double low = 0, high = 0;
  for (const auto* line : {&lines.expected, &lines.came, &lines.actual}) {
    low = std::min(low, *std::min_element(line->begin(), line->end()));
    high = std::max(high, *std::max_element(line->begin(), line->end()));
  }
  SvgCanvas canvas(title, in_words("growth on a year earlier, %", "同比，%", language), lines.actual.size(), low, high);
  canvas.line(0, lines.actual, kActual, 1.8);
  canvas.line(0, lines.expected, kExpected, 1.8);
  canvas.line(0, lines.came, kCame, 1.8);
  for (std::size_t k = 0; k < lines.label.size(); ++k) {
    if (!lines.label[k].empty()) canvas.slot_label(k, lines.label[k]);
  }
  canvas.legend(in_words("drivers as expected", "驱动按预期", language), kExpected);
  canvas.legend(in_words("drivers as they came", "驱动按实际", language), kCame);
  canvas.legend(in_words("as it came", "实际", language), kActual);
  canvas.note(in_words("Monte Carlo error: at most ", "蒙特卡洛误差：不超过 ", language) +
              fixed(lines.largest_error, 2) +
              in_words(" pp (one standard error).", " 个百分点（一个标准误）。", language));
  return canvas.svg();
}

}  // namespace plimsoll
