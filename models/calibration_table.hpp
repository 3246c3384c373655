/// \file
/// Reads one table of a calibration: typed fields with their place, provenance checked, problems collected.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {

/// What all tables of a calibration are checked against.
struct TableChecks {
  std::vector<Problem>& problems;
  std::set<std::string> sources;
  Date known_on;
};

/// A problem, field by field (g++ 12 warns of a braced one).
Problem problem_at(Place place, std::string path, std::string what, std::string why, std::string hint);
/// An error of the kind data with one problem.
InputError data_error(Problem problem);

class CalibrationTable {
 public:
  /// `columns` are exactly those that the table must have, in any order. Where known_from is one of them, the
  /// provenance of every row is checked too. `checks` must outlive the table. \throws InputError (data) when the text
  /// is no CSV or has other columns.
  CalibrationTable(const std::string& file, const std::string& text, const std::vector<std::string>& columns,
                   TableChecks& checks);

  std::size_t rows() const { return table_.rows.size(); }
  const std::string& text(std::size_t row, const std::string& column) const;
  /// A finite number; reports a problem and returns 0 otherwise.
  double number(std::size_t row, const std::string& column) const;
  /// A number above 0; reports a problem and returns 1 otherwise.
  double positive(std::size_t row, const std::string& column) const;
  /// A number of at least 0.
  double not_negative(std::size_t row, const std::string& column) const;
  /// A share 0..1.
  double share(std::size_t row, const std::string& column) const;
  RandomNumber random_number(std::size_t row, const std::string& column) const;
  std::optional<Month> month(std::size_t row, const std::string& column) const;
  std::optional<Date> date(std::size_t row, const std::string& column) const;
  /// One of `choices`, else a problem with the nearest.
  bool choice(std::size_t row, const std::string& column, const std::vector<std::string>& choices) const;
  Provenance provenance(std::size_t row) const;

  void problem(std::size_t row, const std::string& column, const std::string& what, const std::string& why,
               const std::string& hint) const;
  /// A problem of the whole table.
  void problem(const std::string& what, const std::string& why, const std::string& hint) const;

 private:
  void check_provenance() const;
  Place place(std::size_t row, const std::string& column) const;
  CsvTable table_;
  TableChecks& checks_;
};

}  // namespace plimsoll
