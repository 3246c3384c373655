#include "outputs/sensitivity_tables.hpp"

#include "outputs/csv_field.hpp"
#include "outputs/json_number.hpp"

namespace plimsoll {
std::string sensitivity_csv(const SensitivityResult& result) {
  std::string csv = "of,method,basis,input,quantity,unit,value,se,low95,high95\n";
  for (const SensitivityRow& row : result.rows) {
    const IntervalEstimate& e = row.estimate;
    csv += csv_field(row.of) + "," + to_string(result.method) + "," + to_string(row.basis) + "," +
           csv_field(row.input) + "," + row.quantity + "," + row.unit + csv_numbers({e.value, e.se, e.low, e.high}) +
           "\n";
  }
  return csv;
}

std::string sensitivity_inputs_csv(const SensitivityResult& result) {
  std::string csv = "input,draws,normals\n";
  for (const SensitivityInput& input : result.inputs)
    csv += csv_field(input.name) + "," + std::to_string(input.streams) + "," + std::to_string(input.dimensions.size()) +
           "\n";
  return csv;
}

std::vector<std::pair<std::string, std::string>> sensitivity_files(const SensitivityResult& result) {
  return {{"sensitivity.csv", sensitivity_csv(result)}, {"inputs.csv", sensitivity_inputs_csv(result)}};
}

nlohmann::ordered_json sensitivity_json(const SensitivityResult& result, const std::string& scenario) {
  nlohmann::ordered_json json{{"scenario", scenario},
                              {"method", to_string(result.method)},
                              {"points", result.points},
                              {"paths", result.simulated},
                              {"without_effect", result.without_effect},
                              {"rows", nlohmann::ordered_json::array()}};
  for (const SensitivityRow& row : result.rows)
    json["rows"].push_back({{"of", row.of},
                            {"basis", to_string(row.basis)},
                            {"input", row.input},
                            {"quantity", row.quantity},
                            {"unit", row.unit},
                            {"value", json_number(row.estimate.value)},
                            {"se", json_number(row.estimate.se)},
                            {"low95", json_number(row.estimate.low)},
                            {"high95", json_number(row.estimate.high)}});
  return json;
}

}  // namespace plimsoll
