#include "program.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace plimsoll {
namespace {

class Program : public ::testing::Test {
 protected:
  ProgramFolder folder_;
  bool has(const std::string& file) const { return std::filesystem::exists(folder_.path() / file); }
};

TEST_F(Program, TellsItsVersionAndItsVerbs) {
  const Outcome version = folder_.run("--version");
  EXPECT_EQ(version.code, 0);
  EXPECT_NE(version.out.find("0.1.0"), std::string::npos);
  const Outcome help = folder_.run("help");
  EXPECT_EQ(help.code, 0);
  for (const char* verb :
       {"run", "compare", "reproduce", "validate", "show", "list", "describe", "schema", "doctor", "equilibrium"}) {
    EXPECT_NE(help.out.find(verb), std::string::npos);
    EXPECT_EQ(folder_.run(std::string("help ") + verb).code, 0) << verb;
  }
}

TEST_F(Program, WritesAWholeRunFolder) {
  const Outcome run = folder_.run("run base --paths 512 --out here");
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.out.rfind("China's exports in 2026: ", 0), 0U) << run.out;
  for (const char* file : {"summary.csv", "probabilities.csv", "contributions.csv", "tail.csv", "manifest.json",
                           "scenario.resolved.yaml", "state.bin"})
    EXPECT_TRUE(has(std::string("here/") + file)) << file;
  const std::string summary = folder_.read("here/summary.csv");
  EXPECT_EQ(summary.substr(0, summary.find('\n')),
            "series,frequency,period,unit,paths,mean,sd,p01,p05,p10,p25,p50,p75,p90,p95,p99,se_mean,se_sd,se_p01,se_"
            "p05,se_p10,se_p25,se_p50,se_p75,se_p90,se_p95,se_p99");
  EXPECT_EQ(folder_.read("here/probabilities.csv").rfind("series,frequency,period,event,threshold,probability,se\n", 0),
            0U);
  EXPECT_EQ(
      folder_.read("here/contributions.csv")
          .rfind("of,by,key,frequency,period,mean_pp,p05_pp,p50_pp,p95_pp,se_mean_pp,se_p05_pp,se_p50_pp,se_p95_pp\n",
                 0),
      0U);
  EXPECT_NE(summary.find("exports.total.yoy,M,2027-01..02,pct,512,"), std::string::npos);
  // A single January of trade only on request; prices have no new-year season.
  EXPECT_EQ(summary.find("yoy,M,2027-01,"), std::string::npos);
  EXPECT_EQ(summary.find("value,M,2027-01,"), std::string::npos);
  EXPECT_NE(summary.find("driver.oil_price.level,M,2027-01,usd_per_bbl,512,"), std::string::npos);
  EXPECT_NE(folder_.read("here/contributions.csv").find("exports.total.yoy,driver,inherited,A,2026,"),
            std::string::npos);
  const nlohmann::json manifest = nlohmann::json::parse(folder_.read("here/manifest.json"));
  const std::string text = manifest.dump();
  for (const char* part : {"digest", "seed", "sha256", "512"}) EXPECT_NE(text.find(part), std::string::npos) << text;
}

TEST_F(Program, GivesTheSameBytesForOneTwoAndSevenThreads) {
  for (const char* threads : {"1", "2", "7"}) {
    ASSERT_EQ(
        folder_.run(std::string("run base --paths 1008 --quiet --threads ") + threads + " --out t" + threads).code, 0);
    EXPECT_EQ(folder_.read(std::string("t") + threads + "/summary.csv"), folder_.read("t1/summary.csv"));
    EXPECT_EQ(folder_.read(std::string("t") + threads + "/contributions.csv"), folder_.read("t1/contributions.csv"));
  }
  ASSERT_EQ(folder_.run("run base --paths 1008 --seed 0 --out zero").code, 0);
  ASSERT_EQ(folder_.run("run base --paths 1008 --seed 1 --out one").code, 0);
  EXPECT_NE(folder_.read("zero/summary.csv"), folder_.read("t1/summary.csv"));
  EXPECT_NE(folder_.read("zero/summary.csv"), folder_.read("one/summary.csv"));
}

TEST_F(Program, GivesTheSameBytesFromItsResolvedScenario) {
  ASSERT_EQ(folder_.run("run tariff-escalation --paths 304 --out a").code, 0);
  const Outcome again = folder_.run("run a/scenario.resolved.yaml --out b");
  ASSERT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(folder_.read("a/summary.csv"), folder_.read("b/summary.csv"));
}

TEST_F(Program, RunsOnePathAndOneMonth) {
  EXPECT_EQ(folder_.run("run base --paths 1 --sampling random --out one").code, 0);
  const Outcome month = folder_.run("run base --paths 64 --set horizon=2026-06 --out month");
  EXPECT_EQ(month.code, 0) << month.err;
  EXPECT_EQ(folder_.read("month/summary.csv").find("2026-07"), std::string::npos);
}

