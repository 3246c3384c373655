// Tables as customs prints them: key commodities, or countries; the month and the year to date side by side.
#include <algorithm>

#include "models/trade_customs_header.hpp"

namespace plimsoll {
namespace {

bool is_total(const std::string& name) {
  const std::string plain = folded(name);
  return plain == "总值" || plain == "合计" || plain == "总计" || plain == "total" || plain == "world" ||
         plain == "全球" || plain == "totalvalue";
}

bool is_note(const std::string& name) {
  const std::string plain = folded(name);
  return plain.empty() || plain.starts_with("注") || plain.starts_with("note") || plain.starts_with("资料来源") ||
         plain.starts_with("source");
}

}  // namespace

TradeFile read_customs_table(const TradeRows& rows) {
  TradeFile file{rows.file, "customs", "", {}, {}};
  const std::optional<CustomsHeader> header = read_customs_header(rows);
  if (!header) return file;
  for (const CustomsColumn& column : header->columns) {
    if (column.kind != CustomsColumn::Kind::value) continue;
    if (!file.currency.empty() && file.currency != column.money->currency) {
      rows.problem(rows.place(rows.rows[header->first_row - 1], column.column), "the table mixes USD and RMB",
                   "growth in the two differs by the exchange rate", "keep the columns of one currency");
      return file;
    }
    file.currency = column.money->currency;
  }
  for (std::size_t r = header->first_row; r < rows.rows.size(); ++r) {
    const CsvTable::Row& row = rows.rows[r];
    const std::string name = field(row, header->name_column);
    bool any = false;
    for (const CustomsColumn& column : header->columns) {
      if (column.kind != CustomsColumn::Kind::value) continue;
      const std::optional<double> value = rows.figure(row, column.column, "the value of " + name);
      if (!value) continue;
      any = true;
      TradeFigure figure;
      figure.flow = column.flow;
      if (!is_total(name)) (header->of_markets ? figure.market : figure.product) = name;
      figure.last = header->month;
      figure.first = column.to_date ? Month::of(header->month.year(), 1) : header->month;
      figure.value_bn = *value * column.money->bn;
      figure.place = rows.place(row, column.column);
      const auto beside = std::find_if(header->columns.begin(), header->columns.end(), [&](const CustomsColumn& one) {
        return one.kind == CustomsColumn::Kind::quantity && one.to_date == column.to_date && one.flow == column.flow;
      });
      if (beside != header->columns.end())
        figure.quantity = rows.figure(row, beside->column, "the quantity of " + name);
      figure.quantity_unit = field(row, header->unit_column);
      // January stands alone in its table: month and year to date are one figure.
      const bool again = column.to_date && header->month.month() == 1 &&
                         std::any_of(file.figures.begin(), file.figures.end(), [&](const TradeFigure& one) {
                           return one.place.line == figure.place.line && one.flow == figure.flow &&
                                  one.first == figure.first && one.last == figure.last;
                         });
      if (!again) file.figures.push_back(figure);
    }
    if (!any && !is_note(name)) file.notes.push_back(to_string(rows.place(row, 0)) + ": '" + name + "' has no value");
  }
  if (file.figures.empty() && rows.problems.empty())
    rows.problem({rows.file, 1, 1}, "the table has no figures", "", "keep its rows");
  return file;
}

}  // namespace plimsoll
