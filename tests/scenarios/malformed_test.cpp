/// Every file of tests/malformed states in its first line what must be said about it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "malformed_files.hpp"
#include "scenarios/input_error.hpp"
#include "test_catalog.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

class Malformed : public ::testing::TestWithParam<fs::path> {};

TEST_P(Malformed, IsRefusedAtItsPlaceWithAHint) {
  expect_refusal(GetParam(), [](const fs::path& file) { load(file); });
}

INSTANTIATE_TEST_SUITE_P(File, Malformed, ::testing::ValuesIn(malformed_files("malformed")),
                         [](const auto& test) { return test.param.stem().string(); });

TEST(MalformedCorpus, HasAtLeastSixtyKinds) { EXPECT_GE(malformed_files("malformed").size(), 60U); }

TEST(ManyErrors, AreAllReportedAtOnceInOrderOfPlace) {
  const fs::path file = fs::temp_directory_path() / ("plimsoll-many-" + std::to_string(getpid()) + ".yaml");
  std::ofstream(file) << "plimsoll: 1\ncalibration: china-2026-05\nhorizon: soon\npaths: 0\nsampling: best\nfoo: 1\n";
  try {
    load(file);
    FAIL();
  } catch (const InputError& error) {
    ASSERT_EQ(error.problems().size(), 4U) << to_string(error);
    for (int k = 0; k < 4; ++k) EXPECT_EQ(error.problems()[static_cast<std::size_t>(k)].place.line, 3 + k);
  }
  fs::remove(file);
}

/// What the fields themselves say, and what follows from their values, in one go; nothing that only follows from an
/// error elsewhere.
TEST(ManyErrors, OfFieldsAndOfWhatTheyMeanAreReportedTogether) {
  const fs::path file = fs::temp_directory_path() / ("plimsoll-both-" + std::to_string(getpid()) + ".yaml");
  std::ofstream(file) << "plimsoll: 1\ncalibration: china-2026-05\nhorizon: 2027-12\npaths: 17\n"
                         "oil_price: {proces: random_walk}\n"
                         "capex_paths: {definition: company, pause: {monthly_hazard_pct: 2, depth_pct: -20, "
                         "duration_months: 6, from: 2031-01}}\n"
                         "pin: [{driver: oil_price, from: 2026-07, to: 2026-06, level: 70}]\n";
  try {
    load(file);
    FAIL();
  } catch (const InputError& error) {
    ASSERT_EQ(error.problems().size(), 3U) << to_string(error);
    EXPECT_EQ(error.problems()[0].place.line, 4);
    EXPECT_EQ(error.problems()[1].place.line, 5);
    EXPECT_EQ(error.problems()[2].place.line, 6);
  }
  fs::remove(file);
}

}  // namespace
}  // namespace plimsoll