TEST_F(Program, RefusesAFolderThatIsNotEmptyOrCannotBeWritten) {
  std::filesystem::create_directories(folder_.path() / "full");
  std::ofstream(folder_.path() / "full/mine.txt") << "keep";
  const Outcome full = folder_.run("run base --out full");
  EXPECT_EQ(full.code, 2);
  EXPECT_NE(full.err.find("--force"), std::string::npos) << full.err;
  EXPECT_EQ(folder_.read("full/mine.txt"), "keep");
  EXPECT_FALSE(has("full/summary.csv"));
  EXPECT_EQ(folder_.run("run base --paths 1 --sampling random --out full --force").code, 0);
  const Outcome unwritable = folder_.run("run base --out /proc/plimsoll");
  EXPECT_EQ(unwritable.code, 2);
  EXPECT_TRUE(unwritable.out.empty());
}

TEST_F(Program, WritesNothingWhenTheScenarioIsWrong) {
  const Outcome typo = folder_.run("run bsae --out here");
  EXPECT_EQ(typo.code, 3);
  EXPECT_NE(typo.err.find("did you mean 'base'"), std::string::npos) << typo.err;
  const Outcome override_error = folder_.run("run base --set horizn=2027-06 --out here");
  EXPECT_EQ(override_error.code, 3);
  EXPECT_NE(override_error.err.find("command line"), std::string::npos);
  EXPECT_EQ(folder_.run("run base --set calibration=china-2020-01 --out here").code, 4);
  EXPECT_TRUE(folder_.empty());
}

TEST_F(Program, AnswersUsageErrorsWithExitCodeTwoAndAHint) {
  for (const char* arguments : {"", "rnu base", "run", "run base --path 5", "run base --paths", "run base --threads 0",
                                "run base --format xml", "validate", "validate china-2026-05 --paths 64", "list extra",
                                "run base --shard 2", "run base --keep-samples=", "run base --target-se 'p05(x)=1'",
                                "compare base", "sweep", "sensitivity", "calibrate", "backtest --flow both"}) {
    const Outcome outcome = folder_.run(arguments);
    EXPECT_EQ(outcome.code, 2) << arguments << "\n" << outcome.err;
    EXPECT_TRUE(outcome.out.empty()) << arguments;
    EXPECT_FALSE(outcome.err.empty()) << arguments;
  }
  EXPECT_NE(folder_.run("rnu base").err.find("did you mean run?"), std::string::npos);
  EXPECT_NE(folder_.run("sensitivity").err.find("takes one scenario"), std::string::npos);
  EXPECT_TRUE(folder_.empty());
}

TEST_F(Program, ReadsItsEnvironmentAndSaysWhatIsWrongWithIt) {
  EXPECT_EQ(folder_.run("run base --paths 1 --sampling random --out a", "PLIMSOLL_THREADS=two").code, 2);
  EXPECT_EQ(folder_.run("run base --paths 64 --quiet --out a", "PLIMSOLL_SEED=11").code, 0);
  EXPECT_EQ(folder_.run("run base --paths 64 --quiet --seed 11 --out b", "PLIMSOLL_SEED=12").code, 0);
  EXPECT_EQ(folder_.read("a/summary.csv"), folder_.read("b/summary.csv"));
  EXPECT_EQ(folder_.run("run base --paths 1 --sampling random --quiet", "PLIMSOLL_OUT=c").code, 0);
  EXPECT_TRUE(has("c/summary.csv"));
}

TEST_F(Program, RunsSeveralScenariosWithCommonRandomNumbers) {
  const Outcome run = folder_.run("run base capex-boom --paths 64 --out both");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_TRUE(has("both/base/summary.csv"));
  EXPECT_TRUE(has("both/capex-boom/summary.csv"));
}

TEST_F(Program, PrintsCsvAndJsonOnRequest) {
  EXPECT_EQ(folder_.run("run base --paths 16 --out a --format csv").out.rfind("series,frequency,", 0), 0U);
  const Outcome json = folder_.run("run base --paths 16 --out b --format json");
  EXPECT_NO_THROW({ const nlohmann::json parsed = nlohmann::json::parse(json.out); }) << json.out.substr(0, 200);
}

