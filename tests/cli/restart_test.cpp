/// Shards, restarts and extensions as a user has them: through the program and its folders.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "models/calibration_reader.hpp"
#include "program.hpp"
#include "scenarios/scenario_reader.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// A small run; further options follow.
constexpr const char* kRun =
    "run base --set horizon=2026-07 --set report.series='[exports.total.yoy]' --threads 2 --quiet --paths ";
constexpr const char* kObserved =
    " --set 'observations=[{series: exports.total.yoy, period: 2026-06, value_pct: 16, sd_pp: 4}]' ";

class RestartProgram : public ::testing::Test {
 protected:
  Outcome run(const std::string& arguments) const { return folder_.run(arguments); }
  /// Runs and expects success.
  void does(const std::string& arguments) const {
    const Outcome o = run(arguments);
    EXPECT_EQ(o.code, 0) << arguments << "\n" << o.err;
  }
  void same_bytes(const std::string& a, const std::string& b) const {
    for (const char* file :
         {"summary.csv", "probabilities.csv", "contributions.csv", "tail.csv", "scenario.resolved.yaml", "state.bin"}) {
      EXPECT_EQ(fs::exists(folder_.path() / a / file), fs::exists(folder_.path() / b / file)) << file;
      EXPECT_TRUE(folder_.read(a + "/" + file) == folder_.read(b + "/" + file)) << a << " " << b << " " << file;
    }
    EXPECT_EQ(manifest(a)["digest"], manifest(b)["digest"]);
    EXPECT_EQ(manifest(a)["status"], "complete");
    EXPECT_EQ(manifest(b)["status"], "complete");
  }
  nlohmann::json manifest(const std::string& folder) const {
    return nlohmann::json::parse(folder_.read(folder + "/manifest.json"));
  }
  void edit_manifest(const std::string& folder, const std::function<void(nlohmann::ordered_json&)>& edit) const {
    auto json = nlohmann::ordered_json::parse(folder_.read(folder + "/manifest.json"));
    edit(json);
    std::ofstream(folder_.path() / folder / "manifest.json") << json.dump(2);
  }
  void refuses(const std::string& arguments, int code, const std::string& part) const {
    const Outcome o = run(arguments);
    EXPECT_EQ(o.code, code) << arguments << "\n" << o.err;
    EXPECT_NE(o.err.find(part), std::string::npos) << arguments << "\n" << o.err;
    EXPECT_TRUE(o.out.empty());
  }
  ProgramFolder folder_;
};

TEST_F(RestartProgram, MergesShardsToTheBytesOfOneRun) {
  for (const char* more : {"", kObserved}) {
    const std::string name = *more == '\0' ? "plain" : "observed";
    does(kRun + std::string("1504 --out ") + name + more);
    for (const char* shard : {"3/3", "1/3", "2/3"})
      does(kRun + std::string("1504 --shard ") + shard + " --out s-" + name + more);
    EXPECT_EQ(manifest("s-" + name + "/shard-2-of-3")["status"], "shard");
    EXPECT_EQ(manifest("s-" + name + "/shard-2-of-3")["shard"]["first_path"], 512);
    does("merge s-" + name);
    same_bytes(name, "s-" + name);
    const std::string parts = "s-" + name + "/shard-";
    does("merge " + parts + "2-of-3 " + parts + "3-of-3 " + parts + "1-of-3 --out m-" + name);
    same_bytes(name, "m-" + name);
    does("merge s-" + name);  // again, over its own result
    same_bytes(name, "s-" + name);
  }
}

TEST_F(RestartProgram, MergesShardsOfSeveralScenariosOneByOne) {
  const std::string both =
      "run base capex-pause --set horizon=2026-07 --set report.series='[exports.total.yoy]' --quiet --paths 608 --out ";
  does(both + "whole");
  does(both + "parts --shard 1/2");
  does(both + "parts --shard 2/2");
  refuses("merge parts", 2, "one plan at a time");
  for (const char* name : {"base", "capex-pause"}) {
    does(std::string("merge parts/") + name);
    same_bytes(std::string("whole/") + name, std::string("parts/") + name);
  }
}

