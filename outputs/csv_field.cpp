#include "outputs/csv_field.hpp"

#include <algorithm>

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

std::string csv_field(const std::string& text) {
  std::string field;
  add_csv_field(text, field);
  return field;
}

}  // namespace plimsoll
