/// `run --target-se`: paths until a figure is known well enough.
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "child.hpp"
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

/// Killed between two checkpoints, and stopped by a signal: both go on to the accuracy and not to the most paths.
TEST(TargetSe, IsSoughtOnByResumeAfterADeathOrAStop) {
  const ProgramFolder folder;
  const Arguments asked{"run",         "base",
                        "--set",       "report.series=[exports.total.yoy]",
                        "--set",       "horizon=2026-12",
                        "--sampling",  "random",
                        "--target-se", "mean(exports.total.yoy@2026)=0.03",
                        "--quiet",     "--threads",
                        "2",           "--checkpoint",
                        "0.02",        "--out"};
  const auto into = [&](const std::string& name) {
    Arguments all = asked;
    all.insert(all.end(), {name, "--force"});
    return all;
  };
  ASSERT_EQ(Child(folder.path(), into("whole")).wait(), 0) << folder.read("stderr");
  const auto whole = manifest_in(folder, "whole");
  ASSERT_GT(whole["paths"]["done"].get<long>(), 2048);
  for (const int signal : {SIGKILL, SIGTERM}) {
    const std::string name = signal == SIGKILL ? "killed" : "stopped";
    int wait_ms = 400;
    for (bool is_caught = false; !is_caught;) {  // with something done, and not all
      const Child child(folder.path(), into(name));
      std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
      child.signal(signal);
      const int code = child.wait();
      const bool is_begun = std::filesystem::exists(folder.path() / name / "state.bin");
      is_caught = code != 0 && is_begun;
      wait_ms = code == 0 ? wait_ms / 2 : is_begun ? wait_ms : wait_ms * 3 / 2;
      ASSERT_GT(wait_ms, 1);
      ASSERT_LT(wait_ms, 60000);
    }
    EXPECT_EQ(manifest_in(folder, name)["target_se"]["most_paths"], 1048576);
    const Outcome status = folder.run("status " + name);
    EXPECT_NE(status.out.find("at most 1,048,576 until its accuracy is reached"), std::string::npos) << status.out;
    const Outcome resumed = folder.run("resume --threads 2 " + name);
    EXPECT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_NE(resumed.err.find("mean(exports.total.yoy@2026)=0.03: standard error"), std::string::npos) << resumed.err;
    const auto manifest = manifest_in(folder, name);
    EXPECT_EQ(manifest["paths"]["done"], whole["paths"]["done"]) << name;
    EXPECT_EQ(manifest["digest"], whole["digest"]) << name;
    EXPECT_EQ(manifest["accuracy"], whole["accuracy"]) << name;
    EXPECT_EQ(folder.read(name + "/state.bin"), folder.read("whole/state.bin")) << name;
    EXPECT_EQ(folder.read(name + "/scenario.resolved.yaml"), folder.read("whole/scenario.resolved.yaml")) << name;
  }
}

TEST(TargetSe, ReachedAtTheFirstLookIsAWholeRun) {
  const ProgramFolder folder;
  const Outcome run = folder.run(
      std::string("run base --set paths=1024 --out to --target-se 'mean(exports.total.yoy@2026)=9'") + kNarrow);
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(manifest_in(folder, "to")["status"], "complete");
  EXPECT_EQ(manifest_in(folder, "to")["paths"]["requested"], 1024);
}

TEST(TargetSe, GivesWayToANumberOfPaths) {
  const ProgramFolder folder;
  ASSERT_EQ(folder.run(std::string("run base --out to --target-se 'mean(exports.total.yoy@2026)=9'") + kNarrow).code,
            0);
  ASSERT_EQ(folder.run("extend to --paths 3008 --quiet").code, 0);
  EXPECT_EQ(manifest_in(folder, "to")["paths"]["done"], 3008);
  EXPECT_FALSE(manifest_in(folder, "to").contains("target_se"));
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