TEST_F(Program, TellsThePlaceOfWhatOnlyPlanningFinds) {
  const std::string three =
      "[{between: [capex, memory_price], value: 0.95}, {between: [capex, oil_price], value: 0.95},\n"
      "  {between: [memory_price, oil_price], value: -0.95}]";
  std::ofstream(folder_.path() / "three.yaml")
      << "plimsoll: 1\nextends: base\nname: three\ncorrelations:\n  " + three << "\n";
  const Outcome file = folder_.run("validate ./three.yaml");
  EXPECT_EQ(file.code, 3);
  EXPECT_NE(file.err.find("three.yaml:5:3: error: the correlations contradict each other"), std::string::npos)
      << file.err;
  const Outcome set = folder_.run("validate base --set 'capex_paths.amazon={2026: 10}'");
  EXPECT_EQ(set.code, 3);
  EXPECT_EQ(set.err.find("command line:"), 0U) << set.err;
}

TEST_F(Program, ValidatesShowsListsAndDescribes) {
  const Outcome valid =
      folder_.run("validate base capex-boom capex-pause tariff-escalation memory-downcycle memory-supercycle");
  EXPECT_EQ(valid.code, 0) << valid.err;
  std::ofstream(folder_.path() / "bad.yaml") << "plimsoll: 1\nfoo: 1\n";
  const Outcome invalid = folder_.run("validate bad.yaml base nowhere.yaml");
  EXPECT_EQ(invalid.code, 3);
  EXPECT_NE(invalid.err.find("bad.yaml:2:1"), std::string::npos) << invalid.err;
  EXPECT_NE(invalid.err.find("nowhere.yaml"), std::string::npos) << invalid.err;
  const std::string folder = PLIMSOLL_SOURCE_DIR "/models/calibrations/china-2026-05";
  const Outcome calibrations =
      folder_.run("validate china-2025-12 " + folder + " " + folder + "/calibration.yaml base");
  EXPECT_EQ(calibrations.code, 0) << calibrations.err;
  const std::filesystem::path mine = folder_.path() / "mine/china-2026-05";
  std::filesystem::create_directories(mine.parent_path());
  std::filesystem::copy(folder, mine, std::filesystem::copy_options::recursive);
  EXPECT_EQ(folder_.run("validate mine/china-2026-05/").code, 0);
  std::ofstream(mine / "markets.csv", std::ios::app) << "us,twice\n";
  const Outcome edited = folder_.run("validate mine/china-2026-05");
  EXPECT_EQ(edited.code, 4);
  EXPECT_NE(edited.err.find("markets.csv"), std::string::npos) << edited.err;
  EXPECT_NE(folder_.run("show capex-pause").out.find("shipped:base.yaml"), std::string::npos);
  EXPECT_NE(folder_.run("list").out.find("memory-supercycle"), std::string::npos);
  EXPECT_EQ(folder_.run("describe capex_paths.pause").code, 0);
  EXPECT_EQ(folder_.run("describe china-2026-05").code, 0);
  EXPECT_EQ(folder_.run("describe memory").code, 0);
  EXPECT_EQ(folder_.run("describe nonsense_field").code, 2);
  EXPECT_NO_THROW({ const nlohmann::json schema = nlohmann::json::parse(folder_.run("schema").out); });
  EXPECT_EQ(folder_.run("doctor").code, 0);
}

TEST_F(Program, RunsAndDescribesElasticityModels) {
  EXPECT_NE(folder_.run("describe armington_ces").out.find("Armington"), std::string::npos);
  EXPECT_NE(folder_.run("describe armington_cess").err.find("armington_ces"), std::string::npos);
  const Outcome ran = folder_.run(
      "run base --set horizon=2026-09 --set paths=256 --set "
      "'elasticity_model={ensemble: {partial_adjustment: 0.5, armington_ces: 0.5}}' --out mixed");
  EXPECT_EQ(ran.code, 0) << ran.err;
  const nlohmann::json manifest = nlohmann::json::parse(folder_.read("mixed/manifest.json"));
  EXPECT_EQ(manifest["paths"]["done"], 256);
  EXPECT_EQ(manifest["paths"]["unsolved"], 0);
  EXPECT_EQ(folder_.run("run rerouting-policed --set elasticity_model=armington_ces --out none").code, 3);
}

TEST_F(Program, StopsOnASignalAndKeepsWhatIsDone) {
  const std::string run = PLIMSOLL_PROGRAM;
  const Outcome stopped = folder_.run(
      "run base --paths 4000000 --threads 1 --out s >/dev/null & p=$!; sleep 3; kill -TERM $p; wait $p; echo code $?");
  EXPECT_NE(stopped.out.find("code 143"), std::string::npos) << stopped.out << stopped.err;
  EXPECT_TRUE(has("s/summary.csv"));
  const nlohmann::json manifest = nlohmann::json::parse(folder_.read("s/manifest.json"));
  EXPECT_NE(manifest.dump().find("4000000"), std::string::npos);
}

}  // namespace
}  // namespace plimsoll
