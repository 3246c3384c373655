// The program's own layout: flow,product,market,period,value_usd_bn|value_rmb_bn,quantity,quantity_unit.
#include <algorithm>
#include <array>

#include "models/trade_file.hpp"
#include "models/trade_period.hpp"
#include "models/trade_units.hpp"

namespace plimsoll {
namespace {

struct Column {
  const char* name;
  const char* other;  ///< a second name that it may have
};
constexpr std::array kColumns{Column{"flow", ""},          Column{"product", ""},
                              Column{"market", "partner"}, Column{"period", "month"},
                              Column{"value_usd_bn", ""},  Column{"value_rmb_bn", ""},
                              Column{"quantity", ""},      Column{"quantity_unit", "qty_unit"},
                              Column{"source", "basis"},   Column{"note", ""}};

bool names_all(const std::string& name) {
  static constexpr std::array<std::string_view, 7> kAll{"", "total", "all", "world", "合计", "总值", "总计"};
  const std::string plain = folded(name);
  return std::find(kAll.begin(), kAll.end(), plain) != kAll.end();
}

class TidyReader {
 public:
  explicit TidyReader(const TradeRows& rows) : rows_(rows) { at_.fill(-1); }

  TradeFile read() {
    if (!read_header()) return {};
    const bool usd = column("value_usd_bn") >= 0;
    TradeFile file{rows_.file, "tidy", usd ? "USD" : "RMB", {}, {}};
    if (usd && column("value_rmb_bn") >= 0)
      file.notes.push_back(rows_.file + " has values in USD and in RMB: USD are used");
    for (std::size_t r = 1; r < rows_.rows.size(); ++r) read_row(rows_.rows[r], file);
    if (file.figures.empty() && rows_.problems.empty())
      rows_.problem({rows_.file, 1, 1}, "the table has no figures", "", "write one row a product or market and month");
    return file;
  }

 private:
  const TradeRows& rows_;
  std::array<int, kColumns.size()> at_{};

  int column(const std::string& name) const {
    for (std::size_t k = 0; k < kColumns.size(); ++k) {
      if (name == kColumns[k].name) return at_[k];
    }
    return -1;
  }

  bool read_header() {
    const CsvTable::Row& head = rows_.rows.front();
    bool good = true;
    const auto refuse = [&](std::size_t c, const std::string& what, const std::string& hint) {
      rows_.problem(rows_.place(head, c), what,
                    "columns are flow,product,market,period,value_usd_bn (or value_rmb_bn),quantity,quantity_unit",
                    hint);
      good = false;
    };
    std::vector<std::string> known;
    for (const Column& one : kColumns) known.emplace_back(one.name);
    for (std::size_t c = 0; c < head.fields.size(); ++c) {
      const std::string name = trimmed(head.fields[c]);
      const auto* place = std::find_if(kColumns.begin(), kColumns.end(), [&](const Column& one) {
        return name == one.name || (!name.empty() && name == one.other);
      });
      const std::string near = nearest_name(name, known);
      if (place == kColumns.end())
        refuse(c, "unknown column '" + name + "'", near.empty() ? "remove it" : "did you mean '" + near + "'?");
      else if (at_[static_cast<std::size_t>(place - kColumns.begin())] >= 0)
        refuse(c, "column '" + name + "' stands twice", "keep one of them");
      else
        at_[static_cast<std::size_t>(place - kColumns.begin())] = static_cast<int>(c);
    }
    if (column("flow") < 0) refuse(0, "there is no column 'flow'", "add it: exports or imports");
    if (column("period") < 0) refuse(0, "there is no column 'period'", "add it: 2026-05");
    if (column("value_usd_bn") < 0 && column("value_rmb_bn") < 0)
      refuse(0, "there is no column 'value_usd_bn' or 'value_rmb_bn'", "add one of them");
    return good;
  }

  void read_row(const CsvTable::Row& row, TradeFile& file) {
    if (row.fields.size() != rows_.rows.front().fields.size()) {
      rows_.problem(rows_.place(row, 0),
                    "the row has " + std::to_string(row.fields.size()) + " fields, the header has " +
                        std::to_string(rows_.rows.front().fields.size()),
                    "", "quote fields that contain commas");
      return;
    }
    TradeFigure figure;
    figure.place = rows_.place(row, 0);
    std::string flow = folded(field(row, column("flow")));
    if (flow == "export" || flow == "出口") flow = kExports;
    if (flow == "import" || flow == "进口") flow = kImports;
    if (flow != kExports && flow != kImports)
      return rows_.problem(rows_.place(row, static_cast<std::size_t>(column("flow"))), "unknown flow '" + flow + "'",
                           "", "write exports or imports");
    figure.flow = flow;
    if (!names_all(field(row, column("product")))) figure.product = field(row, column("product"));
    if (!names_all(field(row, column("market")))) figure.market = field(row, column("market"));
    const std::optional<DataPeriod> months = parse_data_months(field(row, column("period")));
    if (!months)
      return rows_.problem(rows_.place(row, static_cast<std::size_t>(column("period"))),
                           "'" + field(row, column("period")) + "' is no period", "",
                           "write 2026-05, 2026-01..02, 2026Q1 or 2026");
    figure.first = months->first;
    figure.last = months->last;
    const auto value_column =
        static_cast<std::size_t>(column(file.currency == "USD" ? "value_usd_bn" : "value_rmb_bn"));
    const std::size_t before = rows_.problems.size();
    const std::optional<double> value = rows_.figure(row, value_column, "value");
    if (column("quantity") >= 0)
      figure.quantity = rows_.figure(row, static_cast<std::size_t>(column("quantity")), "quantity");
    figure.quantity_unit = field(row, column("quantity_unit"));
    if (rows_.problems.size() > before) return;
    if (!value)
      return rows_.problem(rows_.place(row, value_column), "the value is missing", "a row states one value",
                           "leave the row out when customs printed none");
    figure.value_bn = *value;
    file.figures.push_back(figure);
  }
};

}  // namespace

TradeFile read_tidy(const TradeRows& rows) { return TidyReader(rows).read(); }

}  // namespace plimsoll
