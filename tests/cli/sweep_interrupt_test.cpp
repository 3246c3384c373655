/// Sweeps that are killed at random moments go on to the bytes of an undisturbed one, and no point is done twice.
/// PLIMSOLL_INTERRUPTS: how many (default 25).
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>
#include <vector>

#include "child.hpp"
#include "outputs/sweep_index.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "program.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;

const std::string kSweep = R"(plimsoll_sweep: 1
name: small
set: {horizon: 2026-08}
paths: 512
design:
  grid:
    foreign_demand.us.growth_pct: [0, 1, 2, 3]
    domestic_demand.growth_pct: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
outputs: ['mean(exports.total.yoy@2026-07)', 'p05(exports.total.yoy@2026-07)']
)";

class SweepInterrupt : public ::testing::Test {
 protected:
  SweepInterrupt() { std::ofstream(folder_.path() / "small.yaml") << kSweep; }
  static Arguments sweep(const std::string& out, const std::string& threads = "2") {
    return {"sweep", "small.yaml", "--threads", threads, "--checkpoint", "0.01", "--out", out};
  }
  /// Points that are done, by what is on disk.
  std::vector<bool> done(const std::string& out) const {
    if (!is_sweep_folder(folder_.path() / out)) return {};
    const SweepPlan plan = read_plan(folder_.path() / out);  // throws where it is not whole
    const SweepIndex index(plan, results_files(folder_.path() / out));
    EXPECT_TRUE(index.damaged().empty());
    std::vector<bool> all;
    for (std::int64_t k = 0; k < plan.point_count(); ++k) all.push_back(index.status(k) == SweepIndex::Status::done);
    return all;
  }
  void same_bytes(const std::string& a, const std::string& b) const {
    for (const char* file : {"/merged.csv", "/merged.nc", "/plan.json"})
      EXPECT_TRUE(folder_.read(a + file) == folder_.read(b + file)) << a << " " << b << file;
    EXPECT_FALSE(folder_.read(a + "/merged.csv").empty());
  }
  ProgramFolder folder_;
};

int interrupts_asked() {
  const char* asked = std::getenv("PLIMSOLL_INTERRUPTS");
  return asked == nullptr ? 25 : std::max(1, std::atoi(asked));
}

TEST_F(SweepInterrupt, ByDeathAtRandomMomentsLosesNoPointAndEndsInTheSameBytes) {
  const auto began = std::chrono::steady_clock::now();
  ASSERT_EQ(Child(folder_.path(), sweep("undisturbed")).wait(), 0) << folder_.read("stderr");
  const double whole_s = Seconds(std::chrono::steady_clock::now() - began).count();
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("random seed " + std::to_string(seed));
  std::mt19937 random(seed);
  int killed = 0, went_on = 0;
  for (int round = 0; killed < interrupts_asked(); ++round) {
    const std::string out = "r" + std::to_string(round);
    for (int attempt = 0; attempt < 100; ++attempt) {
      const std::vector<bool> before = done(out);
      const bool begun = !before.empty();
      const Child child(folder_.path(), begun && random() % 2 == 0
                                            ? Arguments{"resume", out, "--threads", "1", "--checkpoint", "0.01"}
                                            : sweep(out));
      const bool disturb = killed < interrupts_asked() && attempt < 6;
      if (disturb) {
        std::this_thread::sleep_for(Seconds(whole_s * std::uniform_real_distribution<>(0.05, 1.0)(random)));
        child.signal(SIGKILL);
      }
      const int code = child.wait();
      // What was done stays done.
      const std::vector<bool> after = done(out);
      for (std::size_t k = 0; k < before.size(); ++k) EXPECT_TRUE(!before[k] || after[k]) << "point " << k + 1;
      went_on += std::count(before.begin(), before.end(), true) > 0 ? 1 : 0;
      if (code == 0) break;
      ASSERT_TRUE(disturb && code == 128 + SIGKILL) << code << folder_.read("stderr");
      ++killed;
    }
    same_bytes("undisturbed", out);
    // The process that came after has cleared what the dead ones left half written.
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / out))
      EXPECT_NE(entry.path().filename().string().front(), '.') << "left behind: " << entry.path();
    fs::remove_all(folder_.path() / out);
  }
  std::cout << killed << " killed, " << went_on << " went on with points that were done\n";
}

