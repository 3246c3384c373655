/// A file system without room: what is kept is told, and the command that is named goes on with it.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "program.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRun = "run base --paths 512 --set horizon=2026-12 --quiet --write csv ";

class FullDisk : public ::testing::Test {
 protected:
  ProgramFolder folder_;

  /// A file system of so many KiB at `small`; skips where only root may mount one.
  void mount_small(std::uintmax_t kib) {
    fs::create_directories(disk());
    const std::string size = "size=" + std::to_string(kib) + "k";
    if (::mount("tmpfs", disk().c_str(), "tmpfs", 0, size.c_str()) != 0)
      GTEST_SKIP() << "cannot mount a file system here: " << std::strerror(errno);
    mounted_ = true;
  }
  void grow(std::uintmax_t kib) {
    const std::string size = "size=" + std::to_string(kib) + "k";
    ASSERT_EQ(::mount("tmpfs", disk().c_str(), "tmpfs", MS_REMOUNT, size.c_str()), 0) << std::strerror(errno);
  }
  void TearDown() override {
    if (mounted_) ::umount2(disk().c_str(), MNT_DETACH);
  }
  fs::path disk() const { return folder_.path() / "small"; }
  std::uintmax_t kib_of(const std::string& file) const { return fs::file_size(folder_.path() / file) / 1024 + 4; }

 private:
  bool mounted_ = false;
};

TEST_F(FullDisk, KeepsTheStateWhenTablesDoNotFit) {
  ASSERT_EQ(folder_.run(std::string(kRun) + "--out whole").code, 0);
  // Room for all but the largest table.
  std::uintmax_t kib = kib_of("whole/state.bin") + kib_of("whole/scenario.resolved.yaml") * 2 +
                       kib_of("whole/manifest.json") * 2 + kib_of("whole/summary.csv") / 2;
  mount_small(kib);
  if (IsSkipped()) return;
  const Outcome full = folder_.run(std::string(kRun) + "--out small/run");
  EXPECT_EQ(full.code, 1) << full.err;
  for (const char* part : {"No space left on device", "kept: state.bin, the sums of 512 paths",
                           "hint: make room; 'plimsoll resume small/run' then writes the tables"})
    EXPECT_NE(full.err.find(part), std::string::npos) << part << "\n" << full.err;
  EXPECT_EQ(full.err.find(".tmp-"), std::string::npos) << "the file is named, not its temporary one: " << full.err;
  grow(64 * 1024);
  const Outcome resumed = folder_.run("resume small/run --quiet");
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  for (const char* table : {"summary.csv", "contributions.csv", "probabilities.csv", "tail.csv"})
    EXPECT_EQ(folder_.read(std::string("small/run/") + table), folder_.read(std::string("whole/") + table)) << table;
}

TEST_F(FullDisk, SaysThatNothingIsKeptWhenNotEvenTheBeginningFits) {
  mount_small(4);
  if (IsSkipped()) return;
  const Outcome full = folder_.run(std::string(kRun) + "--out small/run");
  EXPECT_EQ(full.code, 1) << full.err;
  EXPECT_NE(full.err.find("kept: nothing: no path is simulated yet"), std::string::npos) << full.err;
  EXPECT_FALSE(fs::exists(disk() / "run")) << "nothing half written stays";
  grow(64 * 1024);
  EXPECT_EQ(folder_.run(std::string(kRun) + "--out small/run").code, 0);
}

/// Needs no rights: no file grows beyond some blocks of 512 bytes.
TEST_F(FullDisk, BeginsAgainWhenNoStateCouldBeWritten) {
  ASSERT_EQ(folder_.run(std::string(kRun) + "--out whole").code, 0);
  const std::uintmax_t blocks = fs::file_size(folder_.path() / "whole/state.bin") / 512 - 1;
  ASSERT_GT(blocks, fs::file_size(folder_.path() / "whole/manifest.json") / 512 + 1);
  const Outcome full = folder_.run("--version >/dev/null; { ulimit -f " + std::to_string(blocks) +
                                   "; " PLIMSOLL_PROGRAM " " + kRun + "--out run; }");
  EXPECT_EQ(full.code, 1) << full.err;
  for (const char* part : {"state.bin", "kept: no path", "'plimsoll resume run' then begins again"})
    EXPECT_NE(full.err.find(part), std::string::npos) << part << "\n" << full.err;
  EXPECT_EQ(folder_.run("resume run --quiet").code, 0);
  EXPECT_EQ(folder_.read("run/summary.csv"), folder_.read("whole/summary.csv"));
}

TEST_F(FullDisk, KeepsTheSweepsPointsWhenItsTablesDoNotFit) {
  std::ofstream(folder_.path() / "s.yaml")
      << "plimsoll_sweep: 1\nname: s\nscenario: base\npaths: 16\nset: {horizon: 2026-07}\n"
         "design: {grid: {foreign_demand.us.growth_pct: [1, 2]}}\noutputs: ['p05(exports.total.yoy@2026-07)']\n";
  ASSERT_EQ(folder_.run("sweep s.yaml --out whole --quiet").code, 0);
  mount_small(kib_of("whole/plan.json") + 16);
  if (IsSkipped()) return;
  const Outcome full = folder_.run("sweep s.yaml --out small/s --quiet");
  EXPECT_EQ(full.code, 1) << full.err;
  EXPECT_NE(full.err.find("'plimsoll resume small/s'"), std::string::npos) << full.err;
  grow(64 * 1024);
  EXPECT_EQ(folder_.run("resume small/s --quiet").code, 0);
  EXPECT_EQ(folder_.read("small/s/merged.csv"), folder_.read("whole/merged.csv"));
}

}  // namespace
}  // namespace plimsoll
