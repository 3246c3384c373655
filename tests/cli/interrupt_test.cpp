/// Runs interrupted at random moments, by signals and by death, go on to the bytes of an undisturbed one.
/// PLIMSOLL_INTERRUPTS: how many (default 25).
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>
#include <vector>

#include "child.hpp"
#include "program.hpp"
#include "sim/state_file.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;

class Interrupt : public ::testing::Test {
 protected:
  Arguments run_of(const std::string& folder) const {
    return {"run",       "base",
            "--set",     "report.series=[exports.total.value, exports.total.yoy]",
            "--paths",   "30000",
            "--seed",    "3",
            "--set",     "horizon=2026-08",
            "--threads", "2",
            "--quiet",   "--checkpoint",
            "0.02",      "--out",
            folder,      "--force"};
  }
  static Arguments resume_of(const std::string& folder) {
    return {"resume", folder, "--quiet", "--threads", "2", "--checkpoint", "0.02"};
  }
  std::string read(const std::string& file) const { return folder_.read(file); }
  bool has(const std::string& file) const { return fs::exists(folder_.path() / file); }
  std::string status(const std::string& folder) const {
    if (!has(folder + "/manifest.json")) return "";
    return nlohmann::json::parse(read(folder + "/manifest.json")).at("status");
  }

  /// Whatever moment it was: every file that is there is whole.
  void expect_whole_files(const std::string& folder) const {
    if (has(folder + "/manifest.json")) {
      EXPECT_NO_THROW(status(folder));
    }
    if (has(folder + "/state.bin")) {
      EXPECT_NO_THROW(read_state((folder_.path() / folder / "state.bin").string()));
    }
    for (const char* name :
         {"/summary.csv", "/probabilities.csv", "/contributions.csv", "/tail.csv", "/scenario.resolved.yaml"}) {
      if (!has(folder + name)) continue;
      const std::string text = read(folder + name);
      EXPECT_TRUE(!text.empty() && text.back() == '\n') << name;
    }
  }
  ProgramFolder folder_;
};

int interrupts_asked() {
  const char* asked = std::getenv("PLIMSOLL_INTERRUPTS");
  return asked == nullptr ? 25 : std::max(1, std::atoi(asked));
}

TEST_F(Interrupt, AtRandomMomentsLeavesTheSameBytesEachTime) {
  const auto began = std::chrono::steady_clock::now();
  ASSERT_EQ(Child(folder_.path(), run_of("undisturbed")).wait(), 0);
  const double whole_s = Seconds(std::chrono::steady_clock::now() - began).count();

  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("random seed " + std::to_string(seed));
  std::mt19937 random(seed);
  constexpr std::array<int, 4> kSignals{SIGTERM, SIGINT, SIGUSR1, SIGKILL};
  int stopped_by_checkpoint = 0, killed = 0, finished = 0;
  for (int left = interrupts_asked(), round = 0; left > 0; ++round) {
    const std::string folder = "r" + std::to_string(round);
    int attempts = 0;
    while (status(folder) != "complete" && ++attempts < 100) {
      const Child child(folder_.path(), has(folder + "/manifest.json") ? resume_of(folder) : run_of(folder));
      // Some go on undisturbed, or no run would ever end.
      const bool disturb = left > 0 && random() % 4 != 0;
      const int signal = kSignals[random() % kSignals.size()];
      if (disturb) {
        std::this_thread::sleep_for(Seconds(whole_s * std::uniform_real_distribution<>(0.02, 1.0)(random)));
        child.signal(signal);
      }
      const int code = child.wait();
      expect_whole_files(folder);
      if (code == 0) {
        ++finished;
        continue;
      }
      ASSERT_TRUE(disturb) << code << read("stderr");
      --left;
      // Either it answered the signal with a checkpoint, or it died of it: before it could listen, or by SIGKILL.
      const int answer = signal == SIGTERM ? 143 : signal == SIGINT ? 130 : signal == SIGUSR1 ? 75 : -1;
      ASSERT_TRUE(code == answer || code == 128 + signal) << code << " after " << signal << read("stderr");
      if (signal == SIGKILL)
        ++killed;
      else
        ++stopped_by_checkpoint;
    }
    for (const char* name : {"/summary.csv", "/probabilities.csv", "/contributions.csv", "/tail.csv",
                             "/scenario.resolved.yaml", "/state.bin"})
      ASSERT_TRUE(read(folder + name) == read(std::string("undisturbed") + name)) << folder << name;
    const auto of = [&](const std::string& run) { return nlohmann::json::parse(read(run + "/manifest.json")); };
    EXPECT_EQ(of(folder)["digest"], of("undisturbed")["digest"]);
    EXPECT_EQ(of(folder)["paths"]["done"], 30000);
    for (const auto& entry : fs::directory_iterator(folder_.path() / folder))
      EXPECT_NE(entry.path().filename().string().front(), '.') << "left behind: " << entry.path();
    fs::remove_all(folder_.path() / folder);
  }
  EXPECT_GE(stopped_by_checkpoint + killed, interrupts_asked());
  std::cout << stopped_by_checkpoint << " stopped by a signal, " << killed << " killed, " << finished
            << " ended in between\n";
}

TEST_F(Interrupt, OfTheSecondOfThreeScenariosIsGoneOnWithByFolder) {
  const Arguments begin{"run",         "base",
                        "capex-pause", "memory-downcycle",
                        "--set",       "horizon=2026-08",
                        "--set",       "report.series=[exports.total.yoy]",
                        "--paths",     "20000",
                        "--quiet",     "--checkpoint",
                        "0.02"};
  const auto out = [&](const std::string& folder) {
    Arguments all = begin;
    all.insert(all.end(), {"--out", folder});
    return all;
  };
  const auto began = std::chrono::steady_clock::now();
  ASSERT_EQ(Child(folder_.path(), out("undisturbed")).wait(), 0);
  const double whole_s = Seconds(std::chrono::steady_clock::now() - began).count();
  const Child child(folder_.path(), out("all"));
  std::this_thread::sleep_for(Seconds(0.6 * whole_s));
  child.signal(SIGTERM);
  const int code = child.wait();
  ASSERT_TRUE(code == 143 || code == 128 + SIGTERM || code == 0) << code;
  if (code != 0 && has("all/base/manifest.json")) {
    EXPECT_NE(read("stderr").find("to go on: plimsoll resume all/"), std::string::npos) << read("stderr");
  }
  ASSERT_EQ(Child(folder_.path(), {"resume", "all", "--quiet"}).wait(), 0) << read("stderr");
  for (const char* name : {"base", "capex-pause", "memory-downcycle"}) {
    for (const char* file : {"/summary.csv", "/probabilities.csv", "/contributions.csv", "/tail.csv", "/state.bin"})
      EXPECT_TRUE(read(std::string("all/") + name + file) == read(std::string("undisturbed/") + name + file))
          << name << file;
  }
}

}  // namespace
}  // namespace plimsoll
