#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "outputs/number_format.hpp"
#include "outputs/reverse_tables.hpp"

namespace plimsoll {
namespace {

std::string either(const Labels& labels, const std::string& en, const std::string& zh) {
  return is_zh(labels) ? zh : en;
}

/// What a stream belongs to, for people.
std::string part_of(const std::string& stream, const Labels& labels) {
  const auto begins = [&](const char* start) { return stream.rfind(start, 0) == 0; };
  if (begins("driver/")) {
    std::string driver = stream.substr(7);
    driver = driver.substr(0, driver.find_first_of("./"));
    return driver == "shocks" ? stream.substr(7) : labels.key("driver", driver);
  }
  if (begins("parameter/") || begins("family/")) return labels("parameters", "参数");
  if (begins("residual/")) return labels("residuals", "残差");
  return labels("trend", "趋势");
}

/// Decimals of a percentage that tell two digits of it.
int decimals_of(double pct) { return std::max(1, 1 - static_cast<int>(std::floor(std::log10(pct)))); }

/// A chance of any size, with two digits: 12%, 0.034%, 2.1e-09%.
std::string chance_text(double probability) {
  constexpr double kSmall = 1e-6;  // percent; below, zeros are hard to count
  const double pct = 100 * probability;
  if (!(pct > 0)) return "0%";
  return (pct < kSmall ? scientific(pct) : fixed(pct, decimals_of(pct))) + "%";
}
std::string chance_with_error(const ReverseResult& r, const Labels& labels) {
  // None, or all, of n paths: within 3/n (95%) of it.
  const std::string most = chance_text(3.0 / static_cast<double>(r.paths));
  if (r.hits == 0)
    return either(labels, "no path reaches it, so it is below " + most, "没有路径达到目标，因此低于" + most);
  if (r.hits == r.paths)
    return either(labels, "every path reaches it, so it is missed with less than " + most,
                  "所有路径均达到目标，未达到的概率低于" + most);
  const double pct = 100 * r.probability;
  constexpr double kSmall = 1e-6;
  const std::string error = pct < kSmall ? scientific(100 * r.se) : fixed(100 * r.se, decimals_of(pct) + 1);
  return chance_text(r.probability) + either(labels, " (error " + error + " pp)", "（误差" + error + "个百分点）");
}

std::string share_text(double share) { return fixed(100 * share, share < 0.1 ? 1 : 0) + "%"; }

std::string row_line(const PointRow& row, const Labels& labels) {
  const std::string unit = labels.unit(row.unit);
  return "| " + labels.series(row.series) + labels(", ", "，") + labels.period(row.period) + " | " +
         fixed(row.central, 2) + " | " + fixed(row.at_point, 2) + " | " + unit + " |\n";
}

/// Years of the drivers, growth of the target's cell, contributions by driver that move by a tenth of a point.
bool is_shown(const PointRow& row, const CellName& target) {
  constexpr double kMoves = 0.1;
  if (row.series == target.series) return to_string(row.period) == target.period;
  if (row.period.frequency != Frequency::year) return false;
  if (row.series.rfind("driver.", 0) == 0) return true;
  return row.series.rfind("exports.total.yoy/driver/", 0) == 0 && std::abs(row.at_point - row.central) >= kMoves;
}

std::string target_text(const ReverseResult& r, const Labels& labels) {
  return labels.series(r.target.cell.series) + labels(", ", "，") + labels.period(r.period) + labels(": ", "：") +
         labels.event(r.target.side == Side::below ? "below" : "above", r.target.threshold, r.unit);
}

/// A number with its unit: "0.42%", "33.37 index", "低于84.6".
std::string with_unit(const std::string& number, const std::string& unit, const Labels& labels) {
  if (unit == "pct") return number + "%";
  return unit == "index" ? number : number + labels(" ", "") + labels.unit(unit);
}

std::string point_text(const ReverseResult& r, std::size_t k, const Labels& labels) {
  const ReversePoint& point = r.points[k];
  const std::string number = std::to_string(k + 1);
  std::string text = either(labels, "## Design point " + number, "## 设计点" + number) + "\n\n";
  const std::string distance = fixed(std::abs(point.beta), 2), chance = chance_text(point.first_order);
  if (point.beta < 0)
    text += either(labels,
                   "The centre reaches the target. The likeliest combination that misses it lies " + distance +
                       " standard deviations away (first-order probability of the target " + chance + ").",
                   "中心情形已达到该目标。使其落空的最可能冲击组合距中心情形" + distance +
                       "个标准差（目标的一阶近似概率" + chance + "）。");
  else
    text += either(labels,
                   "The likeliest combination that reaches the target lies " + distance +
                       " standard deviations from the centre (first-order probability " + chance + ").",
                   "达到该目标的最可能冲击组合距中心情形" + distance + "个标准差（一阶近似概率" + chance + "）。");
  text += "\n\n";
  std::map<std::string, double> parts;
  for (const ImportanceRow& row : point.importance) parts[part_of(row.stream, labels)] += row.share;
  std::vector<std::pair<std::string, double>> order(parts.begin(), parts.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  text += labels("What it takes (importance factors): ", "重要性因子：");
  const char* separator = "";
  constexpr std::size_t kMostParts = 6;
  for (std::size_t p = 0; p < std::min(kMostParts, order.size()); ++p) {
    text += separator + order[p].first + " " + share_text(order[p].second);
    separator = is_zh(labels) ? "、" : ", ";
  }
  text += labels(".", "。") + "\n\n";
  text += labels("| | centre | design point | unit |", "| | 中心情形 | 设计点 | 单位 |") + "\n|---|---:|---:|---|\n";
  for (const PointRow& row : point.rows) {
    if (is_shown(row, r.target.cell)) text += row_line(row, labels);
  }
  return text + "\n";
}

std::string box_text(const ReverseResult& r, const Labels& labels) {
  const PrimBox& box = r.box;
  std::string text = labels("## In plain words", "## 通俗概括") + "\n\n";
  if (r.hits == 0)
    return text + either(labels, "The target is out of reach of these paths.", "这些路径都无法达到该目标。") + "\n\n";
  if (box.sides.empty())
    return text +
           labels("No range of the drivers stands out: the target comes from many sides.",
                  "没有哪个驱动因素区间特别突出：达到目标的路径来自多个方面。") +
           "\n\n";
  std::string ranges;
  for (const PrimBox::Side& side : box.sides) {
    const ReverseResult::GivenRow& row = r.given[side.variable];
    if (!ranges.empty()) ranges += labels(" and ", "且");
    ranges += in_a_sentence(labels.subject(row.series)) + labels(" in ", "（") + labels.period(row.period) +
              (side.is_upper ? labels(" is below ", "）低于") : labels(" is above ", "）高于")) +
              with_unit(fixed(side.bound, 1), row.unit, labels);
  }
  text += either(
      labels,
      "Where " + ranges + ", the target is reached with a chance of " + share_text(box.density) + " (" +
          error_text(100 * box.se_density) + " pp) instead of " + share_text(r.probability) + ". That box holds " +
          share_text(box.support) + " of all outcomes and " + share_text(box.coverage) + " (" +
          error_text(100 * box.se_coverage) + " pp) of those that reach the target.",
      "当" + ranges + "时，达到目标的概率为" + share_text(box.density) + "（" + error_text(100 * box.se_density) +
          "个百分点），无条件概率为" + share_text(r.probability) + "。该区间占全部情形的" + share_text(box.support) +
          "，占达到目标情形的" + share_text(box.coverage) + "（" + error_text(100 * box.se_coverage) + "个百分点）。");
  return text + "\n\n";
}

std::string given_text(const ReverseResult& r, const Labels& labels) {
  if (r.given.empty()) return "";
  std::string text = labels("## Drivers when the target is reached", "## 达到目标时的驱动因素") + "\n\n";
  text += labels("| | all paths | paths that reach it | unit |", "| | 全部路径 | 达到目标的路径 | 单位 |") +
          "\n|---|---:|---:|---|\n";
  for (const ReverseResult::GivenRow& row : r.given)
    text += "| " + labels.subject(row.series) + labels(", ", "，") + labels.period(row.period) + " | " +
            fixed(row.mean, 2) + " " + error_text(row.se_mean) + " | " + fixed(row.given, 2) + " " +
            error_text(row.se) + " | " + labels.unit(row.unit) + " |\n";
  return text + "\n";
}

}  // namespace

std::string reverse_memo(const ReverseResult& r, const std::string& scenario, const Labels& labels) {
  std::string text = either(labels, "# Reverse stress of " + scenario, "# 反向压力测试：" + scenario) + "\n\n";
  text += labels("Target: ", "目标：") + target_text(r, labels) + "\n\n";
  const std::string chance = chance_with_error(r, labels);
  text += either(labels,
                 "Probability: " + chance + ", by importance sampling with " + grouped(r.paths) +
                     " paths. At the centre of all shocks the figure is " +
                     with_unit(fixed(r.central, 2), r.unit, labels) + ".",
                 "概率：" + chance + "（重要性抽样，" + grouped(r.paths) + "条路径）。所有冲击取中位数时该指标为" +
                     with_unit(fixed(r.central, 2), r.unit, labels) + "。") +
          "\n\n";
  if (r.points.empty())
    text +=
        (r.centre_reaches
             ? labels("The centre reaches the target, and no combination of shocks within 12 standard deviations was "
                      "found that misses it without events.",
                      "中心情形已达到该目标；在不发生离散事件、距中心12个标准差以内，未找到使其落空的冲击组合。")
             : labels("No combination of shocks within 12 standard deviations was found that reaches the target from "
                      "the centre without events.",
                      "在不发生离散事件、距中心12个标准差以内，未找到达到该目标的冲击组合。")) +
        "\n\n";
  constexpr std::size_t kMostPoints = 3;
  for (std::size_t k = 0; k < std::min(kMostPoints, r.points.size()); ++k) text += point_text(r, k, labels);
  text += box_text(r, labels) + given_text(r, labels);
  return text;
}

}  // namespace plimsoll
