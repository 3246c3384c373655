/// \file
/// Cells of a CSV row: texts quoted where RFC 4180 asks for it, numbers in the digits that read back as the same.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace plimsoll {

/// Appends `text` as it is, or in double quotes when it holds a comma, a quote or a line break.
void add_csv_field(std::string_view text, std::string& to);
/// Fields with commas between them.
void add_csv_fields(std::initializer_list<std::string_view> texts, std::string& to);
/// Nothing where there is no estimate.
void add_csv_number(double value, std::string& to);
/// Numbers after other cells: each with a comma before it.
void add_csv_numbers(std::span<const double> values, std::string& to);
void add_csv_numbers(std::initializer_list<double> values, std::string& to);

/// The same as texts of their own.
std::string csv_field(std::string_view text);
std::string csv_fields(std::initializer_list<std::string_view> texts);
std::string csv_number(double value);
std::string csv_numbers(std::span<const double> values);
std::string csv_numbers(std::initializer_list<double> values);

}  // namespace plimsoll
