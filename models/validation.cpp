#include "models/validation.hpp"

#include "scenarios/csv.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

constexpr const char* kFile = "docs/validation/validations.csv";

[[noreturn]] void refuse(const Place& place, const std::string& what) {
  throw InputError(InputKind::data, {Problem{place, "", what, "the table of validations ships with the program",
                                             "restore the file that ships"}});
}

}  // namespace

std::vector<Validation> validations() {
  const CsvTable table = parse_csv(shipped_file(kFile).value_or(""), kFile);
  const auto text = [&](const CsvTable::Row& row, const char* name) -> const std::string& {
    const int column = table.column(name);
    if (column < 0) refuse(Place{kFile}, std::string("there is no column ") + name);
    return row.fields[static_cast<std::size_t>(column)];
  };
  const auto number = [&](const CsvTable::Row& row, const char* name) {
    const std::optional<double> value = parse_double(text(row, name));
    if (!value) refuse(Place{kFile, row.line}, text(row, name) + " is not a number");
    return *value;
  };
  std::vector<Validation> all;
  for (const CsvTable::Row& row : table.rows) {
    all.push_back({text(row, "calibration"), text(row, "scored_on"), text(row, "page"), text(row, "scenario"),
                   text(row, "period"), number(row, "came_pct"), number(row, "mean_pct"), number(row, "sd_pp"),
                   number(row, "p05_pct"), number(row, "p95_pct")});
  }
  return all;
}

std::optional<Validation> last_validation(const std::string& calibration) {
  std::optional<Validation> last;
  for (const Validation& one : validations()) {
    const bool own = one.calibration == calibration, last_own = last && last->calibration == calibration;
    if (!last || (own && !last_own) || (own == last_own && one.scored_on >= last->scored_on)) last = one;
  }
  return last;
}

}  // namespace plimsoll
