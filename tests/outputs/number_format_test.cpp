#include "outputs/number_format.hpp"

#include <gtest/gtest.h>

namespace plimsoll {

TEST(NumberFormat, NeverPrintsMinusZero) { EXPECT_EQ(signed_fixed(-0.04, 1), "+0.0"); }
TEST(NumberFormat, GroupsThousands) { EXPECT_EQ(grouped(-1234567), "-1,234,567"); }

}  // namespace plimsoll
