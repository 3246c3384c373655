/// \file
/// plimsoll equilibrium INPUTS.csv: partial equilibrium on its own, without a scenario.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "outputs/atomic_file.hpp"
#include "outputs/equilibrium_tables.hpp"
#include "outputs/table_json.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// Said before anything is computed.
void check_out(const fs::path& out) {
  std::error_code error;
  if (fs::is_directory(out, error)) refuse_usage("'" + out.string() + "' is a folder", "", "give --out a file's name");
  const fs::path folder = out.parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error))
    refuse_usage("there is no folder '" + folder.string() + "'", "--out makes a file, not its folder",
                 "make the folder first");
}

}  // namespace

int equilibrium_verb(const CommandLine& line) {
  if (line.names.size() != 1)
    refuse_usage("'equilibrium' takes one file of inputs", "", "see: plimsoll help equilibrium");
  if (line.out) check_out(*line.out);
  EquilibriumInputs inputs = read_equilibrium_inputs(line.names.front());
  std::vector<SolvedCase> solved;
  for (CesIndustry& industry : inputs.cases) {
    const CesChanges exact = solve_ces_equilibrium(industry), linear = linearise_ces_equilibrium(industry);
    solved.push_back({std::move(industry), exact, linear});
  }
  const std::string csv = equilibrium_csv(inputs.layout, solved);
  if (line.out) write_file_atomically(*line.out, csv);
  if (line.format == "json")
    print(rows_json(csv, {"case", "model", "variable", "exporter", "importer", "supplier"}).dump(1) + "\n");
  else
    print(line.format == "csv" ? csv : equilibrium_table(inputs.layout, solved));
  return kSuccess;
}

}  // namespace plimsoll
