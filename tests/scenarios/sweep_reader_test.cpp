#include "scenarios/sweep_reader.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "malformed_files.hpp"
#include "scenarios/scenario_template.hpp"
#include "test_catalog.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

TEST(SweepReader, ReadsLevelsDistributionsOverridesAndOutputs) {
  const fs::path file = fs::temp_directory_path() / ("plimsoll-sweep-" + std::to_string(getpid()) + ".yaml");
  std::ofstream(file) << "plimsoll_sweep: 1\nname: mine\nscenario: other.yaml\nset: {oil_price: {process: path, path: "
                         "{2026-12: 60}}}\npaths: 64\nseed: 7\ndesign:\n  sobol:\n    horizon: [2027-06, 2027-12]\n"
                         "    foreign_demand.us.growth_pct: {normal: {mean: 2, sd: 1}}\n  points: 8\noutputs:\n"
                         "  - prob( exports.total.yoy@2026<0 and exports.total.yoy@2027 < 0 )\n";
  const SweepSpec sweep = load_sweep(file);
  EXPECT_EQ(sweep.name, "mine");
  EXPECT_EQ(sweep.scenario, (file.parent_path() / "other.yaml").string());
  ASSERT_EQ(sweep.set.size(), 3U);
  EXPECT_EQ(sweep.set[0].assignment, "oil_price={process: path, path: {2026-12: 60}}");
  EXPECT_EQ(sweep.set[1].assignment, "paths=64");
  EXPECT_EQ(sweep.set[2].assignment, "seed=7");
  EXPECT_EQ(sweep.kind, DesignKind::sobol);
  EXPECT_EQ(sweep.points, 8);
  ASSERT_EQ(sweep.fields.size(), 2U);
  EXPECT_EQ(sweep.fields[0].levels, (std::vector<std::string>{"2027-06", "2027-12"}));
  ASSERT_TRUE(sweep.fields[1].distribution);
  EXPECT_EQ(sweep.fields[1].place.line, 10);
  ASSERT_EQ(sweep.outputs.size(), 1U);
  EXPECT_EQ(sweep.outputs[0].text, "prob(exports.total.yoy@2026 < 0 and exports.total.yoy@2027 < 0)");
  EXPECT_TRUE(is_sweep(file));
  fs::remove(file);
}

TEST(SweptPaths, WithBracesStandForSeveralFields) {
  EXPECT_EQ(expanded_paths("a.b"), std::vector<std::string>{"a.b"});
  EXPECT_EQ(expanded_paths("a.{b, c}.d"), (std::vector<std::string>{"a.b.d", "a.c.d"}));
  EXPECT_EQ(expanded_paths("{a,b}.{c,d}"), (std::vector<std::string>{"a.c", "a.d", "b.c", "b.d"}));
  for (const char* bad : {"a.{b", "a.b}", "a.{}", "a.{b,}", "}{"}) EXPECT_TRUE(expanded_paths(bad).empty()) << bad;
}

TEST(ShippedSweeps, AskAQuestionInBothLanguages) {
  const std::vector<ShippedSweep> all = shipped_sweeps();
  EXPECT_GE(all.size(), 3U);
  for (const ShippedSweep& one : all) {
    EXPECT_FALSE(one.title.en.empty()) << one.name;
    EXPECT_FALSE(one.title.zh.empty()) << one.name;
    EXPECT_TRUE(one.question.ends_with('?')) << one.name;
    EXPECT_EQ(load_sweep(one.name).name, one.name);
    EXPECT_TRUE(is_sweep(one.name));
  }
  EXPECT_FALSE(is_sweep("base"));
  EXPECT_THROW(load_sweep("no-such"), InputError);
}

/// What a sweep does at a point is what --set does, also when the scenario goes through text in between.
TEST(ScenarioTemplate, GivesTheVariantThatOverridesGive) {
  const std::vector<ReadOptions::Override> changes{{"foreign_demand.us.growth_pct=3", "point 1"},
                                                   {"oil_price={process: random_walk, annual_sd_log: 0.2}", "point 1"},
                                                   {"capex_paths.meta.2027.growth_pct=-5", "point 1"}};
  const auto catalog = test_catalog;
  const LoadedScenario direct = load_scenario("base", {changes}, catalog);
  const ScenarioTemplate composed = ScenarioTemplate::load("base", {});
  const ScenarioTemplate stored = ScenarioTemplate::parse(composed.yaml(), "base");
  EXPECT_EQ(composed.canonical_json(), stored.canonical_json());
  for (const ScenarioTemplate* one : {&composed, &stored}) {
    const Scenario s = one->variant(changes, catalog);
    EXPECT_EQ(s.name, "base");
    EXPECT_EQ(s.foreign_demand.growth_pct.at("us"), direct.scenario.foreign_demand.growth_pct.at("us"));
    EXPECT_EQ(s.oil_price.parameters, direct.scenario.oil_price.parameters);
    EXPECT_EQ(s.capex_paths->firms.size(), direct.scenario.capex_paths->firms.size());
    EXPECT_EQ(s.capex_paths->firms[2].keys.back().value, RandomNumber::fixed(-5));
  }
  EXPECT_TRUE(stored.problems_of({{"horizon=2027-06", "x"}}).empty());
  EXPECT_EQ(stored.problems_of({{"horizn=2027-06", "x"}}).size(), 1U);
  EXPECT_EQ(stored.with({{"paths=32", "x"}}).value("paths"), "32");
}

/// Every file of tests/malformed_sweeps states in its first line what must be said about it.
class MalformedSweep : public ::testing::TestWithParam<fs::path> {};

TEST_P(MalformedSweep, IsRefusedAtItsPlaceWithAHint) {
  expect_refusal(GetParam(), [](const fs::path& file) { load_sweep(file); });
}

INSTANTIATE_TEST_SUITE_P(File, MalformedSweep, ::testing::ValuesIn(malformed_files("malformed_sweeps")),
                         [](const auto& test) { return test.param.stem().string(); });

}  // namespace
}  // namespace plimsoll
