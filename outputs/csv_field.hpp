/// \file
/// Cells of a CSV row: texts quoted where RFC 4180 asks for it, numbers in the digits that read back as the same.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace plimsoll {

/// `text` as it is, or in double quotes when it holds a comma, a quote or a line break.
std::string csv_field(const std::string& text);
/// Fields with commas between them.
std::string csv_fields(std::initializer_list<std::string_view> texts);

/// Empty where there is no estimate.
std::string csv_number(double value);
/// Numbers after other cells: each with a comma before it.
std::string csv_numbers(std::span<const double> values);
std::string csv_numbers(std::initializer_list<double> values);

/// The same, appended to `to`: for tables of many rows.
void add_csv_fields(std::initializer_list<std::string_view> texts, std::string& to);
void add_csv_numbers(std::span<const double> values, std::string& to);
void add_csv_numbers(std::initializer_list<double> values, std::string& to);

}  // namespace plimsoll
