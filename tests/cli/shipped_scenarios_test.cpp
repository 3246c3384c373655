/// Every shipped scenario is run as it stands, within the time its `check` allows.
#include <gtest/gtest.h>

#include <chrono>

#include "models/calibration_reader.hpp"
#include "program.hpp"
#include "scenarios/scenario_reader.hpp"

namespace plimsoll {
namespace {

class Shipped : public ::testing::TestWithParam<std::string> {};

TEST_P(Shipped, RunsInItsOwnTimeAndSpreadsAroundItsMedian) {
  const LoadedScenario loaded =
      load_scenario(GetParam(), {}, [](const std::string& name) { return catalog_of(load_calibration(name)); });
  EXPECT_FALSE(loaded.scenario.about.question.empty());
  EXPECT_FALSE(loaded.scenario.title.zh.empty());
  ProgramFolder folder;
  const auto began = std::chrono::steady_clock::now();
  const Outcome outcome = folder.run("run " + GetParam() + " --quiet --out run");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(),
            loaded.scenario.check_timeout_s);
  EXPECT_NE(folder.read("run/summary.csv").find("exports.total.yoy,A,2027,pct,16384,"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Scenario, Shipped,
                         ::testing::Values("base", "capex-boom", "capex-pause", "tariff-escalation", "memory-downcycle",
                                           "memory-supercycle", "as-of-2025-12", "as-of-2026-05"),
                         [](const auto& test) {
                           std::string name = test.param;
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace plimsoll
