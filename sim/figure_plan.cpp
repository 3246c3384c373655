#include "sim/figure_plan.hpp"

#include <algorithm>

#include "scenarios/number_text.hpp"
#include "sim/cell_index.hpp"

namespace plimsoll {

namespace {

std::string quoted_list(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "'" : ", '") + item + "'";
  return "[" + text + "]";
}

void add_once(const std::string& item, std::vector<std::string>& items) {
  if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
}

bool is_contribution(const CellName& cell) { return cell.series.find('/') != std::string::npos; }

}  // namespace

FigurePlan::FigurePlan(const std::vector<Statistic>& statistics) {
  for (const Statistic& statistic : statistics) {
    if (statistic.kind != Statistic::Kind::probability) {
      figures.push_back({statistic, add(statistic.cell)});
      continue;
    }
    Event event;
    for (const Condition& c : statistic.event.conditions) event.parts.push_back({add(c.cell), c.side, c.threshold});
    figures.push_back({statistic, events.size()});
    events.push_back(std::move(event));
  }
}

std::size_t FigurePlan::add(const CellName& cell) {
  const auto found = std::find(cells.begin(), cells.end(), cell);
  if (found != cells.end()) return static_cast<std::size_t>(found - cells.begin());
  cells.push_back(cell);
  return cells.size() - 1;
}

std::string FigurePlan::report_assignment() const {
  std::vector<std::string> series, contributions;
  for (const CellName& cell : cells) {
    add_once(cell.series.substr(0, cell.series.find('/')) + "@" + cell.period, series);
    if (is_contribution(cell)) add_once("driver@" + cell.period, contributions);
  }
  if (contributions.empty()) contributions.emplace_back("none");
  std::string thresholds;  // of single conditions: a run with observations tells them in its tables
  for (const Figure& f : figures) {
    const std::vector<Condition>& conditions = f.statistic.event.conditions;
    const std::string number = conditions.size() == 1 ? shortest(conditions.front().threshold) : "";
    if (!number.empty() && (", " + thresholds + ",").find(", " + number + ",") == std::string::npos)
      thresholds += (thresholds.empty() ? "" : ", ") + number;
  }
  return "report={series: " + quoted_list(series) + ", contributions: " + quoted_list(contributions) +
         ", thresholds_pct: [" + thresholds + "], single_lunar_months: true}";
}

std::vector<OutputPlan> FigurePlan::outputs_of(const OutputSelection& outputs, const std::vector<Place>& places) const {
  const CellIndex index(outputs);
  std::vector<Problem> problems;
  const auto look = [&](std::size_t cell, std::size_t figure) {
    if (!index.find(cells[cell]))
      problems.push_back(index.missing(cells[cell], figure < places.size() ? places[figure] : Place{}, "outputs"));
  };
  for (std::size_t f = 0; f < figures.size(); ++f) {
    if (figures[f].statistic.kind != Statistic::Kind::probability)
      look(figures[f].place, f);
    else
      for (const Event::Part& part : events[figures[f].place].parts) look(part.cell, f);
  }
  if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  std::vector<OutputPlan> plans;
  for (const CellName& cell : cells) plans.push_back(outputs.plans[*index.find(cell)]);
  return plans;
}

std::vector<std::string> FigurePlan::units(const OutputSelection& outputs) const {
  const CellIndex index(outputs);
  std::vector<std::string> units;
  for (const Figure& figure : figures) {
    if (figure.statistic.kind == Statistic::Kind::probability) {
      units.emplace_back("probability");
      continue;
    }
    const OutputLabel& label = outputs.labels[*index.find(cells[figure.place])];
    units.push_back(label.table == OutputLabel::Table::contributions ? "pp" : label.unit);
  }
  return units;
}

}  // namespace plimsoll
