/// \file
/// The worked examples beside the tests, as rows by column name.
#pragma once

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "scenarios/csv.hpp"

namespace plimsoll {

inline std::string worked_example(const std::string& file) {
  return std::string(PLIMSOLL_SOURCE_DIR "/tests/models/worked_examples/") + file;
}

inline std::vector<std::map<std::string, std::string>> worked_rows(const std::string& file) {
  std::ifstream in(worked_example(file), std::ios::binary);
  const CsvTable table = parse_csv(std::string(std::istreambuf_iterator<char>(in), {}), file);
  std::vector<std::map<std::string, std::string>> rows;
  for (const CsvTable::Row& row : table.rows) {
    std::map<std::string, std::string>& named = rows.emplace_back();
    for (std::size_t k = 0; k < table.header.size(); ++k) named[table.header[k]] = row.fields[k];
  }
  return rows;
}

}  // namespace plimsoll
