#include "sim/program/run_folders.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "program.hpp"

namespace plimsoll {
namespace {

TEST(RunFolders, MadeInOneSecondAreFoldersOfTheirOwn) {
  const ProgramFolder folder;
  const std::string parent = (folder.path() / "runs/compare/a-b").string();
  std::set<std::string> made;
  {
    RunFolders first, second;
    for (RunFolders* one : {&first, &second, &first, &second}) made.insert(one->make_own(parent));
    ASSERT_EQ(made.size(), 4u);
    for (const std::string& one : made) EXPECT_TRUE(std::filesystem::is_directory(one)) << one;
    std::ofstream(*made.begin() + "/summary.csv") << "series\n";
  }
  EXPECT_TRUE(std::filesystem::exists(*made.begin() + "/summary.csv"));
  EXPECT_FALSE(std::filesystem::exists(*made.rbegin())) << "an empty folder goes when nothing was written";
}

}  // namespace
}  // namespace plimsoll
