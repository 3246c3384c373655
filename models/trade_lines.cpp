#include "models/trade_lines.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

/// Later tables revise earlier months by some per mille; more than this is another vintage, or a slip.
constexpr double kMostRevision = 0.05;
/// Customs prints two or three decimals of 100 million: differences of years to date are not known better, bn.
constexpr double kRounding = 0.002;

std::string months_text(Month first, Month last) {
  return first == last ? to_string(first) : to_string(first) + ".." + to_string(last);
}

}  // namespace

SpanSums::Boundary& SpanSums::boundary(int month) {
  const auto place = boundaries_.find(month);
  if (place != boundaries_.end()) return place->second;
  return boundaries_.emplace(month, Boundary{components_++, 0}).first->second;
}

std::optional<double> SpanSums::add(Month first, Month last, double value) {
  printed_.emplace(std::pair{first.index, last.index}, value);
  boundary(first.index);
  boundary(last.index + 1);
  const Boundary from = boundary(first.index), to = boundary(last.index + 1);
  if (from.component == to.component) return to.offset - from.offset;
  const double shift = from.offset + value - to.offset;
  for (auto& [month, one] : boundaries_) {
    if (one.component == to.component) one = {from.component, one.offset + shift};
  }
  return std::nullopt;
}

std::optional<double> SpanSums::over(Month first, Month last) const {
  const auto printed = printed_.find({first.index, last.index});
  if (printed != printed_.end()) return printed->second;
  const auto from = boundaries_.find(first.index), to = boundaries_.find(last.index + 1);
  if (from == boundaries_.end() || to == boundaries_.end() || from->second.component != to->second.component)
    return std::nullopt;
  return to->second.offset - from->second.offset;
}

std::vector<Month> TradeLine::covered() const {
  std::set<Month> months;
  for (const auto& [span, figure] : printed) {
    for (Month m = span.first; m <= span.second; m = m + 1) months.insert(m);
  }
  return {months.begin(), months.end()};
}

void join_spans(TradeLine& line, const std::string& what, std::vector<Problem>& problems) {
  for (const auto& [span, figure] : line.printed) {
    const std::optional<double> implied = line.value.add(span.first, span.second, figure.value_bn);
    if (figure.quantity) line.quantity.add(span.first, span.second, *figure.quantity);
    if (!implied) continue;
    const double gap = std::abs(*implied - figure.value_bn);
    if (gap <= kMostRevision * std::max(std::abs(*implied), figure.value_bn) + kRounding) continue;
    problems.push_back({figure.place, "",
                        what + ": " + months_text(span.first, span.second) + " is " + shortest(figure.value_bn) +
                            " bn here, but the other figures add up to " + shortest(std::round(*implied * 1e4) / 1e4) +
                            " bn",
                        "months, years to date and years of one vintage differ by revisions of a few per cent at most",
                        "use tables of one vintage and one unit"});
  }
  // A year to date that falls.
  for (const Month m : line.covered()) {
    const std::optional<double> month = line.value.over(m, m);
    if (!month || *month >= -kRounding) continue;
    const auto at =
        std::find_if(line.printed.begin(), line.printed.end(), [&](const auto& one) { return one.first.second == m; });
    problems.push_back({at == line.printed.end() ? line.place : at->second.place, "",
                        what + ": the year to date falls in " + to_string(m) + ", so the month would be " +
                            shortest(std::round(*month * 1e4) / 1e4) + " bn",
                        "exports and imports are at least 0", "use tables of one vintage and one unit"});
  }
}

}  // namespace plimsoll
