#include "models/trade_customs_header.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace plimsoll {
namespace {

constexpr std::size_t kHighestHeaderRow = 15;

bool has(const std::string& text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return text.find(word) != std::string::npos; });
}

/// The header's first cell: what the rows are.
bool names_products(const std::string& cell) {
  return has(cell, {"商品名称", "主要商品", "commodit"}) || cell == "商品" || cell == "product" || cell == "products" ||
         cell == "description";
}
bool names_markets(const std::string& cell) {
  return has(cell, {"国别", "国家(地区)", "原产国", "目的国", "country", "countries", "partner"}) || cell == "region";
}

/// Digits at `at`, at most `most`; -1 when there is none. `at` moves behind them.
int number_at(const std::string& text, std::size_t& at, std::size_t most) {
  int value = -1;
  for (std::size_t n = 0; n < most && at < text.size() && text[at] >= '0' && text[at] <= '9'; ++n, ++at)
    value = std::max(value, 0) * 10 + (text[at] - '0');
  return value;
}

/// `2026年5月`, `2026年1至5月`, `May 2026`, `Jan-May 2026`, `2026-05`, `202605`: the last month named.
std::optional<Month> month_in(const std::string& title) {
  static constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                            "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::size_t at = title.find("20"); at != std::string::npos; at = title.find("20", at + 1)) {
    if (at > 0 && title[at - 1] >= '0' && title[at - 1] <= '9') continue;
    std::size_t end = at;
    const int year = number_at(title, end, 4);
    if (end != at + 4) continue;
    const std::string rest = title.substr(end);
    if (rest.starts_with("年")) {
      const std::size_t moon = rest.find("月");
      std::size_t digit = moon;
      while (moon != std::string::npos && digit > 0 && rest[digit - 1] >= '0' && rest[digit - 1] <= '9') --digit;
      std::size_t from = digit;
      const int month = moon == std::string::npos ? -1 : number_at(rest, from, 2);
      if (month >= 1 && month <= 12) return Month::of(year, month);
    }
    std::size_t next = rest.starts_with("-") || rest.starts_with(".") || rest.starts_with("/") ? 1 : 0;
    const int month = number_at(rest, next, 2);
    if (month >= 1 && month <= 12) return Month::of(year, month);
    for (std::size_t back = at; back-- > 0 && at - back < 14;) {
      for (std::size_t m = 0; m < kMonths.size(); ++m) {
        if (title.compare(back, 3, kMonths[m]) == 0) return Month::of(year, static_cast<int>(m) + 1);
      }
    }
  }
  return std::nullopt;
}

std::string flow_in(const std::string& text) {
  if (has(text, {"进出口", "importsandexports", "exportsandimports", "importandexport", "exportandimport"}))
    return "both";
  if (has(text, {"出口", "export"})) return kExports;
  return has(text, {"进口", "import"}) ? kImports : "";
}

bool to_date(const std::string& text) {
  if (has(text, {"累计", "1至", "1-", "1—", "1–", "1~", "1到", "yeartodate", "ytd", "cumulative", "accumulat"}))
    return true;
  return has(text, {"janto", "jan-", "januaryto", "january-", "jan.-"});
}

class HeaderReader {
 public:
  explicit HeaderReader(const TradeRows& rows) : rows_(rows) {}

  std::optional<CustomsHeader> read() {
    const std::optional<std::size_t> at = find_row();
    if (!at)
      return refuse({rows_.file, 1, 1}, "the layout of this table is not known",
                    "it is no tidy table (column flow), no UN Comtrade file (column primaryValue) and has no "
                    "header of customs (商品名称, Commodity, 国别, Country)",
                    "see the layouts in docs/guide/decompose.md");
    std::string title;
    for (std::size_t r = 0; r < *at; ++r) {
      for (const std::string& cell : rows_.rows[r].fields) title += folded(cell) + " ";
    }
    const CsvTable::Row& top = rows_.rows[*at];
    header_.first_row = *at + 1;
    const std::vector<std::string> texts = column_texts(*at);
    std::string whole = title;
    for (const std::string& cell : top.fields) whole += folded(cell) + " ";
    std::optional<Month> month = month_in(title);
    if (!month) month = month_in(whole);
    if (!month) month = month_in(folded(rows_.file.substr(rows_.file.find_last_of('/') + 1)));
    if (!month)
      return refuse(rows_.place(top, 0), "the table does not say which month it is of",
                    "customs prints it in the title, e.g. 2026年5月",
                    "add the title row, or name the file 2026-05.csv");
    header_.month = *month;
    for (std::size_t c = 0; c < texts.size(); ++c) read_column(c, texts[c], title);
    const bool no_values = std::none_of(header_.columns.begin(), header_.columns.end(),
                                        [](const auto& one) { return one.kind == CustomsColumn::Kind::value; });
    if (no_values)
      return refuse(rows_.place(top, 0), "the table has no column of values", "金额, Value, 出口, Exports .. name one",
                    "keep the header of the table");
    for (const CustomsColumn& one : header_.columns) {
      if (one.flow.empty())
        return refuse(rows_.place(top, one.column), "the table does not say whether it is of exports or imports",
                      "its title or this column has to", "keep the title row of the table");
      if (one.kind == CustomsColumn::Kind::value && !one.money)
        return refuse(rows_.place(top, one.column), "the unit of the values is not known",
                      "customs prints it in the title: 亿元, 万元, 万美元, 千美元, RMB 100 million, US$1,000",
                      "keep the row with the unit");
    }
    return header_;
  }

