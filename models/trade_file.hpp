/// \file
/// Reads one CSV file of trade statistics, whichever of three layouts it has: docs/guide/decompose.md.
#pragma once

#include <string>
#include <vector>

#include "models/trade_figures.hpp"
#include "scenarios/csv.hpp"

namespace plimsoll {

/// What layouts share: the file's rows, where problems go.
struct TradeRows {
  std::string file;
  std::vector<CsvTable::Row> rows;
  std::vector<Problem>& problems;

  Place place(const CsvTable::Row& row, std::size_t column) const;
  void problem(const Place& at, const std::string& what, const std::string& why, const std::string& hint) const;
  /// A value or quantity: 1,234.5; `-` and blanks are nothing. Negative or no number: a problem.
  std::optional<double> figure(const CsvTable::Row& row, std::size_t column, const std::string& name) const;
};

/// Field `column` of `row` without blanks around it; empty where the row is shorter.
std::string field(const CsvTable::Row& row, int column);

TradeFile read_tidy(const TradeRows& rows);
TradeFile read_comtrade(const TradeRows& rows);
TradeFile read_customs_table(const TradeRows& rows);

/// Reads `text` (UTF-8); `file` is its name in messages. Problems are added; the figures are those that could be read.
TradeFile parse_trade_file(const std::string& text, const std::string& file, std::vector<Problem>& problems);

}  // namespace plimsoll