TEST_F(RestartProgram, ListsMissingShardsAndFillsThem) {
  does(kRun + std::string("2000 --out whole"));
  does(kRun + std::string("2000 --shard 1/4 --out s"));
  does(kRun + std::string("2000 --shard 3/4 --out s"));
  const Outcome part = run("merge s");
  EXPECT_EQ(part.code, 6) << part.err;
  EXPECT_NE(part.err.find("shards 2 of 4, 4 of 4 are missing"), std::string::npos) << part.err;
  EXPECT_NE(part.err.find("paths 512 to 1023, 1536 to 1791"), std::string::npos) << part.err;
  EXPECT_EQ(manifest("s")["status"], "partial");
  EXPECT_EQ(manifest("s")["paths"]["done"], 1024);
  does(kRun + std::string("2000 --shard 4/4 --out s"));
  EXPECT_EQ(run("merge s").code, 6);
  does("resume s");
  same_bytes("whole", "s");
}

TEST_F(RestartProgram, CountsOverlappingShardsOnce) {
  does(kRun + std::string("2048 --out whole"));
  for (const char* shard : {"1/2", "1/4", "2/3", "3/3"}) does(kRun + std::string("2048 --out s --shard ") + shard);
  // Halves of 4 blocks; thirds of 2, 3, 3: the middle third shares two blocks with the first half.
  const Outcome merged = run("merge s");
  EXPECT_EQ(merged.code, 6) << merged.err;
  EXPECT_NE(merged.err.find("shard-1-of-4 holds only paths that are counted already"), std::string::npos) << merged.err;
  EXPECT_NE(merged.err.find("shard-2-of-3 is not counted"), std::string::npos) << merged.err;
  EXPECT_NE(merged.err.find("not whole: paths 1024 to 1279"), std::string::npos) << merged.err;
  does("resume s");
  same_bytes("whole", "s");
}

TEST_F(RestartProgram, RefusesShardsOfAnotherPlanAndSaysWhatDiffers) {
  does(kRun + std::string("608 --shard 1/2 --out a"));
  does(kRun + std::string("608 --shard 2/2 --out seed --seed 5"));
  does(kRun + std::string("912 --shard 2/2 --out paths"));
  does(kRun + std::string("608 --shard 2/2 --out report --set report.series='[exports.total.value]'"));
  const std::string merge = "merge a/shard-1-of-2 --out m ";
  refuses(merge + "seed/shard-2-of-2", 8, "seed is \"5\" in place of \"20260605\"");
  refuses(merge + "paths/shard-2-of-2", 8, "912 paths in place of 608");
  refuses(merge + "report/shard-2-of-2", 8, "other outputs");
  edit_manifest("seed/shard-2-of-2", [](auto& json) { json["engine"] = 1; });
  refuses(merge + "seed/shard-2-of-2", 8, "engine 1 in place of");
  EXPECT_FALSE(fs::exists(folder_.path() / "m"));
  refuses("merge nowhere", 2, "holds no shards");
  refuses("merge a b", 2, "--out");
  refuses("merge", 2, "needs a folder");
  refuses(kRun + std::string("608 --shard 3/2"), 2, "is no part of the whole");
  refuses(kRun + std::string("608 --shard 4/9"), 2, "at most 3 shards");
}

TEST_F(RestartProgram, ShardsThatAreStartedAgainGoOn) {
  const std::string shard = kRun + std::string("2000 --shard 2/2 --out s");
  does(shard);
  const std::string before = folder_.read("s/shard-2-of-2/manifest.json");
  const Outcome again = run(shard);
  EXPECT_EQ(again.code, 0);
  EXPECT_NE(again.err.find("all paths of the shard are done"), std::string::npos) << again.err;
  EXPECT_EQ(folder_.read("s/shard-2-of-2/manifest.json"), before);
  refuses(shard + " --seed 7", 8, "another plan");
  edit_manifest("s/shard-2-of-2", [](auto& json) { json["status"] = "running"; });
  does(shard);
  EXPECT_EQ(manifest("s/shard-2-of-2")["paths"]["done_before"], 768);
}

