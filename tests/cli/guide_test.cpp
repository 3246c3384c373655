/// What the guides and the README show is true of the program: their YAML is read by it, and the library's table names
/// the files that ship.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "program.hpp"
#include "scenarios/scenario_reader.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PLIMSOLL_SOURCE_DIR;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Block {
  std::string place;  ///< file:line of its first line
  std::string text;
};

/// Blocks marked as `yaml`. A fragment stands under the two lines that make it a scenario.
std::vector<Block> yaml_blocks(const std::string& file, const std::string& markdown) {
  std::vector<Block> blocks;
  std::istringstream in(markdown);
  int number = 0;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (inside && line == "```") {
      inside = false;
      std::string& text = blocks.back().text;
      if (text.find("plimsoll:") != 0 && text.find("plimsoll_stress:") != 0 && text.find("plimsoll_sweep:") != 0)
        text = "plimsoll: 1\nextends: base\n" + text;
    } else if (inside) {
      blocks.back().text += line + "\n";
    } else if (line == "```yaml") {
      inside = true;
      blocks.push_back({file + ":" + std::to_string(number + 1), ""});
    }
  }
  EXPECT_FALSE(inside) << file << ": a block does not end";
  return blocks;
}

std::vector<Block> all_blocks() {
  std::vector<fs::path> files{kRoot / "README.md", kRoot / "README.zh.md"};
  for (const char* folder : {"docs/guide", "docs/theory"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder))
      if (entry.path().extension() == ".md") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Block> all;
  for (const fs::path& file : files) {
    const std::vector<Block> some = yaml_blocks(fs::relative(file, kRoot), text_of(file));
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

/// What the pattern's first group matches, from left to right.
std::vector<std::string> all_matches(const std::string& text, const std::string& pattern) {
  const std::regex compiled(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), compiled), end; at != end; ++at) found.push_back((*at)[1]);
  return found;
}

class Guide : public ::testing::Test {
 protected:
  ProgramFolder folder_;
  Outcome give(const std::string& verb, const Block& block) const {
    std::ofstream(folder_.path() / "block.yaml") << block.text;
    return folder_.run(verb);
  }
};

TEST_F(Guide, ShowsOnlyYamlThatTheProgramAccepts) {
  const std::vector<Block> blocks = all_blocks();
  ASSERT_GE(blocks.size(), 17U);
  std::ofstream(folder_.path() / "sold.csv") << "exposure,by,id,weight\nA,total,,1\n";  // beside a suite
  for (const Block& block : blocks) {
    const Outcome outcome = give("validate block.yaml", block);
    EXPECT_EQ(outcome.code, 0) << block.place << "\n" << outcome.err << block.text;
  }
}

TEST_F(Guide, WouldNotPassWithAMisspeltKey) {
  const std::vector<Block> blocks = yaml_blocks("bad.md", "text\n```yaml\nshocks:\n  - nmae: a\n```\n");
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].place, "bad.md:3");
  const Outcome outcome = give("validate block.yaml", blocks[0]);
  EXPECT_EQ(outcome.code, 3);
  EXPECT_NE(outcome.err.find("block.yaml:4:5"), std::string::npos) << outcome.err;
}

TEST_F(Guide, ShowsTheDecompositionThatItsDataGive) {
  const std::string guide = text_of(kRoot / "docs/guide/decompose.md");
  const std::vector<std::string> data = all_matches(guide, "```csv\n([^`]*)```");
  const std::vector<std::string> shown = all_matches(guide, "```text\n([^`]*)```");
  ASSERT_EQ(data.size(), 1U);
  ASSERT_EQ(shown.size(), 1U);
  std::ofstream(folder_.path() / "exports.csv") << data.front();
  const Outcome outcome = folder_.run("decompose exports.csv");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, shown.front());
}

TEST_F(Guide, HasRecipesThatEachMoveTheResults) {
  // Few series: what a run of 64 paths costs is its tables.
  const std::string options = " --set 'report.series=[exports.total.*]' --paths 64 --quiet --force --out ";
  ASSERT_EQ(folder_.run("run base" + options + "base").code, 0);
  std::set<std::string> seen{folder_.read("base/summary.csv")};
  const std::vector<Block> recipes = yaml_blocks("recipes.md", text_of(kRoot / "docs/guide/recipes.md"));
  ASSERT_GE(recipes.size(), 13U);
  for (const Block& block : recipes) {
    const Outcome outcome = give("run block.yaml" + options + "run", block);
    ASSERT_EQ(outcome.code, 0) << block.place << "\n" << outcome.err;
    EXPECT_TRUE(seen.insert(folder_.read("run/summary.csv")).second) << block.place << " changes nothing";
    const std::string contributions = folder_.read("run/contributions.csv");
    for (const std::string& shock : all_matches(block.text, "- name: ([a-z-]+)"))
      EXPECT_NE(contributions.find(",shocks." + shock + ","), std::string::npos) << block.place << ": " << shock;
  }
}

TEST(Documents, LinkOnlyToFilesThatExist) {
  std::vector<fs::path> files{kRoot / "README.md", kRoot / "README.zh.md"};
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "docs"))
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  int links = 0;
  for (const fs::path& file : files) {
    for (const std::string& target : all_matches(text_of(file), R"(\]\(([^)#: ]+)[^)]*\))")) {
      ++links;
      EXPECT_TRUE(fs::exists(file.parent_path() / target)) << file << " links to " << target;
    }
  }
  EXPECT_GT(links, 20);
}

/// Every `name` in backticks of a table's last column, by the row's first word.
std::map<std::string, std::set<std::string>> risks(const std::string& markdown) {
  std::map<std::string, std::set<std::string>> found;
  std::istringstream in(markdown);
  for (std::string line; std::getline(in, line);) {
    std::smatch row;
    if (!std::regex_match(line, row, std::regex(R"(\| (K\d+) \|.*\| ([^|]*) \|)"))) continue;
    for (const std::string& file : all_matches(row[2], "`([^`]+)`")) found[row[1]].insert(file);
  }
  return found;
}

TEST(LibraryGuide, HasAFileForEveryRiskAndTheFileSaysSo) {
  const auto table = risks(text_of(kRoot / "docs/guide/scenario-library.md"));
  for (int k = 1; k <= 14; ++k) EXPECT_EQ(table.count("K" + std::to_string(k)), 1U) << "K" << k;
  std::map<std::string, std::set<std::string>> stated;
  for (const ShippedScenario& one : shipped_scenarios()) {
    const std::string text = text_of(kRoot / "scenarios/library" / (one.name + ".yaml"));
    std::smatch risk;
    if (std::regex_search(text, risk, std::regex(R"(# Risk (K\d+) of)"))) stated[risk[1]].insert(one.name);
  }
  EXPECT_EQ(table, stated);
}

TEST(LibraryGuide, NamesEveryFileThatShipsAndNoOther) {
  const std::string guide = text_of(kRoot / "docs/guide/scenario-library.md");
  std::set<std::string> ships;
  for (const ShippedScenario& one : shipped_scenarios()) {
    ships.insert(one.name);
    EXPECT_NE(guide.find("`" + one.name + "`"), std::string::npos) << one.name << " is not in the guide";
  }
  for (const auto& [risk, files] : risks(guide)) {
    for (const std::string& file : files) EXPECT_TRUE(ships.contains(file)) << risk << " names " << file;
  }
}

}  // namespace
}  // namespace plimsoll
