#include "outputs/group_charts.hpp"

#include <algorithm>
#include <cmath>

#include "outputs/svg/svg_canvas.hpp"

namespace plimsoll {

std::string group_pit_svg(const GroupResults& results, Language language) {
  constexpr const char *kBand = "#cfe3f1", *kBar = "#86bbdd", *kEven = "#222222";
  const auto in_words = [&](const char* en, const char* zh) { return std::string(language == Language::zh ? zh : en); };
  std::vector<double> frequency, lower, upper;
  double high = 1;
  bool banded = true;
  for (const GroupPitRow& row : results.pits) {
    if (row.group != kAllGroups) continue;
    frequency.push_back(row.frequency);
    banded = banded && std::isfinite(row.high);
    lower.push_back(row.low);
    upper.push_back(row.high);
    high = std::max({high, row.frequency, std::isfinite(row.high) ? row.high : 0.0});
  }
  SvgCanvas canvas(in_words("All groups: where outcomes fell in the forecast, by tenths",
                            "全部商品组：实际值落在预测分布的哪个十分位"),
                   in_words("multiples of the expected", "与期望之比"), frequency.size(), 0, high);
  if (banded) canvas.band(0, lower, upper, kBand);
  for (std::size_t k = 0; k < frequency.size(); ++k) {
    canvas.bar(k, 0, frequency[k], kBar);
    canvas.slot_label(k, std::to_string(10 * k) + "-" + std::to_string(10 * k + 10) + "%");
  }
  canvas.line(0, std::vector<double>(frequency.size(), 1), kEven, 1);
  if (banded) canvas.legend(in_words("90% band of a calibrated forecast", "校准良好时的 90% 带"), kBand);
  canvas.legend(in_words("outcomes", "实际"), kBar);
  return canvas.svg();
}

}  // namespace plimsoll
