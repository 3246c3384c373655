#include "outputs/csv_field.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/number_text.hpp"

namespace plimsoll {

void add_csv_field(std::string_view text, std::string& to) {
  const auto is_plain = [](char c) { return c != ',' && c != '"' && c != '\r' && c != '\n'; };
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    to += text;
    return;
  }
  to += '"';
  for (const char c : text) {
    if (c == '"') to += '"';
    to += c;
  }
  to += '"';
}

void add_csv_fields(std::initializer_list<std::string_view> texts, std::string& to) {
  bool is_first = true;
  for (const std::string_view text : texts) {
    if (!is_first) to += ',';
    is_first = false;
    add_csv_field(text, to);
  }
}

void add_csv_number(double value, std::string& to) {
  if (std::isfinite(value)) add_shortest(value, to);
}

void add_csv_numbers(std::span<const double> values, std::string& to) {
  for (const double value : values) {
    to += ',';
    add_csv_number(value, to);
  }
}

void add_csv_numbers(std::initializer_list<double> values, std::string& to) {
  add_csv_numbers(std::span<const double>(values.begin(), values.size()), to);
}

std::string csv_field(std::string_view text) {
  std::string field;
  add_csv_field(text, field);
  return field;
}

std::string csv_fields(std::initializer_list<std::string_view> texts) {
  std::string fields;
  add_csv_fields(texts, fields);
  return fields;
}

std::string csv_number(double value) {
  std::string number;
  add_csv_number(value, number);
  return number;
}

std::string csv_numbers(std::span<const double> values) {
  std::string numbers;
  add_csv_numbers(values, numbers);
  return numbers;
}

std::string csv_numbers(std::initializer_list<double> values) {
  return csv_numbers(std::span<const double>(values.begin(), values.size()));
}

}  // namespace plimsoll