/// What is done is not simulated again: the program says how many points it did, and together they are all.
TEST_F(SweepInterrupt, BySignalsDoesEveryPointOnce) {
  for (const int signal : {SIGTERM, SIGUSR1, SIGINT}) {
    const std::string out = "s" + std::to_string(signal);
    fs::remove(folder_.path() / "stderr");
    Arguments slow = sweep(out, "1");
    slow.insert(slow.end(), {"--paths", "4096"});  // some seconds: nobody stalls that long
    Child child(folder_.path(), slow);
    const auto began = std::chrono::steady_clock::now();
    for (std::vector<bool> now; std::count(now.begin(), now.end(), true) < 3; now = done(out)) {
      ASSERT_LT(Seconds(std::chrono::steady_clock::now() - began).count(), 60) << folder_.read("stderr");
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    child.signal(signal);
    const int code = child.wait();
    ASSERT_EQ(code, signal == SIGINT ? 130 : 75) << folder_.read("stderr");
    const auto here = done(out);
    const auto first = std::count(here.begin(), here.end(), true);
    const std::string said = folder_.read("stderr");
    EXPECT_NE(said.find(std::to_string(first) + " points of 4,096 paths"), std::string::npos) << said;
    EXPECT_NE(said.find("to go on: plimsoll resume " + out), std::string::npos) << said;
    ASSERT_EQ(Child(folder_.path(), {"resume", out}).wait(), 0);
    const std::string rest = folder_.read("stderr").substr(said.size());
    EXPECT_NE(rest.find(std::to_string(40 - first) + " points of 4,096 paths"), std::string::npos) << rest;
    EXPECT_NE(rest.find(std::to_string(first) + " were done before"), std::string::npos) << rest;
  }
  same_bytes("s" + std::to_string(SIGTERM), "s" + std::to_string(SIGINT));
}

TEST_F(SweepInterrupt, TwoCopiesOfAShardAtOnceEndWellWithTheSameBytes) {
  Arguments shard = sweep("two", "1");
  shard.insert(shard.end(), {"--shard", "1/2"});
  const Child one(folder_.path(), shard), other(folder_.path(), shard);
  EXPECT_EQ(one.wait(), 0) << folder_.read("stderr");
  EXPECT_EQ(other.wait(), 0) << folder_.read("stderr");
  const std::string bytes = folder_.read("two/results/shard-1-of-2.txt");
  shard[shard.size() - 3] = "once";
  ASSERT_EQ(Child(folder_.path(), shard).wait(), 0);
  EXPECT_EQ(folder_.read("once/results/shard-1-of-2.txt"), bytes);
  EXPECT_FALSE(bytes.empty());
  ASSERT_EQ(Child(folder_.path(), {"resume", "two", "--shard", "2/2"}).wait(), 0);
  ASSERT_EQ(Child(folder_.path(), {"merge", "two"}).wait(), 0);
  ASSERT_EQ(Child(folder_.path(), sweep("whole")).wait(), 0);
  same_bytes("whole", "two");
}

/// The results of other shards are never held, and points leave no memory behind: ten times the points take no more.
TEST_F(SweepInterrupt, OfTenThousandPointsHoldsItsOwnShardOnly) {
  std::string levels;
  for (int k = 0; k < 100; ++k) levels += (k == 0 ? "" : ", ") + std::to_string(k / 20.0);
  std::ofstream(folder_.path() / "large.yaml")
      << "plimsoll_sweep: 1\nset: {horizon: 2026-07}\npaths: 16\ndesign:\n  grid:\n    foreign_demand.us.growth_pct: ["
      << levels << "]\n    domestic_demand.growth_pct: [" << levels
      << "]\noutputs: ['mean(exports.total.yoy@2026-07)']\n";
  const auto peak = [&](const std::string& shard, const std::string& out) {
    const Child child(folder_.path(), {"sweep", "large.yaml", "--shard", shard, "--threads", "1", "--out", out});
    EXPECT_EQ(child.wait(), 0) << folder_.read("stderr");
    return child.peak_mib();
  };
  const double few = peak("7/100", "large"), many = peak("1/12", "twelfth");
  EXPECT_LT(many, few + 15);
  const auto here = done("large");
  ASSERT_EQ(here.size(), 10'000U);
  EXPECT_EQ(std::count(here.begin(), here.end(), true), 100);
  EXPECT_TRUE(here[6]);
  EXPECT_TRUE(here[9906]);
}

}  // namespace
}  // namespace plimsoll
