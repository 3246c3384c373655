/// A slip of the keyboard: every name from a known set is answered with the place, the nearest names and exit code 2.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "program.hpp"

namespace plimsoll {
namespace {

class Messages : public ::testing::Test {
 protected:
  ProgramFolder folder_;
  void says(const std::string& arguments, int code, const std::vector<std::string>& parts) const {
    const Outcome outcome = folder_.run(arguments);
    EXPECT_EQ(outcome.code, code) << arguments << "\n" << outcome.err;
    EXPECT_TRUE(outcome.out.empty()) << arguments;
    for (const std::string& part : parts)
      EXPECT_NE(outcome.err.find(part), std::string::npos) << arguments << " lacks: " << part << "\n" << outcome.err;
  }
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_.path() / file, std::ios::binary) << text;
  }
};

struct Slip {
  const char *arguments, *near;
};

class Slips : public Messages, public ::testing::WithParamInterface<Slip> {};

TEST_P(Slips, AreAnsweredWithTheNearestNames) {
  says(GetParam().arguments, 2, {"command line: error: ", std::string("hint: did you mean ") + GetParam().near + "?"});
  EXPECT_TRUE(folder_.empty());
}

INSTANTIATE_TEST_SUITE_P(
    OfOptions, Slips,
    ::testing::Values(Slip{"rnu base", "run"}, Slip{"help comprae", "compare"},
                      Slip{"run base --langauge en", "--language"}, Slip{"run base --format tabel", "table"},
                      Slip{"run base --write htm", "html"}, Slip{"run base --language zn", "en or zh"},
                      Slip{"run base --keep-samples=exports.totl.yoy", "exports.total.yoy"},
                      Slip{"run base --target-se 'p05(exports.totl.yoy@2027)=1'", "exports.total.yoy"},
                      Slip{"run base --target-se 'p5(exports.total.yoy@2027)=1'", "p05, p25 or p50"},
                      Slip{"run base --target-se 'meen(exports.total.yoy@2027)=1'", "mean"},
                      Slip{"backtest --level grups", "groups"}, Slip{"backtest --level totls --conditional", "totals"},
                      Slip{"backtest --flow export", "exports"}, Slip{"backtest --vintage frist", "first"},
                      Slip{"backtest --language zn", "en or zh"}, Slip{"decompose x.csv --of import", "imports"},
                      Slip{"sensitivity base --method tornad", "tornado"},
                      Slip{"sensitivity base --by numbr", "number"},
                      Slip{"sensitivity base --of exports.totl.yoy@2027", "exports.total.yoy"},
                      Slip{"reverse base --target 'exports.totl.yoy@2027 < 0'", "exports.total.yoy"},
                      Slip{"calibrate x.csv --base china-2026-06 -o y", "china-2026-05"},
                      Slip{"schema stres", "stress"}, Slip{"describe capx", "capex"}, Slip{"describe oil", "oil_price"},
                      Slip{"describe memry", "memory"}, Slip{"describe tarif_shocks", "tariff_shocks"},
                      Slip{"describe china-2026-50", "china-2026-05"}, Slip{"describe capex-pose", "capex-pause"}));

TEST_F(Messages, NameTheNearestSeriesOfARun) {
  ASSERT_EQ(folder_.run("run base --paths 64 --set horizon=2026-12 --write csv --quiet --out r").code, 0);
  says("explain r --of exports.totl.yoy", 2, {"did you mean exports.total.yoy?"});
  says("explain r --of memory", 2, {"did you mean exports.product.memory.yoy, "});
  says("explain r --period 2026-11x", 2, {"did you mean 2026-11"});
  says("report r --write htm", 2, {"did you mean html?"});
}

TEST_F(Messages, NameTheNearestInFilesWithTheirPlace) {
  write("r.yaml",
        "plimsoll: 1\nextends: base\nreport:\n  series: [exports.totl.yoy, 'exports.prodct.*.yoy']\n"
        "  contributions: [drivr]\n");
  says("validate ./r.yaml", 3,
       {"r.yaml:4:12: error: 'exports.totl.yoy' matches no series", "did you mean exports.total.yoy?",
        "did you mean exports.product.*.yoy?", "r.yaml:5:19: error:", "did you mean driver?"});
  write("s.yaml",
        "plimsoll_sweep: 1\nname: s\nscenario: base\ndesign: {grid: {foreign_demand.us.growth_pct: [1, 2]}}\n"
        "outputs: ['p05(exports.totl.yoy@2027)']\n");
  says("validate ./s.yaml", 3, {"s.yaml:5:11: error:", "did you mean exports.total.yoy?"});
  says("validate base --set oil.annual_sd_log=0.1", 3, {"command line", "did you mean 'oil_price'?"});
  says("compare base capex-pose", 3, {"did you mean 'capex-pause'?"});
}

