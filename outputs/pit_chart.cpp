#include "outputs/pit_chart.hpp"

#include <algorithm>
#include <cmath>

#include "outputs/in_words.hpp"
#include "outputs/svg/svg_canvas.hpp"

namespace plimsoll {

std::string tenths_svg(const std::string& of, const std::vector<PitTenth>& tenths, Language language) {
  constexpr const char *kBand = "#cfe3f1", *kBar = "#86bbdd", *kEven = "#222222";
  if (tenths.empty()) return "";
  std::vector<double> lower, upper;
  double high = 1;
  bool banded = true;
  for (const PitTenth& one : tenths) {
    banded = banded && std::isfinite(one.high);
    lower.push_back(one.low);
    upper.push_back(one.high);
    high = std::max({high, one.frequency, std::isfinite(one.high) ? one.high : 0.0});
  }
  SvgCanvas canvas(
      of + in_words(": where outcomes fell in the forecast, by tenths", "：实际值落在预测分布的哪个十分位", language),
      in_words("multiples of the expected", "与期望之比", language), tenths.size(), 0, high);
  if (banded) canvas.band(0, lower, upper, kBand);
  for (std::size_t k = 0; k < tenths.size(); ++k) {
    canvas.bar(k, 0, tenths[k].frequency, kBar);
    canvas.slot_label(k, std::to_string(10 * k) + "-" + std::to_string(10 * k + 10) + "%");
  }
  canvas.line(0, std::vector<double>(tenths.size(), 1), kEven, 1);
  if (banded) canvas.legend(in_words("90% band of a calibrated forecast", "校准良好时的 90% 带", language), kBand);
  canvas.legend(in_words("outcomes", "实际", language), kBar);
  return canvas.svg();
}

std::string tenths_says(Language language) {
  return in_words("Flat within the band: the distribution said how often. A hump: too wide. High ends: too narrow.",
                  "带内平坦：分布可信。中间隆起：过宽。两端偏高：过窄。", language);
}

}  // namespace plimsoll
