/// Other programs are run to their end, and ended when they take too long.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>

#include "sim/program/child_process.hpp"

namespace plimsoll {
namespace {

TEST(ChildProcess, TellsBothStreamsAndTheExitCode) {
  const ChildOutcome outcome = run_child({"sh", "-c", "echo said; echo wrong >&2; cat; exit 3"}, 10);
  EXPECT_TRUE(outcome.found && outcome.in_time);
  EXPECT_FALSE(outcome.good());
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.out, "said\n");  // and standard input was empty, so that cat ended
  EXPECT_EQ(outcome.error, "wrong\n");
  EXPECT_TRUE(run_child({"true"}, 10).good());
}

TEST(ChildProcess, TakesMoreThanAPipeHolds) {
  const ChildOutcome outcome = run_child({"sh", "-c", "yes | head -c 300000; yes | head -c 300000 >&2"}, 30);
  EXPECT_EQ(outcome.out.size(), 300000u);
  EXPECT_EQ(outcome.error.size(), 300000u);
}

TEST(ChildProcess, WithBlanksAndQuotesIsNoShellsBusiness) {
  EXPECT_EQ(run_child({"printf", "%s", "a b'\"$HOME*"}, 10).out, "a b'\"$HOME*");
}

TEST(ChildProcess, IsEndedWhenItTakesTooLong) {
  const auto began = std::chrono::steady_clock::now();
  const ChildOutcome outcome = run_child({"sleep", "60"}, 0.2);
  EXPECT_FALSE(outcome.in_time);
  EXPECT_FALSE(outcome.good());
  EXPECT_EQ(outcome.code, 128 + SIGKILL);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
}

TEST(ChildProcess, IsNotFoundWhereThereIsNone) { EXPECT_FALSE(run_child({"plimsoll-no-such-program"}, 10).found); }

}  // namespace
}  // namespace plimsoll
