#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.hpp"
#include "sim/program/reproduce_others.hpp"

namespace plimsoll {
namespace {

class Reproduce : public ::testing::Test {
 protected:
  ProgramFolder folder_;

  void SetUp() override {
    ASSERT_EQ(folder_.run("run capex-pause --paths 304 --set report.thresholds_pct=[1,2] --out run --quiet").code, 0);
  }
  void edit_manifest(const std::string& field, const nlohmann::ordered_json& value) {
    nlohmann::ordered_json manifest = nlohmann::ordered_json::parse(folder_.read("run/manifest.json"));
    manifest[field] = value;
    std::ofstream(folder_.path() / "run/manifest.json") << manifest.dump(2);
  }
};

TEST_F(Reproduce, FindsTheSameDigestFromTheFolderAndFromTheManifest) {
  for (const char* what : {"run", "run/manifest.json"}) {
    const Outcome o = folder_.run(std::string("reproduce --threads 2 ") + what);
    EXPECT_EQ(o.code, 0) << o.out << o.err;
    const nlohmann::json manifest = nlohmann::json::parse(folder_.read("run/manifest.json"));
    EXPECT_EQ(o.out, "the same digest: " + manifest.at("digest").get<std::string>() + "\n");
  }
}

TEST_F(Reproduce, SaysWhatDiffersAndWhatHasChanged) {
  edit_manifest("digest", std::string(64, '0'));
  edit_manifest("version", "0.0.9");
  const Outcome o = folder_.run("reproduce run");
  EXPECT_EQ(o.code, 9) << o.err;
  EXPECT_NE(o.out.find("another digest"), std::string::npos);
  EXPECT_NE(o.out.find("version 0.0.9"), std::string::npos) << o.out;
}

TEST_F(Reproduce, RefusesWhatIsNotAWholeRun) {
  edit_manifest("status", "partial");
  EXPECT_EQ(folder_.run("reproduce run").code, 4);
  edit_manifest("plimsoll_manifest", 7);
  EXPECT_NE(folder_.run("reproduce run").err.find("no manifest of a run"), std::string::npos);
  std::ofstream(folder_.path() / "run/manifest.json") << "{";
  EXPECT_EQ(folder_.run("reproduce run").code, 4);
  EXPECT_EQ(folder_.run("reproduce nowhere").code, 4);
  EXPECT_EQ(folder_.run("reproduce").code, 2);
}

TEST_F(Reproduce, RefusesAScenarioThatWasEdited) {
  std::ofstream(folder_.path() / "run/scenario.resolved.yaml", std::ios::app) << "# edited\n";
  const Outcome o = folder_.run("reproduce run");
  EXPECT_EQ(o.code, 4);
  EXPECT_NE(o.err.find("not the one that was run"), std::string::npos) << o.err;
}

/// Sweeps by their plan, answers by the command that their manifest keeps; the environment of today has no say.
TEST(ReproduceOthers, FindsTheSameDigestAndLeavesNothingBehind) {
  const ProgramFolder folder;
  std::ofstream(folder.path() / "own file.yaml") << "plimsoll: 1\nname: own\nextends: base\nseed: 4\n";
  std::ofstream(folder.path() / "sweep.yaml")
      << "plimsoll_sweep: 1\nscenario: base\npaths: 64\ndesign: {grid: {exchange_rate.annual_sd_log: [0.03, 0.06]}}\n"
         "outputs: ['p05(exports.total.yoy@2027)']\n";
  const std::string narrow = " --set report.series=[exports.total.yoy] --paths 256 --quiet";
  for (const auto& [name, command] :
       {std::pair("c", "compare 'own file.yaml' base --seed 9" + narrow), std::pair("s", "stress regulator" + narrow),
        std::pair("r", "reverse 'own file.yaml' --target 'exports.total.yoy@2027 < -10'" + narrow),
        std::pair("i", "sensitivity base --of exports.total.yoy@2027" + narrow),
        std::pair("w", std::string("sweep sweep.yaml --quiet"))}) {
    const Outcome made = folder.run(command + " --out " + name, "PLIMSOLL_SEED=12");
    ASSERT_EQ(made.code, 0) << command << made.err;
    const std::string digest = nlohmann::json::parse(folder.read(std::string(name) + "/manifest.json")).at("digest");
    for (const std::string& what : {std::string(name), std::string(name) + "/manifest.json"}) {
      const Outcome o = folder.run("reproduce --threads 1 --quiet " + what,
                                   "PLIMSOLL_SEED=13 TMPDIR='" + folder.path().string() + "'");
      EXPECT_EQ(o.code, 0) << what << o.out << o.err;
      EXPECT_EQ(o.out, "the same digest: " + digest + "\n");
    }
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    EXPECT_FALSE(entry.path().filename().string().starts_with("plimsoll-reproduce-")) << entry.path();

  std::ofstream(folder.path() / "own file.yaml", std::ios::app) << "oil_price: {annual_sd_log: 0.5}\n";
  const Outcome other = folder.run("reproduce r");
  EXPECT_EQ(other.code, 9) << other.err;
  EXPECT_NE(other.out.find("a scenario, its calibration or the engine is another"), std::string::npos) << other.out;
  std::filesystem::remove(folder.path() / "own file.yaml");
  const Outcome gone = folder.run("reproduce c");
  EXPECT_EQ(gone.code, 3) << gone.out;
  EXPECT_NE(gone.err.find("own file.yaml"), std::string::npos) << gone.err;
}

TEST(ReproduceOthers, MakesOneOfSeveralComparisonsAgain) {
  const ProgramFolder folder;
  const std::string narrow = " --set report.series=[exports.total.yoy] --paths 256 --quiet";
  ASSERT_EQ(folder.run("compare base capex-pause memory-downcycle --out c" + narrow).code, 0);
  const std::string digest = nlohmann::json::parse(folder.read("c/base-capex-pause/manifest.json")).at("digest");
  const Outcome o = folder.run("reproduce --quiet c/base-capex-pause");
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_EQ(o.out, "the same digest: " + digest + "\n");
  std::filesystem::rename(folder.path() / "c/base-capex-pause", folder.path() / "c/other");
  const Outcome renamed = folder.run("reproduce --quiet c/other");
  EXPECT_EQ(renamed.code, 4);
  EXPECT_NE(renamed.err.find("leaves no such results"), std::string::npos) << renamed.err;
}

TEST(ReproduceOthers, RefusesWhatIsNotWhole) {
  const ProgramFolder folder;
  std::ofstream(folder.path() / "sweep.yaml")
      << "plimsoll_sweep: 1\nscenario: base\npaths: 64\ndesign: {grid: {exchange_rate.annual_sd_log: [0.03, -1]}}\n"
         "outputs: ['p05(exports.total.yoy@2027)']\n";
  ASSERT_EQ(folder.run("sweep sweep.yaml --quiet --out w").code, 6);
  const Outcome o = folder.run("reproduce w");
  EXPECT_EQ(o.code, 4);
  EXPECT_NE(o.err.find("not whole"), std::string::npos) << o.err;
}

TEST(WordsOfACommand, AreThoseThatTheManifestQuoted) {
  EXPECT_EQ(words_of_command("plimsoll run 'a b' --set 'x={y: [1, 2]}' 'it'\\''s' ''"),
            (std::vector<std::string>{"plimsoll", "run", "a b", "--set", "x={y: [1, 2]}", "it's", ""}));
}

}  // namespace
}  // namespace plimsoll
