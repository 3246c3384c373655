#include "scenarios/csv.hpp"

#include <algorithm>

#include "scenarios/input_error.hpp"

namespace plimsoll {

int CsvTable::column(const std::string& name) const {
  const auto place = std::find(header.begin(), header.end(), name);
  return place == header.end() ? -1 : static_cast<int>(place - header.begin());
}

std::size_t invalid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    std::size_t more = 0;
    if (byte >= 0x80) {
      if (byte >= 0xC2 && byte < 0xE0)
        more = 1;
      else if (byte >= 0xE0 && byte < 0xF0)
        more = 2;
      else if (byte >= 0xF0 && byte < 0xF5)
        more = 3;
      else
        return i;
    }
    // Second bytes that would make an overlong form, a surrogate or a number above U+10FFFF.
    const auto second = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if ((byte == 0xE0 && second < 0xA0) || (byte == 0xED && second > 0x9F) || (byte == 0xF0 && second < 0x90) ||
        (byte == 0xF4 && second > 0x8F)) {
      return i;
    }
    for (std::size_t k = 1; k <= more; ++k) {
      if (i + k >= text.size() || (static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return i;
    }
    i += more + 1;
  }
  return std::string_view::npos;
}

namespace {

[[noreturn]] void refuse(const std::string& file, int line, int column, const std::string& what,
                         const std::string& hint) {
  throw InputError(InputKind::data,
                   {{{file, line, column}, "", what, "tables are CSV as RFC 4180 describes it", hint}});
}

}  // namespace

std::vector<CsvTable::Row> parse_csv_rows(std::string_view text, const std::string& file) {
  std::vector<CsvTable::Row> rows;
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  const std::size_t bad = std::min(invalid_utf8(text), text.find('\0'));
  if (bad != std::string_view::npos) {
    const std::string_view before = text.substr(0, bad);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    refuse(file, static_cast<int>(line), static_cast<int>(bad - start) + 1,
           text[bad] == '\0' ? "a NUL byte" : "a byte that is no UTF-8 text", "save the file as UTF-8");
  }
  int line = 1;
  std::size_t line_start = 0, i = 0;
  while (i < text.size()) {
    CsvTable::Row row;
    row.line = line;
    for (bool more = true; more;) {
      row.columns.push_back(static_cast<int>(i - line_start) + 1);
      std::string field;
      if (i < text.size() && text[i] == '"') {
        const int at_line = line, at_column = row.columns.back();
        for (++i;; ++i) {
          if (i >= text.size())
            refuse(file, at_line, at_column, "a quoted field is not closed", "add the closing quote");
          if (text[i] == '"') {
            if (i + 1 < text.size() && text[i + 1] == '"')
              ++i;
            else
              break;
          }
          if (text[i] == '\n') {
            ++line;
            line_start = i + 1;
          }
          field += text[i];
        }
        ++i;
      } else {
        while (i < text.size() && text[i] != ',' && text[i] != '\n' && text[i] != '\r') {
          if (text[i] == '"')
            refuse(file, line, static_cast<int>(i - line_start) + 1, "a stray quote inside a field",
                   "quote the whole field and double the quotes in it");
          field += text[i++];
        }
      }
      row.fields.push_back(std::move(field));
      if (i + 1 < text.size() && text[i] == '\r' && text[i + 1] == '\n') ++i;
      if (i < text.size() && text[i] != ',' && text[i] != '\n') {
        refuse(file, line, static_cast<int>(i - line_start) + 1,
               text[i] == '\r' ? "a carriage return without a line feed" : "text after a closing quote",
               "put a comma between fields, a line feed between rows");
      }
      more = i < text.size() && text[i] == ',';
      if (i < text.size()) ++i;
    }
    ++line;
    line_start = i;
    if (row.fields.size() == 1 && row.fields[0].empty()) continue;  // empty line
    rows.push_back(std::move(row));
  }
  return rows;
}

CsvTable parse_csv(std::string_view text, const std::string& file) {
  CsvTable table;
  table.file = file;
  for (CsvTable::Row& row : parse_csv_rows(text, file)) {
    if (table.header.empty()) {
      table.header = row.fields;
      for (std::size_t k = 0; k < row.fields.size(); ++k) {
        if (table.column(row.fields[k]) != static_cast<int>(k))
          refuse(file, row.line, row.columns[k], "column '" + row.fields[k] + "' stands twice", "keep one of them");
      }
    } else if (row.fields.size() != table.header.size()) {
      refuse(file, row.line, 1,
             "the row has " + std::to_string(row.fields.size()) + " fields, the header has " +
                 std::to_string(table.header.size()),
             "quote fields that contain commas");
    } else {
      table.rows.push_back(std::move(row));
    }
  }
  if (table.header.empty()) refuse(file, 1, 1, "the table is empty", "write the header row");
  return table;
}

}  // namespace plimsoll
