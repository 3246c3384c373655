#include <gtest/gtest.h>

#include <csignal>

#include "child.hpp"
#include "program.hpp"

namespace plimsoll {
namespace {

const std::string kCheck = std::string(PLIMSOLL_SOURCE_DIR) + "/tests/cli/check_samples.py";

/// Exit code and words of the check, by the first interpreter that has xarray; 77 when none has.
std::pair<int, std::string> check(const std::string& folder) {
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    std::string words(4096, '\0');
    FILE* pipe = popen((std::string(python) + " -B '" + kCheck + "' '" + folder + "' 2>&1").c_str(), "r");
    words.resize(fread(words.data(), 1, words.size(), pipe));
    const int code = WEXITSTATUS(pclose(pipe));
    if (code != 77) return {code, words};
  }
  return {77, ""};
}

TEST(KeepSamples, WritesWhatXarrayOpensAndSummaryConfirms) {
  const ProgramFolder folder;
  const Outcome o = folder.run(
      "run base --paths 608 --out run --quiet --threads 2 --keep-samples='exports.total.*,imports.product.memory.yoy'");
  ASSERT_EQ(o.code, 0) << o.err;
  const auto [code, words] = check(folder.path() / "run");
  if (code == 77) GTEST_SKIP() << "no Python with xarray and netCDF4 (python3-xarray, python3-netcdf4)";
  EXPECT_EQ(code, 0) << words;
}

TEST(KeepSamples, KeepsTheWeightsOfObservationsAndWhatTheReportNames) {
  const ProgramFolder folder;
  const Outcome o = folder.run(
      "run nowcast-2026-06 --keep-samples --paths 2000 --out run --quiet --set report.series=[exports.total.yoy] --set "
      "report.frequencies=[A]");
  ASSERT_EQ(o.code, 0) << o.err;
  const std::string bytes = folder.read("run/samples.nc");
  EXPECT_NE(bytes.find("weight"), std::string::npos);
  EXPECT_EQ(bytes.find("exports.total.value"), std::string::npos);
}

TEST(KeepSamples, IsTheSameFileForAnyNumberOfThreads) {
  const ProgramFolder folder;
  for (const char* threads : {"1", "3"}) {
    const Outcome o =
        folder.run(std::string("run base --paths 3008 --quiet --keep-samples=exports.total.yoy --threads ") + threads +
                   " --set report.series=[exports.total.yoy] --out run" + threads);
    ASSERT_EQ(o.code, 0) << o.err;
  }
  EXPECT_FALSE(folder.read("run1/samples.nc").empty());
  EXPECT_TRUE(folder.read("run1/samples.nc") == folder.read("run3/samples.nc"));
}

/// samples.nc of an extended or resumed run is that of one undisturbed run of so many paths.
TEST(KeepSamples, GoesOnWithTheRun) {
  const ProgramFolder folder;
  const std::string asked =
      "run base --quiet --threads 2 --set report.series=[exports.total.yoy] --set horizon=2026-08 "
      "--keep-samples=exports.total.yoy --paths ";
  const auto does = [&](const std::string& arguments) {
    const Outcome o = folder.run(arguments);
    EXPECT_EQ(o.code, 0) << arguments << o.err;
  };
  const auto same = [&](const std::string& name) {
    EXPECT_FALSE(folder.read("whole/samples.nc").empty());
    EXPECT_TRUE(folder.read(name + "/samples.nc") == folder.read("whole/samples.nc")) << name;
    EXPECT_EQ(folder.read(name + "/summary.csv"), folder.read("whole/summary.csv")) << name;
  };
  does(asked + "2000 --out whole");
  does(asked + "608 --out longer");
  does("extend longer --paths 2000 --quiet");
  same("longer");

  // Stopped after the tables and before the samples: the run is not done.
  does(asked + "2000 --out without");
  std::filesystem::remove(folder.path() / "without/samples.nc");
  const Outcome status = folder.run("status without");
  EXPECT_NE(status.out.find("stopped before samples.nc was written; to go on: plimsoll resume without"),
            std::string::npos)
      << status.out;
  does("resume without --quiet");
  same("without");
  EXPECT_NE(folder.run("resume without").err.find("nothing is left to do"), std::string::npos);

  // Killed on the way: neither tables nor samples yet.
  const Arguments killed{"run",
                         "base",
                         "--quiet",
                         "--set",
                         "report.series=[exports.total.yoy]",
                         "--set",
                         "horizon=2026-08",
                         "--keep-samples=exports.total.yoy",
                         "--paths",
                         "2000",
                         "--out",
                         "killed"};
  const Child child(folder.path(), killed);
  while (!std::filesystem::exists(folder.path() / "killed/manifest.json")) ::usleep(1000);
  child.signal(SIGKILL);
  EXPECT_EQ(child.wait(), 128 + SIGKILL);
  does("resume killed --quiet --threads 2");
  same("killed");
}

TEST(KeepSamples, RefusesSeriesThatTheScenarioDoesNotHaveBeforeAnythingIsWritten) {
  const ProgramFolder folder;
  for (const auto& [list, said] : {std::pair("=exports.total.yoi", "did you mean exports.total.yoy?"),
                                   std::pair("=", "should follow"), std::pair("=a,,b", "empty series"),
                                   std::pair(" exports.total.yoy", "write --keep-samples=exports.total.yoy")}) {
    const Outcome o = folder.run("run base --paths 16 --out run --keep-samples" + std::string(list));
    EXPECT_EQ(o.code, 2) << list;
    EXPECT_NE(o.err.find(said), std::string::npos) << o.err;
    EXPECT_TRUE(folder.empty());
  }
}

/// A file where the temporary one should go: nothing is left behind, the results stay.
TEST(KeepSamples, LeavesNothingHalfWritten) {
  const ProgramFolder folder;
  // The shell that becomes the program has its process number, and so knows the temporary file's name but for how many
  // such files came before.
  const std::string command = "cd '" + folder.path().string() +
                              "' && sh -c 'for n in $(seq 0 40); do mkdir -p run/.samples.nc.tmp-$(uname -n | tr -dc "
                              "A-Za-z0-9_-).$$.$n/in; done; exec " +
                              PLIMSOLL_PROGRAM +
                              " run base --force --paths 16 --quiet --out run --set report.series=[exports.total.yoy] "
                              "--keep-samples' >/dev/null 2>err";
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
  EXPECT_NE(folder.read("err").find("samples.nc"), std::string::npos) << folder.read("err");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "run/samples.nc"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "run/summary.csv"));
}

}  // namespace
}  // namespace plimsoll
