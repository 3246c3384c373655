/// The verb `reverse`: files, words, digests and refusals.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.hpp"

namespace plimsoll {
namespace {

TEST(ReverseProgram, WritesTablesAndMemosThatAgree) {
  const ProgramFolder folder;
  const std::string asked = "reverse base --target 'exports.total.yoy@2027 < -10' --paths 2048 --out ";
  const Outcome o = folder.run(asked + "one --threads 1 --format json");
  ASSERT_EQ(o.code, 0) << o.err;
  const auto told = nlohmann::json::parse(o.out);
  const double probability = told.at("probability").at("value"), se = told.at("probability").at("se");
  EXPECT_GT(probability, 0.01);
  EXPECT_LT(probability, 0.2);
  EXPECT_LT(se, 0.2 * probability);
  ASSERT_FALSE(told.at("design_points").empty());
  const double beta = told.at("design_points").at(0).at("beta");
  EXPECT_GT(beta, 0.5);
  EXPECT_LT(beta, 4);
  const auto manifest = nlohmann::json::parse(folder.read("one/manifest.json"));
  EXPECT_EQ(manifest.at("probability").at("value"), told.at("probability").at("value"));
  EXPECT_EQ(manifest.at("target"), "exports.total.yoy@2027 < -10");
  EXPECT_NE(folder.read("one/design_points.csv").find("exports.total.yoy,A,2027,pct,"), std::string::npos);
  EXPECT_NE(folder.read("one/importance.csv").find("driver/capex,"), std::string::npos);
  EXPECT_NE(folder.read("one/given.csv").find("driver.memory_price.level,A,2027,index,"), std::string::npos);
  EXPECT_NE(folder.read("one/memo.en.md").find("Reverse stress of base"), std::string::npos);
  EXPECT_NE(folder.read("one/memo.zh.md").find("反向压力测试"), std::string::npos);

  ASSERT_EQ(folder.run(asked + "two --threads 2 --quiet").code, 0);
  const auto again = nlohmann::json::parse(folder.read("two/manifest.json"));
  EXPECT_EQ(again.at("digest"), manifest.at("digest"));
}

TEST(ReverseProgram, RefusesWhatIsNoTarget) {
  const ProgramFolder folder;
  const auto refused = [&](const std::string& arguments, const std::string& why) {
    const Outcome o = folder.run("reverse " + arguments);
    EXPECT_EQ(o.code, 2) << arguments;
    EXPECT_NE(o.err.find(why), std::string::npos) << o.err;
  };
  refused("base", "needs a --target");
  refused("base --target 'exports.total.yoy@2027 < 0' --sampling random", "unknown option '--sampling'");
  refused("base --target 'exports.total.yoy@2027'", "--target");
  refused("base --target 'exports.total.yoi@2027 < 0'", "is no simulated output");
  refused("base --target 'exports.total.yoy@2025 < 0'", "exports.total.yoy@2025");
  refused("base --target 'exports.total.yoy@2027 < 0 and exports.total.yoy@2026 < 0'", "2 conditions");
  refused("base capex-pause --target 'exports.total.yoy@2027 < 0'", "takes one scenario");
  refused("nowcast-2026-06 --target 'exports.total.yoy@2026 < 0'", "has observations");
  EXPECT_TRUE(folder.empty());
}

}  // namespace
}  // namespace plimsoll
