/// Every file of tests/malformed states in its first line what must be said about it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "scenarios/input_error.hpp"
#include "test_catalog.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(PLIMSOLL_SOURCE_DIR "/tests/malformed")) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

/// What stands after `key=` in the expectation, quoted or up to a blank.
std::string expected(const std::string& line, const std::string& key) {
  std::size_t at = line.find(key + "=");
  if (at == std::string::npos) return {};
  at += key.size() + 1;
  return line[at] == '"' ? line.substr(at + 1, line.find('"', at + 1) - at - 1)
                         : line.substr(at, line.find(' ', at) - at);
}

class Malformed : public ::testing::TestWithParam<fs::path> {};

TEST_P(Malformed, IsRefusedAtItsPlaceWithAHint) {
  std::ifstream in(GetParam());
  std::string line;
  std::getline(in, line);
  ASSERT_NE(line.find("# expect:"), std::string::npos);
  try {
    load(GetParam());
    FAIL() << "was accepted";
  } catch (const InputError& error) {
    const std::string all = to_string(error);
    EXPECT_EQ(error.kind() == InputKind::data ? "4" : "3", expected(line, "exit")) << all;
    const auto& problems = error.problems();
    const auto found = std::find_if(problems.begin(), problems.end(), [&](const Problem& p) {
      return p.what.find(expected(line, "contains")) != std::string::npos;
    });
    ASSERT_NE(found, problems.end()) << all;
    EXPECT_FALSE(problems.front().what.empty());
    if (const int at = std::stoi(expected(line, "line")); at > 0) {
      EXPECT_EQ(found->place.file, GetParam().string());
      EXPECT_EQ(found->place.line, at) << all;
      EXPECT_EQ(found->place.column, std::stoi(expected(line, "column"))) << all;
    }
    EXPECT_NE(found->hint.find(expected(line, "hint")), std::string::npos) << all;
  }
}

INSTANTIATE_TEST_SUITE_P(File, Malformed, ::testing::ValuesIn(files()),
                         [](const auto& test) { return test.param.stem().string(); });

TEST(MalformedCorpus, HasAtLeastSixtyKinds) { EXPECT_GE(files().size(), 60U); }

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
