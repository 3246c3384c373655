#include "models/trade_slips.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

constexpr std::array kNeighbours{-12, -3, -2, -1, 1, 2, 3, 12};
constexpr std::size_t kFewestNeighbours = 3;
/// Neighbours further apart than this say nothing: ships and the like.
constexpr double kSteadyRatio = 3;
/// How near to a power of ten, in powers of ten: a factor of 1.5 either way is a month's own growth.
constexpr double kNearPower = 0.17;
constexpr int kMostPowers = 4;
/// A step from one level to another: figures on each side, how far back they are looked for, how steady they are, and
/// how near to a power of ten the step is. Narrower than for one month: what really grows tenfold seldom does so at
/// once.
constexpr std::size_t kStepFigures = 4;
constexpr int kStepMonths = 6;
constexpr double kStepSteadyRatio = 2, kStepNearPower = 0.1;
constexpr int kMostNamed = 6;  // months in a message

struct Slip {
  Month month;
  double value = 0, neighbours = 0;
  int powers = 0;
};

/// A quarter of the neighbours may have slipped too: two months in a row. \param sorted at least three stay.
void drop_outliers(std::vector<double>& sorted) {
  std::size_t spare = std::min(sorted.size() / 4, sorted.size() - kFewestNeighbours);
  for (; spare > 0 && sorted.back() > kSteadyRatio * sorted.front(); --spare) {
    const double median = sorted[sorted.size() / 2];
    if (sorted.back() / median > median / sorted.front())
      sorted.pop_back();
    else
      sorted.erase(sorted.begin());
  }
}

std::vector<Slip> slips_of(const SpanSums& sums, const std::vector<Month>& months) {
  std::vector<Slip> slips;
  for (const Month m : months) {
    const std::optional<double> own = sums.over(m, m);
    if (!own || !(*own > 0)) continue;
    std::vector<double> near;
    for (const int step : kNeighbours) {
      const std::optional<double> other = sums.over(m + step, m + step);
      if (other && *other > 0) near.push_back(*other);
    }
    if (near.size() < kFewestNeighbours) continue;
    std::sort(near.begin(), near.end());
    drop_outliers(near);
    if (near.back() > kSteadyRatio * near.front()) continue;
    const double median = near[near.size() / 2], power = std::log10(*own / median);
    const int powers = static_cast<int>(std::lround(power));
    if (powers == 0 || std::abs(powers) > kMostPowers || std::abs(power - powers) > kNearPower) continue;
    slips.push_back({m, *own, median, powers});
  }
  return slips;
}

/// Months from which on all figures are a power of ten off: a unit that changes, a table pasted below another.
std::vector<Slip> steps_of(const SpanSums& sums, const std::vector<Month>& months) {
  const auto side = [&](Month from, int direction) {
    std::vector<double> figures;
    for (int k = 0; k < kStepMonths && figures.size() < kStepFigures; ++k) {
      const std::optional<double> value = sums.over(from + direction * k, from + direction * k);
      if (value && *value > 0) figures.push_back(*value);
    }
    std::sort(figures.begin(), figures.end());
    return figures;
  };
  const auto steady = [](const std::vector<double>& figures) {
    return figures.size() >= kFewestNeighbours && figures.back() <= kStepSteadyRatio * figures.front();
  };
  std::vector<Slip> steps;
  for (const Month m : months) {
    const std::optional<double> own = sums.over(m, m);
    if (!own || !(*own > 0)) continue;
    const std::vector<double> before = side(m - 1, -1), after = side(m, 1);
    if (!steady(before) || !steady(after)) continue;
    const double level = before[before.size() / 2], power = std::log10(after[after.size() / 2] / level);
    const int powers = static_cast<int>(std::lround(power));
    if (powers == 0 || std::abs(powers) > kMostPowers || std::abs(power - powers) > kStepNearPower) continue;
    steps.push_back({m, *own, level, powers});
  }
  return steps;
}

Place place_of(const TradeLine& line, Month month) {
  Place place = line.place;
  for (const auto& [span, figure] : line.printed) {
    if (span.second == month) place = figure.place;
  }
  return place;
}

/// The same calendar months in every year that has any.
bool same_months_each_year(const std::vector<Month>& months) {
  std::map<int, std::set<int>> years;
  for (const Month m : months) years[m.year()].insert(m.month());
  return std::all_of(years.begin(), years.end(), [&](const auto& one) { return one.second == years.begin()->second; });
}

/// Covered months stand before and after it in its own year.
bool inside_a_year(const std::vector<Month>& months, Month month) {
  const auto in_year = [&](Month m) { return m.year() == month.year(); };
  const auto later = std::upper_bound(months.begin(), months.end(), month);
  return later != months.end() && in_year(*later) && later != months.begin() && in_year(*(later - 1));
}

}  // namespace

void find_slips(const TradeLine& line, const std::string& what, std::vector<Problem>& problems,
                const std::string& value_unit) {
  const std::vector<Month> months = line.covered();
  const auto report = [&](const SpanSums& sums, const std::string& figure, const std::string& unit) {
    for (const Slip& step : steps_of(sums, months)) {
      const double times = std::pow(10, std::abs(step.powers));
      problems.push_back({place_of(line, step.month), "",
                          what + ": from " + to_string(step.month) + " on the " + figure + " is about " +
                              (step.powers > 0 ? "" : "1/") + shortest(times) + " times that of the months before (" +
                              shortest(step.value) + unit + " after " + shortest(step.neighbours) + unit + ")",
                          "steady lines do not jump by powers of ten: the unit or the vintage changes here",
                          "give one unit; compare it with the printed table"});
    }
    for (const Slip& slip : slips_of(sums, months)) {
      const double times = std::pow(10, std::abs(slip.powers));
      problems.push_back({place_of(line, slip.month), "",
                          what + ": the " + figure + " of " + to_string(slip.month) + ", " + shortest(slip.value) +
                              unit + ", is about " + (slip.powers > 0 ? "" : "1/") + shortest(times) +
                              " times its neighbours (" + shortest(slip.neighbours) + unit + ")",
                          "steady lines do not jump by powers of ten: a unit or a decimal point slipped",
                          "compare it with the printed table"});
    }
  };
  report(line.value, "value", value_unit);
  report(line.quantity, "quantity", line.unit.empty() ? "" : " " + line.unit);
}

void find_gaps(const TradeLine& line, const std::string& what, const std::vector<Month>& covered_by_others,
               std::vector<Problem>& problems) {
  const std::vector<Month> months = line.covered();
  if (months.empty()) return;
  const bool of_customs = std::all_of(line.printed.begin(), line.printed.end(),
                                      [](const auto& one) { return one.second.layout == "customs"; });
  const bool may_skip = of_customs || same_months_each_year(months);
  std::string missing;
  int count = 0;
  Month before_gap = months.front();
  for (Month m = months.front(); m < months.back(); m = m + 1) {
    if (std::binary_search(months.begin(), months.end(), m)) {
      if (count == 0) before_gap = m;
      continue;
    }
    const bool others = std::binary_search(covered_by_others.begin(), covered_by_others.end(), m);
    if (may_skip && !others && (of_customs || !inside_a_year(months, m))) continue;
    if (++count <= kMostNamed) missing += (missing.empty() ? "" : ", ") + to_string(m);
  }
  if (count == 0) return;
  problems.push_back({place_of(line, before_gap), "",
                      what + " has no figure for " + missing + (count > kMostNamed ? " and others" : ""),
                      "it has figures before and after; growth over a gap would be of other months",
                      "add the missing rows, with value 0 where there was no trade"});
}

}  // namespace plimsoll
