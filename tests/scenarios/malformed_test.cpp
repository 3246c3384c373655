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

}  // namespace
}  // namespace plimsoll