TEST_F(Messages, TellTheRangeOfANumber) {
  says("backtest --horizons 13", 2, {"'--horizons 13'", "a whole number from 1 to 12"});
  says("backtest --paths 100", 2, {"a multiple of 16 from 1024 to 1048576"});
  says("run base --paths 0", 2, {"a whole number from 1 to 1099511627776"});
  says("run base --paths 1e12", 2, {"a whole number from 1 to 1099511627776"});
  says("sweep capex-memory --slurm --shards 0", 2, {"a whole number from 1 to 1000000"});
  says("run base --checkpoint 0", 2, {"above 0 and up to a day"});
}

TEST_F(Messages, SayThatThereIsNoRun) {
  std::filesystem::create_directories(folder_.path() / "nothing");
  says("status nothing", 4,
       {"nothing: error: there is no run, sweep or other result in this folder", "plimsoll status runs"});
  says("explain nothing", 4, {"nothing: error: there is no run in this folder"});
  ASSERT_EQ(folder_.run("run base --paths 16 --set horizon=2026-07 --write csv --quiet --out above/r").code, 0);
  says("explain above", 4, {"name a run below it, for example above/r"});
}

TEST_F(Messages, NameTheKeyOfACalibrationThatIsNotThere) {
  write("c.yaml", "plimsoll: 1\nextends: base\ncalibration: mine\n");
  says("validate ./c.yaml", 4, {"c.yaml:3:14: error: there is no calibration 'mine'"});
}

TEST_F(Messages, HaveThePlaceOfWhatOnlyTheSweepsPlanFinds) {
  write(
      "c.yaml",
      "plimsoll: 1\nextends: base\nhorizon: 2026-07\ncorrelations:\n  [{between: [capex, memory_price], value: 0.95},\n"
      "   {between: [capex, oil_price], value: 0.95}, {between: [memory_price, oil_price], value: -0.95}]\n");
  write("s.yaml",
        "plimsoll_sweep: 1\nname: s\nscenario: ./c.yaml\ndesign: {grid: {foreign_demand.us.growth_pct: [1, 2]}}\n"
        "outputs: ['p05(exports.total.yoy@2026-07)']\n");
  says("validate ./s.yaml", 3, {"c.yaml:5:3: error: the correlations contradict each other"});
}

TEST_F(Messages, TakeFilesAndFoldersOfAnyName) {
  write("情景 一.yaml", "plimsoll: 1\nextends: base\nhorizon: 2026-07\npaths: 16\n");
  says("validate './情景 一.yaml'", 3,
       {"./情景 一.yaml: error: the file's name '情景 一' cannot name the scenario", "name: my-scenario"});
  write("情景 二.yaml", "plimsoll: 1\nextends: base\nname: two\nhorizon: 2026-07\npaths: 16\n");
  const Outcome run = folder_.run("run './情景 二.yaml' --quiet --out '结果 目录/a b'", "-u HOME LANG=C TERM=dumb");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_FALSE(folder_.read("结果 目录/a b/memo.zh.md").empty());
  EXPECT_EQ(folder_.run("resume '结果 目录'").code, 0);
}

TEST_F(Messages, LeaveNothingWhereTheFolderCannotBe) {
  write("file", "mine");
  says("run base --paths 16 --out file/below", 2, {"command line: error: cannot create folder 'file/below'"});
  says("run base --paths 16 --out /proc/x", 2, {"give --out a folder that can be written"});
  says("run base --set 'tariff_shocks[9].name=a'", 3, {"'tariff_shocks' has no item 9", "it has 0 items"});
  EXPECT_EQ(folder_.read("file"), "mine");
  std::filesystem::remove(folder_.path() / "file");
  EXPECT_TRUE(folder_.empty());
}

TEST_F(Messages, WarnOfLevelsThatNoHistorySuggestsAndGoOn) {
  write("o.yaml", "plimsoll: 1\nextends: base\nhorizon: 2026-08\noil_price:\n  level_usd_per_bbl: 8000\n");
  const Outcome valid = folder_.run("validate ./o.yaml");
  EXPECT_EQ(valid.code, 0) << valid.err;
  EXPECT_NE(valid.err.find("o.yaml:5:22: warning: 8000 is more than ten times the highest level of its history "
                           "(oil_price.level_usd_per_bbl)"),
            std::string::npos)
      << valid.err;
  EXPECT_EQ(folder_.run("run ./o.yaml --paths 16 --quiet --write csv --out r").code, 0);
  EXPECT_EQ(folder_.run("validate base capex-stop memory-supercycle oil-shock").err, "");
}

TEST_F(Messages, DescribeDriversSuitesAndAllFields) {
  EXPECT_NE(folder_.run("describe").out.find("capex_paths"), std::string::npos);
  const Outcome oil = folder_.run("describe oil_price");
  for (const char* part : {"driver oil_price: ", "observed 2012-01 to ", "oil_price: ", "level_usd_per_bbl"})
    EXPECT_NE(oil.out.find(part), std::string::npos) << part << "\n" << oil.out;
  const Outcome capex = folder_.run("describe driver.capex.level");
  EXPECT_EQ(capex.code, 0) << capex.err;
  EXPECT_NE(capex.out.find("a scenario moves it with capex_paths"), std::string::npos) << capex.out;
  EXPECT_NE(folder_.run("describe risks").out.find("stress suite risks: "), std::string::npos);
}

}  // namespace
}  // namespace plimsoll