 private:
  const TradeRows& rows_;
  CustomsHeader header_;

  std::nullopt_t refuse(const Place& at, const std::string& what, const std::string& why, const std::string& hint) {
    rows_.problem(at, what, why, hint);
    return std::nullopt;
  }

  std::optional<std::size_t> find_row() {
    for (std::size_t r = 0; r < std::min(rows_.rows.size(), kHighestHeaderRow); ++r) {
      const CsvTable::Row& row = rows_.rows[r];
      const auto filled = std::count_if(row.fields.begin(), row.fields.end(),
                                        [](const std::string& cell) { return !trimmed(cell).empty(); });
      for (std::size_t c = 0; c < row.fields.size() && filled > 1; ++c) {
        const std::string cell = folded(row.fields[c]);
        if (!names_products(cell) && !names_markets(cell)) continue;
        header_.of_markets = !names_products(cell);
        header_.name_column = static_cast<int>(c);
        return r;
      }
    }
    return std::nullopt;
  }

  /// Upper and lower header of each column joined; merged cells of the upper row count for all they cover.
  std::vector<std::string> column_texts(std::size_t at) {
    std::vector<std::string> texts;
    const std::vector<std::string>& top = rows_.rows[at].fields;
    const bool two = at + 1 < rows_.rows.size() && is_header(rows_.rows[at + 1]);
    if (two) ++header_.first_row;
    const std::vector<std::string> none;
    const std::vector<std::string>& low = two ? rows_.rows[at + 1].fields : none;
    std::string above;
    for (std::size_t c = 0; c < std::max(top.size(), low.size()); ++c) {
      const std::string own = c < top.size() ? folded(top[c]) : "";
      if (!own.empty()) above = own;
      texts.push_back(c < low.size() && !folded(low[c]).empty() ? above + " " + folded(low[c]) : own);
    }
    return texts;
  }

  bool is_header(const CsvTable::Row& row) const {
    if (!field(row, header_.name_column).empty()) return false;
    return std::none_of(row.fields.begin(), row.fields.end(),
                        [](const std::string& cell) { return parse_grouped_number(trimmed(cell)).has_value(); });
  }

  void read_column(std::size_t c, const std::string& text, const std::string& title) {
    if (static_cast<int>(c) == header_.name_column || text.empty()) return;
    if (has(text, {"±", "%", "％", "同比", "同期", "change", "growth"})) return;
    if (has(text, {"计量单位", "quantityunit"}) || text == "单位" || text == "unit" || text == "units") {
      header_.unit_column = static_cast<int>(c);
      return;
    }
    CustomsColumn column;
    column.column = c;
    column.flow = flow_in(text).empty() ? flow_in(title) : flow_in(text);
    if (column.flow == "both" && flow_in(text).empty()) column.flow.clear();
    if (column.flow == "both") return;
    column.to_date = to_date(text);
    column.kind = has(text, {"数量", "quantity"}) ? CustomsColumn::Kind::quantity : CustomsColumn::Kind::value;
    column.money = money_unit_in(text);
    if (!column.money) column.money = money_unit_in(title);
    header_.columns.push_back(column);
  }
};

}  // namespace

std::optional<CustomsHeader> read_customs_header(const TradeRows& rows) { return HeaderReader(rows).read(); }

}  // namespace plimsoll
