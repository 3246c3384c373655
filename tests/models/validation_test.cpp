#include "models/validation.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace plimsoll {
namespace {

/// Cells of the first table row of a page that begins with these two.
std::vector<std::string> row_of(const std::string& page, const std::string& first, const std::string& second) {
  std::ifstream in(std::string(PLIMSOLL_SOURCE_DIR) + "/" + page);
  std::string line;
  while (std::getline(in, line)) {
    if (!line.starts_with("| " + first + " | " + second + " |")) continue;
    std::vector<std::string> cells;
    std::istringstream rest(line.substr(2));
    for (std::string cell; std::getline(rest, cell, '|');) {
      cell.erase(0, cell.find_first_not_of(' '));
      cell.erase(cell.find_last_not_of(' ') + 1);
      cells.push_back(cell);
    }
    return cells;
  }
  return {};
}

TEST(Validations, HoldTheFiguresOfThePagesThatTheyName) {
  ASSERT_FALSE(validations().empty());
  for (const Validation& v : validations()) {
    const std::vector<std::string> cells = row_of(v.page, "unconditional", v.period);
    ASSERT_GE(cells.size(), 6U) << v.page;
    EXPECT_EQ(std::stod(cells[2]), v.came_pct);
    EXPECT_EQ(std::stod(cells[3]), v.mean_pct);
    EXPECT_EQ(std::stod(cells[4]), v.sd_pp);
    const std::size_t to = cells[5].find(" to ");
    ASSERT_NE(to, std::string::npos);
    EXPECT_EQ(std::stod(cells[5].substr(0, to)), v.p05_pct);
    EXPECT_EQ(std::stod(cells[5].substr(to + 4)), v.p95_pct);
  }
}

TEST(Validations, OfTheSameCalibrationGoBeforeLaterOnes) {
  const std::optional<Validation> own = last_validation("china-2025-12"), other = last_validation("china-2026-05");
  ASSERT_TRUE(own && other);
  EXPECT_EQ(own->calibration, "china-2025-12");
  EXPECT_FALSE(other->page.empty());
}

}  // namespace
}  // namespace plimsoll
