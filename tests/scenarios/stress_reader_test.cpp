#include "scenarios/stress_reader.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "malformed_files.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// A folder of the test's own.
class SuiteFolder : public ::testing::Test {
 protected:
  SuiteFolder() : path_(fs::temp_directory_path() / ("plimsoll-suite-" + std::to_string(getpid()))) {
    fs::create_directories(path_);
  }
  ~SuiteFolder() override { fs::remove_all(path_); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return path_ / name;
  }
  fs::path path_;
};

TEST_F(SuiteFolder, ReadsNamesShortFormsOverridesAndPaths) {
  write("sold.csv", "exposure,by,id,weight\nA,product,memory,3\nA,market,us,1\nB,total,,5\n");
  const StressSuite suite = load_suite(
      write("mine.yaml",
            "plimsoll_stress: 1\nset: {paths: 64}\nscenarios:\n  - capex-stop\n"
            "  - {scenario: other.yaml, name: b, risk: K3, set: {oil_price: {process: path, path: {2026-12: 60}}}}\n"
            "thresholds: [exports.total.yoy@2027 < 0]\nfail_if: ['p05(exports.total.yoy@2027) < -8']\n"
            "exposures: sold.csv\norder: mean\n"));
  EXPECT_EQ(suite.name, "mine");
  EXPECT_EQ(suite.baseline, "base");
  ASSERT_EQ(suite.scenarios.size(), 2U);
  EXPECT_EQ(suite.scenarios[0].scenario, "capex-stop");
  EXPECT_EQ(suite.scenarios[1].scenario, (path_ / "other.yaml").string());
  EXPECT_EQ(suite.scenarios[1].risk, "K3");
  ASSERT_EQ(suite.scenarios[1].set.size(), 1U);
  EXPECT_EQ(suite.scenarios[1].set[0].assignment, "oil_price={process: path, path: {2026-12: 60}}");
  EXPECT_NE(suite.scenarios[1].set[0].origin.find("mine.yaml:5:"), std::string::npos);
  EXPECT_EQ(suite.set[0].assignment, "paths=64");
  EXPECT_EQ(suite.order, StressSuite::Order::mean);
  ASSERT_EQ(suite.exposures.size(), 2U);
  EXPECT_EQ(suite.exposures[0].parts[1].series, "exports.market.us");
  EXPECT_DOUBLE_EQ(suite.exposures[0].parts[0].weight_frac, 0.75);
  EXPECT_EQ(suite.exposures[1].parts[0].series, "exports.total");
  EXPECT_EQ(suite.inputs.size(), 2U);
}

TEST(Exposures, AreRefusedWithEveryProblemAtItsPlace) {
  try {
    parse_exposures("exposure,by,id,weight\nA,produkt,memory,1\nA,total,us,1\nA,market,us,-1\nA,market,us,1\n",
                    "x.csv");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::data);
    ASSERT_EQ(error.problems().size(), 4U) << to_string(error);
    EXPECT_EQ(to_string(error.problems()[0].place), "x.csv:2:3");
    EXPECT_EQ(error.problems()[0].hint, "did you mean 'product'?");
    EXPECT_EQ(to_string(error.problems()[2].place), "x.csv:4:13");
    EXPECT_NE(error.problems()[3].what.find("stands twice"), std::string::npos);
  }
  EXPECT_THROW(parse_exposures("exposure,by,weight\nA,total,1\n", "x.csv"), InputError);
  EXPECT_THROW(parse_exposures("exposure,by,id,weight\n", "x.csv"), InputError);
  EXPECT_THROW(parse_exposures("exposure,by,id,weight\nA,total,,1\nB,total,,1\nA,market,us,1\n", "x.csv"), InputError);
}

TEST(ShippedSuites, CoverEveryRiskOfTheLibrary) {
  std::set<std::string> risks;
  for (const SuiteScenario& one : load_suite("risks").scenarios) risks.insert(one.risk);
  for (int k = 1; k <= 14; ++k) EXPECT_TRUE(risks.contains("K" + std::to_string(k))) << "K" << k;
  const std::vector<ShippedSuite> all = shipped_suites();
  EXPECT_GE(all.size(), 2U);
  for (const ShippedSuite& one : all) {
    EXPECT_FALSE(one.title.en.empty()) << one.name;
    EXPECT_FALSE(one.title.zh.empty()) << one.name;
    EXPECT_TRUE(load_suite(one.name).about.question.ends_with('?')) << one.name;
  }
}

/// Every file of tests/malformed_suites states in its first line what must be said about it.
class MalformedSuite : public ::testing::TestWithParam<fs::path> {};

TEST_P(MalformedSuite, IsRefusedAtItsPlaceWithAHint) {
  expect_refusal(GetParam(), [](const fs::path& file) { load_suite(file); });
}

INSTANTIATE_TEST_SUITE_P(File, MalformedSuite, ::testing::ValuesIn(malformed_files("malformed_suites")),
                         [](const auto& test) { return test.param.stem().string(); });

}  // namespace
}  // namespace plimsoll
