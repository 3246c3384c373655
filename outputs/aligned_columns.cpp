#include "outputs/aligned_columns.hpp"

#include <algorithm>

#include "outputs/number_format.hpp"

namespace plimsoll {

std::string aligned_columns(const ScoreTable& table, const TerminalStyle& style) {
  std::vector<int> widths;
  for (const std::string& cell : table.header) widths.push_back(text_width(cell));
  for (const auto& row : table.rows) {
    for (std::size_t k = 0; k < row.size(); ++k) widths[k] = std::max(widths[k], text_width(row[k]));
  }
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text = "  " + left_aligned(cells[0], widths[0]);
    for (std::size_t k = 1; k < cells.size(); ++k) text += "  " + right_aligned(cells[k], widths[k]);
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  };
  std::string text = dimmed(line(table.header), style) + "\n";
  for (const auto& row : table.rows) text += line(row) + "\n";
  return text;
}

std::string aligned_section(const ScoreSection& section, const TerminalStyle& style) {
  std::string text = emphasised(section.title, style) + "\n";
  for (const ScoreTable& table : section.tables) {
    if (table.rows.empty()) continue;
    if (!table.title.empty()) text += table.title + "\n";
    text += aligned_columns(table, style) + "\n";
  }
  return text;
}

}  // namespace plimsoll
