#include "outputs/table_json.hpp"

#include <nlohmann/json.hpp>
#include <optional>

#include "scenarios/csv.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

nlohmann::ordered_json rows_json(const std::string& csv, const std::set<std::string>& text) {
  using Json = nlohmann::ordered_json;
  const CsvTable table = parse_csv(csv, "table");
  Json rows = Json::array();
  for (const CsvTable::Row& from : table.rows) {
    Json row = Json::object();
    for (std::size_t k = 0; k < table.header.size(); ++k) {
      const std::string &name = table.header[k], &field = from.fields[k];
      const std::optional<double> number = parse_double(field);
      row[name] = text.contains(name) ? Json(field) : number ? Json(*number) : Json(nullptr);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace plimsoll
