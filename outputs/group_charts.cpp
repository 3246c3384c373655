#include "outputs/group_charts.hpp"

#include "outputs/in_words.hpp"
#include "outputs/pit_chart.hpp"

namespace plimsoll {

std::string group_pit_svg(const GroupResults& results, Language language) {
  std::vector<PitTenth> tenths;
  for (const GroupPitRow& row : results.pits) {
    if (row.group == kAllGroups) tenths.push_back({row.frequency, row.low, row.high});
  }
  return tenths_svg(in_words("All groups", "全部商品组", language), tenths, language);
}

}  // namespace plimsoll
