/// Every scenario of the library is run within the time its `check` allows: `base` as it stands, the others on fewer
/// paths, so that a library that grows keeps the suite short.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "models/calibration_reader.hpp"
#include "program.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/scenario_reader.hpp"

namespace plimsoll {
namespace {

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const ShippedScenario& one : shipped_scenarios()) all.push_back(one.name);
  return all;
}

LoadedScenario load(const std::string& name) {
  return load_scenario(name, {},
                       [](const std::string& calibration) { return catalog_of(load_calibration(calibration)); });
}

class Shipped : public ::testing::TestWithParam<std::string> {};

TEST_P(Shipped, RunsInItsOwnTimeAndSpreadsAroundItsMedian) {
  const LoadedScenario loaded = load(GetParam());
  const std::string paths = std::to_string(GetParam() == "base" ? loaded.scenario.paths : 4096);
  ProgramFolder folder;
  const auto began = std::chrono::steady_clock::now();
  const Outcome outcome = folder.run("run " + GetParam() + " --paths " + paths + " --quiet --out run");
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(),
            loaded.scenario.check_timeout_s);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const CsvTable table = parse_csv(folder.read("run/summary.csv"), "summary.csv");
  int seen = 0;
  for (const CsvTable::Row& row : table.rows) {
    const auto cell = [&](const char* column) { return row.fields[static_cast<std::size_t>(table.column(column))]; };
    if (cell("series") != "exports.total.yoy" || cell("frequency") != "A") continue;
    ++seen;
    EXPECT_EQ(cell("paths"), paths);
    EXPECT_GT(std::stod(cell("p05")), -60);
    EXPECT_LT(std::stod(cell("p05")), std::stod(cell("p50")));
    EXPECT_LT(std::stod(cell("p50")), std::stod(cell("p95")));
    EXPECT_LT(std::stod(cell("p95")), 100);
  }
  EXPECT_EQ(seen, loaded.scenario.horizon.year() - (load_calibration(loaded.scenario.calibration).as_of + 1).year() +
                      (loaded.scenario.horizon.month() == 12 ? 1 : 0));
}

TEST_P(Shipped, SaysWhatItAsksWhoWroteItAndWhereItsFiguresComeFrom) {
  const LoadedScenario loaded = load(GetParam());
  EXPECT_EQ(loaded.scenario.name, GetParam());
  EXPECT_FALSE(loaded.scenario.title.en.empty());
  EXPECT_FALSE(loaded.scenario.title.zh.empty());
  EXPECT_TRUE(loaded.scenario.about.question.ends_with('?')) << loaded.scenario.about.question;
  EXPECT_FALSE(loaded.scenario.about.author.empty());
  EXPECT_FALSE(loaded.scenario.about.sources.empty());
}

INSTANTIATE_TEST_SUITE_P(Scenario, Shipped, ::testing::ValuesIn(names()), [](const auto& test) {
  std::string name = test.param;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

/// A scenario whose figures never reach the model would repeat another's tables. as-of-2026-05 is base by another name,
/// and as-of-2025-12 has no imports.
TEST(Library, HoldsNoTwoScenariosWithTheSameResults) {
  ProgramFolder folder;
  std::string all;
  std::vector<std::string> compared = names();
  std::erase_if(compared, [](const std::string& name) { return name.starts_with("as-of-"); });
  for (const std::string& name : compared) all += name + " ";
  const Outcome outcome =
      folder.run("run " + all +
                 "--set 'report.series=[exports.total.*, imports.total.*, balance.*]' --paths 256 --quiet --out all");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  std::map<std::string, std::string> first;
  for (const std::string& name : compared) {
    const auto [found, is_new] = first.emplace(folder.read("all/" + name + "/summary.csv"), name);
    EXPECT_TRUE(is_new) << name << " gives the results of " << found->second;
    EXPECT_FALSE(found->first.empty()) << name;
  }
}

}  // namespace
}  // namespace plimsoll
