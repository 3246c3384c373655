/// What the program says and records of observations and pins.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.hpp"

namespace plimsoll {
namespace {

constexpr const char* kOne = " --set report.series='[exports.total.yoy]' --threads 2 ";

TEST(Evidence, OfTheShippedNowcastIsPrintedAndRecorded) {
  const ProgramFolder folder;
  const Outcome run = folder.run(std::string("run nowcast-2026-06 --paths 2048 --format json --out here") + kOne);
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_NE(run.err.find("paths in effect"), std::string::npos) << run.err;
  const auto manifest = nlohmann::json::parse(folder.read("here/manifest.json")), json = nlohmann::json::parse(run.out);
  const double left = manifest["evidence"]["effective_paths"];
  EXPECT_GT(left, 1000);
  EXPECT_LT(left, 2048);
  EXPECT_EQ(json["evidence"], manifest["evidence"]);
  EXPECT_EQ(json["evidence"]["observations"][0]["indicator"], "korea_imports_of_may");
  EXPECT_EQ(json["evidence"]["observations"][0]["effective_paths"], left);  // the only one
}

TEST(Evidence, ThatCollapsesStopsTheRunAndLeavesNothing) {
  const ProgramFolder folder;
  const Outcome run =
      folder.run(std::string("run base --paths 1024 --out here --set "
                             "'observations=[{series: exports.total.yoy, period: 2026, above_pct: 200}]'") +
                 kOne);
  EXPECT_EQ(run.code, 1);
  EXPECT_NE(run.err.find("exports.total.yoy@2026 costs most"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("hint:"), std::string::npos) << run.err;
  EXPECT_TRUE(run.out.empty());
  EXPECT_TRUE(folder.empty());
}

TEST(Evidence, BelowAHundredthOfThePathsIsAWarning) {
  const ProgramFolder folder;
  const Outcome run = folder.run(
      std::string("run base --paths 32768 --out here --set horizon=2026-07 --set "
                  "'observations=[{series: exports.total.yoy, period: 2026-06, value_pct: 18, sd_pp: 0.03}]'") +
      kOne);
  ASSERT_EQ(run.code, 0) << run.err;
  const double left = nlohmann::json::parse(folder.read("here/manifest.json"))["evidence"]["effective_paths"];
  EXPECT_LT(left, 327.68);
  EXPECT_NE(run.err.find("warning: fewer than 1%"), std::string::npos) << left << run.err;
}

TEST(Evidence, NoneAndNoPinIsThePlainRun) {
  const ProgramFolder folder;
  const auto digest = [&](const std::string& options) {
    const Outcome run = folder.run("run base --paths 512 --out here --force" + options + kOne);
    EXPECT_EQ(run.code, 0) << run.err;
    return nlohmann::json::parse(folder.read("here/manifest.json"))["digest"].get<std::string>();
  };
  const std::string plain = digest("");
  EXPECT_EQ(digest(" --set observations=[]"), plain);
  EXPECT_EQ(digest(" --set pin=[]"), plain);
}

TEST(Pins, AreJudgedAtTheEndOfARun) {
  const ProgramFolder folder;
  const Outcome run =
      folder.run(std::string("run base --paths 512 --out here --set "
                             "'pin=[{driver: memory_price, from: 2026-06, to: 2026-07, change_pct: 0}]'") +
                 kOne);
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_NE(run.err.find("pins: shocks at least as large"), std::string::npos) << run.err;
  const auto pins = nlohmann::json::parse(folder.read("here/manifest.json"))["pins"];
  EXPECT_EQ(pins["driver_months"], 2);
  EXPECT_GT(pins["plausibility"], 0);
  EXPECT_LT(pins["plausibility"], 1);
}

}  // namespace
}  // namespace plimsoll
