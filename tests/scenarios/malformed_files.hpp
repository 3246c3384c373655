/// \file
/// Files that must be refused: the first line of each says where, why and with what hint.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "scenarios/input_error.hpp"

namespace plimsoll {

/// Files of a folder under tests/ with this ending, by name.
inline std::vector<std::filesystem::path> malformed_files(const std::string& folder) {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(PLIMSOLL_SOURCE_DIR "/tests/" + folder)) {
    if (entry.path().extension() == ".yaml") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// What stands after `key=` in the expectation, quoted or up to a blank.
inline std::string expected_of(const std::string& line, const std::string& key) {
  std::size_t at = line.find(key + "=");
  if (at == std::string::npos) return {};
  at += key.size() + 1;
  return line[at] == '"' ? line.substr(at + 1, line.find('"', at + 1) - at - 1)
                         : line.substr(at, line.find(' ', at) - at);
}

/// `load(file)` must throw as the file's first line says.
template <class Load>
void expect_refusal(const std::filesystem::path& file, const Load& load) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  ASSERT_NE(line.find("# expect:"), std::string::npos);
  try {
    load(file);
    FAIL() << "was accepted";
  } catch (const InputError& error) {
    const std::string all = to_string(error);
    EXPECT_EQ(error.kind() == InputKind::data ? "4" : "3", expected_of(line, "exit")) << all;
    const auto& problems = error.problems();
    const auto found = std::find_if(problems.begin(), problems.end(), [&](const Problem& p) {
      return p.what.find(expected_of(line, "contains")) != std::string::npos;
    });
    ASSERT_NE(found, problems.end()) << all;
    EXPECT_FALSE(problems.front().what.empty());
    if (const int at = std::stoi(expected_of(line, "line")); at > 0) {
      EXPECT_EQ(found->place.file, file.string());
      EXPECT_EQ(found->place.line, at) << all;
      EXPECT_EQ(found->place.column, std::stoi(expected_of(line, "column"))) << all;
    }
    EXPECT_NE(found->hint.find(expected_of(line, "hint")), std::string::npos) << all;
  }
}

}  // namespace plimsoll
