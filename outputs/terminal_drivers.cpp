#include "outputs/number_format.hpp"
#include "outputs/terminal_table.hpp"

namespace plimsoll {
namespace {

/// `driver.memory_price.level` as a person says it.
std::string name_of(const std::string& series) {
  std::string name = series.substr(series.find('.') + 1);
  name = name.substr(0, name.find('.'));
  for (char& c : name) c = c == '_' ? ' ' : c;
  return name;
}

}  // namespace

std::string driver_levels(const RunResults& results, const TerminalStyle& style) {
  std::string text;
  for (const DriverLevelRow& level : results.driver_levels) {
    std::vector<const ProbabilityRow*> rows;
    for (const ProbabilityRow& row : results.probabilities) {
      if (row.series == level.series && row.event == level.event && row.threshold == level.level) rows.push_back(&row);
    }
    std::string line;
    for (const ProbabilityRow* row : rows) {
      if (row->period.last.month() != 12 && row != rows.back()) continue;
      line += "    by " + to_string(row->period) + ": " +
              probability_with_error(row->probability, row->se, results.statistics.paths_done) + "\n";
    }
    if (line.empty()) continue;
    text += "  " + name_of(level.series) + (level.event == "fallen_to" ? " falls to " : " rises to ") +
            fixed(level.level, 1) + (level.about.empty() ? "" : ", " + level.about) + "\n" + line;
  }
  return text.empty() ? "" : emphasised("Chance that a driver comes to a level", style) + "\n" + text + "\n";
}

}  // namespace plimsoll
