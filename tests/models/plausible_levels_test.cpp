#include "models/plausible_levels.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "models/calibration_reader.hpp"

namespace plimsoll {
namespace {

class PlausibleLevels : public ::testing::Test {
 protected:
  const Calibration c_ = load_calibration("china-2026-05");
  Scenario s_;
  const double highest_oil_ =
      *std::max_element(c_.drivers.at("oil_price").level.begin(), c_.drivers.at("oil_price").level.end());
  std::vector<std::string> paths() const {
    std::vector<std::string> all;
    for (const Problem& one : implausible_levels(s_, c_)) all.push_back(one.path);
    return all;
  }
  void set_oil(RandomNumber level) { s_.oil_price.parameters["level_usd_per_bbl"] = std::move(level); }
};

TEST_F(PlausibleLevels, EndTenTimesAboveTheHighestOfHistory) {
  EXPECT_TRUE(paths().empty());
  set_oil(RandomNumber::fixed(10 * highest_oil_ * 0.999));
  EXPECT_TRUE(paths().empty());
  set_oil(RandomNumber::fixed(10 * highest_oil_ * 1.001));
  EXPECT_EQ(paths(), std::vector<std::string>{"oil_price.level_usd_per_bbl"});
  set_oil({RandomNumber::Kind::normal, {8000, 1}});
  EXPECT_EQ(paths().size(), 1U) << "the median of a distribution";
}

TEST_F(PlausibleLevels, EndATenthBelowTheLowest) {
  set_oil(RandomNumber::fixed(0.8));
  const std::vector<Problem> found = implausible_levels(s_, c_);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].what.find("less than a tenth of the lowest"), std::string::npos) << found[0].what;
}

TEST_F(PlausibleLevels, AreJudgedOnPathsPinsAndCapitalSpendingToo) {
  const Month later = c_.as_of + 7;
  s_.oil_price.points = {{later, RandomNumber::fixed(8000)}};
  DriverPin level, change;
  level.driver = change.driver = "oil_price";
  level.level = 8000;
  change.change_pct = 5000;
  change.place = {"s.yaml", 7, 3};
  s_.pins = {level, change};
  CapexFirm firm{"amazon", {}};
  firm.keys = {{2026, 0, CapexKey::Measure::level_usd_bn, RandomNumber::fixed(200)},
               {2027, 0, CapexKey::Measure::level_usd_bn, RandomNumber::fixed(200'000)},
               {2028, 2, CapexKey::Measure::growth_pct, RandomNumber::fixed(-95)}};
  s_.capex_paths = CapexPaths{};
  s_.capex_paths->firms = {firm};
  EXPECT_EQ(paths(), (std::vector<std::string>{"oil_price.path." + to_string(later), "capex_paths.amazon.2027",
                                               "capex_paths.amazon.2028Q2", "pin[0]", "pin[1]"}));
  EXPECT_EQ(to_string(implausible_levels(s_, c_).back().place), "s.yaml:7:3");
}

}  // namespace
}  // namespace plimsoll
