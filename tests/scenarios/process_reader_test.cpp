#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "test_catalog.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// A scenario file that goes away with the test.
class ProcessFile : public ::testing::Test {
 protected:
  ProcessFile() : folder_(fs::temp_directory_path() / ("plimsoll-process-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~ProcessFile() override { fs::remove_all(folder_); }
  LoadedScenario read(const std::string& text, const std::string& name = "a.yaml",
                      const std::string& head = "plimsoll: 1\ncalibration: china-2026-05\nhorizon: 2027-12\n") {
    std::ofstream(folder_ / name) << head << text;
    return load(folder_ / name);
  }
  fs::path folder_;
};

const std::string kRegimes =
    "oil_price:\n"
    "  process: regime_switching\n"
    "  regimes:\n"
    "    normal: {monthly_sd_log: {uniform: [0.04, 0.06]}, duration_months: {triangular: [12, 24, 48]}}\n"
    "    crisis: {monthly_drift_log: -0.02, annual_sd_log: 0.5, next_pct: {crisis: 80, normal: 20}}\n"
    "  start_pct: {normal: 90, crisis: 10}\n"
    "  innovations: {student_t: {dof: 5}}\n"
    "exchange_rate: {process: bootstrap}\n"
    "copula: {student_t: {dof: 4}}\n";

TEST_F(ProcessFile, GivesRegimesByNameWithTheirRows) {
  const Scenario s = read(kRegimes).scenario;
  ASSERT_EQ(s.oil_price.regimes.size(), 2U);
  const Regime &crisis = s.oil_price.regimes[0], &normal = s.oil_price.regimes[1];
  EXPECT_EQ(crisis.name, "crisis");
  EXPECT_EQ(crisis.next_pct, (std::vector<RandomNumber>{RandomNumber::fixed(80), RandomNumber::fixed(20)}));
  EXPECT_TRUE(crisis.sd_is_annual);
  EXPECT_FALSE(crisis.duration_months.has_value());
  EXPECT_EQ(normal.monthly_drift_log, RandomNumber::fixed(0));
  EXPECT_EQ(normal.sd_log.kind, RandomNumber::Kind::uniform);
  EXPECT_EQ(normal.duration_months->kind, RandomNumber::Kind::triangular);
  EXPECT_EQ(s.oil_price.start_pct, (std::vector<RandomNumber>{RandomNumber::fixed(10), RandomNumber::fixed(90)}));
  EXPECT_EQ(s.oil_price.innovations_dof, 5);
  EXPECT_EQ(s.copula_dof, 4);
  EXPECT_FALSE(s.exchange_rate.innovations_dof.has_value());
}

TEST_F(ProcessFile, TurnsAStartRegimeIntoCertainty) {
  const Scenario s = read(
                         "oil_price: {process: regime_switching, start_regime: b, regimes: {a: {monthly_sd_log: 0, "
                         "duration_months: 2}, b: {monthly_sd_log: 0, duration_months: 3}}}\n")
                         .scenario;
  EXPECT_EQ(s.oil_price.start_pct, (std::vector<RandomNumber>{RandomNumber::fixed(0), RandomNumber::fixed(100)}));
}

TEST_F(ProcessFile, ResolvesWithItsDefaultsAndReadsBackTheSame) {
  const LoadedScenario first = read(kRegimes);
  EXPECT_NE(first.resolved_yaml.find("block_months: 12  # default"), std::string::npos) << first.resolved_yaml;
  EXPECT_NE(first.resolved_yaml.find("demean: true  # default"), std::string::npos);
  EXPECT_NE(first.resolved_yaml.find("monthly_drift_log: 0  # default"), std::string::npos);
  const LoadedScenario again = read(first.resolved_yaml, "b.yaml", "");
  EXPECT_EQ(again.canonical_json, first.canonical_json);
}

TEST_F(ProcessFile, GetsNoDefaultOfAnotherProcess) {
  const std::string yaml = read("oil_price: {process: random_walk}\n").resolved_yaml;
  EXPECT_EQ(yaml.find("block_months"), std::string::npos) << yaml;
  EXPECT_EQ(yaml.find("copula"), std::string::npos);
}

TEST_F(ProcessFile, MergesARegimeThatIsNamedLikeADistribution) {
  read(kRegimes, "parent.yaml");
  const Scenario s =
      read("extends: ./parent.yaml\noil_price: {regimes: {normal: {duration_months: 36}}}\n", "child.yaml", "")
          .scenario;
  ASSERT_EQ(s.oil_price.regimes.size(), 2U);
  EXPECT_EQ(s.oil_price.regimes[1].duration_months, RandomNumber::fixed(36));
  EXPECT_EQ(s.oil_price.regimes[1].sd_log.kind, RandomNumber::Kind::uniform);
}

}  // namespace
}  // namespace plimsoll
