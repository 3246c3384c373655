#include "scenarios/statistic_text.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/near_names.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

constexpr const char* kCellExample = "write e.g. exports.total.yoy@2027";
constexpr const char* kEventExample = "write e.g. 'exports.total.yoy@2027 < 0'";
constexpr const char* kStatisticExample = "write e.g. p05(exports.total.yoy@2027)";
constexpr const char* kGateExample = "write e.g. 'p05(exports.total.yoy@2027) < -8'";

std::nullopt_t refuse(Problem& problem, const std::string& what, const std::string& why, const std::string& hint) {
  problem.what = what;
  problem.why = why;
  problem.hint = hint;
  return std::nullopt;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

/// The parts of `a and b and c`.
std::vector<std::string> conjuncts(const std::string& text) {
  const std::string word = " and ";
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t at = 0; (at = text.find(word, from)) != std::string::npos; from = at + word.size())
    parts.push_back(text.substr(from, at - from));
  parts.push_back(text.substr(from));
  return parts;
}

/// `LEFT < NUMBER` in its parts.
struct Comparison {
  std::string left;
  Side side = Side::below;
  double number = 0;
};
std::optional<Comparison> parse_comparison(const std::string& text, std::size_t from, const char* example,
                                           Problem& problem) {
  const std::size_t at = text.find_first_of("<>=", from);
  if (at == std::string::npos)
    return refuse(problem, "'" + text + "' compares with nothing", "a figure, < or >, and a number", example);
  const std::string after = text.substr(at + 1);
  if (text[at] == '=' || (!after.empty() && after[0] == '='))
    return refuse(problem, "'" + text + "' asks for equality",
                  "figures are continuous, so < and <= are the same; only < and > are written", example);
  const std::optional<double> number = parse_double(trimmed(after));
  if (!number || !std::isfinite(*number))
    return refuse(problem, "'" + trimmed(after) + "' is not a number", "in the unit of the series, with a point",
                  example);
  return Comparison{trimmed(text.substr(0, at)), text[at] == '<' ? Side::below : Side::above, *number};
}

std::string comparison_text(const std::string& left, Side side, double number) {
  return left + (side == Side::below ? " < " : " > ") + shortest(number);
}

}  // namespace

std::string to_string(const CellName& cell) { return cell.series + "@" + cell.period; }

std::string to_string(const JointEvent& event) {
  std::string text;
  for (const Condition& c : event.conditions)
    text += (text.empty() ? "" : " and ") + comparison_text(to_string(c.cell), c.side, c.threshold);
  return text;
}

std::string quantile_name(double level) {
  const long percent = std::lround(100 * level);
  return (percent < 10 ? "p0" : "p") + std::to_string(percent);
}

std::string to_string(const Statistic& s) {
  switch (s.kind) {
    case Statistic::Kind::mean: return "mean(" + to_string(s.cell) + ")";
    case Statistic::Kind::sd: return "sd(" + to_string(s.cell) + ")";
    case Statistic::Kind::quantile: return quantile_name(s.level) + "(" + to_string(s.cell) + ")";
    case Statistic::Kind::probability: return "prob(" + to_string(s.event) + ")";
  }
  return "";
}

std::string to_string(const Gate& gate) { return comparison_text(to_string(gate.statistic), gate.side, gate.value); }

std::optional<CellName> parse_cell(const std::string& text, Problem& problem) {
  const std::string cell = trimmed(text);
  const std::size_t at = cell.find('@');
  const bool one = at != std::string::npos && cell.find('@', at + 1) == std::string::npos;
  if (!one || at == 0 || at + 1 == cell.size() || cell.find_first_of(" *?()") != std::string::npos)
    return refuse(problem, "'" + cell + "' is no cell", "SERIES@PERIOD, without patterns", kCellExample);
  return CellName{cell.substr(0, at), cell.substr(at + 1)};
}

std::optional<JointEvent> parse_event(const std::string& text, Problem& problem) {
  JointEvent event;
  for (const std::string& part : conjuncts(text)) {
    const std::optional<Comparison> comparison = parse_comparison(trimmed(part), 0, kEventExample, problem);
    if (!comparison) return std::nullopt;
    const std::optional<CellName> cell = parse_cell(comparison->left, problem);
    if (!cell) return std::nullopt;
    event.conditions.push_back({*cell, comparison->side, comparison->number});
  }
  return event;
}

std::optional<Statistic> parse_statistic(const std::string& text, Problem& problem) {
  const std::string whole = trimmed(text);
  const std::size_t open = whole.find('(');
  if (open == std::string::npos || whole.back() != ')')
    return refuse(problem, "'" + whole + "' is no statistic", "STATISTIC(SERIES@PERIOD)", kStatisticExample);
  const std::string name = trimmed(whole.substr(0, open));
  const std::string inside = whole.substr(open + 1, whole.size() - open - 2);
  Statistic statistic;
  if (name == "prob") {
    statistic.kind = Statistic::Kind::probability;
    const std::optional<JointEvent> event = parse_event(inside, problem);
    if (!event) return std::nullopt;
    statistic.event = *event;
    return statistic;
  }
  const auto* level = std::find_if(std::begin(kTableQuantiles), std::end(kTableQuantiles),
                                   [&](double q) { return quantile_name(q) == name; });
  if (name == "mean") {
    statistic.kind = Statistic::Kind::mean;
  } else if (name == "sd") {
    statistic.kind = Statistic::Kind::sd;
  } else if (level != std::end(kTableQuantiles)) {
    statistic.kind = Statistic::Kind::quantile;
    statistic.level = *level;
  } else {
    std::vector<std::string> known{"mean", "sd", "prob"};
    for (const double q : kTableQuantiles) known.push_back(quantile_name(q));
    return refuse(problem, "'" + name + "' is no statistic",
                  "mean, sd, p01, p05, p10, p25, p50, p75, p90, p95, p99 and prob are",
                  did_you_mean(name, known, kStatisticExample));
  }
  const std::optional<CellName> cell = parse_cell(inside, problem);
  if (!cell) return std::nullopt;
  statistic.cell = *cell;
  return statistic;
}

std::optional<Gate> parse_gate(const std::string& text, Problem& problem) {
  const std::size_t close = text.rfind(')');
  if (close == std::string::npos)
    return refuse(problem, "'" + text + "' is no gate", "a statistic, < or >, and a number", kGateExample);
  const std::optional<Comparison> comparison = parse_comparison(text, close, kGateExample, problem);
  if (!comparison) return std::nullopt;
  const std::optional<Statistic> statistic = parse_statistic(comparison->left, problem);
  if (!statistic) return std::nullopt;
  const bool impossible = comparison->number < 0 || comparison->number > 1;
  if (statistic->kind == Statistic::Kind::probability && impossible)
    return refuse(problem, shortest(comparison->number) + " is no probability", "probabilities go from 0 to 1",
                  "write 0.2 for 20%");
  return Gate{*statistic, comparison->side, comparison->number};
}

}  // namespace plimsoll
