#include "models/trade_file.hpp"

#include <algorithm>

#include "models/trade_units.hpp"

namespace plimsoll {

Place TradeRows::place(const CsvTable::Row& row, std::size_t column) const {
  return {file, row.line, column < row.columns.size() ? row.columns[column] : 1};
}

void TradeRows::problem(const Place& at, const std::string& what, const std::string& why,
                        const std::string& hint) const {
  problems.push_back({at, "", what, why, hint});
}

std::string field(const CsvTable::Row& row, int column) {
  return column < 0 || static_cast<std::size_t>(column) >= row.fields.size()
             ? ""
             : trimmed(row.fields[static_cast<std::size_t>(column)]);
}

std::optional<double> TradeRows::figure(const CsvTable::Row& row, std::size_t column, const std::string& name) const {
  const std::string text = field(row, static_cast<int>(column));
  if (text.empty() || text == "-" || text == "--" || text == "—") return std::nullopt;
  const std::optional<double> number = parse_grouped_number(text);
  if (!number) {
    problem(place(row, column), "'" + text + "' is no number", name + " is a number, or empty",
            "write e.g. 1234.5, or leave the field empty");
    return std::nullopt;
  }
  if (*number < 0) {
    problem(place(row, column), name + " is negative: " + text, "customs values and quantities are at least 0",
            "corrections belong in the month that they correct");
    return std::nullopt;
  }
  return number;
}

TradeFile parse_trade_file(const std::string& text, const std::string& file, std::vector<Problem>& problems) {
  const TradeRows rows{file, parse_csv_rows(text, file), problems};
  if (rows.rows.empty()) {
    rows.problem({file, 1, 1}, "the table is empty", "there is nothing to decompose", "give a table with figures");
    return {};
  }
  const CsvTable::Row& head = rows.rows.front();
  const auto has = [&](const char* name) {
    return std::any_of(head.fields.begin(), head.fields.end(),
                       [&](const std::string& one) { return folded(one) == folded(name); });
  };
  if (has("primaryValue")) return read_comtrade(rows);
  // A header with month and product is meant to be tidy, whatever it lacks; customs prints the month in the title.
  const bool has_line = has("product") || has("market") || has("partner");
  const bool is_tidy = has("value_usd_bn") || has("value_rmb_bn") || has("flow") || (has_line && has("month")) ||
                       (has_line && has("period"));
  if (is_tidy) return read_tidy(rows);
  return read_customs_table(rows);
}

}  // namespace plimsoll
