#include "models/calibration_table.hpp"

#include <algorithm>

#include "scenarios/number_text.hpp"
#include "scenarios/random_number_text.hpp"

namespace plimsoll {

namespace {
const std::vector<std::string> kKinds{"data", "literature", "judgement"};
}

Problem problem_at(Place place, std::string path, std::string what, std::string why, std::string hint) {
  Problem problem;
  problem.place = std::move(place);
  problem.path = std::move(path);
  problem.what = std::move(what);
  problem.why = std::move(why);
  problem.hint = std::move(hint);
  return problem;
}

InputError data_error(Problem problem) {
  std::vector<Problem> problems;
  problems.push_back(std::move(problem));
  return {InputKind::data, std::move(problems)};
}

CalibrationTable::CalibrationTable(const std::string& file, const std::string& text,
                                   const std::vector<std::string>& columns, TableChecks& checks)
    : table_(parse_csv(text, file)), checks_(checks) {
  std::vector<Problem> problems;
  const auto problem_of_header = [&](const std::string& what, const std::string& why, const std::string& hint) {
    problems.push_back(problem_at({file, 1, 1}, "", what, why, hint));
  };
  for (const std::string& name : columns) {
    if (table_.column(name) < 0)
      problem_of_header("column '" + name + "' is missing", "see the calibration format", "add it to the header");
  }
  for (const std::string& name : table_.header) {
    if (std::find(columns.begin(), columns.end(), name) != columns.end()) continue;
    const std::string near = nearest_name(name, columns);
    problem_of_header("unknown column '" + name + "'", "a column that nothing reads is a mistake",
                      near.empty() ? "remove it" : "did you mean '" + near + "'?");
  }
  // Without its columns a table cannot be read further.
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  if (table_.column("known_from") >= 0) check_provenance();
}

void CalibrationTable::check_provenance() const {
  for (std::size_t row = 0; row < rows(); ++row) {
    if (checks_.sources.count(text(row, "source")) == 0) {
      problem(row, "source", "source '" + text(row, "source") + "' is not in sources.csv", "every figure has a source",
              "add it to sources.csv");
    }
    choice(row, "kind", kKinds);
    const std::optional<Date> known = date(row, "known_from");
    if (known && *known > checks_.known_on) {
      problem(row, "known_from", "known from " + to_string(*known) + ", after known_on " + to_string(checks_.known_on),
              "a calibration holds only what was known on its day", "remove the row or move known_on");
    }
  }
}

Place CalibrationTable::place(std::size_t row, const std::string& column) const {
  const auto k = static_cast<std::size_t>(std::max(0, table_.column(column)));
  return {table_.file, table_.rows[row].line, table_.rows[row].columns[k]};
}

void CalibrationTable::problem(std::size_t row, const std::string& column, const std::string& what,
                               const std::string& why, const std::string& hint) const {
  checks_.problems.push_back(problem_at(place(row, column), column, what, why, hint));
}
void CalibrationTable::problem(const std::string& what, const std::string& why, const std::string& hint) const {
  checks_.problems.push_back(problem_at({table_.file, 1, 1}, "", what, why, hint));
}

const std::string& CalibrationTable::text(std::size_t row, const std::string& column) const {
  return table_.rows[row].fields[static_cast<std::size_t>(table_.column(column))];
}

double CalibrationTable::number(std::size_t row, const std::string& column) const {
  const std::optional<double> value = parse_double(text(row, column));
  if (!value) problem(row, column, "'" + text(row, column) + "' is not a number", "", "write e.g. 12.5");
  return value.value_or(0);
}

double CalibrationTable::positive(std::size_t row, const std::string& column) const {
  const double value = parse_double(text(row, column)).value_or(1);
  number(row, column);
  if (value <= 0)
    problem(row, column, "'" + text(row, column) + "' is not above 0", "logs are taken of it", "correct it");
  return value > 0 ? value : 1;
}

double CalibrationTable::not_negative(std::size_t row, const std::string& column) const {
  const double value = number(row, column);
  if (value < 0) problem(row, column, "'" + text(row, column) + "' is below 0", "", "correct it");
  return value;
}

double CalibrationTable::share(std::size_t row, const std::string& column) const {
  const double value = number(row, column);
  if (value < 0 || value > 1) problem(row, column, "'" + text(row, column) + "' is not a share from 0 to 1", "", "");
  return value;
}

RandomNumber CalibrationTable::random_number(std::size_t row, const std::string& column) const {
  return parse_random_number_text(text(row, column), place(row, column), checks_.problems);
}

std::optional<Month> CalibrationTable::month(std::size_t row, const std::string& column) const {
  const std::optional<Month> value = parse_month(text(row, column));
  if (!value) problem(row, column, "'" + text(row, column) + "' is not a month", "", "write e.g. 2026-05");
  return value;
}

std::optional<Date> CalibrationTable::date(std::size_t row, const std::string& column) const {
  const std::optional<Date> value = parse_date(text(row, column));
  if (!value) problem(row, column, "'" + text(row, column) + "' is not a day", "", "write e.g. 2026-05-12");
  return value;
}

bool CalibrationTable::choice(std::size_t row, const std::string& column,
                              const std::vector<std::string>& choices) const {
  const std::string& value = text(row, column);
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return true;
  const std::string near = nearest_name(value, choices);
  problem(row, column, "unknown " + column + " '" + value + "'", "",
          near.empty() ? "" : "did you mean '" + near + "'?");
  return false;
}

Provenance CalibrationTable::provenance(std::size_t row) const {
  return {text(row, "source"), text(row, "kind"), parse_date(text(row, "known_from")).value_or(Date{})};
}

}  // namespace plimsoll
