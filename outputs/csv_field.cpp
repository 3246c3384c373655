#include "outputs/csv_field.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/shortest_text.hpp"

namespace plimsoll {
namespace {

void add_field(std::string_view text, std::string& to) {
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

void add_number(double value, std::string& to) {
  if (std::isfinite(value)) add_shortest(value, to);
}

}  // namespace

void add_csv_fields(std::initializer_list<std::string_view> texts, std::string& to) {
  bool is_first = true;
  for (const std::string_view text : texts) {
    if (!is_first) to += ',';
    is_first = false;
    add_field(text, to);
  }
}

void add_csv_numbers(std::span<const double> values, std::string& to) {
  for (const double value : values) {
    to += ',';
    add_number(value, to);
  }
}

void add_csv_numbers(std::initializer_list<double> values, std::string& to) {
  add_csv_numbers(std::span<const double>(values.begin(), values.size()), to);
}

std::string csv_field(const std::string& text) { return csv_fields({text}); }

std::string csv_fields(std::initializer_list<std::string_view> texts) {
  std::string cells;
  add_csv_fields(texts, cells);
  return cells;
}

std::string csv_number(double value) {
  std::string cell;
  add_number(value, cell);
  return cell;
}

std::string csv_numbers(std::span<const double> values) {
  std::string cells;
  add_csv_numbers(values, cells);
  return cells;
}

std::string csv_numbers(std::initializer_list<double> values) {
  return csv_numbers(std::span<const double>(values.begin(), values.size()));
}

}  // namespace plimsoll
