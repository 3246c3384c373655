#include "models/estimation/table_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "models/calibration_table.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

std::string csv_text(const std::string& field) {
  if (field.find_first_of(",\"\n\r") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string line_of(const std::vector<std::string>& fields) {
  std::string line;
  for (std::size_t k = 0; k < fields.size(); ++k) line += (k > 0 ? "," : "") + csv_text(fields[k]);
  return line + "\n";
}

std::string printed(const char* format, int digits, double value) {
  std::array<char, 400> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, digits, value);
  return buffer.data();
}

}  // namespace

TableText::TableText(const std::string& text, const std::string& file) : file_(file) {
  const CsvTable table = parse_csv(text, file);
  header_ = table.header;
  for (const CsvTable::Row& row : table.rows) {
    rows_.push_back(row.fields);
    lines_.push_back(row.line);
  }
}

bool TableText::has(const std::string& column) const {
  return std::find(header_.begin(), header_.end(), column) != header_.end();
}

std::size_t TableText::column(const std::string& name) const {
  const auto place = std::find(header_.begin(), header_.end(), name);
  if (place == header_.end())
    throw data_error(problem_at({file_, 1, 1}, "", "column '" + name + "' is missing", "", "add it to the header"));
  return static_cast<std::size_t>(place - header_.begin());
}

const std::string& TableText::at(std::size_t row, const std::string& name) const { return rows_[row][column(name)]; }

void TableText::refuse(std::size_t row, const std::string& name, const std::string& what) const {
  const int line = row < lines_.size() ? lines_[row] : 0;
  throw data_error(problem_at({file_, line, 0}, name, "'" + at(row, name) + "' is not " + what, "", ""));
}

double TableText::number(std::size_t row, const std::string& name) const {
  const std::optional<double> value = parse_double(at(row, name));
  if (!value) refuse(row, name, "a number");
  return *value;
}

Month TableText::month(std::size_t row, const std::string& name) const {
  const std::optional<Month> value = parse_month(at(row, name));
  if (!value) refuse(row, name, "a month");
  return *value;
}

void TableText::set(std::size_t row, const std::string& name, const std::string& value) {
  rows_[row][column(name)] = value;
}

void TableText::add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

std::string TableText::text() const {
  std::string all = line_of(header_);
  for (const std::vector<std::string>& row : rows_) all += line_of(row);
  return all;
}

TableText table_of(const TableFiles& files, const std::string& folder, const std::string& file) {
  const auto place = files.find(file);
  if (place == files.end())
    throw data_error(problem_at({folder + "/" + file, 0, 0}, "", "the file is missing", "", "add it"));
  return {place->second, folder + "/" + file};
}

std::string four_digits(double value) { return printed("%.*g", 4, value); }

std::string fixed_decimals(double value, int digits) {
  const std::string text = printed("%.*f", digits, value);
  return text.find_first_not_of("-0.") == std::string::npos && text.front() == '-' ? text.substr(1) : text;
}

std::string decimals(double value, int digits) {
  std::string text = fixed_decimals(value, digits);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

double rounded(double value, int digits) { return std::strtod(fixed_decimals(value, digits).c_str(), nullptr); }

}  // namespace plimsoll
