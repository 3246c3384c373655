#include "outputs/sensitivity_tables.hpp"

#include <cmath>

#include "outputs/csv_field.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

std::string number(double x) { return std::isfinite(x) ? shortest(x) : ""; }

nlohmann::ordered_json number_json(double x) {
  return std::isfinite(x) ? nlohmann::ordered_json(x) : nlohmann::ordered_json(nullptr);
}

}  // namespace

std::string sensitivity_csv(const SensitivityResult& result) {
  std::string csv = "of,method,basis,input,quantity,unit,value,se,low95,high95\n";
  for (const SensitivityRow& row : result.rows) {
    const IntervalEstimate& e = row.estimate;
    csv += csv_field(row.of) + "," + to_string(result.method) + "," + to_string(row.basis) + "," +
           csv_field(row.input) + "," + row.quantity + "," + row.unit + "," + number(e.value) + "," + number(e.se) +
           "," + number(e.low) + "," + number(e.high) + "\n";
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
                            {"value", number_json(row.estimate.value)},
                            {"se", number_json(row.estimate.se)},
                            {"low95", number_json(row.estimate.low)},
                            {"high95", number_json(row.estimate.high)}});
  return json;
}

}  // namespace plimsoll
