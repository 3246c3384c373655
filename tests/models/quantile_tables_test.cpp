/// \file
/// Tables of quantiles are those of each knot by itself, whoever works them out and whoever shares them.
#include "models/quantile_tables.hpp"

#include <gtest/gtest.h>

#include <string>

#include "models/model_plan.hpp"
#include "models/shared_setup.hpp"

namespace plimsoll {
namespace {

using Kind = RandomNumber::Kind;

/// Enough of them for several threads.
std::vector<RandomNumber> numbers() {
  std::vector<RandomNumber> all{
      {Kind::uniform, {-1, 2}}, {Kind::triangular, {0.1, 0.2, 0.6}}, {Kind::student_t, {0, 1, 4}}};
  for (int k = 1; k <= 20; ++k) all.push_back({Kind::beta, {1.5 + 0.1 * k, 2.5, 0, 0.5 * k}});
  return all;
}

void expect_quantiles(const RandomNumber& number, const std::vector<float>& table) {
  ASSERT_EQ(table.size(), static_cast<std::size_t>(kQuantileKnots));
  for (int k = 0; k < kQuantileKnots; k += 97) {
    const double z = kQuantileReach * (2.0 * k / (kQuantileKnots - 1) - 1.0);
    EXPECT_EQ(table[static_cast<std::size_t>(k)], static_cast<float>(quantile_at_normal(number, z)))
        << static_cast<int>(number.kind) << ' ' << z;
  }
}

TEST(QuantileTables, HoldTheQuantilesOfEveryKnot) {
  QuantileTables tables;
  std::vector<std::shared_ptr<const std::vector<float>>> wanted;
  for (const RandomNumber& number : numbers()) wanted.push_back(tables.table_of(number));
  EXPECT_EQ(tables.table_of(numbers().front()), wanted.front()) << "one table for one distribution";
  EXPECT_EQ(wanted.front()->front(), 0) << "not worked out yet";
  tables.fill();
  for (std::size_t k = 0; k < wanted.size(); ++k) expect_quantiles(numbers()[k], *wanted[k]);
}

TEST(QuantileTables, AreKnownToAllWhoShareTheirSettingUpAndToNobodyElse) {
  const RandomNumber number = numbers().back();
  const auto filled = [&] {
    QuantileTables tables;
    auto table = tables.table_of(number);
    tables.fill();
    return table;
  };
  const auto alone = filled();
  std::shared_ptr<const std::vector<float>> first;
  {
    const SharedSetup shared;
    first = filled();
    EXPECT_NE(first, alone);
    QuantileTables later;
    EXPECT_EQ(later.table_of(number), first);
    expect_quantiles(number, *first);
  }
  EXPECT_NE(filled(), first);
  const SharedSetup another;
  EXPECT_NE(filled(), first);
}

}  // namespace
}  // namespace plimsoll
