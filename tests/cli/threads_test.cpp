#include "sim/program/threads.hpp"

#include <gtest/gtest.h>

namespace plimsoll {

TEST(Threads, InsideASlurmJobThatSaysNothingIsOne) {
  Environment environment;
  environment.in_slurm_job = true;
  EXPECT_EQ(choose_threads({}, environment, 8, {}).threads, 1);
}
TEST(Threads, TheTighterOfAffinityAndQuotaCounts) { EXPECT_EQ(choose_threads({}, {}, 8, 2.5).threads, 3); }

}  // namespace plimsoll
