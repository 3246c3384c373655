#include "outputs/stress_page.hpp"

#include <algorithm>

namespace plimsoll {

std::vector<const StressScenario*> scenarios_on_the_page(const StressResults& results) {
  const std::vector<StressScenario>& all = results.scenarios;
  const bool small = all.size() <= kPageRows + 1;
  std::vector<const StressScenario*> shown;
  for (const StressScenario& s : all) {
    if (small || (shown.size() <= kPageRows && s.failure.empty())) shown.push_back(&s);
  }
  if (small) return shown;
  for (std::size_t t = 0; t < results.thresholds.size(); ++t) {
    const StressScenario* worst = nullptr;
    for (const StressScenario& s : all) {
      if (!s.failure.empty() || s.thresholds.size() <= t) continue;
      if (worst == nullptr || s.thresholds[t].value > worst->thresholds[t].value) worst = &s;
    }
    if (worst != nullptr && std::find(shown.begin(), shown.end(), worst) == shown.end()) shown.push_back(worst);
  }
  // In the suite's order of severity again.
  std::sort(shown.begin() + 1, shown.end());
  return shown;
}

}  // namespace plimsoll
