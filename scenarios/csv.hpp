/// \file
/// Strict CSV (RFC 4180) with the place of every field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plimsoll {

struct CsvTable {
  struct Row {
    int line = 0;                     ///< line on which the row starts, from 1
    std::vector<std::string> fields;  ///< as many as the header has
    std::vector<int> columns;         ///< column in the line at which each field starts, from 1
  };
  std::string file;
  std::vector<std::string> header;
  std::vector<Row> rows;

  int column(const std::string& name) const;  ///< index of a column, -1 when there is none
};

/// \throws InputError (data) with line and column for ragged rows, stray quotes, a doubled header name, NUL or bytes
/// that are no UTF-8. A byte-order mark and CRLF are accepted.
CsvTable parse_csv(std::string_view text, const std::string& file);

/// All rows, the header's too, each with as many fields as it has: for tables with titles above the header. Empty lines
/// are left out. \throws InputError (data) as parse_csv, but not for ragged rows and doubled names.
std::vector<CsvTable::Row> parse_csv_rows(std::string_view text, const std::string& file);

/// First byte that is not part of valid UTF-8, or npos.
std::size_t invalid_utf8(std::string_view text);

}  // namespace plimsoll
