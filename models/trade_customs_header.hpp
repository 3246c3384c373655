/// \file
/// What the columns of a printed customs table hold, told by its titles and its one or two rows of header.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/trade_file.hpp"
#include "models/trade_units.hpp"

namespace plimsoll {

/// One column of figures.
struct CustomsColumn {
  enum class Kind { value, quantity } kind = Kind::value;
  bool to_date = false;  ///< from January on
  std::string flow;
  std::optional<MoneyUnit> money;  ///< of values
  std::size_t column = 0;
};

struct CustomsHeader {
  bool of_markets = false;  ///< rows are markets, else products
  Month month;              ///< the last month that the table covers
  int name_column = 0;
  int unit_column = -1;
  std::size_t first_row = 0;  ///< of the figures
  std::vector<CustomsColumn> columns;
};

/// nullopt, with problems, when the table is none that customs prints.
std::optional<CustomsHeader> read_customs_header(const TradeRows& rows);

}  // namespace plimsoll
