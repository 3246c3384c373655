/// \file
/// A calibration's table as text that is read, changed in places and written again, row by row and byte by byte.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/estimation/seasonal_regression.hpp"

namespace plimsoll {

class TableText {
 public:
  TableText() = default;
  explicit TableText(std::vector<std::string> columns) : header_(std::move(columns)) {}
  /// \throws InputError (data) when the text is no CSV.
  TableText(const std::string& text, const std::string& file);

  const std::vector<std::string>& header() const { return header_; }
  std::size_t rows() const { return rows_.size(); }
  bool has(const std::string& column) const;
  /// \throws InputError (data) when there is no such column.
  const std::string& at(std::size_t row, const std::string& column) const;
  double number(std::size_t row, const std::string& column) const;  ///< \throws InputError (data)
  Month month(std::size_t row, const std::string& column) const;    ///< \throws InputError (data)
  void set(std::size_t row, const std::string& column, const std::string& value);
  void add(std::vector<std::string> row);
  /// Keeps the rows for which `wanted(row number)` holds.
  template <class F>
  void keep(const F& wanted) {
    std::vector<std::vector<std::string>> kept;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (wanted(r)) kept.push_back(std::move(rows_[r]));
    }
    rows_ = std::move(kept);
  }
  /// CSV with quotes only where they are needed.
  std::string text() const;

 private:
  std::string file_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<int> lines_;
  std::size_t column(const std::string& name) const;
  [[noreturn]] void refuse(std::size_t row, const std::string& column, const std::string& what) const;
};

/// Files of a calibration by name.
using TableFiles = std::map<std::string, std::string>;
/// \throws InputError (data) when the file is missing.
TableText table_of(const TableFiles& files, const std::string& folder, const std::string& file);

/// Four significant digits, as tables write estimates: `0.01363`.
std::string four_digits(double value);
/// So many decimals, without zeros at the end.
std::string decimals(double value, int digits);
std::string fixed_decimals(double value, int digits);
/// `value` rounded to so many decimals.
double rounded(double value, int digits);

}  // namespace plimsoll
