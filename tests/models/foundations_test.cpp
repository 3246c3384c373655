#include <gtest/gtest.h>

#include "scenarios/input_error.hpp"
#include "scenarios/month.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {
namespace {

TEST(Month, ReadsAndWritesWhatTheProductWrites) {
  EXPECT_EQ(to_string(*parse_month("2026-05")), "2026-05");
  for (const char* text : {"2026-5", "2026-13", "2026-00", "26-05", "2026/05", "2026-05-01", "", "1800-01"})
    EXPECT_FALSE(parse_month(text)) << text;
  EXPECT_EQ(to_string(Month::of(2026, 11) + 3), "2027-02");
  EXPECT_EQ(Month::of(2027, 1) - Month::of(2026, 5), 8);
  EXPECT_EQ(Month::of(2026, 5).quarter(), 2);
}

TEST(Date, KnowsTheLengthOfMonths) {
  EXPECT_EQ(days_in_month(Month::of(2028, 2)), 29);
  EXPECT_EQ(days_in_month(Month::of(2100, 2)), 28);
  EXPECT_FALSE(parse_date("2026-02-29"));
  EXPECT_EQ(to_string(*parse_date("2026-11")), "2026-11-01");
}

TEST(Sha256, GivesThePublishedKnownAnswers) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_prefix64("abc"), 0xba7816bf8f01cfeaULL);
}

TEST(Numbers, AreWrittenWithTheFewestDigitsThatReadBack) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(-0.0), "0");
  EXPECT_EQ(parse_double(shortest(1.0 / 3)), 1.0 / 3);
  for (const char* text : {"", "+", "+-5", "1e999", "nan", "inf", "1,5", "12x", " 1"})
    EXPECT_FALSE(parse_double(text)) << text;
}

TEST(NearestName, SuggestsATypoAndNothingFarAway) {
  EXPECT_EQ(nearest_name("amazno", {"alphabet", "amazon", "meta"}), "amazon");
  EXPECT_EQ(nearest_name("zzzzzzzz", {"alphabet", "amazon", "meta"}), "");
}

}  // namespace
}  // namespace plimsoll
