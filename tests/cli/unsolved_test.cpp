/// What the program says of paths whose equilibrium was not found.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "program.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// A calibration beside the scenario where no supply answers a price on `share` of the paths, and demand never does.
void write_stiff_calibration(const fs::path& folder, double share) {
  const fs::path name = folder / "calibrations/china-2026-05";
  fs::create_directories(name.parent_path());
  fs::copy(PLIMSOLL_SOURCE_DIR "/models/calibrations/china-2026-05", name);
  std::ifstream in(name / "armington_parameters.csv");
  std::ostringstream text;
  std::string line;
  while (std::getline(in, line)) {
    const std::string id = line.substr(0, line.find(','));
    if (id == "total_demand_elasticity") line = id + ",,,0,log per log,0,judgement,judgement,2026-06-09,test";
    if (id.ends_with("_supply_elasticity")) {
      std::ostringstream value;
      value << "\"{discrete: {values: [0, 4], probabilities_pct: [" << 100 * share << ", " << 100 - 100 * share
            << "]}}\"";
      line = id + ",,," + value.str() + ",log per log,0,judgement,judgement,2026-06-09,test";
    }
    text << line << "\n";
  }
  in.close();
  std::ofstream(name / "armington_parameters.csv") << text.str();
}

TEST(Unsolved, PathsAreCountedToldAndChangeTheExitCode) {
  const ProgramFolder folder;
  std::ofstream(folder.path() / "stiff.yaml")
      << "plimsoll: 1\nextends: base\nelasticity_model: armington_ces\npaths: 2048\n"
         "report: {series: [exports.total.yoy]}\ntariff_shocks:\n"
         "  - {name: a, market: us, products: autos, change_pp: 30, effective: 2026-08}\n";
  write_stiff_calibration(folder.path(), 0.5);
  const Outcome many = folder.run("run ./stiff.yaml --out many");
  EXPECT_EQ(many.code, 1) << many.err;
  EXPECT_NE(many.err.find("armington_ces did not find"), std::string::npos) << many.err;
  const auto manifest = nlohmann::json::parse(folder.read("many/manifest.json"));
  EXPECT_GT(manifest["paths"]["unsolved"].get<int>(), 2);
  EXPECT_EQ(manifest["paths"]["done"], 2048);
  const Outcome compared = folder.run("compare ./stiff.yaml ./stiff.yaml --paths 512 --out both");
  EXPECT_EQ(compared.code, 1) << compared.err;
  EXPECT_NE(compared.err.find("armington_ces did not find"), std::string::npos) << compared.err;
}

}  // namespace
}  // namespace plimsoll
