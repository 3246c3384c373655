/// \file
/// A workbook as plain data: sheets of typed columns, and charts over them.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace plimsoll {

/// Nothing, a number or a text; a text is never read as a formula.
using Cell = std::variant<std::monostate, double, std::string>;

/// A number that is not finite has no cell.
Cell number_cell(double value);

/// How a column's numbers look; their values keep all digits.
enum class NumberLook { text, whole, one_decimal, two_decimals, three_decimals, percent };

struct Column {
  std::string title;  ///< with its unit, where all rows share one
  NumberLook look = NumberLook::text;
  double width = 12;  ///< characters
};

/// Values of one column over rows of the sheet, drawn over the categories of another.
struct ChartSeries {
  std::string name;
  std::size_t categories = 0, values = 0;  ///< columns
  enum class Style { column, main_line, inner_line, outer_line, history_line } style = Style::column;
  unsigned colour = 0;  ///< 0xRRGGBB
};

struct Chart {
  std::string title, value_title;
  enum class Kind { lines, columns, stacked_columns } kind = Kind::lines;
  std::size_t first_row = 0, last_row = 0;  ///< of the data, from 0, without the header
  std::vector<ChartSeries> series;
};

/// One sheet: a header, frozen and with filters, rows, and charts to their right.
struct Sheet {
  std::string name;  ///< at most 31 characters, none of []:*?/'\ and not a user's text
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<Chart> charts{};
};

}  // namespace plimsoll