TEST_F(RestartProgram, ExtendsToTheBytesOfARunFromTheStart) {
  for (const char* more : {"", kObserved}) {
    const std::string name = *more == '\0' ? "plain" : "observed", from = *more == '\0' ? "16" : "512";
    does(kRun + std::string("2512 --out ") + name + more);
    does(kRun + from + " --out x-" + name + more);
    for (const char* paths : {"704", "1024", "1024", "2512"}) does("extend x-" + name + " --paths " + paths);
    same_bytes(name, "x-" + name);
    EXPECT_EQ(manifest("x-" + name)["continued"].size(), 3U);
  }
  refuses("extend plain --paths 96", 2, "added, never taken away");
  refuses("extend plain", 2, "--paths");
  does(kRun + std::string("608 --shard 1/2 --out s"));
  refuses("extend s/shard-1-of-2 --paths 5008", 2, "a shard cannot be extended");
}

TEST_F(RestartProgram, ResumesAFinishedRunByLeavingItAlone) {
  does(kRun + std::string("608 --out a"));
  const std::string before = folder_.read("a/manifest.json");
  const Outcome o = run("resume a");
  EXPECT_EQ(o.code, 0);
  EXPECT_NE(o.err.find("nothing is left to do"), std::string::npos) << o.err;
  EXPECT_EQ(folder_.read("a/manifest.json"), before);
}

TEST_F(RestartProgram, RefusesAFolderOfAnotherEngineScenarioCalibrationOrReport) {
  does(kRun + std::string("608 --out a"));
  const auto reset = [&] {
    fs::remove_all(folder_.path() / "b");
    fs::copy(folder_.path() / "a", folder_.path() / "b");
    edit_manifest("b", [](auto& json) { json["status"] = "running"; });
  };
  const auto edit_scenario = [&](const std::string& from, const std::string& to) {
    std::string text = folder_.read("b/scenario.resolved.yaml");
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << text;
    std::ofstream(folder_.path() / "b/scenario.resolved.yaml") << text.replace(at, from.size(), to);
  };
  for (const char* verb : {"resume b", "extend b --paths 5008", "replay b --path 1"}) {
    reset();
    edit_manifest("b", [](auto& json) { json["engine"] = 1; });
    refuses(verb, 8, "the run is of engine 1");
    edit_manifest("b", [](auto& json) { json.erase("engine"); });
    refuses(verb, 8, "no engine number");
    reset();
    edit_scenario("seed: ", "seed: 1");
    refuses(verb, 8, "the scenario is another");
    reset();
    edit_scenario("[exports.total.yoy]", "[exports.total.value]");
    refuses(verb, 8, "other outputs");
    reset();
    edit_manifest("b", [](auto& json) {
      json["run_hash"] = std::string(64, 'e');
      json["calibration"]["sha256"] = std::string(64, 'f');
    });
    refuses(verb, 8, "calibration china-2026-05 is another");
  }
  reset();
  does("resume b");
  same_bytes("a", "b");
}

TEST_F(RestartProgram, FindsTheCalibrationThatTheRunBeganWith) {
  const fs::path shipped = fs::path(PLIMSOLL_SOURCE_DIR) / "models/calibrations/china-2026-05";
  fs::create_directories(folder_.path() / "mine/calibrations");
  fs::copy(shipped, folder_.path() / "mine/calibrations/china-2026-05");
  std::ofstream(folder_.path() / "mine/calibrations/china-2026-05/calibration.yaml", std::ios::app) << "# mine\n";
  std::ofstream(folder_.path() / "mine/own.yaml") << "plimsoll: 1\nname: own\nextends: base\nhorizon: 2026-07\n"
                                                     "report: {series: [exports.total.yoy]}\n";
  does("run mine/own.yaml --paths 304 --quiet --out a");
  does("run mine/own.yaml --paths 912 --quiet --out whole");
  does("extend a --paths 912");
  same_bytes("whole", "a");
  std::ofstream(folder_.path() / "mine/calibrations/china-2026-05/calibration.yaml", std::ios::app) << "# other\n";
  refuses("extend a --paths 1200", 8, "calibration china-2026-05 is another");
}

