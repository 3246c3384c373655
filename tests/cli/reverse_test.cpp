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
  EXPECT_NE(folder.read("one/design_points.csv").find("exports.total.yoy/driver/trend,A,2027,pp,"), std::string::npos);
  EXPECT_GT(told.at("design_points").at(0).at("steps").get<int>(), 0);
  EXPECT_NE(folder.read("one/importance.csv").find("driver/capex,"), std::string::npos);
  EXPECT_NE(folder.read("one/given.csv").find("driver.memory_price.level,A,2027,index,"), std::string::npos);
  EXPECT_NE(folder.read("one/memo.en.md").find("Reverse stress of base"), std::string::npos);
  EXPECT_NE(folder.read("one/memo.zh.md").find("反向压力测试"), std::string::npos);

  ASSERT_EQ(folder.run(asked + "two --threads 2 --quiet").code, 0);
  const auto again = nlohmann::json::parse(folder.read("two/manifest.json"));
  EXPECT_EQ(again.at("digest"), manifest.at("digest"));
}

TEST(ReverseProgram, TellsWhereTheCentreStands) {
  const ProgramFolder folder;
  const auto memo = [&](const std::string& target, const std::string& out) {
    EXPECT_EQ(folder.run("reverse base --paths 512 --quiet --target '" + target + "' --out " + out).code, 0);
    return folder.read(out + "/memo.en.md");
  };
  EXPECT_NE(memo("exports.total.yoy@2027 < 5", "in")
                .find("The centre reaches the target. The likeliest combination that misses it"),
            std::string::npos);
  const std::string sure = memo("exports.total.value@2027 > 1", "sure");
  EXPECT_NE(sure.find("every path reaches it, so it is missed with less than 0.59%"), std::string::npos) << sure;
  EXPECT_NE(sure.find("The centre reaches the target, and no combination"), std::string::npos) << sure;
  const std::string month = memo("driver.memory_price.level@2027-12 < 60", "month");
  EXPECT_NE(month.find("Target: Memory price index, December 2027: below 60"), std::string::npos) << month;
  EXPECT_EQ(month.find("60 index"), std::string::npos) << month;
}

TEST(ReverseProgram, WritesAndPrintsTheLanguageThatIsAskedFor) {
  const ProgramFolder folder;
  const std::string asked = "reverse base --paths 512 --quiet --target 'exports.total.yoy@2027 < 0' --out out ";
  ASSERT_EQ(folder.run(asked).code, 0);
  EXPECT_FALSE(folder.read("out/memo.en.md").empty());
  const Outcome zh = folder.run(asked + "--force --language zh");
  ASSERT_EQ(zh.code, 0) << zh.err;
  EXPECT_EQ(zh.out, folder.read("out/memo.zh.md"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out/memo.en.md"));  // of the run before
  const Outcome own = folder.run(asked + "--force --set report.languages=[en]");
  ASSERT_EQ(own.code, 0) << own.err;
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out/memo.zh.md"));
  const Outcome none = folder.run(asked + "--force --language eng");
  EXPECT_EQ(none.code, 2);
  EXPECT_NE(none.err.find("did you mean en?"), std::string::npos) << none.err;

  // Other verbs know what the folder is.
  const Outcome status = folder.run("status .");
  EXPECT_EQ(status.out, "./out: reverse stress of base, exports.total.yoy@2027 < 0, complete\n") << status.err;
  const Outcome explain = folder.run("explain out");
  EXPECT_EQ(explain.code, 4);
  EXPECT_NE(explain.err.find("this is the manifest of a reverse stress test, not of a run"), std::string::npos)
      << explain.err;
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
  refused("base --target 'exports.total.yoi@2027 < 0'", "did you mean exports.total.yoy?");
  refused("base --target 'exports.total.yoy@2025 < 0'", "exports.total.yoy@2025");
  refused("base --target 'exports.total.yoy@2027 < 0 and exports.total.yoy@2026 < 0'", "2 conditions");
  refused("base capex-pause --target 'exports.total.yoy@2027 < 0'", "takes one scenario");
  refused("nowcast-2026-06 --target 'exports.total.yoy@2026 < 0'", "has observations");
  EXPECT_TRUE(folder.empty());
}

}  // namespace
}  // namespace plimsoll
