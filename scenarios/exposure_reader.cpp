#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/csv.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/stress_reader.hpp"

namespace plimsoll {

namespace {

constexpr const char* kColumns[] = {"exposure", "by", "id", "weight"};
const std::vector<std::string> kDimensions{"total", "product", "market", "chain"};

void check_header(const CsvTable& table, std::vector<Problem>& problems) {
  std::vector<std::string> known(std::begin(kColumns), std::end(kColumns));
  for (const std::string& column : known) {
    if (table.column(column) < 0)
      problems.push_back({{table.file, 1, 1},
                          column,
                          "there is no column '" + column + "'",
                          "",
                          "the header is exposure,by,id,weight"});
  }
  for (const std::string& name : table.header) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      problems.push_back({{table.file, 1, 1},
                          name,
                          "unknown column '" + name + "'",
                          "a column that nothing reads is a mistake",
                          "the header is exposure,by,id,weight"});
  }
}

}  // namespace

std::vector<Exposure> parse_exposures(const std::string& text, const std::string& file) {
  const CsvTable table = parse_csv(text, file);
  std::vector<Problem> problems;
  check_header(table, problems);
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  std::vector<Exposure> exposures;
  std::set<std::pair<std::string, std::string>> seen;
  for (const CsvTable::Row& row : table.rows) {
    const auto cell = [&](int k) { return row.fields[static_cast<std::size_t>(table.column(kColumns[k]))]; };
    const auto refuse = [&](int k, const std::string& what, const std::string& why, const std::string& hint) {
      const int column = row.columns[static_cast<std::size_t>(table.column(kColumns[k]))];
      problems.push_back({{file, row.line, column}, kColumns[k], what, why, hint});
    };
    const std::string name = cell(0), by = cell(1), id = cell(2);
    if (name.empty()) refuse(0, "the exposure has no name", "its rows belong together by their name", "give a name");
    if (std::find(kDimensions.begin(), kDimensions.end(), by) == kDimensions.end()) {
      const std::string near = nearest_name(by, kDimensions);
      refuse(1, "'" + by + "' is no split of exports", "total, product, market or chain",
             near.empty() ? "write product" : "did you mean '" + near + "'?");
    }
    if (by == "total" && !id.empty()) refuse(2, "the total has no parts", "", "leave the id empty");
    if (by != "total" && id.empty()) refuse(2, "the id is missing", "a product, market or set", "write e.g. memory");
    const std::optional<double> weight = parse_double(cell(3));
    if (!weight || !std::isfinite(*weight) || *weight <= 0)
      refuse(3, "'" + cell(3) + "' is no weight", "a number above 0: a share, or sales in any currency", "write 0.25");
    const std::string series = by == "total" ? "exports.total" : "exports." + by + "." + id;
    if (!seen.emplace(name, series).second)
      refuse(2, series + " stands twice in '" + name + "'", "its weight would count twice", "add the two weights");
    if (exposures.empty() || exposures.back().name != name) {
      const bool again =
          std::any_of(exposures.begin(), exposures.end(), [&](const Exposure& e) { return e.name == name; });
      if (again)
        refuse(0, "the rows of '" + name + "' do not stand together", "a later name is taken for a slip of the pen",
               "sort the rows by exposure");
      exposures.push_back({name, {}});
    }
    exposures.back().parts.push_back({series, weight.value_or(0), {file, row.line, row.columns.front()}});
  }
  if (table.rows.empty())
    problems.push_back({{file, 1, 1}, "", "there are no exposures", "", "give one row a product, market or chain"});
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  for (Exposure& exposure : exposures) {
    double sum = 0;
    for (const Exposure::Part& part : exposure.parts) sum += part.weight_frac;
    for (Exposure::Part& part : exposure.parts) part.weight_frac /= sum;
  }
  return exposures;
}

}  // namespace plimsoll