TEST(ResolvedScenario, HasTheRunHashOfWhatItCameFrom) {
  const ProgramFolder folder;
  std::map<std::string, IdCatalog> catalogs;
  const auto catalog = [&](const std::string& name) {
    if (!catalogs.contains(name)) catalogs[name] = catalog_of(load_calibration(name));
    return catalogs[name];
  };
  for (const ShippedScenario& shipped : shipped_scenarios()) {
    const LoadedScenario first = load_scenario(shipped.name, {}, catalog);
    const fs::path file = folder.path() / "scenario.resolved.yaml";
    std::ofstream(file) << first.resolved_yaml;
    const LoadedScenario again = load_scenario(file.string(), {}, catalog);
    EXPECT_EQ(first.canonical_json, again.canonical_json) << shipped.name;
    EXPECT_EQ(first.scenario.paths, again.scenario.paths);
    EXPECT_NE(("\n" + first.resolved_yaml).find("\npaths: "), std::string::npos) << shipped.name;
  }
}

TEST_F(RestartProgram, RefusesStatesThatAreDamagedOrOfAnotherRun) {
  does(kRun + std::string("608 --out a"));
  does(kRun + std::string("608 --seed 3 --out other"));
  edit_manifest("a", [](auto& json) { json["status"] = "partial"; });
  const fs::path state = folder_.path() / "a/state.bin";
  const std::string whole = folder_.read("a/state.bin");
  fs::resize_file(state, whole.size() / 2);
  for (const char* verb : {"resume a", "extend a --paths 912", "status a", "merge a --out m"})
    refuses(verb, 4, "a/state.bin: error: the state of the run is damaged");
  std::string damaged = whole;
  damaged[whole.size() / 2] ^= 1;
  std::ofstream(state, std::ios::binary) << damaged;
  refuses("resume a", 4, "SHA-256");
  fs::copy_file(folder_.path() / "other/state.bin", state, fs::copy_options::overwrite_existing);
  refuses("resume a", 8, "not that of the run");
  std::ofstream(state, std::ios::binary) << "PLIMSOLL-STATE-2 of long ago";
  refuses("resume a", 8, "format 2");
  fs::remove(state);
  does("resume a");  // begins again
  EXPECT_EQ(folder_.read("a/state.bin"), whole);
  refuses("resume nowhere", 4, "no such folder");
  refuses("resume", 2, "needs a run's folder");
  std::ofstream(folder_.path() / "a/manifest.json") << "{}";
  refuses("resume a", 4, "no manifest of a run");
}

