/// `run --target-se`: paths until a figure is known well enough.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.hpp"

namespace plimsoll {
namespace {

constexpr const char* kNarrow =
    " --set report.series='[exports.total.yoy]' --set report.frequencies='[A]' --threads 2 --quiet ";

nlohmann::json manifest_in(const ProgramFolder& folder, const std::string& name) {
  return nlohmann::json::parse(folder.read(name + "/manifest.json"));
}

TEST(TargetSe, DoublesThePathsUntilItIsReachedAndIsThenARunOfThatMany) {
  const ProgramFolder folder;
  for (const char* sampling : {"sobol", "random"}) {
    const std::string from = std::string("run base --sampling ") + sampling + kNarrow;
    const Outcome run = folder.run(from +
                                   "--out to --force --target-se 'p05(exports.total.yoy@2027)=0.25' "
                                   "--target-se 'mean(exports.total.yoy@2026)=1'");
    ASSERT_EQ(run.code, 0) << run.err;
    const auto manifest = manifest_in(folder, "to");
    const long paths = manifest["paths"]["done"];
    EXPECT_GE(paths, 1024);
    EXPECT_EQ(paths & (paths - 1), 0) << paths;
    EXPECT_EQ(manifest["status"], "complete");
    ASSERT_EQ(manifest["accuracy"].size(), 2U);
    EXPECT_EQ(manifest["accuracy"][0]["target"], "p05(exports.total.yoy@2027)=0.25");
    EXPECT_LE(manifest["accuracy"][0]["se"].get<double>(), 0.25);
    EXPECT_EQ(manifest["accuracy"][1]["reached"], true);
    ASSERT_EQ(folder.run(from + "--out plain --force --paths " + std::to_string(paths)).code, 0);
    EXPECT_EQ(manifest_in(folder, "plain")["digest"], manifest["digest"]);
    EXPECT_EQ(folder.read("plain/state.bin"), folder.read("to/state.bin"));
    EXPECT_EQ(folder.run("reproduce to").code, 0);
    if (paths > 1024) {  // at half as many it was not reached
      ASSERT_EQ(folder
                    .run(from + "--out less --force --target-se 'p05(exports.total.yoy@2027)=0.25' --paths " +
                         std::to_string(paths / 2))
                    .code,
                5);
    }
  }
}

TEST(TargetSe, NotReachedWritesTheResultsAndSaysSo) {
  const ProgramFolder folder;
  const Outcome run =
      folder.run(std::string("run base --paths 2048 --out to --target-se "
                             "'p05(exports.total.yoy@2027)=0.0001' --set "
                             "report.series='[exports.total.yoy]' --threads 2"));
  EXPECT_EQ(run.code, 5) << run.err;
  EXPECT_NE(run.err.find("not reached with all paths that were allowed"), std::string::npos) << run.err;
  EXPECT_EQ(manifest_in(folder, "to")["paths"]["done"], 2048);
  EXPECT_EQ(manifest_in(folder, "to")["accuracy"][0]["reached"], false);
  EXPECT_FALSE(folder.read("to/summary.csv").empty());
}

TEST(TargetSe, ThatIsNoneIsRefusedWithAHintBeforeAnythingIsWritten) {
  const ProgramFolder folder;
  for (const auto& [target, said] : {std::pair("p05(exports.total.yoy@2027)", "no target"),
                                     std::pair("p7(exports.total.yoy@2027)=1", "no statistic"),
                                     std::pair("p05(exports.total.yoy@2027)=0", "no standard error"),
                                     std::pair("p05(exports.total.yoy@2027)=-1", "no standard error"),
                                     std::pair("p05(exports.total.yyo@2027)=1", "did you mean exports.total.yoy?"),
                                     std::pair("p05(exports.total.yoy@2031)=1", "no such period")}) {
    const Outcome run = folder.run(std::string("run base --out to --target-se '") + target + "'" + kNarrow);
    EXPECT_EQ(run.code, 2) << target;
    EXPECT_NE(run.err.find(said), std::string::npos) << target << run.err;
    EXPECT_TRUE(folder.empty());
  }
  EXPECT_EQ(folder.run("run base --shard 1/2 --target-se 'p05(exports.total.yoy@2027)=1' --out to").code, 2);
}

}  // namespace
}  // namespace plimsoll
