#include "outputs/stress_words.hpp"

#include <algorithm>
#include <string_view>

#include "outputs/number_format.hpp"

namespace plimsoll {

namespace {

std::string limit_words(Side side, double threshold, const std::string& unit, const Labels& labels) {
  return labels.event(side == Side::below ? "below" : "above", threshold, unit);
}

std::string unit_of(const StressResults& results, const CellName& cell) { return results.units.at(cell.series); }

}  // namespace

std::string threshold_letter(std::size_t number) {
  constexpr std::size_t kLetters = 26;
  const std::string last(1, static_cast<char>('A' + static_cast<int>(number % kLetters)));
  return number < kLetters ? last : threshold_letter(number / kLetters - 1) + last;
}

std::string cell_words(const StressResults& results, const CellName& cell, const Labels& labels) {
  const std::string period = labels.period(results.periods.at(cell.period));
  const std::string series = labels.series(cell.series);
  return is_zh(labels) ? period + series : series + ", " + period;
}

std::string threshold_words(const StressResults& results, const JointEvent& event, const Labels& labels) {
  std::string text;
  for (const Condition& c : event.conditions) {
    const std::string limit = limit_words(c.side, c.threshold, unit_of(results, c.cell), labels);
    const std::string gap = is_zh(labels) ? "" : ": ";
    text += (text.empty() ? "" : labels(", and ", "，且")) + cell_words(results, c.cell, labels) + gap + limit;
  }
  return text;
}

std::string gate_words(const StressResults& results, const GateOutcome& outcome, const Labels& labels) {
  const Statistic& s = outcome.gate.statistic;
  const bool zh = is_zh(labels);
  std::string of, unit, value;
  if (s.kind == Statistic::Kind::probability) {
    of = zh ? "概率（" + threshold_words(results, s.event, labels) + "）"
            : "probability of " + in_a_sentence(threshold_words(results, s.event, labels));
    const bool sure = outcome.figure.value == 0 || outcome.figure.value == 1;
    value = sure ? probability_words(outcome.figure, results.paths, labels)
                 : fixed(outcome.figure.value, 3) + " " + error_text(outcome.figure.se);
  } else {
    const std::string name = s.kind == Statistic::Kind::mean ? "mean"
                             : s.kind == Statistic::Kind::sd ? "sd"
                                                             : quantile_name(s.level);
    unit = unit_of(results, s.cell);
    of = zh ? cell_words(results, s.cell, labels) + "的" + labels.statistic(name)
            : labels.statistic(name) + " of " + in_a_sentence(cell_words(results, s.cell, labels));
    value = figure_words(outcome.figure, 2) + (unit == "pct" ? "%" : " " + labels.unit(unit));
  }
  const std::string limit = unit.empty() ? limit_words(outcome.gate.side, outcome.gate.value, "index", labels)
                                         : limit_words(outcome.gate.side, outcome.gate.value, unit, labels);
  std::string text = of + (zh ? "为" : ": ") + value + labels(", limit: ", "，触发条件：") + limit;
  if (outcome.close)
    text += labels(" (within Monte Carlo error of the limit: more paths may turn the verdict)",
                   "（与触发线之差在蒙特卡洛误差以内，增加路径后结论可能改变）");
  return text;
}

std::string probability_words(const StressFigure& figure, std::int64_t paths, const Labels& labels) {
  std::string text = probability_text(figure.value, paths);
  bool bound = false;  // which is then the error too
  for (const auto& [en, zh] : {std::pair("below ", "低于"), std::pair("above ", "高于")}) {
    if (!text.starts_with(en)) continue;
    bound = true;
    if (is_zh(labels)) text = zh + text.substr(std::string_view(en).size());
    break;
  }
  return bound ? text : text + " " + error_text(100 * figure.se);
}

std::string figure_words(const StressFigure& figure, int decimals) {
  return signed_fixed(figure.value, decimals) + " " + error_text(figure.se);
}

std::string scenario_words(const StressScenario& scenario, const Labels& labels) {
  const std::string& title = in(scenario.title, labels.language());
  return title.empty() ? scenario.name : title;
}

const StressRow* find_measure(const StressScenario& scenario, const std::string& measure, const std::string& series,
                              const std::string& period) {
  const auto row = std::find_if(scenario.rows.begin(), scenario.rows.end(), [&](const StressRow& r) {
    return r.measure == measure && r.series == series && (period.empty() || r.period == period);
  });
  return row == scenario.rows.end() ? nullptr : &*row;
}

}  // namespace plimsoll