TEST_F(RestartProgram, TellsHowFarRunsAreAndHowToGoOn) {
  does(kRun + std::string("608 --out d/whole"));
  does(kRun + std::string("608 --shard 2/2 --out d"));
  does(kRun + std::string("608 --out d/stopped"));
  edit_manifest("d/stopped", [](auto& json) { json["status"] = "running"; });
  const Outcome text = run("status d");
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_NE(text.out.find("d/whole: base, 608 of 608 paths (100%), complete"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("d/shard-2-of-2: base, shard 2 of 2, 352 of 352 paths (100%), complete"), std::string::npos)
      << text.out;
  EXPECT_NE(text.out.find("512 of 608 paths (84%), stopped; to go on: plimsoll resume d/stopped"), std::string::npos)
      << text.out;
  const auto json = nlohmann::json::parse(run("status d --format json").out);
  ASSERT_EQ(json.size(), 3U);
  EXPECT_EQ(json[1]["status"], "stopped");
  EXPECT_EQ(json[1]["paths"]["done"], 512);
  EXPECT_EQ(json[1]["kept"][0]["paths"], 512);
  EXPECT_EQ(run("status nowhere").code, 4);
  const Outcome into = run(kRun + std::string("608 --out d/stopped"));
  EXPECT_EQ(into.code, 2);
  EXPECT_NE(into.err.find("'plimsoll resume d/stopped' goes on with it"), std::string::npos) << into.err;
  does("resume d");
  same_bytes("d/whole", "d/stopped");
}

TEST_F(RestartProgram, LetsOneProcessAtATimeWorkInAFolder) {
  const std::string program = PLIMSOLL_PROGRAM;
  const std::string other = program + " status a; " + program + " resume a; echo code $?; " + program +
                            " run base --paths 16 --out a --force; echo code $?; ";
  const Outcome two = run("--version >/dev/null; { " + program + " " + kRun +
                          "3000000 --checkpoint 0.2 --out a >/dev/null & p=$!; sleep 2; " + other +
                          "kill -INT $p; wait $p; echo ended $?; }");
  EXPECT_NE(two.out.find("running (process "), std::string::npos) << two.out;
  EXPECT_NE(two.out.find("code 1\ncode 1\nended 130"), std::string::npos) << two.out << two.err;
  EXPECT_NE(two.err.find("is in use by process"), std::string::npos) << two.err;
  EXPECT_FALSE(fs::exists(folder_.path() / "a/.lock"));
  const std::string progress = folder_.read("a/progress.jsonl");
  EXPECT_NE(progress.find("\"status\":\"running\""), std::string::npos) << progress;
  EXPECT_NE(progress.find("\"status\":\"stopped\""), std::string::npos) << progress;
}

TEST_F(RestartProgram, KeepsTheLastStateWhenTheDiskIsFullAndGoesOnLater) {
  does(kRun + std::string("2000 --out whole"));
  does(kRun + std::string("608 --out a"));
  const std::string before = folder_.read("a/state.bin");
  // No file may grow beyond eight kilobytes or so: a full disk that even root meets.
  const Outcome full = run("--version >/dev/null; { ulimit -f 16; " PLIMSOLL_PROGRAM
                           " extend a --paths 2000 --checkpoint 0.001; echo code $?; }");
  EXPECT_NE(full.out.find("code 1"), std::string::npos) << full.out << full.err;
  EXPECT_NE(full.err.find("state.bin"), std::string::npos) << full.err;
  EXPECT_NE(full.err.find("hint: make room; 'plimsoll resume a'"), std::string::npos) << full.err;
  EXPECT_EQ(folder_.read("a/state.bin"), before);
  EXPECT_EQ(manifest("a")["status"], "running");
  does("resume a");
  same_bytes("whole", "a");
}

TEST_F(RestartProgram, ReplaysAPathAsTheRunSawIt) {
  does(kRun + std::string("1 --sampling random --out one"));
  const Outcome csv = run("replay one --path 0 --format csv");
  EXPECT_EQ(csv.code, 0) << csv.err;
  EXPECT_EQ(csv.out.rfind("kind,name,by,key,frequency,period,unit,value\n", 0), 0U);
  // The one path is its own distribution.
  const std::string row = "summary,exports.total.yoy,,,M,2026-07,pct,";
  const std::size_t at = csv.out.find(row);
  ASSERT_NE(at, std::string::npos) << csv.out;
  const std::string value = csv.out.substr(at + row.size(), csv.out.find('\n', at) - at - row.size());
  EXPECT_NE(folder_.read("one/summary.csv").find("exports.total.yoy,M,2026-07,pct,1," + value + ",0," + value),
            std::string::npos)
      << value;
  does(kRun + std::string("608 --sampling random --out many"));
  EXPECT_EQ(run("replay many --path 0 --format csv").out, csv.out);
  const auto json = nlohmann::json::parse(run("replay many --path 599 --format json").out);
  EXPECT_EQ(json["path"], 599);
  EXPECT_GT(json["trace"].size(), 100U);
  EXPECT_NE(run("replay many --path 7").out.find("driver.memory_price.level, index"), std::string::npos);
  refuses("replay many --path 608", 2, "use at most 607");
  refuses("replay many --path -1", 2, "from 0");
  refuses("replay many", 2, "--path");
}

}  // namespace
}  // namespace plimsoll
