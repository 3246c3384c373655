#include "scenarios/near_names.hpp"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

using Names = std::vector<std::string>;

TEST(NearNames, AreThoseOfTheFewestEdits) {
  EXPECT_EQ(nearest_names("exprots", {"imports", "exports"}), Names{"exports"}) << "neighbours exchanged are one edit";
  EXPECT_EQ(nearest_names("2027Q5", {"2026Q1", "2027Q1", "2027Q2", "2027Q3", "2027Q4"}),
            (Names{"2027Q1", "2027Q2", "2027Q3"}))
      << "all that are as near, at most three";
  EXPECT_EQ(nearest_names("base", {"base", "vase"}), Names{"base"});
}

TEST(NearNames, HaveWordsThatWereLeftOut) {
  EXPECT_EQ(nearest_names("oil", {"pin", "oil_price"}), Names{"oil_price"});
  EXPECT_EQ(nearest_names("memory", {"exports.product.memory.yoy", "exports.total.yoy"}),
            Names{"exports.product.memory.yoy"});
}

TEST(NearNames, AreNotAnyShortWord) {
  EXPECT_TRUE(nearest_names("ai", {"us", "eu"}).empty()) << "two edits turn it into anything";
  EXPECT_EQ(nearest_names("uss", {"us", "eu"}), Names{"us"});
  EXPECT_TRUE(nearest_names("", {"us"}).empty());
  EXPECT_TRUE(nearest_names("nonsense", {"capex", "memory"}).empty());
}

TEST(NearNames, AreSaidInOneQuestion) {
  EXPECT_EQ(did_you_mean("2027Q5", {"2027Q1", "2027Q2"}), "did you mean 2027Q1 or 2027Q2?");
  EXPECT_EQ(did_you_mean("zzzzz", {"capex"}, "see: plimsoll list"), "see: plimsoll list");
  EXPECT_EQ(either_of({"table", "csv", "json"}), "table, csv or json");
}

}  // namespace
}  // namespace plimsoll
