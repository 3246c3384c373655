#include "outputs/number_format.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace plimsoll {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

TEST(NumberFormat, NeverPrintsMinusZero) {
  EXPECT_EQ(signed_fixed(-0.04, 1), "+0.0");
  EXPECT_EQ(signed_fixed(-0.05001, 1), "-0.1");
  EXPECT_EQ(fixed(-0.4, 0), "0");
}
TEST(NumberFormat, GroupsThousands) {
  EXPECT_EQ(grouped(-1234567), "-1,234,567");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(-999), "-999");
  EXPECT_EQ(usd_bn_text(3871.4), "3,871");
  EXPECT_EQ(usd_bn_text(12.34), "12.3");
}
TEST(NumberFormat, GivesAnErrorOneSignificantDigit) {
  EXPECT_EQ(error_text(0.31), "±0.3");
  EXPECT_EQ(error_text(0.096), "±0.1");
  EXPECT_EQ(error_text(0.042), "±0.04");
  EXPECT_EQ(error_text(0.0051), "±0.005");
  EXPECT_EQ(error_text(12.34), "±12.3");
}
TEST(NumberFormat, DoesNotPretendToKnowProbabilitiesNearZeroAndOne) {
  EXPECT_EQ(probability_text(0.0004, 16384), "below 0.1%");
  EXPECT_EQ(probability_text(0.003, 16384), "0.3%");
  EXPECT_EQ(probability_text(0.12, 16384), "12%");
  EXPECT_EQ(probability_text(0.953, 16384), "95.3%");
  EXPECT_EQ(probability_text(1, 16384), "above 99.9%");
  EXPECT_EQ(probability_text(0, 256), "below 1.2%");  // none of 256 paths: 3/256
  EXPECT_EQ(probability_text(1, 1000), "above 99.7%");
  EXPECT_EQ(probability_text(0, 1), "n/a");
  EXPECT_EQ(probability_with_error(0, 0, 256), "below 1.2%");
  EXPECT_EQ(probability_with_error(0.4, 0.004, 16384), "40% ±0.4 pp");
}
TEST(NumberFormat, SaysThatThereIsNoNumber) {
  for (const std::string& text : {signed_fixed(kNone, 1), fixed(kNone, 1), error_text(kNone),
                                  probability_text(kNone, 16384), usd_bn_text(std::numeric_limits<double>::infinity())})
    EXPECT_EQ(text, "n/a");
}
TEST(TextWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(text_width("±0.3"), 4);
  EXPECT_EQ(text_width("┃▓░"), 3);
  EXPECT_EQ(text_width("云厂商"), 6);
  EXPECT_EQ(text_width("基准：（一）"), 12);  // full-width punctuation
  EXPECT_EQ(text_width("\x1b[1mbold\x1b[0m"), 4);
  EXPECT_EQ(right_aligned("±1", 4), "  ±1");
  EXPECT_EQ(left_aligned("云", 4), "云  ");
  EXPECT_EQ(left_aligned("longer", 3), "longer");
}

}  // namespace
}  // namespace plimsoll
