#include "sim/path_measures.hpp"

#include <algorithm>

namespace plimsoll {

double peak_to_trough_pct(const MonthlyExports& path) {
  double sum = 0;
  for (Month m = path.as_of - 11; m <= path.as_of; m = m + 1) sum += path.at(m);
  double peak = sum, deepest = 0;
  for (Month m = path.as_of + 1; m <= path.last(); m = m + 1) {
    sum += path.at(m) - path.at(m - 12);
    peak = std::max(peak, sum);
    deepest = std::max(deepest, 1 - sum / peak);
  }
  return 100 * deepest;
}

int months_below_zero(const MonthlyExports& path) {
  int months = 0;
  for (Month m = path.as_of + 1; m <= path.last(); m = m + 1) {
    if (m.month() == 1 && m < path.last()) continue;  // told with February
    const bool season = m.month() == 2;
    double now = path.at(m), before = path.at(m - 12);
    if (season) {
      now += path.at(m - 1);
      before += path.at(m - 13);
    }
    if (now < before) months += season && m - 1 > path.as_of ? 2 : 1;
  }
  return months;
}

Recovery recovery_of(const MonthlyExports& path, const MonthlyExports& baseline, double tolerance_pct) {
  const double least = 1 - tolerance_pct / 100;
  const auto below = [&](Month m) { return path.at(m) < least * baseline.at(m); };
  Recovery recovery;
  Month began, last_below;
  for (Month m = path.as_of + 1; m <= path.last(); m = m + 1) {
    if (!below(m)) continue;
    if (!recovery.hit) began = m;
    recovery.hit = true;
    last_below = m;
  }
  if (!recovery.hit) return recovery;
  recovery.recovered = last_below < path.last();
  recovery.months = last_below - began + 1;
  return recovery;
}

}  // namespace plimsoll
