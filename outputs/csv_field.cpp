#include "outputs/csv_field.hpp"

#include <cmath>

#include "scenarios/number_text.hpp"

namespace plimsoll {

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c;
  }
  return field + '"';
}

std::string csv_fields(std::initializer_list<std::string> texts) {
  std::string cells;
  const char* separator = "";
  for (const std::string& text : texts) {
    cells += separator + csv_field(text);
    separator = ",";
  }
  return cells;
}

std::string csv_number(double value) { return std::isfinite(value) ? shortest(value) : ""; }

std::string csv_numbers(std::span<const double> values) {
  std::string cells;
  for (const double value : values) cells += "," + csv_number(value);
  return cells;
}

std::string csv_numbers(std::initializer_list<double> values) {
  return csv_numbers(std::span<const double>(values.begin(), values.size()));
}

}  // namespace plimsoll
